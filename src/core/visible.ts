/**
 * Text from outside made safe to show: what a terminal or an editor would obey or hide is spelled out as an escape.
 * Everything that agents, repositories, models and files say passes here before it reaches a screen.
 */

/**
 * C0 and C1 controls (ECMA-48), bidirectional controls and other format characters that reorder or vanish (Unicode
 * UAX #9 and TR #36). The joiners U+200C and U+200D stay: scripts and emoji need them, and they reorder nothing.
 */
const OBEYED_OR_HIDDEN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

const spelled = (character: string): string => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;

/** Text of several lines: newlines and tabs stay, `\r\n` becomes a newline, every other control is spelled out. */
export function visibleText(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(OBEYED_OR_HIDDEN, spelled);
}

/** Text for one line, such as a path or a title: newlines and tabs are spelled out too. */
export function visible(text: string): string {
  return text.replaceAll('\n', '\\n').replaceAll('\t', '\\t').replace(OBEYED_OR_HIDDEN, spelled);
}

const HALF_OF_A_PAIR = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text that UTF-8 can hold: half a surrogate pair, such as a cut leaves, becomes the replacement character. */
export function wellFormed(text: string): string {
  return text.replace(HALF_OF_A_PAIR, '\ufffd');
}
