/** Variables of a CMake file that are written out, put in where they are used. */
import type { Command } from './cmakeSyntax';

const REFERENCE = /\$\{([\w.+/-]+)\}/g;
/** Folders of the project and of its build: they stay in the repository, or are made from it. */
const FOLDERS = /^(?:CMAKE|PROJECT)_(?:CURRENT_)?(?:SOURCE_DIR|LIST_DIR|BINARY_DIR)$/;
/** Variables in variables, and the length of what they make: more is no address and no version. */
const MAX_DEPTH = 5;
const LONGEST = 4096;

/** What `set` gives a variable, where it always gives the same. */
export function variablesOf(commands: readonly Command[]): ReadonlyMap<string, string> {
  const values = new Map<string, string | null>();
  for (const { name, arguments: parts } of commands) {
    const [variable, value, third] = parts;
    if (name !== 'set' || variable === undefined) continue;
    const isSingle = value !== undefined && (third === undefined || /^(?:CACHE|PARENT_SCOPE)$/.test(third.text));
    const text = isSingle ? value.text : null;
    const before = values.get(variable.text);
    values.set(variable.text, before === undefined || before === text ? text : null);
  }
  return new Map([...values].flatMap(([name, value]) => (value === null ? [] : [[name, value] as const])));
}

/** The text with its variables; what is unknown stays as it is written. */
export function expanded(text: string, variables: ReadonlyMap<string, string>): string {
  let current = text;
  for (let depth = 0; depth < MAX_DEPTH && current.includes('${'); depth++) {
    const next = current.replace(REFERENCE, (written, name: string) =>
      FOLDERS.test(name) ? '.' : (variables.get(name) ?? written),
    );
    if (next === current || next.length > LONGEST) break;
    current = next;
  }
  return current;
}

/** Whether something of a text is only known when CMake runs. */
export function isComputed(text: string): boolean {
  return /\$(?:\{|<|ENV\{|CACHE\{)|@\w+@/.test(text);
}
