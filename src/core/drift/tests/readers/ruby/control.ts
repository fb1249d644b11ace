/** The clauses of Ruby's blocks, and what a `rescue` lets out. */
import type { Source, Span } from './source';

export interface Clause {
  /** The word that begins it; `` for the first. */
  readonly word: string;
  readonly body: Span;
}

/** What the failures of minitest and RSpec are caught by: they are no StandardError. */
const CATCHES = /\b(?:Exception|Object|Assertion|AssertionFailedError|ExpectationNotMetError|Minitest::Assertion)\b/;
const HANDS_ON = /\b(?:raise|fail|flunk|skip|throw|exit|abort)\b|\b(?:assert|refute|expect|must|wont)\w*\b|\.should\b/;
const LONGEST_HANDLER = 5_000;

/** Splits a body at the words that begin another part of it. */
export function clausesOf(source: Source, { from, to }: Span, words: RegExp): readonly Clause[] {
  const clauses: Clause[] = [];
  let word = '';
  let start = from;
  for (let at = from; at < to; at = source.past(at)) {
    if (source.opens(at) || !words.test(source.keyword(at))) continue;
    // A `rescue` behind something on its line is a modifier.
    if (source.at(at) === 'rescue' && at > from && !source.isNewline(at - 1)) continue;
    clauses.push({ word, body: { from: start, to: at } });
    word = source.at(at);
    start = at + 1;
  }
  clauses.push({ word, body: { from: start, to } });
  return clauses;
}

/** Whether the clauses behind a body let no failed assertion in it out. */
export function swallows(source: Source, clauses: readonly Clause[], isTestUnit: boolean): boolean {
  return clauses.some(({ word, body }) => {
    if (word !== 'rescue') return false;
    const text = source.compact(body, LONGEST_HANDLER);
    const end = text.indexOf(';');
    const caught = end === -1 ? text : text.slice(0, end);
    const isBare = /^(?:=>\w+)?$/.test(caught) || /^StandardError\b/.test(caught);
    const handler = (end === -1 ? '' : text.slice(end)).replace(/"[^"\n]*"/g, '""');
    const catches = CATCHES.test(caught.replace(/\w+::(?=\w)/g, '')) || (isTestUnit && isBare);
    return catches && !HANDS_ON.test(handler) && text.length < LONGEST_HANDLER;
  });
}
