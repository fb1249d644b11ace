/** Writes what was held as an ordinary brief. It grants nothing, names no agent, and its reviewer is whoever drafts. */
import { checkLines, listItems, pair, reviewerOf } from '../brief/draft';
import { parseBrief } from '../brief/parse';
import { CountersignError } from '../errors';
import { wellFormed } from '../visible';
import type { HeldBrief } from './held';
import type { Offer } from './offer';
import type { PlanLine, Wish } from './plan';
import { proseOf } from './texts';

const INTENT_LIMIT = 2_000;
const PLACES_TOLD = 20;

export interface Around {
  readonly wish: Wish;
  readonly offer: Offer;
  /** Files of the briefs that come before. */
  readonly after: readonly string[];
  /** A comment for the head of the file; empty for none. */
  readonly remark: string;
}

/**
 * The text of a brief. It parses, and says what was held and nothing else; null where it would not, whatever stood in the
 * way.
 */
export function writeBrief(held: HeldBrief, around: Around): string | null {
  const text = wellFormed(`---\n${front(held, around).join('\n')}\n---\n${body(held, around)}`);
  return saysSo(text, held, around) ? text : null;
}

function front({ title, scope, checks, budget }: HeldBrief, { offer: { facts }, remark }: Around): string[] {
  const setup = facts.policy?.setup ?? facts.setup;
  const reviewer = reviewerOf(facts);
  return [
    ...(remark === '' ? [] : [`# ${remark}`]),
    'countersign: 1',
    pair('title', title),
    ...(setup === null ? [] : [`${pair('setup', setup)}   # run once in a fresh checkout`]),
    'scope:',
    '  change:',
    ...listItems(
      '    ',
      scope.change.map(({ pattern }) => pattern),
    ),
    ...avoidLines(avoided({ scope }, facts.policy?.scope.avoid ?? [])),
    `budget: { files: ${budget.files}, lines: ${budget.lines}, minutes: ${budget.minutes} }`,
    ...checkLines(checks.flatMap(({ check, note }) => (note === null ? [check] : []))),
    'approval: { allow: [] }        # what may be crossed without asking: dependencies, tests, ci, ...',
    reviewer === null
      ? '# reviewer: Name <email>       # who signs off: required'
      : `${pair('reviewer', reviewer)}   # who signs off`,
  ];
}

/** What must not change: the policy's, then the brief's own. */
function avoided({ scope }: Pick<HeldBrief, 'scope'>, policy: readonly string[]): readonly string[] {
  return [...new Set([...policy, ...scope.avoid.map(({ pattern }) => pattern)])];
}

function avoidLines(avoid: readonly string[]): string[] {
  return avoid.length === 0 ? ['  avoid: []'] : ['  avoid:', ...listItems('    ', avoid)];
}

function body({ goal, nonGoals, criteria }: HeldBrief, { wish, after }: Around): string {
  const places = wish.places
    .slice(0, PLACES_TOLD)
    .map(({ path, line }) => proseOf(line === null ? path : `${path}:${line}`, 500));
  const answers = wish.answers.filter(({ answer }) => answer.trim() !== '');
  return [
    '## Goal',
    goal.text,
    '',
    ...(nonGoals.length === 0 ? [] : ['## Non-goals', ...nonGoals.map(({ text }) => `- ${text}`), '']),
    '## Acceptance criteria',
    ...criteria.map(({ text }) => `- [ ] ${text}`),
    '',
    '## Context',
    `Asked for: ${proseOf(wish.intent, INTENT_LIMIT)}`,
    ...answers.map(({ question, answer }) => `Asked: ${proseOf(question, 500)} Answered: ${proseOf(answer, 1_000)}`),
    ...(places.length === 0 ? [] : [`Look first at: ${places.join(', ')}`]),
    ...(after.length === 0 ? [] : [`Delivered before it: ${after.join(', ')}`]),
    '',
  ].join('\n');
}

/** Whether the text, read as a brief, is what was held: no word of an answer may become anything else. */
function saysSo(text: string, held: HeldBrief, { offer: { facts } }: Around): boolean {
  try {
    const { front: read, goal, nonGoals, criteria, otherSections } = parseBrief(text, 'brief.md');
    const same = (one: readonly unknown[], other: readonly unknown[]) => JSON.stringify(one) === JSON.stringify(other);
    const checks = held.checks.flatMap(({ check, note }) => (note === null ? [check.run] : []));
    return (
      read.title === held.title.trim() &&
      goal === held.goal.text &&
      same(
        nonGoals,
        held.nonGoals.map(({ text: item }) => item),
      ) &&
      criteria.length === held.criteria.length &&
      criteria.every(({ text: item }, index) => held.criteria[index]?.text.startsWith(item) === true) &&
      otherSections.length === 0 &&
      same(
        read.scope.change,
        held.scope.change.map(({ pattern }) => pattern),
      ) &&
      same(read.scope.avoid, avoided(held, facts.policy?.scope.avoid ?? [])) &&
      same(
        read.checks.map(({ run }) => run),
        checks,
      ) &&
      read.approval.allow.length === 0 &&
      read.agent === undefined &&
      read.command === undefined &&
      read.reviewer === (reviewerOf(facts) ?? undefined)
    );
  } catch (thrown) {
    if (thrown instanceof CountersignError) return false;
    throw thrown;
  }
}

/** The lines of a brief, each with its reason. What the policy wants is no proposal and not among them. */
export function linesOf(held: HeldBrief, offer: Offer): PlanLine[] {
  const plain = { taken: true, note: null, check: null, files: null };
  const policy = new Set(offer.facts.policy?.scope.avoid ?? []);
  const patterns = (kind: 'change' | 'avoid') =>
    held.scope[kind]
      .filter(({ pattern }) => kind === 'change' || !policy.has(pattern))
      .map(({ pattern, why, files, isNew }): PlanLine => {
        return { ...plain, kind, text: pattern, why, files, note: isNew ? 'not there yet' : null };
      });
  return [
    { ...plain, kind: 'title', text: held.title, why: '' },
    { ...plain, kind: 'goal', ...held.goal },
    ...held.nonGoals.map(({ text, why }): PlanLine => ({ ...plain, kind: 'non-goal', text, why })),
    ...patterns('change'),
    ...patterns('avoid'),
    ...held.checks.map(({ check, why, note }): PlanLine => {
      const { name, run, timeout } = check;
      return { ...plain, kind: 'check', text: run, why, taken: note === null, note, check: { name, run, timeout } };
    }),
    ...held.criteria.map(({ text, why }): PlanLine => ({ ...plain, kind: 'criterion', text, why })),
  ];
}
