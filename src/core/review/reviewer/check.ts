/**
 * Holds what a reviewer says against the result: the file is there, the line is there, and the quote stands in the file or
 * in its diff. What cannot be shown is dropped and counted, never believed.
 */
import { sha256Hex } from '../../hash';
import { visible } from '../../visible';
import type { ReviewAnswer } from './answer';
import { linesOfNew } from './changedFile';
import { Evidence, pathFinder, type ReviewedResult } from './evidence';
import { normal } from './normal';
import type { Dropped, Proposal, Review, ReviewFinding, ReviewPlace, Unexplained } from './review';

export type CheckedAnswer = Pick<Review, 'findings' | 'criteria' | 'unexplained' | 'dropped'>;

const ID_DIGITS = 15;
/** Letters and digits without which a quote could stand anywhere. */
const QUOTE_LETTERS = 2;
/** What was dropped is kept up to so many; more is not told apart by anybody. */
const DROPPED_KEPT = 500;

/** The paths of the result whose texts an answer has to be held against, each once. */
export function pathsToRead(answer: ReviewAnswer, result: Omit<ReviewedResult, 'texts'>): readonly string[] {
  const named = [
    ...answer.findings.map(({ file }) => file),
    ...answer.criteria.flatMap(({ places }) => places.map(({ file }) => file)),
  ];
  const pathOf = pathFinder(result);
  const found = named.flatMap((file) => pathOf(file) ?? []);
  return [...new Set(found)].filter((path) => result.paths.has(path));
}

/** Pure: the same answer to the same result gives the same. */
export function checkAnswer(answer: ReviewAnswer, result: ReviewedResult): CheckedAnswer {
  const dropped: Dropped[] = [];
  const drop = (what: Dropped['what'], why: string) => {
    if (dropped.length < DROPPED_KEPT) dropped.push({ what, why });
  };
  const evidence = new Evidence(result);
  return {
    findings: checkFindings(answer, evidence, drop),
    criteria: checkProposals(answer, evidence, drop),
    unexplained: checkUnexplained(answer, evidence, drop),
    dropped,
  };
}

type Drop = (what: Dropped['what'], why: string) => void;

function checkFindings(answer: ReviewAnswer, evidence: Evidence, drop: Drop): ReviewFinding[] {
  const { criteria } = evidence.result;
  const found = new Map<string, ReviewFinding>();
  for (const said of answer.findings) {
    const place = placeOfFinding(said, evidence);
    if (typeof place === 'string') {
      drop('finding', place);
      continue;
    }
    const { severity, clause, message, suggestion, quote } = said;
    const criterion = said.criterion != null && said.criterion <= criteria ? said.criterion : null;
    const stem = sha256Hex(JSON.stringify([place.path, normal(quote), normal(message)])).slice(0, ID_DIGITS);
    // A letter that no hexadecimal digit is: it can be no id of another kind.
    const id = `r${stem}`;
    if (found.has(id)) drop('finding', 'it was said already');
    else {
      found.set(id, {
        id,
        severity,
        criterion,
        clause: filled(clause),
        ...place,
        quote,
        message,
        suggestion: filled(suggestion),
      });
    }
  }
  return [...found.values()].sort(bySeverity);
}

const WEIGHT = { major: 0, minor: 1, nit: 2 } as const;

function bySeverity(one: ReviewFinding, other: ReviewFinding): number {
  return WEIGHT[one.severity] - WEIGHT[other.severity];
}

function filled(text: string | null | undefined): string | null {
  return text == null || text.trim() === '' ? null : text.trim();
}

/** Where a finding is, or why it cannot be shown. */
function placeOfFinding(said: ReviewAnswer['findings'][number], evidence: Evidence): ReviewPlace | string {
  const path = evidence.pathOf(said.file);
  if (path === null) return `there is no file ${shown(said.file)}`;
  if (said.line != null && !evidence.hasLine(path, said.line, true)) {
    return `${shown(path)} has no line ${said.line}`;
  }
  for (const quote of [normal(said.quote), withoutSign(normal(said.quote))]) {
    if ((quote.match(/[\p{L}\p{N}]/gu) ?? []).length < QUOTE_LETTERS) continue;
    const place = evidence.find(path, quote, said.line ?? null);
    if (place !== null) return place;
  }
  return `what it quotes is not in ${shown(path)}`;
}

/** A line quoted with its number and sign, as the diff shows it. */
function withoutSign(quote: string): string {
  return quote.replace(/^\d{0,9} ?[+-] ?/, '');
}

function checkProposals(answer: ReviewAnswer, evidence: Evidence, drop: Drop): Proposal[] {
  const proposals = new Map<number, Proposal>();
  for (const { criterion, proof, because, places } of answer.criteria) {
    if (criterion > evidence.result.criteria) {
      drop('criterion', `the brief has no criterion ${criterion}`);
      continue;
    }
    const there = places.flatMap(({ file, line }) => placeOfProof(file, line ?? null, evidence) ?? []);
    if (proof === 'proven' && there.length === 0) {
      drop('criterion', `no place that exists is named as the proof of criterion ${criterion}`);
      continue;
    }
    // Of two opinions the worse one stands.
    if (proposals.get(criterion)?.proof === 'unproven') continue;
    proposals.set(criterion, { criterion, proof, because, places: there });
  }
  return [...proposals.values()].sort((one, other) => one.criterion - other.criterion);
}

function placeOfProof(file: string, line: number | null, evidence: Evidence): ReviewPlace | null {
  const path = evidence.pathOf(file);
  if (path === null) return null;
  if (line !== null && !evidence.hasLine(path, line, false)) return null;
  return { path, line };
}

function checkUnexplained(answer: ReviewAnswer, evidence: Evidence, drop: Drop): Unexplained[] {
  return answer.unexplained.flatMap(({ file, line = null, why }) => {
    const path = evidence.pathOf(file);
    const changed = path === null ? undefined : evidence.changed(path);
    if (path === null || changed === undefined) {
      drop('hunk', `${shown(file)} was not changed`);
      return [];
    }
    if (line !== null && changed.hunks.length > 0 && !changed.hunks.some((hunk) => linesOfNew(hunk).has(line))) {
      drop('hunk', `nothing was changed at ${shown(path)}:${line}`);
      return [];
    }
    return [{ path, line, why }];
  });
}

function shown(name: string): string {
  return visible(name.length > 200 ? `${name.slice(0, 200)}…` : name);
}
