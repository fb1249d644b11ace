/** Two sides of one tool's configuration, setting by setting. */
import { loweredOptions } from '../options';
import type { Value } from '../value';
import { type Direction, itemsOf, judgeDirection, type Verdict } from './directions';
import { type Fact, type Facts, factsOf } from './facts';
import { itemOf, itemsIn, withSameLabels } from './pairing';
import { compileDirections, folded, type Tool } from './table';

/** One setting that is not what it was. */
export interface Outcome {
  readonly path: readonly string[];
  readonly verdict: Exclude<Verdict, 'none'>;
  readonly direction: Direction | null;
  /** `key: old → new`. */
  readonly evidence: string;
  readonly before: Fact | undefined;
  readonly after: Fact | undefined;
}

/** Keys that bring in settings from elsewhere. */
const INHERITS = new Set([
  'extends',
  'extend',
  'preset',
  'presets',
  'inherit_from',
  'inherit_gem',
  'includes',
  'imports',
]);

/** What changed between two values of a tool's configuration, in the order of the base's keys. */
export function compareValues(tool: Tool, before: readonly Value[], after: readonly Value[]): readonly Outcome[] {
  const now = mergedFacts(tool, after);
  const was = withSameLabels(mergedFacts(tool, before), now);
  const effective = tool.effective ?? ((facts: Facts) => facts);
  const meant = { before: effective(was), after: effective(now) };
  const directionOf = compileDirections(tool.directions);
  const inherits = tool.inherits === '*' || buildsOnOthers(now, tool);
  const outcomes: Outcome[] = [];
  for (const key of new Set([...was.keys(), ...now.keys()])) {
    const own = { before: was.get(key), after: now.get(key) };
    const sides = { before: meant.before.get(key), after: meant.after.get(key) };
    if (isSame(sides.before, sides.after)) continue;
    const fact = own.before ?? (own.after as Fact);
    const direction = directionOf(fact);
    const judged = { ...sides, inherits, onByDefault: tool.onByDefault === true };
    const verdict = direction === null ? 'unknown' : judgeDirection(direction, judged);
    if (verdict !== 'none') outcomes.push(outcomeOf(fact, own, direction, verdict));
    if (direction === 'arguments') outcomes.push(...numbersIn(fact, own));
  }
  return oneEachItem(outcomes, was, now);
}

interface Own {
  readonly before: Fact | undefined;
  readonly after: Fact | undefined;
}

function outcomeOf({ path }: Fact, own: Own, direction: Direction | null, verdict: Outcome['verdict']): Outcome {
  return { path, verdict, direction, evidence: `${nameOf(path)}: ${shownChange(own.before, own.after)}`, ...own };
}

/** Numbers that options ask for. */
function numbersIn({ path }: Fact, own: Own): readonly Outcome[] {
  const text = (fact: Fact | undefined) => itemsOf(fact).join(' ');
  return loweredOptions(text(own.before), text(own.after)).map(({ option, before, after }) => ({
    ...{ path, verdict: 'looser' as const, direction: 'floor' as const, ...own },
    evidence: `${nameOf(path)}: ${option} ${before} → ${after ?? '(none)'}`,
  }));
}

/** An item of a list that is new or gone is one change, however many settings it has; where it applies is no setting. */
function oneEachItem(outcomes: readonly Outcome[], was: Facts, now: Facts): readonly Outcome[] {
  const told = new Set<string>();
  const items = { was: itemsIn(was), now: itemsIn(now) };
  return outcomes.filter((outcome) => {
    const other = outcome.before === undefined ? items.was : outcome.after === undefined ? items.now : null;
    const item = itemOf(outcome.path);
    if (item === null || other === null || other.has(item)) return true;
    if (outcome.direction === 'inclusions' || (outcome.direction === null && /^\[/.test(outcome.path.at(-1) ?? '')))
      return false;
    const key = `${outcome.verdict} ${outcome.direction} ${item}`;
    const isFirst = !told.has(key);
    told.add(key);
    return isFirst || outcome.direction === 'level';
  });
}

const LONGEST_KEY = 60;

/** A key as people write it. */
export function nameOf(path: readonly string[]): string {
  const keys = path.map((key) => (key.length > LONGEST_KEY ? `${key.slice(0, LONGEST_KEY - 1)}…` : key));
  return keys.length === 0 ? '(all)' : keys.join('.');
}

function mergedFacts(tool: Tool, values: readonly Value[]): Facts {
  return new Map(values.flatMap((value) => [...factsOf(value, tool.levels)]));
}

function buildsOnOthers(facts: Facts, { inherits }: Tool): boolean {
  const extra = inherits === undefined ? null : folded(inherits);
  for (const { path, isCode } of facts.values()) {
    if (isCode) return true;
    if (path.some((key) => INHERITS.has(key) || folded(key) === extra)) return true;
  }
  return false;
}

function isSame(before: Fact | undefined, after: Fact | undefined): boolean {
  if (before === undefined || after === undefined) return before === after;
  if (before.isCode !== after.isCode) return false;
  return before.isCode ? before.value === after.value : content(before) === content(after);
}

/** Order says nothing in a list; one item alone may also be written without its list. */
function content(fact: Fact): string {
  const items = typeof fact.value === 'string' ? [fact.value] : fact.value;
  return JSON.stringify([...items].sort());
}

const LONGEST = 120;

function shownChange(before: Fact | undefined, after: Fact | undefined): string {
  const isList = (fact: Fact | undefined) => fact !== undefined && typeof fact.value !== 'string';
  if (before !== undefined && after !== undefined && (isList(before) || isList(after))) {
    const was = itemsOf(before);
    const now = itemsOf(after);
    const [wasSet, nowSet] = [new Set(was), new Set(now)];
    const lost = was.filter((item) => !nowSet.has(item)).map((item) => `-${item}`);
    const gained = now.filter((item) => !wasSet.has(item)).map((item) => `+${item}`);
    return [...lost, ...gained].map(short).slice(0, 10).join(' ');
  }
  return `${shown(before)} → ${shown(after)}`;
}

function shown(fact: Fact | undefined): string {
  if (fact === undefined) return '(none)';
  return short(typeof fact.value === 'string' ? fact.value : `[${fact.value.join(', ')}]`);
}

function short(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
