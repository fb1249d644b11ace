/** Finds the ids of criteria in the names of tests and in code. Linear in the text, whatever stands in it. */
import type { CriterionId } from '../../brief/criterionIds';

/** A run of letters, digits and what joins them in identifiers. */
const WORD = /[\p{L}\p{N}_-]+/gu;
/** Characters of one word that are looked at: of a longer one, minified or encoded, the first. */
const WORD_LIMIT = 4_000;

const LETTER = /[A-Za-z]/;
const UPPER = /[A-Z]/;
const LOWER = /[a-z]/;
const DIGIT = /\d/;
const JOINT = /[-_]/;
/** What makes letters and digits behind it a colour, an escape or a number. */
const CODED = /[#%\\]/;

/**
 * An id stands in a text as a whole word, in any case, or in an identifier between underscores or the humps of camel case:
 * `AC-1`, `test_ac_1_retries`, `TestAC1Retries`. It never stands within a longer one: not in `AC-12`, `X-AC-1`, `AC-1-2`
 * or `AC-1.2`.
 */
export class MentionFinder {
  /** All keys as one tree of characters: at each place of a text only what begins a key is followed. */
  readonly #keys: Key = { next: new Map(), places: [] };
  /** Characters of the longest spelling: it has at most a separator behind each character of its id. */
  readonly #longest: number;

  constructor(ids: readonly CriterionId[]) {
    for (const [place, { key }] of ids.entries()) this.#add(key, place);
    this.#longest = 2 * ids.reduce((longest, { key }) => Math.max(longest, key.length), 0);
  }

  /** The places (from 0) of the criteria that a text names, in their order. */
  find(text: string): readonly number[] {
    if (!DIGIT.test(text)) return [];
    const found = new Set<number>();
    for (const { 0: whole, index } of text.matchAll(WORD)) {
      if (!DIGIT.test(whole)) continue;
      const word: Word = {
        text: whole.slice(0, WORD_LIMIT),
        isCoded: CODED.test(text[index - 1] ?? '') || /^0x/i.test(whole),
        // At a cut nothing ends.
        next: whole.length > WORD_LIMIT ? '.0' : text.slice(index + whole.length, index + whole.length + 2),
      };
      for (const place of this.#inWord(word)) found.add(place);
    }
    return [...found].sort((a, b) => a - b);
  }

  #add(key: string, place: number): void {
    let at = this.#keys;
    for (const char of key) {
      const next = at.next.get(char) ?? { next: new Map(), places: [] };
      at.next.set(char, next);
      at = next;
    }
    at.places.push(place);
  }

  #inWord(word: Word): number[] {
    const found: number[] = [];
    for (let start = 0; start < word.text.length; start++) {
      if (!this.#keys.next.has(word.text[start]!.toLowerCase())) continue;
      const begins = startOf(word.text, start);
      if (begins === null) continue;
      const longest = this.#longestFrom(word, start, begins === 'hump');
      if (longest === null) continue;
      found.push(...longest.places);
      start = longest.end - 1;
    }
    return found;
  }

  /** The longest id that begins at a place, and where it ends; null when none does. Reads the word once, as `keyOfId` does. */
  #longestFrom(word: Word, start: number, isHump: boolean): { readonly end: number; readonly places: number[] } | null {
    let key = this.#keys;
    let found: { readonly end: number; readonly places: number[] } | null = null;
    let [hasJoint, hasDash, isJoined, wasDigit] = [false, false, false, false];
    for (let at = start; at < Math.min(word.text.length, start + this.#longest); at++) {
      const char = word.text[at]!;
      if (char === '-' || char === '_') {
        [hasJoint, isJoined] = [true, true];
        hasDash ||= char === '-';
        continue;
      }
      const isDigit = char >= '0' && char <= '9';
      const from = isJoined && wasDigit && isDigit ? key.next.get('-') : key;
      [isJoined, wasDigit] = [false, isDigit];
      const next = from?.next.get(char.toLowerCase());
      if (next === undefined) break;
      key = next;
      if (key.places.length === 0 || (word.isCoded && !hasJoint)) continue;
      const ends = endOf(word, at + 1);
      // Humps belong to identifiers, and these have no dash.
      if (ends === null || (hasDash && (isHump || ends === 'hump'))) continue;
      found = { end: at + 1, places: key.places };
    }
    return found;
  }
}

/** A place in the tree of keys. */
interface Key {
  readonly next: Map<string, Key>;
  /** Of the criteria whose key ends here. */
  readonly places: number[];
}

interface Word {
  readonly text: string;
  readonly isCoded: boolean;
  /** What stands behind it. */
  readonly next: string;
}

/** How an id could begin at a place of a word; null when it could not. */
function startOf(word: string, at: number): 'edge' | 'hump' | null {
  if (!LETTER.test(word[at]!)) return null;
  const before = word[at - 1];
  if (before === undefined || before === '_') return 'edge';
  // Behind a dash it is the end of a longer id, unless nothing stands before the dash.
  if (before === '-') return word[at - 2] === undefined || JOINT.test(word[at - 2]!) ? 'edge' : null;
  return UPPER.test(word[at]!) && LOWER.test(before) ? 'hump' : null;
}

/** How an id could end before a place of a word; null when it could not. */
function endOf({ text, next }: Word, at: number): 'edge' | 'hump' | null {
  if (!DIGIT.test(text[at - 1]!)) return null;
  const after = text[at];
  if (after === undefined) return /^\.\d/.test(next) ? null : 'edge';
  if (after === '_') return DIGIT.test(text[at + 1] ?? '') ? null : 'edge';
  if (after === '-') return isLongerId(text, at) ? null : 'edge';
  return UPPER.test(after) ? 'hump' : null;
}

/** Whether what follows joined by dashes makes a longer id: it ends in a digit as well. */
function isLongerId(text: string, at: number): boolean {
  const end = text.indexOf('_', at);
  let last = (end < 0 ? text.length : end) - 1;
  while (last > at && text[last] === '-') last--;
  return DIGIT.test(text[last]!);
}
