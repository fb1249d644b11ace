/** Questions about the compact text of an expression, in languages with brackets and C's operators. */

/** Longest text that is taken apart. */
const LONGEST = 2_000;
const LITERAL =
  /^(?:[-+]?\d[\w.]*|@?\$?"[^"]*"|'[^']*'|true|false|null|nil|nullptr|\.\w+|-?\w+\.(?:MAX|MIN)_VALUE|[A-Z][A-Z0-9_]+)$/;
/** Values that are put together where they stand. */
const MADE =
  /^(?:new\[?|\[|(?:List|Set|Map|Arrays|Optional|Array)\.(?:of|asList|empty)\b|(?:list|set|map|array|mutableList|mutableSet|mutableMap|intArray)Of\(|empty(?:List|Set|Map)\()/;

/** Whether an expression is a value that is written down: what is expected, and not what is tested. */
export function isLiteral(text: string): boolean {
  return LITERAL.test(text) || MADE.test(text);
}

/** A string as it is written, whole. */
export function isString(text: string): boolean {
  return /^[@$]{0,2}"/.test(text);
}

/** What an expression is, whatever happens; null when it depends. */
export function constantTruth(text: string): boolean | null {
  const inner = unwrapped(text);
  if (/^(?:true|Boolean\.TRUE|!false)$/.test(inner)) return true;
  return /^(?:false|Boolean\.FALSE|!true)$/.test(inner) ? false : null;
}

/** Without parentheses around the whole. */
export function unwrapped(text: string): string {
  let inner = text;
  for (let depth = 0; depth < 20 && inner.startsWith('('); depth++) {
    if (firstClosing(inner) !== inner.length - 1) break;
    inner = inner.slice(1, -1);
  }
  return inner;
}

/** Where the first bracket of a text closes; -1 when it has none. */
function firstClosing(text: string): number {
  let closing = -1;
  walk(text, (char, at, depth) => {
    if (depth !== 0 || !/[)\]}]/.test(char)) return false;
    closing = at;
    return true;
  });
  return closing;
}

/** Goes over what is no string; `visit` gets the depth behind a closing and before an opening bracket; true ends it. */
function walk(text: string, visit: (char: string, at: number, depth: number) => boolean): void {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? '';
    if (char === '"' || (char === "'" && /^'(?:\\.|[^'\\])'/.test(text.slice(at, at + 5)))) {
      at = stringEnd(text, at, char);
      continue;
    }
    if (/[)\]}]/.test(char)) depth--;
    if (visit(char, at, depth)) return;
    if (/[([{]/.test(char)) depth++;
  }
}

function stringEnd(text: string, from: number, quote: string): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === quote) return at;
  }
  return text.length;
}

/** The parts of a text between one operator at its top level. */
export function splitAt(text: string, operator: string): readonly string[] {
  if (text.length > LONGEST || !text.includes(operator)) return [text];
  const parts: string[] = [];
  let from = 0;
  walk(text, (_, at, depth) => {
    if (depth === 0 && at >= from && text.startsWith(operator, at)) {
      parts.push(text.slice(from, at));
      from = at + operator.length;
    }
    return false;
  });
  return [...parts, text.slice(from)];
}

export interface Comparison {
  readonly left: string;
  readonly operator: string;
  readonly right: string;
}

const EQUALITY = ['===', '!==', '==', '!='] as const;
const ORDER = ['<=', '>=', '<', '>'] as const;
const EQUALS = /^(.{1,300}?)\.(?:equals|Equals|contentEquals|SequenceEqual)\((.*)\)$/s;
const EQUALS_OF = /^(?:Objects|Arrays|Object|object|String|string)\.(?:equals|deepEquals|Equals)\((.*)\)$/s;

/** The comparison that a condition is, at its top level. */
export function comparisonIn(text: string): Comparison | null {
  if (text.length > LONGEST) return null;
  for (const operator of EQUALITY) {
    const [left, right, more] = splitAt(text, operator);
    if (left && right !== undefined && more === undefined) return { left, operator: operator.slice(0, 2), right };
  }
  const both = EQUALS_OF.exec(text)?.[1];
  if (both !== undefined) {
    const [left, right] = splitAt(both, ',');
    if (left && right) return { left, operator: '==', right };
  }
  const [, object, argument] = EQUALS.exec(text) ?? [];
  if (object !== undefined && argument !== undefined && splitAt(argument, ',').length === 1) {
    return { left: object, operator: '==', right: argument };
  }
  if (/<[\w.,?[\]]*>/.test(text)) return null;
  for (const operator of ORDER) {
    const [left, right, more] = splitAt(text, operator);
    if (left && right !== undefined && more === undefined) return { left, operator, right };
  }
  return null;
}

/** What a call at the end of a text calls: `m.send` of `m.send(any())`. */
export function calleeIn(text: string): string {
  if (!text.endsWith(')')) return text;
  let open = text.length;
  walk(text, (char, at, depth) => {
    if (depth === 0 && char === '(') open = at;
    return false;
  });
  return text.slice(0, open);
}

/** What a block or lambda around one expression holds: `()->f()`, `{f()}`, `()=>{f();}`. */
export function bodyOfLambda(text: string): string {
  const inner = text.replace(/^(?:async)?(?:\(\)|_)(?:throws)?(?:->|=>)/, '').replace(/^(?:await|try await|try) /, '');
  return inner.startsWith('{') && inner.endsWith('}') ? inner.slice(1, -1) : inner;
}
