/** A brief for work that has none, proposed from its difference: what it would have had to say. It grants nothing. */
import { visible, wellFormed } from '../visible';
import { checkLines, checksOf, type DraftFacts, listItems, pair, reviewerOf } from './draft';

/** A boundary that the difference crosses, and what of it does. */
export interface Crossing {
  readonly boundary: string;
  /** What crosses it, in words of a finding. */
  readonly because: string;
  /** How many findings say so. */
  readonly count: number;
}

export interface Inference {
  /** The two sides as a person named them; `head` null = the working tree. */
  readonly base: string;
  readonly head: string | null;
  /** `inferPatterns` of what changed. */
  readonly change: readonly string[];
  readonly files: number;
  /** First lines of the commits, the newest first. */
  readonly subjects: readonly string[];
  readonly crossings: readonly Crossing[];
  readonly facts: DraftFacts;
}

const TITLE_LIMIT = 100;
const SUBJECT_LIMIT = 200;
const SUBJECTS_SHOWN = 20;

/** The text of the brief. It parses as it is, and says of itself that it is inferred. */
export function inferredBrief(given: Inference): string {
  const { facts, change, subjects } = given;
  const sides = `${named(given.base)} and ${given.head === null ? 'the working tree' : named(given.head)}`;
  const [newest = ''] = subjects;
  const about = textOf(subjects.at(-1) ?? newest);
  const checks = checksOf(facts);
  const reviewer = reviewerOf(facts);
  const front = [
    `# inferred from the difference of ${sides}: nobody wrote this before the work was done.`,
    '# Read it as a proposal, and make it say what you want; what it does not ask for is what you will be shown.',
    'countersign: 1',
    ...(about === '' ? [] : [`${pair('title', about.slice(0, TITLE_LIMIT).trim())}   # inferred from the commits`]),
    'scope:',
    `  change:                      # inferred from the ${given.files} changed ${given.files === 1 ? 'path' : 'paths'}`,
    ...listItems('    ', change),
    ...checkLines(checks),
    'approval:',
    ...crossingLines(given.crossings),
    '  allow: []',
    reviewer === null
      ? '# reviewer: Name <email>       # who signs off: required'
      : `${pair('reviewer', reviewer)}   # who signs off`,
  ];
  return wellFormed(`---\n${front.join('\n')}\n---\n${body(given, sides, about, checks[0]?.name ?? null)}`);
}

/** Proposed, not granted: each stays a finding until a person answers it or allows it. */
function crossingLines(crossings: readonly Crossing[]): readonly string[] {
  if (crossings.length === 0) return [];
  return [
    '  # inferred: the difference crosses boundaries. Nothing is granted by that; allow what you have decided on:',
    `  # allow: [${crossings.map(({ boundary }) => visible(boundary)).join(', ')}]`,
    ...crossings.map(({ boundary, because, count }) => {
      const more = count > 1 ? ` (and ${count - 1} more)` : '';
      return `  #   ${visible(boundary)}: ${visible(because).slice(0, SUBJECT_LIMIT)}${more}`;
    }),
  ];
}

function body({ files, subjects }: Inference, sides: string, about: string, check: string | null): string {
  const shown = subjects.slice(0, SUBJECTS_SHOWN).map((subject) => `- ${textOf(subject)}`);
  const rest = subjects.length - shown.length;
  const told = subjects.length === 0 ? [] : ['', 'What its commits say, the newest first:', '', ...shown];
  return [
    '## Goal',
    about === ''
      ? 'Keep what this difference changes, and nothing else.'
      : `Keep what this work changes, as its commits call it: ${about}`,
    '',
    '## Acceptance criteria',
    `- [ ] the project still passes its checks (${check === null ? 'review' : `check: ${check}`})`,
    '- [ ] the change does what its commits say, and nothing else (review)',
    '',
    '## Context',
    `This brief was inferred from the difference of ${sides} (${files} changed paths); it was not written before the work.`,
    ...told,
    ...(rest > 0 ? [`- and ${rest} more`] : []),
    '',
  ].join('\n');
}

/** One line of a commit as text: it opens no comment, and what it stands behind keeps it from beginning anything else. */
function textOf(subject: string): string {
  return named(subject.trim().replace(/\s+/g, ' ')).trim();
}

function named(revision: string): string {
  return visible(revision).slice(0, SUBJECT_LIMIT).replaceAll('<!--', '< !--');
}
