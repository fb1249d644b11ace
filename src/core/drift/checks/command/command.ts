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
  /(?:^|\/)(?:tests?|__tests__|specs?|e2e)\/|(?:^|\/)(?:tests?|specs?)\.\w+$|[._-](?:test|spec)s?\.\w+$|(?:^|\/)test_[^/]*$/;

export interface Followed {
  readonly findings: readonly RawFinding[];
  /** `path name` of the entries that were reached. */
  readonly reached: ReadonlySet<string>;
  readonly configs: readonly NamedConfig[];
}

/** One reference on its way: which check led to it, and where. */
interface Step {
  readonly reference: Reference;
  readonly check: string;
}

const TOO_MANY: RawFinding = {
  rule: 'checks/command',
  severity: 'warn',
  path: null,
  message: `The checks reach more than ${MOST_ENTRIES} scripts and files; the rest was not looked at.`,
  evidence: 'too many to follow',
};

/** Follows the checks' and the setup's commands through the base. */
export async function followCommands({ brief, changes }: RuleContext, sides: Sides): Promise<Followed> {
  const changed = new Set(changes.flatMap(pathsOf));
  const resolver = new Resolver(sides);
  const steps: Step[] = [];
  const configs: NamedConfig[] = [];
  const follow = (text: string, check: string, folder: string) => {
    const found = invocationsOf(text, folder);
    steps.push(...found.references.map((reference) => ({ reference, check })));
    configs.push(...found.configs);
  };
  for (const { name, run } of brief.front.checks) follow(run, `the check ${name}`, '');
  if (brief.front.setup !== undefined) follow(brief.front.setup, 'the setup', '');

  const seen = new Set<string>();
  const reached = new Set<string>();
  const findings: RawFinding[] = [];
  let index = 0;
  for (; index < Math.min(steps.length, MOST_STEPS) && seen.size < MOST_ENTRIES; index++) {
    const { reference, check } = steps[index] as Step;
    for (const folder of await resolver.folders(reference.place)) {
      for (const name of await resolver.names(reference, folder)) {
        const one: Reference = { ...reference, name, place: folder };
        const key = JSON.stringify([one.source, one.file ?? folder, name]);
        if (seen.has(key)) continue;
        seen.add(key);
        const before = await resolver.resolve('base', one, folder);
        const after = await resolver.resolve('head', one, folder);
        findings.push(...judgeEntry(one, { check, changed }, before, after));
        for (const found of [before, after])
          if (found !== null && 'entry' in found) reached.add(`${found.path} ${name}`);
        if (before === null || 'reason' in before) continue;
        for (const need of before.entry.needs) steps.push({ reference: { ...one, name: need, quiet: false }, check });
        for (const command of before.entry.commands) follow(command, check, folder);
      }
    }
  }
  if (index < steps.length) findings.push(TOO_MANY);
  return { findings, reached, configs };
}

function judgeEntry(
  { source, name, quiet }: Reference,
  { check, changed }: { readonly check: string; readonly changed: ReadonlySet<string> },
  before: Found | Broken | null,
  after: Found | Broken | null,
): readonly RawFinding[] {
  for (const side of [after, before]) {
    if (side !== null && 'reason' in side) return changed.has(side.path) ? [broken(side, source, check)] : [];
  }
  const was = before as Found | null;
  const now = after as Found | null;
  if (quiet === true || meaningOf(was) === meaningOf(now)) return [];
  const path = now?.path ?? was?.path ?? null;
  const what = describe(source, name, path);
  const how = was === null ? 'appeared' : now === null ? 'is gone' : 'changed';
  const severity = severityOf(source, was, now);
  return [
    {
      rule: 'checks/command',
      ...severity,
      path,
      line: now?.entry.line ?? null,
      message: `${what}, which ${check} runs, ${how}.`,
      evidence: `${name === '' ? '' : `${name}: `}${differenceOf(was?.entry.text ?? null, now?.entry.text ?? null)}`,
    },
  ];
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
