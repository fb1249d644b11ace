/** Variables of a Gradle or sbt build whose values are literals in the same file. */
import type { Token } from '../lexer';
import { dottedName, isSign, type Statement } from '../statements';
import { substituted } from '../substitution';

/** Ways to say where a variable of the project lives; the variable is the same. */
const OWNERS = /^(?:(?:rootProject|project|gradle|this|it)\.)?(?:(?:ext|extra)\.)?/;
/** `${name}` and `$name` inside a text. */
const REFERENCE = /\$\{([^{}]{1,200})\}|\$([A-Za-z_]\w{0,199}(?:\.[A-Za-z_]\w{0,199}){0,5})/g;

export interface Variables {
  /** The text with known variables put in. */
  fill(text: string): string;
  /** The value of a reference (`versions.junit`), or undefined. */
  lookUp(reference: string): string | undefined;
  /** Variables of the project by name (`ext.…`, `extra["…"]`), which other files use, too. */
  readonly shared: ReadonlyMap<string, string>;
}

/** Collects the variables of a file. One that has several values is all of them. */
export function variablesOf(statements: readonly Statement[]): Variables {
  const values = new Map<string, string>();
  const shared = new Map<string, string>();
  const set = (name: string, value: string, isShared: boolean) => {
    const bare = name.replace(OWNERS, '');
    const was = values.get(bare);
    const now = was === undefined || was === value ? value : `${was} or ${value}`;
    // Many values of one name are no version of anything.
    values.set(bare, now.length > 500 ? (was ?? '') : now);
    if (isShared) shared.set(bare, values.get(bare) ?? value);
  };
  for (const statement of statements) {
    const isExt = isShared(statement);
    for (const [name, value] of assigned(statement)) set(name, value, isExt || /(?:^|\.)(?:ext|extra)\./.test(name));
  }
  const lookUp = (reference: string): string | undefined => {
    const bare = bareName(reference);
    return values.get(bare) ?? values.get(bare.slice(bare.indexOf('.') + 1));
  };
  return { shared, lookUp, fill: (text) => (text.includes('$') ? substituted(text, lookUp, REFERENCE) : text) };
}

/** `rootProject.extra["a"]`, `property("a")` and `project.a` are `a`. */
function bareName(reference: string): string {
  const indexed =
    /^(?:[\w.]{0,100}\.)?(?:extra|ext|property|findProperty|properties)[[(]["']([\w.-]{1,200})["'][\])]/.exec(
      reference,
    );
  return (indexed?.[1] ?? reference).replace(OWNERS, '').replace(/\.get\(\)$/, '');
}

function isShared(statement: Statement): boolean {
  for (let around = statement.within; around !== null; around = around.within) {
    const { name } = dottedName(around.tokens, 0);
    if (/(?:^|\.)(?:ext|extra)$/.test(name) || name === 'extra.apply') return true;
  }
  return false;
}

/** Names and texts of `a = "…"`, `a("…")` of `extra`, and maps `a = [b: "…"]`. */
function assigned({ tokens }: Statement): [name: string, value: string][] {
  const from = startOf(tokens);
  const { name, next } = dottedName(tokens, from);
  const [first, second, third] = tokens.slice(next);
  if (name === '') return [];
  if (isSign(first, '=') && second?.kind === 'text') {
    return tokens.length === next + 2 ? [[name, second.text]] : [];
  }
  if (isSign(first, '=') && isSign(second, '[')) return pairs(name, tokens.slice(next + 2));
  if (/(?:^|\.)(?:ext|extra)$/.test(name) && isSign(first, '[') && second?.kind === 'text') {
    const value = tokens[next + 4];
    return isSign(tokens[next + 3], '=') && value?.kind === 'text' ? [[`${name}.${second.text}`, value.text]] : [];
  }
  if (/(?:^|\.)set$/.test(name) && isSign(first, '(') && second?.kind === 'text' && isSign(third, ',')) {
    const value = tokens[next + 3];
    return value?.kind === 'text' ? [[`ext.${second.text}`, value.text]] : [];
  }
  // Kotlin: `val a by extra("…")`.
  if (first?.kind === 'word' && first.text === 'by' && second?.kind === 'word' && second.text === 'extra') {
    const value = tokens[next + 3];
    return value?.kind === 'text' ? [[`ext.${name}`, value.text]] : [];
  }
  return [];
}

/** Behind the words of a declaration (`private const val a: String`). */
function startOf(tokens: readonly Token[]): number {
  const declaring = ['def', 'val', 'var', 'const', 'private', 'internal', 'final', 'static', 'String', 'lazy'];
  let from = 0;
  while (tokens[from]?.kind === 'word' && declaring.includes(tokens[from]?.text ?? '')) from += 1;
  return from;
}

function pairs(name: string, tokens: readonly Token[]): [string, string][] {
  return tokens.flatMap((token, index): [string, string][] => {
    const value = tokens[index + 2];
    const isPair = token.kind !== 'sign' && isSign(tokens[index + 1], ':') && value?.kind === 'text';
    return isPair ? [[`${name}.${token.text}`, value.text]] : [];
  });
}
