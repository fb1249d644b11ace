/** On which line of a configuration a setting stands, found along its keys: no line is better than another setting's. */
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { lineAt, linesOnlyIn } from '../lines';
import { type Table, toValue, type Value } from '../value';
import type { Format } from './documents';
import { labelOf } from './facts';

/** A key or an item of a list, and its line. */
interface Entry {
  readonly path: readonly string[];
  /** The text of a list's item; null for a key. */
  readonly item: string | null;
  readonly line: number;
}

/** A configuration's text in the head and in the base; `isWhole`: whether all of the file is the tool's. */
export interface Source {
  readonly format: Format;
  readonly text: string;
  readonly before: string;
  readonly isWhole: boolean;
}

/** A setting; `gained` are a list's new items, `isGone` says that the head has it no longer. */
export interface Sought {
  readonly path: readonly string[];
  readonly gained: readonly string[];
  readonly isGone: boolean;
}

export function lineOfSetting(sought: Sought, source: Source): number | null {
  const entries = entriesOf(source);
  if (entries === null) return lineInText(sought, source);
  const isSame = source.format === 'ini' ? sameWithoutCase : (a: string, b: string) => a === b;
  const at = (path: readonly string[]) => lineAlong(path, sought.gained, entries, source, isSame);
  const { path, isGone } = sought;
  if (path.length === 0) return null;
  const found = at(path) ?? (path.at(-1) === 'options' ? at(path.slice(0, -1)) : null);
  if (found !== null || !isGone) return found;
  // What is gone is told where it stood: at the nearest key above it that is left.
  for (let length = path.length - 1; length > 0; length--) {
    const line = at(path.slice(0, length));
    if (line !== null) return line;
  }
  return null;
}

function sameWithoutCase(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** The line at the keys from the top, or at the only place, or the only changed one, whose last keys these are. */
function lineAlong(
  path: readonly string[],
  gained: readonly string[],
  entries: readonly Entry[],
  source: Source,
  isSame: (a: string, b: string) => boolean,
): number | null {
  const fits = entries.filter((entry) => {
    const spare = entry.path.length - path.length;
    return spare >= 0 && path.every((key, index) => isSame(key, entry.path[spare + index] ?? ''));
  });
  const top = source.isWhole ? fits.filter((entry) => entry.path.length === path.length) : [];
  const own = top.length > 0 ? top : fits;
  const items = own.filter(({ item }) => item !== null && gained.includes(item));
  return (
    onlyLine(items, source) ??
    onlyLine(
      own.filter(({ item }) => item === null),
      source,
    )
  );
}

function onlyLine(entries: readonly { readonly line: number }[], { text, before }: Source): number | null {
  const lines = [...new Set(entries.map(({ line }) => line))];
  if (lines.length < 2) return lines[0] ?? null;
  const texts = text.split('\n');
  const come = new Set(linesOnlyIn(text, before));
  const changed = lines.filter((line) => come.has((texts[line - 1] ?? '').trim()));
  return changed.length === 1 ? (changed[0] ?? null) : null;
}

function entriesOf({ format, text }: Source): readonly Entry[] | null {
  switch (format) {
    case 'json':
      return entriesOfYaml(withoutComments(text));
    case 'yaml':
      return entriesOfYaml(text);
    case 'neon':
      return entriesOfYaml(text.replace(/^\t+/gm, (tabs) => '    '.repeat(tabs.length)));
    case 'toml':
    case 'ini':
      return entriesOfSections(text, format);
    case 'list':
      return text.split('\n').map((line, index) => ({ path: ['ignorePatterns'], item: line.trim(), line: index + 1 }));
    default:
      return null;
  }
}

/** Comments of JSON as white space: every other character keeps its place. */
function withoutComments(text: string): string {
  return text.replace(/"[^"\\]*(?:\\[\s\S][^"\\]*)*(?:"|\\?$)|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|\t/g, (piece) =>
    piece.startsWith('"') ? piece : piece.replace(/[^\n]/g, ' '),
  );
}

/** JSON is YAML, too. The text was read before, with bounds: it is neither too deep nor too large. */
function entriesOfYaml(text: string): readonly Entry[] {
  const counter = new LineCounter();
  const options = { schema: 'failsafe', uniqueKeys: false, logLevel: 'error', prettyErrors: false } as const;
  const document = parseDocument(text, { ...options, lineCounter: counter });
  const entries: Entry[] = [];
  const lineOf = (node: unknown) => counter.linePos((node as Node).range?.[0] ?? 0).line;
  const walk = (node: unknown, path: readonly string[]): void => {
    if (isMap(node)) {
      for (const { key, value } of node.items) {
        if (!isScalar(key)) continue;
        const below = [...path, String(key.value)];
        entries.push({ path: below, item: null, line: lineOf(key) });
        walk(value, below);
      }
    } else if (isSeq(node)) {
      const labels = new Labels();
      for (const each of node.items) {
        if (isMap(each)) {
          const below = [...path, labels.next(tableOf(each.items))];
          entries.push({ path: below, item: null, line: lineOf(each) });
          walk(each, below);
        } else if (isScalar(each)) entries.push({ path, item: String(each.value), line: lineOf(each) });
        else walk(each, path);
      }
    }
  };
  walk(document.contents, []);
  return entries;
}

/** As much of an item as its label needs. */
function tableOf(pairs: readonly { readonly key: unknown; readonly value: unknown }[]): Table {
  const plain = (node: unknown): Value => {
    if (isScalar(node)) return toValue(node.value);
    if (isSeq(node)) return node.items.map(plain);
    return new Map();
  };
  return new Map(
    pairs.flatMap(({ key, value }) => (isScalar(key) ? [[String(key.value), plain(value)] as const] : [])),
  );
}

/** Labels of one list's items, numbered as the facts are. */
class Labels {
  readonly #counts = new Map<string, number>();

  next(table: Table): string {
    const label = labelOf(table);
    const count = (this.#counts.get(label) ?? 0) + 1;
    this.#counts.set(label, count);
    return count === 1 ? label : `${label} ${count}`;
  }
}

const QUOTED = /"((?:[^"\\]|\\.)*)"|'([^']*)'/g;

