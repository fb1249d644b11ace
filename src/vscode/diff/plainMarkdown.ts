/** Outside text inside the editor's Markdown, where it stays text: nothing of it formats, links, loads or runs. */
import { visibleText } from '../../core/visible';

/** Longest text of one comment, in UTF-16 units: the whole is in the packet. */
const LONGEST = 4_000;

/**
 * Everything but letters, digits and the space between them is written as a character reference. Markdown (CommonMark
 * 0.31, 2.5) never takes a reference for a part of its own syntax, and neither bare addresses nor icons are recognised
 * in them. Line breaks become paragraphs.
 */
export function plainMarkdown(text: string): string {
  const shown = visibleText(text);
  const cut = shown.length > LONGEST ? `${shown.slice(0, LONGEST).replace(/[\ud800-\udbff]$/, '')}…` : shown;
  return cut
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => line.replace(/[^\p{L}\p{M}\p{N} ]/gu, reference))
    .join('\n\n');
}

function reference(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  // Half a pair is no character.
  return code >= 0xd800 && code <= 0xdfff ? '&#65533;' : `&#${code};`;
}
