/** What changed between two readings of a manifest: `deps/added`, `removed`, `changed`, `source`, `install-script`. */
import type { DependencyChange, RawFinding } from '../report';
import { lookalikes } from './lookalike';
import type { Manifest, Requirement, RequirementChange } from './model';
import { purlOf } from './purl';

/** Pairs by section and name; what left one section and came to another is one change. */
export function compareManifests(before: Manifest, after: Manifest): readonly RequirementChange[] {
  const keyOf = ({ group, name }: Requirement) => JSON.stringify([group, name]);
  const old = new Map(before.requirements.map((each) => [keyOf(each), each]));
  const now = new Map(after.requirements.map((each) => [keyOf(each), each]));
  const added = [...now].filter(([key]) => !old.has(key)).map(([, each]) => each);
  const removed = [...old].filter(([key]) => !now.has(key)).map(([, each]) => each);
  const kept = [...now].flatMap(([key, each]): RequirementChange[] => {
    const was = old.get(key);
    return was && was.spec !== each.spec ? [{ before: was, after: each }] : [];
  });
  const leaving = new Map(removed.filter((each) => !each.everywhere).map((each) => [each.name, each]));
  const moved = added.map((each): RequirementChange => {
    const was = each.everywhere ? undefined : leaving.get(each.name);
    leaving.delete(each.name);
    return { before: was ?? null, after: each };
  });
  const taken = new Set(moved.map(({ before: was }) => was));
  const gone = removed.filter((each) => !taken.has(each)).map((each) => ({ before: each, after: null }));
  return [...kept, ...moved, ...gone];
}

/** What the report lists. `from` and `to` are verbatim. */
export function listRequirements(
  path: string,
  ecosystem: string,
  changes: readonly RequirementChange[],
): readonly DependencyChange[] {
  return changes.map(({ before, after }) => ({
    ecosystem,
    manifest: path,
    name: (after ?? before)?.name ?? '',
    from: before?.spec ?? null,
    to: after?.spec ?? null,
    direct: true,
    group: (after ?? before)?.group ?? null,
    purl: purlOf(ecosystem, (after ?? before)?.package ?? ''),
  }));
}

/** The findings of one manifest, `changes` being what `compareManifests` said of it. */
export function judgeManifest(
  path: string,
  changes: readonly RequirementChange[],
  before: Manifest,
  after: Manifest,
): readonly RawFinding[] {
  return [
    ...changes.flatMap((change) => judgeRequirement(path, change)),
    ...newEntries(before.hooks, after.hooks).map(([hook, was, now]): RawFinding => {
      const message = `${hook} ${was === null ? 'appeared' : 'changed'}: it runs, or lets packages run, at install.`;
      return { rule: 'deps/install-script', path, message, evidence: arrow(hook, was, now), grantable: false };
    }),
    ...judgeRegistries(path, before, after),
    ...after.faults.map((section): RawFinding => {
      const message = `The section ${section} of ${path} has a shape that could not be read.`;
      return { rule: 'deps/unparsed', path, message, evidence: section };
    }),
    ...lookalikes(path, changes, before),
  ];
}

function judgeRequirement(path: string, { before, after }: RequirementChange): readonly RawFinding[] {
  if (after === null) {
    if (before === null) return [];
    const message = `${before.name} ${before.spec} was removed from ${before.group}.`;
    return [{ rule: 'deps/removed', path, message, evidence: `${before.group}: ${before.name} ${before.spec}` }];
  }
  const source = judgeSource(path, before, after);
  if (before === null) {
    const message = `${after.name} ${after.spec} was added to ${after.group}.`;
    return [{ rule: 'deps/added', path, message, evidence: `${after.group}: ${after.name} ${after.spec}` }, ...source];
  }
  const group = before.group === after.group ? after.group : `${before.group} → ${after.group}`;
  const message =
    before.group === after.group
      ? `${after.name} changed from ${before.spec} to ${after.spec} in ${after.group}.`
      : `${after.name} moved from ${before.group} to ${after.group}.`;
  return [
    { rule: 'deps/changed', path, message, evidence: arrow(`${group}: ${after.name}`, before.spec, after.spec) },
    ...source,
  ];
}

function judgeSource(path: string, before: Requirement | null, after: Requirement): readonly RawFinding[] {
  if (after.source === null || before?.spec === after.spec) return [];
  return [
    {
      rule: 'deps/source',
      path,
      message: `${after.name} now comes from ${after.source}.`,
      evidence: arrow(after.name, before?.spec ?? null, after.spec),
      grantable: false,
    },
  ];
}

function judgeRegistries(path: string, before: Manifest, after: Manifest): readonly RawFinding[] {
  const gone = [...before.registries].filter(([setting]) => !after.registries.has(setting));
  const changes = [
    ...newEntries(before.registries, after.registries),
    ...gone.map(([setting, was]): [string, string | null, string | null] => [setting, was, null]),
  ];
  return changes.map(([setting, was, now]): RawFinding => {
    const evidence = arrow(setting, was, now);
    const message = `${setting} decides where packages come from, and it changed.`;
    return { rule: 'deps/source', path, message, evidence, grantable: false };
  });
}

/** Entries that are new or have another value: name, old value or null, new value. */
function newEntries(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): [name: string, was: string | null, now: string | null][] {
  return [...after]
    .filter(([name, value]) => before.get(name) !== value)
    .map(([name, value]) => [name, before.get(name) ?? null, value]);
}

function arrow(subject: string, was: string | null, now: string | null): string {
  return `${subject} ${was ?? '(none)'} → ${now ?? '(none)'}`;
}
