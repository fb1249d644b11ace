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
const SUSPECT = new RegExp(`[${BIDI_SET}${UNSEEN_SET}${OBEYED_SET}]`, 'gu');

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
  return [...text.matchAll(SUSPECT)].flatMap(({ 0: character, index }): CharacterFault[] => {
    if (character === '\ufeff' && index === 0 && atFileStart) return [];
    const problem = problemAt(text, index, character);
    return problem ? [{ problem, index, codePoint: character.codePointAt(0) ?? 0 }] : [];
  });
}

function problemAt(text: string, index: number, character: string): CharacterProblem | null {
  if (BIDI.test(character)) return 'bidi';
  if (OBEYED.test(character)) return 'invisible';
  return UNSEEN.test(character) && !isPartOfSequence(text, index, character) ? 'invisible' : null;
}

function isPartOfSequence(text: string, index: number, character: string): boolean {
  const before = characterBefore(text, index);
  const after = characterAt(text, index + character.length);
  const code = character.codePointAt(0) ?? 0;
  if (code === 0x200c || code === 0x200d) {
    if (JOINING_SCRIPT.test(letterBefore(text, index))) return true;
    return code === 0x200d && (PICTOGRAPH.test(before) || before === '\ufe0f') && PICTOGRAPH.test(after);
  }
  // ASCII has no variants but the keycaps: an unseen selector after a digit would make another identifier.
  if (code >= 0xfe00 && code <= 0xfe0f) return before < '\x80' ? after === KEYCAP : HAS_VARIANTS.test(before);
  if (code === 0x2800) return BRAILLE.test(before) || BRAILLE.test(after);
  if (code >= 0xe0100 && code <= 0xe01ef) return /^\p{Script=Han}$/u.test(before);
  if (code >= 0x180b && code <= 0x180f) return JOINING_SCRIPT.test(before);
  return isTag(code) && isInFlag(text, index);
}

/** The letter that a joiner follows: marks between them (a virama, say) belong to the letter. */
function letterBefore(text: string, index: number): string {
  let at = index;
  let character = characterBefore(text, at);
  while (/^\p{M}$/u.test(character)) {
    at -= character.length;
    character = characterBefore(text, at);
  }
  return character;
}

/** Longest tag specification of a subdivision flag (UTS #51: region and subdivision, six characters in use). */
const LONGEST_FLAG = 8;

/** A flag of a region (UTS #51): a black flag, up to eight tags, and the cancel tag. */
function isInFlag(text: string, index: number): boolean {
  let start = index;
  for (let steps = 0; steps < LONGEST_FLAG && isTag(codeOf(characterBefore(text, start))); steps++) start -= 2;
  const specification = [...text.slice(start, start + 2 * (LONGEST_FLAG + 1))];
  const end = specification.findIndex((character) => codeOf(character) === CANCEL_TAG);
  const isSpecified = end > 0 && specification.slice(0, end).every((character) => isTag(codeOf(character)));
  return isSpecified && start + 2 * end >= index && codeOf(characterBefore(text, start)) === BLACK_FLAG;
}

function isTag(code: number): boolean {
  return code >= 0xe0020 && code <= CANCEL_TAG;
}

function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}

/** The character that begins at an index, or the empty string. */
function characterAt(text: string, index: number): string {
  const code = text.codePointAt(index);
  return code === undefined ? '' : String.fromCodePoint(code);
}

/** The character that ends before an index, or the empty string. */
function characterBefore(text: string, index: number): string {
  const pair = index >= 2 ? characterAt(text, index - 2) : '';
  return pair.length === 2 ? pair : characterAt(text, index - 1);
}

/** `U+202E`, as Unicode writes it. */
export function nameOf(codePoint: number): string {
  return `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
}
