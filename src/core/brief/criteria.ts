/** The list items of a section, and how an acceptance criterion says that it is proven. */
import type { Criterion, CriterionProof } from './brief';
import type { BodyLine } from './sections';

export interface Item {
  readonly text: string;
  readonly line: number;
  /** The last line that belongs to it. */
  readonly last: number;
}

const MARKER = /^([ \t]*)(?:[-*+]|\d{1,9}[.)])(?:[ \t]+|$)/;

/** The items at the outermost level of a section's lists; what is nested or continued belongs to its item's text. */
export function readItems(lines: readonly BodyLine[]): Item[] {
  const items: { parts: string[]; line: number; last: number }[] = [];
  let outermost: number | null = null;
  for (const { text, line } of lines) {
    const marker = MARKER.exec(text);
    const indent = marker === null ? 0 : marker[1]!.length;
    if (marker !== null && (outermost === null || indent <= outermost + 1)) {
      outermost ??= indent;
      items.push({ parts: [text.slice(marker[0].length)], line, last: line });
    } else if (items.length > 0 && text.trim() !== '') {
      const item = items[items.length - 1]!;
      item.parts.push(text.trim());
      item.last = line;
    }
  }
  return items.map(({ parts, line, last }) => ({ text: parts.join(' ').trim(), line, last }));
}

/** Acceptance criteria: each item without its box, and its proof. An item may be empty: a draft's is. */
export function readCriteria(lines: readonly BodyLine[]): Criterion[] {
  return readItems(lines).map(({ text, line }) => ({ ...readProof(withoutBox(text)), line }));
}

/** The text of an item without its box. */
export function withoutBox(text: string): string {
  return text.replace(/^\[[ xX]?\](?:\s+|$)/, '');
}

/** `(check: NAME)` or `(review)` at the end of a criterion. */
export function readProof(text: string): { text: string; proof: CriterionProof } {
  const match = /\((?:check:\s*([^()\s]+)|(review))\s*\)\s*\.?$/i.exec(text);
  if (match === null) return { text: text.trim(), proof: { kind: 'none' } };
  const check = match[1];
  return {
    text: text.slice(0, match.index).trim(),
    proof: check === undefined ? { kind: 'review' } : { kind: 'check', check },
  };
}

/** Non-goals: the items of the list, or the paragraphs where somebody wrote prose. */
export function readNonGoals(lines: readonly BodyLine[]): string[] {
  const items = readItems(lines);
  if (items.length > 0) return items.map(({ text }) => text).filter((text) => text !== '');
  const paragraphs: string[][] = [[]];
  for (const { text } of lines) {
    if (text.trim() === '') paragraphs.push([]);
    else paragraphs[paragraphs.length - 1]!.push(text.trim());
  }
  return paragraphs.map((paragraph) => paragraph.join(' ')).filter((text) => text !== '');
}
