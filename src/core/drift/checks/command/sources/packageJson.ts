/** Scripts of package.json, deno.json and composer.json, and npm's own settings. */
import * as z from 'zod';
import { parseJson, parseJsonc } from '../../../dependencies/document';
import { readIni } from '../../ini';
import { lineOfKey } from '../../lines';
import { isTable, type Table, textsOf, toValue, type Value, valueAt, written } from '../../value';
import type { Entries, Entry } from '../reference';

const EMPTY = '';

/** Scripts of package.json by name (npm docs, "scripts"); what wireit runs for one counts as its text. */
export function readScripts(text: string): Entries {
  const json = toValue(parseJson(text, z.unknown()));
  const entries = entriesOf(text, json, 'scripts', (name) => valueAt(json, 'wireit', name));
  const expand = expander(entries);
  for (const [name, entry] of entries) Object.assign(entry, { expanded: () => expand(name) });
  return { entries };
}

/** A script that another one calls, with nothing but an operator behind it. */
const CALLED =
  /(^|[\s(])(?:npm run(?:-script)?|npm(?= test)|yarn(?: run)?|pnpm(?: run)?|bun run) ([\w:.-]{1,100})(?= ?(?:&&|\|\||[;)]|$))/g;
/** Scripts that call scripts that call scripts; and the longest text that is put together. */
const DEEPEST = 20;
const LONGEST = 10_000;

/** Puts the scripts that a script calls into its text, each expanded once; those that others run before or after stay. */
function expander(entries: ReadonlyMap<string, Entry>): (name: string) => string {
  const known = new Map<string, string>();
  const expand = (name: string, depth: number): string => {
    const text = entries.get(name)?.text ?? '';
    const done = known.get(name);
    if (done !== undefined) return done;
    if (depth > DEEPEST) return text;
    // Whoever calls it from inside finds it as it stands.
    known.set(name, text);
    let length = text.length;
    const replaced = text.replace(CALLED, (all, before: string, called: string) => {
      if (!entries.has(called) || entries.has(`pre${called}`) || entries.has(`post${called}`)) return all;
      if (length > LONGEST) return all;
      const inner = expand(called, depth + 1);
      length += inner.length;
      return length > LONGEST ? all : `${before}(${inner})`;
    });
    known.set(name, replaced);
    return replaced;
  };
  return (name) => expand(name, 0);
}

/** Tasks of deno.json (Deno docs, "task"). */
export function readDenoTasks(text: string): Entries {
  return { entries: entriesOf(text, toValue(parseJsonc(text, z.unknown())), 'tasks', () => undefined) };
}

function entriesOf(
  text: string,
  json: Value,
  section: string,
  more: (name: string) => Value | undefined,
): ReadonlyMap<string, Entry> {
  const scripts = valueAt(json, section);
  if (!isTable(scripts)) return new Map();
  return new Map([...scripts].map(([name, value]) => [name, entryOf(text, name, value, more(name))]));
}

function entryOf(text: string, name: string, value: Value, more: Value | undefined): Entry {
  const command = isTable(value) ? (value.get('command') ?? EMPTY) : value;
  const extra = valueAt(more, 'command');
  const commands = [...textsOf(command), ...textsOf(extra)];
  const needs = [
    ...textsOf(valueAt(more, 'dependencies')),
    ...(isTable(value) ? textsOf(value.get('dependencies')) : []),
  ];
  const shown = more === undefined ? written(value) : `${written(value)} ${written(more)}`;
  return {
    text: shown.trim().replace(/\s+/g, ' '),
    // Looked for when it is asked for: thousands of searches through one file take long.
    get line() {
      return lineOfKey(text, name);
    },
    needs,
    commands,
  };
}

/** Scripts of composer.json (Composer docs, "Scripts"): `@name` is another script, `@php` and `@composer` are programs. */
export function readComposerScripts(text: string): Entries {
  const scripts = valueAt(toValue(parseJson(text, z.unknown())), 'scripts');
  const table: Table = isTable(scripts) ? scripts : new Map();
  return {
    entries: new Map(
      [...table].map(([name, value]) => {
        const lines = textsOf(value);
        const needs = lines.flatMap((line) => /^@(?!php\b|composer\b|putenv\b)(\S+)/.exec(line)?.[1] ?? []);
        const commands = lines
          .map((line) => line.replace(/^@(?=php\b|composer\b)/, ''))
          .filter((line) => !line.startsWith('@'));
        const steps = { list: lines, rest: '' };
        return [name, { text: lines.join('\n'), line: lineOfKey(text, name), needs, commands, steps }];
      }),
    ),
  };
}

/** Settings of an .npmrc file. */
export function readNpmrc(text: string): Entries {
  const settings = readIni(text).get('');
  const table: Table = isTable(settings) ? settings : new Map();
  return {
    entries: new Map(
      [...table].map(([name, value]) => [
        name,
        { text: written(value), line: lineOfKey(text, name), needs: [], commands: [] },
      ]),
    ),
  };
}
