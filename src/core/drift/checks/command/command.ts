/**
 * `checks/command`: the scripts, targets and files behind the commands of the brief's checks. They are found in the base,
 * since the brief was written for it, and each must have the same text in the head.
 */
import { pathsOf } from '../../changes';
import type { RuleContext } from '../../input';
import type { RawFinding } from '../../report';
import { differenceOf } from '../lines';
import type { Sides } from '../sides';
import { invocationsOf } from './invocation';
import type { NamedConfig, Reference, SourceName } from './reference';
import { type Broken, type Found, Resolver } from './resolve';
import { SOURCES } from './sources';
import { exitsWithSuccess, swallowsFailure } from './swallow';

/** Entries that are followed for one brief. */
const MOST_ENTRIES = 500;
/** Names on the way to them. */
const MOST_STEPS = 20_000;
/** Files of tests: other rules judge their content, and to run a new one is ordinary work. */
const TEST_FILE =
  /(?:^|\/)(?:tests?|__tests__|specs?|e2e)\/|(?:^|\/)(?:tests?|specs?)\.\w+$|[._-](?:test|spec)s?\.\w+$|(?:^|\/)test[_-][^/]*$/;

export interface Followed {
  readonly findings: readonly RawFinding[];
  /** `path name` of the entries that were reached. */
  readonly reached: ReadonlySet<string>;
  /** The files in which they are, on either side, and as what each was read. */
  readonly files: ReadonlyMap<string, ReadonlySet<SourceName>>;
  readonly configs: readonly NamedConfig[];
}

/** One reference on its way: which check led to it, and what called it. */
interface Step {
  readonly reference: Reference;
  readonly check: string;
  readonly caller: Caller;
}

/**
 * What became of the entry that names a reference: `same` also where only names of what it calls changed; `dropped` where
 * it no longer names the reference, and `calls` where it does.
 */
type Caller = 'same' | 'calls' | 'dropped';

/** An entry with both of its sides. */
interface Visit {
  readonly one: Reference;
  readonly check: string;
  readonly before: Found | Broken | null;
  readonly after: Found | Broken | null;
  readonly callers: Set<Caller>;
}

const TOO_MANY: RawFinding = {
  rule: 'checks/command',
  severity: 'warn',
  path: null,
  message: `The checks reach more than ${MOST_ENTRIES} scripts and files; the rest was not looked at.`,
  evidence: 'too many to follow',
};

/** Follows the checks' and the setup's commands through the base. */
export async function followCommands(
  { brief, changes }: Pick<RuleContext, 'brief' | 'changes'>,
  sides: Sides,
): Promise<Followed> {
  const changed = new Set(changes.flatMap(pathsOf));
  const resolver = new Resolver(sides);
  const steps: Step[] = [];
  const configs: NamedConfig[] = [];
  const follow = (text: string, check: string, folder: string, callerOf: (reference: Reference) => Caller) => {
    const found = invocationsOf(text, folder);
    steps.push(...found.references.map((reference) => ({ reference, check, caller: callerOf(reference) })));
    configs.push(...found.configs);
  };
  const always = (): Caller => 'calls';
  for (const { name, run } of brief.front.checks) follow(run, `the check ${name}`, '', always);
  if (brief.front.setup !== undefined) follow(brief.front.setup, 'the setup', '', always);

  const visits = new Map<string, Visit>();
  let index = 0;
  for (; index < Math.min(steps.length, MOST_STEPS) && visits.size < MOST_ENTRIES; index++) {
    const { reference, check, caller } = steps[index] as Step;
    for (const folder of await resolver.folders(reference.place)) {
      for (const name of await resolver.names(reference, folder)) {
        const one: Reference = { ...reference, name, place: folder };
        const key = JSON.stringify([one.source, one.file ?? folder, name]);
        visits.get(key)?.callers.add(caller);
        if (visits.has(key) || !(await doesMatter(one, folder, resolver))) continue;
        const before = await resolver.resolve('base', one, folder);
        const after = await resolver.resolve('head', one, folder);
        visits.set(key, { one, check, before, after, callers: new Set([caller]) });
        if (before === null || 'reason' in before) continue;
        const callerOf = callersOf(before, after, folder);
        for (const need of before.entry.needs) {
          const needed: Reference = { source: one.source, file: one.file, place: folder, name: need, quiet: false };
          steps.push({ reference: needed, check, caller: callerOf(needed) });
        }
        for (const command of before.entry.commands) follow(command, check, folder, callerOf);
      }
    }
  }
  const findings = [...visits.values()].flatMap((visit) => judgeEntry(visit, changed));
  if (index < steps.length) findings.push(TOO_MANY);
  return {
    findings,
    reached: new Set([...visits.values()].flatMap(reachedBy)),
    files: filesOf(visits.values()),
    configs,
  };
}

function filesOf(visits: Iterable<Visit>): ReadonlyMap<string, ReadonlySet<SourceName>> {
  const files = new Map<string, Set<SourceName>>();
  for (const { one, before, after } of visits) {
    for (const found of [before, after]) {
      if (found !== null) files.set(found.path, (files.get(found.path) ?? new Set()).add(one.source));
    }
  }
  return files;
}

function reachedBy({ one, before, after }: Visit): readonly string[] {
  return [before, after].flatMap((found) => (found !== null && 'entry' in found ? [`${found.path} ${one.name}`] : []));
}

