/** Characters that reorder text or cannot be seen, told from the emoji and scripts that need some of them. */

export type CharacterProblem = 'bidi' | 'invisible';

export interface CharacterFault {
  readonly problem: CharacterProblem;
  /** UTF-16 index in the text. */
  readonly index: number;
  readonly codePoint: number;
}

/** Bidirectional controls (Unicode UAX #9): what "Trojan Source" (CVE-2021-42574) is made of, and the implicit marks. */
const BIDI_SET = String.raw`\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069`;
/** Default-ignorable and blank characters (Unicode DerivedCoreProperties; Hangul fillers; line separators). */
const UNSEEN_SET =
  String.raw`\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2028\u2029\u2060-\u2065\u206a-\u206f` +
  String.raw`\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}`;
/** What a terminal obeys: NUL, backspace, lone carriage return, escape, delete, C1. Tab and form feed are text. */
const OBEYED_SET = String.raw`\u0000-\u0008\u000b\u000d-\u001f\u007f-\u0084\u0086-\u009f`;

const BIDI = new RegExp(`^[${BIDI_SET}]$`, 'u');
const UNSEEN = new RegExp(`^[${UNSEEN_SET}]$`, 'u');
const OBEYED = new RegExp(`^[${OBEYED_SET}]$`, 'u');
/** One quick test for a text that has none of them. */
const SUSPECT = new RegExp(`[${BIDI_SET}${UNSEEN_SET}${OBEYED_SET}]`, 'u');

/** Scripts in whose spelling the joiners U+200C and U+200D are ordinary. */
const JOINING_SCRIPT =
  /^[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}]$/u;
const PICTOGRAPH = /^[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}]$/u;
/** What a variation selector may follow: emoji, ideographs, symbols, and scripts with variants. */
const HAS_VARIANTS = /^[\p{Emoji}\p{Script=Han}\p{S}\p{P}\p{Script=Mongolian}\p{Script=Myanmar}\p{Script=Phags_Pa}]$/u;
const KEYCAP = '\u20e3';
const BRAILLE = /^[\u2801-\u28ff]$/;
const BLACK_FLAG = 0x1f3f4;
const CANCEL_TAG = 0xe007f;

/**
 * The faults in a text of one line, in order. Joiners and variation selectors inside emoji, flags of regions, and
 * joiners in scripts that need them are none. `atFileStart`: a byte order mark at the very beginning is none either.
 */
export function characterFaults(text: string, atFileStart = false): readonly CharacterFault[] {
  if (!SUSPECT.test(text)) return [];
  const characters = [...text];
  const faults: CharacterFault[] = [];
  let index = 0;
  for (const [at, character] of characters.entries()) {
    const problem = problemAt(characters, at, atFileStart);
    if (problem) faults.push({ problem, index, codePoint: character.codePointAt(0) ?? 0 });
    index += character.length;
  }
  return faults;
}

function problemAt(characters: readonly string[], at: number, atFileStart: boolean): CharacterProblem | null {
  const character = characters[at] as string;
  if (BIDI.test(character)) return 'bidi';
  if (OBEYED.test(character)) return 'invisible';
  if (!UNSEEN.test(character)) return null;
  const code = character.codePointAt(0) ?? 0;
  if (code === 0xfeff && at === 0 && atFileStart) return null;
  return isPartOfSequence(characters, at, code) ? null : 'invisible';
}

function isPartOfSequence(characters: readonly string[], at: number, code: number): boolean {
  const before = characters[at - 1] ?? '';
  const after = characters[at + 1] ?? '';
  if (code === 0x200c || code === 0x200d) {
    if (JOINING_SCRIPT.test(before) || isMarkOfJoiningScript(characters, at)) return true;
    return code === 0x200d && (PICTOGRAPH.test(before) || before === '\ufe0f') && PICTOGRAPH.test(after);
  }
  // ASCII has no variants but the keycaps: an unseen selector after a digit would make another identifier.
  if (code >= 0xfe00 && code <= 0xfe0f) return before < '\x80' ? after === KEYCAP : HAS_VARIANTS.test(before);
  if (code === 0x2800) return BRAILLE.test(before) || BRAILLE.test(after);
  if (code >= 0xe0100 && code <= 0xe01ef) return /^\p{Script=Han}$/u.test(before);
  if (code >= 0x180b && code <= 0x180f) return JOINING_SCRIPT.test(before);
  if (code >= 0xe0020 && code <= CANCEL_TAG) return isInFlag(characters, at);
  return false;
}

/** A joiner may follow a mark (a virama, say), whose script property is often `Inherited`: look past marks. */
function isMarkOfJoiningScript(characters: readonly string[], at: number): boolean {
  let start = at - 1;
  while (start >= 0 && /^\p{M}$/u.test(characters[start] as string)) start--;
  return start < at - 1 && JOINING_SCRIPT.test(characters[start] ?? '');
}

/** Longest tag specification of a subdivision flag (UTS #51: region and subdivision, six characters in use). */
const LONGEST_FLAG = 8;

/** A flag of a region (UTS #51): a black flag, up to eight tags, and the cancel tag. */
function isInFlag(characters: readonly string[], at: number): boolean {
  const isTag = (position: number) => {
    const code = characters[position]?.codePointAt(0) ?? 0;
    return code >= 0xe0020 && code < CANCEL_TAG;
  };
  let start = at;
  while (start > 0 && isTag(start - 1)) start--;
  let end = at;
  while (isTag(end)) end++;
  const isClosed = characters[end]?.codePointAt(0) === CANCEL_TAG;
  return characters[start - 1]?.codePointAt(0) === BLACK_FLAG && isClosed && end - start <= LONGEST_FLAG;
}

/** `U+202E`, as Unicode writes it. */
export function nameOf(codePoint: number): string {
  return `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
}
