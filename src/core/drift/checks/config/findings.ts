/** What is said of a changed configuration. */
import type { RawFinding, Severity } from '../../report';
import { differenceOf } from '../lines';
import { nameOf, type Outcome } from './compare';
import { itemsOf } from './directions';
import { lineOfSetting, type Source } from './places';
import type { Tool } from './table';

/** Where a finding points: the configuration's file in the head, and its text on both sides. */
export interface Place extends Source {
  readonly tool: Tool;
  readonly path: string;
}

/** Settings that are told one by one; more of them are told as one. */
const MOST_SINGLE = 8;
/** Settings that one finding names. */
const MOST_NAMED = 12;

/** Looser settings block, one finding each; what only a person can judge is one warning, what is stricter one note. */
export function configFindings(outcomes: readonly Outcome[], place: Place): readonly RawFinding[] {
  const of = (verdict: Outcome['verdict']) => outcomes.filter((outcome) => outcome.verdict === verdict);
  const unknown = of('unknown');
  const code = unknown.some(({ before, after }) => before?.isCode === true || after?.isCode === true);
  const isCode = code ? ', some of it code,' : '';
  return [
    ...looser(of('looser'), place),
    ...together(
      unknown,
      place,
      'warn',
      `Settings of ${place.tool.name}${isCode} changed, and it cannot be told whether it finds less.`,
    ),
    ...together(of('stricter'), place, 'info', `${place.tool.name} is stricter than before.`),
  ];
}

function looser(outcomes: readonly Outcome[], place: Place): readonly RawFinding[] {
  if (outcomes.length > MOST_SINGLE) {
    const rule = outcomes.every(isThreshold) ? 'checks/threshold' : 'checks/config';
    return together(outcomes, place, undefined, `${place.tool.name} is looser in ${outcomes.length} settings.`, rule);
  }
  return outcomes.map((outcome) => ({
    rule: isThreshold(outcome) ? 'checks/threshold' : 'checks/config',
    path: place.path,
    line: lineOf(outcome, place),
    message: `${place.tool.name} is looser: ${nameOf(outcome.path)} ${verbOf(outcome)}.`,
    evidence: outcome.evidence,
  }));
}

function together(
  outcomes: readonly Outcome[],
  place: Place,
  severity: Severity | undefined,
  message: string,
  rule = 'checks/config',
): readonly RawFinding[] {
  const [first] = outcomes;
  if (first === undefined) return [];
  const more = outcomes.length > MOST_NAMED ? `; and ${outcomes.length - MOST_NAMED} more` : '';
  const evidence = outcomes.slice(0, MOST_NAMED).map((outcome) => outcome.evidence);
  const own: { severity?: Severity } = severity === undefined ? {} : { severity };
  return [
    { rule, ...own, path: place.path, line: lineOf(first, place), message, evidence: evidence.join('; ') + more },
  ];
}

/** A configuration that is new: it can only loosen what another one says. */
export function newFindings(
  outcomes: readonly Outcome[],
  place: Place,
  where: 'first' | 'beside' | 'below',
): readonly RawFinding[] {
  const looserOnes = outcomes.filter(({ verdict }) => verdict === 'looser');
  if (where === 'below') return looser(looserOnes, place);
  if (where === 'beside') {
    const message = `${place.path} is a second configuration of ${place.tool.name} in its folder, and may replace the first.`;
    return [{ rule: 'checks/config', severity: 'warn', path: place.path, message, evidence: 'second configuration' }];
  }
  return together(
    looserOnes,
    place,
    'info',
    `The new configuration of ${place.tool.name} leaves things out from the start.`,
  );
}

/** `stricter`: it only let things through; `replaced`: another file, or a failure, is in its place. */
export function goneFinding(tool: Tool, path: string, how: 'lost' | 'replaced' | 'stricter'): RawFinding {
  const rest = {
    lost: 'what it demanded holds no longer',
    replaced: 'another one holds now, or what names it fails',
    stricter: 'it only let things through',
  }[how];
  return {
    rule: 'checks/config',
    ...(how === 'lost' ? {} : { severity: how === 'replaced' ? 'warn' : 'info' }),
    path,
    message: `The configuration of ${tool.name} in ${path} is gone: ${rest}.`,
    evidence: `${tool.name}: configuration removed`,
  };
}

export function programFinding({ tool, path }: Place, before: string, after: string): RawFinding {
  const message = `The configuration of ${tool.name} is code, and it changed.`;
  return { rule: 'checks/config', severity: 'warn', path, message, evidence: differenceOf(before, after) };
}

export function unreadableFinding(path: string, reason: string): RawFinding {
  const message = `${path}, which configures checks, could not be read: ${reason}.`;
  return { rule: 'checks/config', severity: 'warn', path, message, evidence: reason };
}

function isThreshold({ direction }: Outcome): boolean {
  return direction === 'floor' || direction === 'ceiling';
}

function verbOf({ direction, before, after }: Outcome): string {
  switch (direction) {
    case 'floor':
    case 'ceiling':
    case 'patience':
      return after === undefined ? 'is gone' : direction === 'floor' ? 'is lower' : 'is higher';
    case 'exclusions':
      return 'leaves more out';
    case 'inclusions':
    case 'enables':
      return 'covers less';
    case 'filter':
      return 'picks some tests only';
    case 'level':
      return 'reports less';
    default:
      return before === undefined ? 'is set' : after === undefined ? 'is gone' : 'changed';
  }
}

function lineOf({ path, before, after }: Outcome, place: Place): number | null {
  const was = new Set(itemsOf(before));
  const gained = itemsOf(after).filter((item) => !was.has(item));
  return lineOfSetting({ path, gained, isGone: after === undefined }, place);
}