const textsIn = (line: string): readonly string[] =>
  [...line.matchAll(QUOTED)].map(([, double, single]) => double ?? single ?? '');

/** The keys of a TOML key with dots. */
const keysIn = (text: string): readonly string[] =>
  (text.match(/"[^"]*"|'[^']*'|[^.\s]+/g) ?? []).map((key) => key.replace(/^["']|["']$/g, ''));

/** Formats of sections and of one key a line. */
function entriesOfSections(text: string, format: 'toml' | 'ini'): readonly Entry[] {
  const isToml = format === 'toml';
  const entries: Entry[] = [];
  const lists = new Map<string, Labels>();
  let own: { path: readonly string[]; item: string | null; line: number }[] = [];
  let section: readonly string[] = [];
  let list: { line: number; values: Map<string, Value> } | null = null;
  let open: readonly string[] | null = null;
  const close = () => {
    let path = section;
    if (list !== null) {
      const labels = lists.get(section.join('\n')) ?? new Labels();
      lists.set(section.join('\n'), labels);
      path = [...section, labels.next(list.values)];
      entries.push({ path, item: null, line: list.line });
    }
    for (const entry of own) entries.push({ ...entry, path: [...path, ...entry.path] });
    own = [];
  };
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = index + 1;
    const content = raw.trim();
    if (content === '' || /^[#;]/.test(content)) continue;
    if (open !== null && (isToml || /^\s/.test(raw))) {
      for (const item of isToml ? textsIn(raw) : [content]) own.push({ path: open, item, line });
      if (isToml && /\]\s*(?:#.*)?$/.test(content.replace(QUOTED, ''))) open = null;
      continue;
    }
    open = null;
    const header = /^(\[\[?)([^\]]*)\]/.exec(content);
    if (header) {
      close();
      section = isToml ? keysIn(header[2] ?? '') : [(header[2] ?? '').trim()];
      list = isToml && header[1] === '[[' ? { line, values: new Map() } : null;
      if (list === null) entries.push({ path: section, item: null, line });
      continue;
    }
    const at = /^(?:"[^"]*"|'[^']*'|[^"'=:])+?(?=\s*[=:])/.exec(content)?.[0];
    if (at === undefined) continue;
    const path = isToml ? keysIn(at) : at.trim().split('.');
    const value = content.slice(at.length).replace(/^\s*[=:]\s*/, '');
    own.push({ path, item: null, line });
    if (!isToml && path.length > 1) own.push({ path: [at.trim()], item: null, line });
    const texts = isToml ? textsIn(value) : value.split(/[,\s]+/);
    for (const item of texts) own.push({ path, item, line });
    list?.values.set(path.join('.'), value.startsWith('[') ? texts : (texts[0] ?? value));
    if (!isToml || (value.startsWith('[') && !/\]\s*(?:#.*)?$/.test(value.replace(QUOTED, '')))) open = path;
  }
  close();
  return entries;
}

/** In programs and in XML: the only line, or the only changed one, that has the new item, or else the key. */
function lineInText({ path, gained, isGone }: Sought, source: Source): number | null {
  const { text } = source;
  const linesOf = (pattern: RegExp) =>
    [...text.matchAll(pattern)].map(({ 0: all, index }) => ({
      line: lineAt(text, index + all.length - 1),
    }));
  for (const item of gained) {
    const line = item.trim() === '' ? null : onlyLine(linesOf(new RegExp(escaped(item), 'g')), source);
    if (line !== null) return line;
  }
  const named = path.filter((key) => key !== 'options' && key !== '#text' && !key.startsWith('[')).at(-1);
  if (named === undefined || isGone) return null;
  const key = escaped(named.replace(/^@/, ''));
  return onlyLine(linesOf(new RegExp(`(?:^|[\\s"'{,[.<])${key}["']?\\s{0,20}[:=>(]`, 'gm')), source);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
