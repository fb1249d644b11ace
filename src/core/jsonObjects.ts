/** The JSON objects in what a model answered: alone, in a fence, or between prose. Takes time linear in the text. */

/** Places where an object could begin that are tried in vain. */
const MOST_TRIED = 20;

/** The outermost JSON objects in a text, in order. Braces in prose and broken objects are passed over. */
export function jsonObjects(text: string): Readonly<Record<string, unknown>>[] {
  const found: Record<string, unknown>[] = [];
  let tried = 0;
  for (let start = nextStart(text, 0); start >= 0 && tried < MOST_TRIED; ) {
    const end = endOfObject(text, start);
    const object = end === null ? null : parseObject(text.slice(start, end));
    if (object === null) tried += 1;
    else found.push(object);
    start = nextStart(text, object === null || end === null ? start + 1 : end);
  }
  return found;
}

/** The next brace with a quotation mark behind it: only so an object of ours begins. */
function nextStart(text: string, from: number): number {
  for (let at = text.indexOf('{', from); at >= 0; at = text.indexOf('{', at + 1)) {
    let next = at + 1;
    while (next < text.length && BLANKS.has(text[next]!)) next += 1;
    if (text[next] === '"') return at;
  }
  return -1;
}

const BLANKS: ReadonlySet<string> = new Set([' ', '\n', '\r', '\t']);

/** Behind the brace that closes the one at `start`; null when none does. */
function endOfObject(text: string, start: number): number | null {
  let depth = 0;
  let inString = false;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (inString) {
      if (character === '\\') at += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{') depth += 1;
    else if (character === '}') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return null;
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}