/** Whether the scripts are there that the entry decides about. */
async function doesMatter({ mattersFor }: Reference, folder: string, resolver: Resolver): Promise<boolean> {
  if (mattersFor === undefined) return true;
  const found = mattersFor.map((name) =>
    resolver.resolve('base', { source: 'npm', place: folder, name, file: null }, folder),
  );
  return (await Promise.all(found)).some((each) => each !== null);
}

/** What became of the calls of an entry. */
function callersOf(before: Found, after: Found | Broken | null, folder: string): (reference: Reference) => Caller {
  if (after !== null && 'reason' in after) return () => 'calls';
  if (after === null) return () => 'dropped';
  if (isRenamed(before, after)) return () => 'same';
  const keyOf = ({ source, place, name, file }: Reference) => JSON.stringify([source, place, name, file]);
  const called = after.entry.commands.flatMap((command) => invocationsOf(command, folder).references).map(keyOf);
  const kept = new Set([...called, ...after.entry.needs.map((name) => JSON.stringify([null, name]))]);
  return (reference) =>
    kept.has(keyOf(reference)) || kept.has(JSON.stringify([null, reference.name])) ? 'calls' : 'dropped';
}

/** Whether an entry says the same, but for the names of those that it calls. */
function isRenamed({ entry: was }: Found, { entry: now }: Found): boolean {
  return was.text !== now.text && was.expanded !== undefined && was.expanded() === now.expanded?.();
}

function judgeEntry(
  { one, check, before, after, callers }: Visit,
  changed: ReadonlySet<string>,
): readonly RawFinding[] {
  const { source, name, quiet, demanded } = one;
  for (const side of [after, before]) {
    if (side !== null && 'reason' in side) return changed.has(side.path) ? [broken(side, source, check)] : [];
  }
  const was = before as Found | null;
  const now = after as Found | null;
  if (quiet === true || meaningOf(was) === meaningOf(now)) return [];
  if (was !== null && now !== null && isRenamed(was, now)) return [];
  // What called it was changed, and is told of; where it says the same, what is gone has another name.
  const isUncalled = now === null && !callers.has('calls');
  if (isUncalled && !callers.has('dropped')) return [];
  const path = now?.path ?? was?.path ?? null;
  const how = was === null ? 'appeared' : now === null ? 'is gone' : 'changed';
  const isMilder = isUncalled || (was === null && demanded === true && !forgives(now)) || isExtended(was, now);
  const severity: { severity?: 'warn' } = isMilder ? { severity: 'warn' } : severityOf(source, was, now);
  return [
    {
      rule: 'checks/command',
      ...severity,
      path,
      line: now?.entry.line ?? null,
      message: `${describe(source, name, path)}, which ${check} ${source === 'npmrc' ? 'obeys' : 'runs'}, ${how}${isUncalled ? ', and what ran it changed' : ''}.`,
      evidence: `${name === '' ? '' : `${name}: `}${differenceOf(was?.entry.text ?? null, now?.entry.text ?? null)}`,
    },
  ];
}

/** Whether it succeeds whatever happens. */
function forgives(now: Found | null): boolean {
  return (
    now === null || now.entry.commands.length === 0 || now.entry.commands.some((each) => swallowsFailure(each) !== null)
  );
}

/** Whether all that ran still runs first, and must succeed before what came behind it: `a` and `a && b`. */
function isExtended(was: Found | null, now: Found | null): boolean {
  if (was === null || now === null) return false;
  const [from, to] = [was.entry, now.entry];
  if (from.steps !== undefined && to.steps !== undefined && from.steps.rest === to.steps.rest) {
    const { list } = from.steps;
    // A step whose failure counts for nothing may be a step that changes what the others find.
    const added = to.steps.list.slice(list.length);
    const isLonger = list.length > 0 && added.length > 0 && list.every((step, at) => step === to.steps?.list[at]);
    return isLonger && added.every((step) => swallowsFailure(step) === null);
  }
  const isOne = from.commands[0] === from.text && to.commands[0] === to.text;
  const behind = to.text.startsWith(from.text) ? to.text.slice(from.text.length) : '';
  return isOne && from.text !== '' && /^ *&& *\S/.test(behind) && !/\|\||[;|\n`]|&(?!&)(?<!&&)/.test(behind);
}

function meaningOf(found: Found | null): string | null {
  return found === null ? null : (found.entry.meaning ?? found.entry.text);
}

function describe(source: SourceName, name: string, path: string | null): string {
  if (source === 'file' || name === '') return `${path}`;
  return `The ${SOURCES[source].noun} ${name} of ${path}`;
}

/** What tests hold changes with them; what makes them succeed whatever happens does not. */
function severityOf(source: SourceName, was: Found | null, now: Found | null): { severity?: 'warn' } {
  const isTest = source === 'file' && TEST_FILE.test(now?.path ?? was?.path ?? '');
  if (!isTest && SOURCES[source].coarse !== true) return {};
  const wayOut = (found: Found | null) => {
    const text = found?.entry.text ?? '';
    return exitsWithSuccess(text) ?? (found?.entry.commands.length ? swallowsFailure(text) : null);
  };
  return wayOut(now) !== null && wayOut(was) === null ? {} : { severity: 'warn' };
}

function broken({ path, reason }: Broken, source: SourceName, check: string): RawFinding {
  if (source === 'file') {
    const message = `${path}, which ${check} runs, changed, and could not be read: ${reason}.`;
    return { rule: 'checks/command', path, message, evidence: reason };
  }
  const message = `${path} could not be read: ${reason}. What ${check} runs may have changed in it.`;
  return { rule: 'checks/config', severity: 'warn', path, message, evidence: reason };
}
