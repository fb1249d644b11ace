/** What a planner said, as text of a brief: on one line, visible, and nothing that begins something of its own there. */
import { readProof } from '../brief/criteria';
import { visible, wellFormed } from '../visible';

/** One line of a text: what a screen would obey is spelled out, and it is cut at `most` characters. */
export function lineOf(text: string, most: number): string {
  const flat = visible(
    wellFormed(text.slice(0, most * 4))
      .replace(/\s+/g, ' ')
      .trim(),
  );
  return flat.length <= most ? flat : `${wellFormed(flat.slice(0, most - 1)).trimEnd()}…`;
}

/** What would begin a heading, a list, a quotation, a code block or a box at the beginning of a line. */
const MARK = /^(?:[-*+>#=|]{1,9}(?=\s|$)|#{1,9}|[~`]{3,}|\d{1,9}[.)](?=\s|$)|\[[ xX]?\](?=\s|$))/;
/** So many marks one behind the other are looked at. */
const MOST_MARKS = 20;

/** A paragraph of a section: it opens no comment and no section, and is no item of a list. */
export function proseOf(text: string, most: number): string {
  let rest = lineOf(text, most).replaceAll('<!--', '< !--');
  for (let at = 0; at < MOST_MARKS && MARK.test(rest); at++) rest = rest.replace(MARK, '').trim();
  return rest;
}

/** An item without the proof that it may have written at its end; that one is told apart. */
export function itemOf(text: string, most: number): { readonly text: string; readonly check: string | null } {
  const { text: said, proof } = readProof(proseOf(text, most));
  return { text: said, check: proof.kind === 'check' ? proof.check : null };
}
