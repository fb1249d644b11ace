/** `${name}` in a text, replaced by what the same file says of that name. */

const LONGEST = 4096;
/** Names of names of names: more is a loop. */
const DEEPEST = 6;

/**
 * The text with what is known put in; what is not known, or would make the text too long, stays verbatim.
 *
 * @param value what a name stands for; undefined = not known
 * @param form how a name is written, its name being the first group that took part; global
 */
export function substituted(
  text: string,
  value: (name: string) => string | undefined,
  form: RegExp = /\$\{([^{}]{1,200})\}/g,
): string {
  let result = text;
  for (let round = 0; round < DEEPEST && result.length <= LONGEST; round++) {
    const next = once(result, value, form);
    if (next === result || next === null) return result;
    result = next;
  }
  return result;
}

function once(text: string, value: (name: string) => string | undefined, form: RegExp): string | null {
  let result = '';
  let end = 0;
  for (const match of text.matchAll(form)) {
    const name = match.slice(1).find((group) => group !== undefined) ?? '';
    result += text.slice(end, match.index) + (value(name) ?? match[0]);
    end = match.index + match[0].length;
    if (result.length > LONGEST) return null;
  }
  return result + text.slice(end);
}
