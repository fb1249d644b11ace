/** What changed between two readings of a manifest: `deps/added`, `removed`, `changed`, `source`, `install-script`. */
import type { DependencyChange, RawFinding } from '../report';
import { catalogOf, isSameRange } from './catalogs';
import { isSameIntegrity } from './integrity';
import { lookalikes } from './lookalike';
import type { Manifest, Requirement, RequirementChange } from './model';
import { placeOf } from './origin';
import { purlOf } from './purl';

const MOST_NAMED = 12;

/** Pairs by section and name; what left one section and came to another is one change. */
export function compareManifests(before: Manifest, after: Manifest): readonly RequirementChange[] {
  const keyOf = ({ group, name }: Requirement) => JSON.stringify([group, name]);
  const old = new Map(before.requirements.map((each) => [keyOf(each), each]));
  const now = new Map(after.requirements.map((each) => [keyOf(each), each]));
  const added = [...now].filter(([key]) => !old.has(key)).map(([, each]) => each);
  const removed = [...old].filter(([key]) => !now.has(key)).map(([, each]) => each);
  const kept = [...now].flatMap(([key, each]): RequirementChange[] => {
    const was = old.get(key);
    if (was === undefined || (was.isOwn === true && each.isOwn === true)) return [];
    const isSame = was.spec === each.spec && isSameIntegrity(was.integrity ?? null, each.integrity ?? null);
    return isSame ? [] : [{ before: was, after: each }];
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
  return changes.flatMap((change) => {
    const { before, after } = change;
    const one = after ?? before;
    if (one === null) return [];
    const own = one.ecosystem ?? ecosystem;
    return {
      ecosystem: own,
      manifest: path,
      name: one.name,
      from: before?.spec ?? null,
      to: after?.spec ?? null,
      direct: isDirect(change),
      group: one.group,
      purl: purlOf(own, one.package),
    };
  });
}

/** Whether the project itself asks for it, before or after. */
function isDirect({ before, after }: RequirementChange): boolean {
  return [before, after].some((each) => each !== null && each.direct !== false);
}

/** Another hash of the same release, which no other change explains. */
function isRehashed({ before, after }: RequirementChange): boolean {
  return before !== null && before.group === after?.group && before.spec === after.spec;
}

/** A manifest's two sides. */
export interface ManifestChange {
  readonly path: string;
  readonly ecosystem: string;
  readonly before: Manifest;
  readonly after: Manifest;
}

/** The findings of one manifest, `changes` being what `compareManifests` said of it. */
export function judgeManifest(
  { path, ecosystem, before, after }: ManifestChange,
  changes: readonly RequirementChange[],
): readonly RawFinding[] {
  const direct = changes.filter(isDirect);
  const origins = new Set(before.requirements.flatMap(({ origin }) => origin ?? []));
  return [
    ...direct.flatMap((change) => judgeRequirement(path, change, origins)),
    ...judgeIndirect(path, changes, direct.length > 0),
    ...changes
      .filter((change) => !isDirect(change) && isRehashed(change))
      .flatMap((change) => judgeRequirement(path, change, origins)),
    ...newEntries(before.hooks, after.hooks).map(([hook, was, now]): RawFinding => {
      const message = `${hook} ${was === null ? 'appeared' : 'changed'}: it runs, or lets packages run, at install.`;
      return { rule: 'deps/install-script', path, message, evidence: arrow(hook, was, now), grantable: false };
    }),
    ...judgeRegistries(path, before, after),
    ...judgeFaults(path, before, after),
    ...lookalikes(
      { path, ecosystem, before },
      direct.filter((change) => !isSameRange(change)),
    ),
  ];
}

/** What is computed in many files was computed before, too: of that a person is told, and not asked. */
function judgeFaults(path: string, before: Manifest, after: Manifest): readonly RawFinding[] {
  const old = new Set(before.faults);
  return [...new Set(after.faults)].map((section): RawFinding => {
    const known: Pick<RawFinding, 'severity'> = old.has(section) ? { severity: 'info' } : {};
    const message = `The section ${section} of ${path} has a shape that could not be read.`;
    return { rule: 'deps/unparsed', ...known, path, message, evidence: section };
  });
}

/** What a manifest lists for others' sake follows from its direct requirements; where none changed, nothing explains it. */
function judgeIndirect(path: string, changes: readonly RequirementChange[], isExplained: boolean): RawFinding[] {
  const indirect = changes.filter((change) => !isDirect(change) && !isRehashed(change));
  if (isExplained || indirect.length === 0) return [];
  const named = indirect.slice(0, MOST_NAMED).map(({ before, after }) => {
    return arrow((after ?? before)?.name ?? '', before?.spec ?? null, after?.spec ?? null);
  });
  const rest = indirect.length > MOST_NAMED ? `; and ${indirect.length - MOST_NAMED} more` : '';
  const message = 'Indirect requirements moved, and no direct one explains it.';
  return [
    {
      rule: 'deps/lockfile-only',
      severity: 'warn',
      path,
      message,
      evidence: named.join('; ') + rest,
      grantable: false,
    },
  ];
}

function judgeRequirement(
  path: string,
  change: RequirementChange,
  origins: ReadonlySet<string>,
): readonly RawFinding[] {
  if (isSameRange(change)) return judgeSameRange(path, change);
  const { before, after, resolved } = change;
  if (after === null) {
    if (before === null) return [];
    const label = labelOf(before);
    const message = `${label} was removed from ${before.group}.`;
    return [{ rule: 'deps/removed', path, message, evidence: `${before.group}: ${label}` }];
  }
  const source = after.origin !== undefined && origins.has(after.origin) ? [] : judgeSource(path, before, after);
  if (before !== null && before.group === after.group && before.spec === after.spec) {
    const message = `${labelOf(after)} has another hash, at the same version.`;
    const evidence = arrow(labelOf(after), before.integrity ?? null, after.integrity ?? null);
    // A hash that came to a line that had none makes it stricter.
    return before.integrity === undefined
      ? []
      : [{ rule: 'deps/lockfile-only', path, message, evidence, grantable: false }];
  }
  if (before === null) {
    const label = labelOf(after);
    const message = `${label} was added to ${after.group}.`;
    return [{ rule: 'deps/added', path, message, evidence: `${after.group}: ${label}` }, ...source];
  }
  const name = spelled(after);
  const group = before.group === after.group ? after.group : `${before.group} → ${after.group}`;
  const message =
    before.group === after.group
      ? `${name} changed from ${said(before, resolved?.was)} to ${said(after, resolved?.now)} in ${after.group}.`
      : `${name} moved from ${before.group} to ${after.group}.`;
  return [
    { rule: 'deps/changed', path, message, evidence: arrow(`${group}: ${name}`, before.spec, after.spec) },
    ...source,
  ];
}

/** A range that moved into a catalog or out of it, and the entry that came or went with it: nothing else is asked for. */
function judgeSameRange(path: string, { before, after }: RequirementChange): readonly RawFinding[] {
  const one = after ?? before;
  if (one === null) return [];
  const info = { severity: 'info', path } as const;
  if (before === null || after === null) {
    const [rule, words] =
      before === null ? (['deps/added', 'was added to'] as const) : (['deps/removed', 'was removed from'] as const);
    const message = `${labelOf(one)} ${words} ${one.group}: a dependency with the same range names it there ${before === null ? 'now' : 'no more'}.`;
    return [{ ...info, rule, message, evidence: `${one.group}: ${labelOf(one)}` }];
  }
  const [was, now] = [catalogOf(before), catalogOf(after)];
  const where =
    now === null ? 'named in the catalog no more' : `named in ${was === null ? 'the' : 'another'} catalog now`;
  const message = `${spelled(after)} is ${where}, with the same range.`;
  const evidence = arrow(`${after.group}: ${spelled(after)}`, before.spec, after.spec);
  return [{ ...info, rule: 'deps/changed', message, evidence }];
}

/** The range, behind a reference to a catalog too. */
function said({ spec }: Requirement, resolved: string | undefined): string {
  return resolved === undefined || resolved === spec ? spec || 'no version' : `${spec} (${resolved})`;
}

function judgeSource(path: string, before: Requirement | null, after: Requirement): readonly RawFinding[] {
  if (after.source === null || before?.spec === after.spec) return [];
  if (before?.source === after.source && isSamePlace(before.spec, after.spec)) return [];
  return [
    {
      rule: 'deps/source',
      path,
      message: `${spelled(after)} now comes from ${after.source}.`,
      evidence: arrow(spelled(after), before?.spec ?? null, after.spec),
      grantable: false,
    },
  ];
}

function isSamePlace(was: string, now: string): boolean {
  const place = placeOf(now);
  return place !== null && placeOf(was) === place;
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

/** The name, with the version where one is asked for. */
function labelOf(requirement: Requirement): string {
  return requirement.spec === '' ? spelled(requirement) : `${spelled(requirement)} ${requirement.spec}`;
}

function spelled({ name, spelling }: Requirement): string {
  return spelling ?? name;
}

function arrow(subject: string, was: string | null, now: string | null): string {
  return `${subject} ${was || '(none)'} → ${now || '(none)'}`;
}
