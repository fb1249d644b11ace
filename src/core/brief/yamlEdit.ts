/**
 * One value of a YAML text changed in place: what is not the value stays byte for byte, comments and layout included.
 * The text is cut at the positions that the parser reports and never written anew from its tree.
 */

import {
  Document,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { fail } from '../errors';
import { isDeepEqual } from './deepEqual';

/** Plain data; `undefined` removes. */
export type YamlValue = string | number | boolean | readonly YamlValue[] | { readonly [key: string]: YamlValue };

type Path = readonly (string | number)[];

/**
 * The text with the value at `path` set, or removed where `value` is undefined. Missing maps and lists on the way are
 * made; an item can be added at the end of a list. `eol` is what separates added lines. The text must be a map that
 * parses. Throws INTERNAL rather than return a text that says something else.
 */
export function setYamlValue(text: string, path: Path, value: YamlValue | undefined, eol: string): string {
  const edited = edit(text, path, value, eol);
  const result = parseDocument(edited);
  if (
    result.errors.length > 0 ||
    !isDeepEqual(result.toJS() ?? {}, putIn(parseDocument(text).toJS(), path, value) ?? {})
  ) {
    fail('INTERNAL', `\`${path.join('.')}\` could not be changed in place`, { fix: 'change it in the file by hand' });
  }
  return edited;
}

/** The same change on plain data: what the edited text must say. */
function putIn(data: unknown, [part, ...rest]: Path, value: YamlValue | undefined): unknown {
  if (part === undefined) return value;
  const isCollection = typeof data === 'object' && data !== null;
  if (!isCollection) return value === undefined ? data : nest([part, ...rest], value);
  const put = putIn((data as Record<string, unknown>)[part], rest, value);
  if (Array.isArray(data)) {
    const at = Number(part);
    return put === undefined ? data.filter((_, i) => i !== at) : [...data.slice(0, at), put, ...data.slice(at + 1)];
  }
  const others = Object.entries(data).filter(([key]) => key !== String(part));
  return Object.fromEntries(put === undefined ? others : [...others, [part, put]]);
}

/** Where a node was found: what holds it, and whether that is written in `{ }` or `[ ]`. */
interface Place {
  readonly parent: YAMLMap | YAMLSeq;
  readonly index: number;
  readonly inFlow: boolean;
}

function edit(text: string, path: Path, value: YamlValue | undefined, eol: string): string {
  // A lone CR is a line end to people and to Markdown, but not to the parser; the length stays the same.
  const document = parseDocument(text.replace(/\r(?!\n)/g, '\n'), { keepSourceTokens: true });
  let node = document.contents as Node | null;
  let place: Place | null = null;
  let inFlow = false;
  for (const [depth, part] of path.entries()) {
    const rest = nest(path.slice(depth + 1), value);
    if (!isCollection(node)) {
      if (rest === undefined) return text;
      if (place !== null) return replace(text, place, nest([part], rest)!);
      return `${text}${writeBlock(String(part))}: ${writeBlock(rest)}${eol}`;
    }
    inFlow ||= node.flow === true;
    const index = indexOf(node, part);
    if (index < 0 || index >= node.items.length) {
      if (rest === undefined) return text;
      if (isSeq(node) && index !== node.items.length) {
        fail('USAGE', `\`${path.join('.')}\`: the list has ${node.items.length} items`, { fix: 'add at its end' });
      }
      if (node.items.length === 0 && place !== null) return replace(text, place, nest([part], rest)!);
      return insert(text, node, part, rest, eol, inFlow);
    }
    place = { parent: node as YAMLMap | YAMLSeq, index, inFlow };
    node = childAt(place);
  }
  if (place === null) return text;
  if (value === undefined) return remove(text, path, place, eol);
  if (isDeepEqual((node as Node | null)?.toJS(document), value)) return text;
  return merge(text, path, node, value, eol) ?? replace(text, place, value);
}

/** Lists and maps are changed item by item, so that the comments between the items stay. */
function merge(text: string, path: Path, node: Node | null, value: YamlValue, eol: string): string | null {
  let edited = text;
  if (isSeq(node) && Array.isArray(value) && node.items.length > 0 && value.length > 0) {
    for (let i = node.items.length - 1; i >= value.length; i--) edited = edit(edited, [...path, i], undefined, eol);
    for (const [i, item] of value.entries()) edited = edit(edited, [...path, i], item, eol);
    return edited;
  }
  if (isMap(node) && isRecord(value) && node.items.length > 0 && Object.keys(value).length > 0) {
    // New keys first: a map that loses its last key would be written anew.
    for (const [key, item] of Object.entries(value)) edited = edit(edited, [...path, key], item, eol);
    for (const { key } of node.items) {
      const name = String(isScalar(key) ? key.value : key);
      if (!Object.hasOwn(value, name)) edited = edit(edited, [...path, name], undefined, eol);
    }
    return edited;
  }
  return null;
}

function isRecord(value: YamlValue): value is { readonly [key: string]: YamlValue } {
  return typeof value === 'object' && !Array.isArray(value);
}

/** `value` wrapped in the maps and lists that lead to it. */
function nest(path: Path, value: YamlValue | undefined): YamlValue | undefined {
  if (value === undefined) return undefined;
  return path.reduceRight<YamlValue>((inner, part) => (typeof part === 'number' ? [inner] : { [part]: inner }), value);
}

function indexOf(node: Node, part: string | number): number {
  if (isSeq(node)) return Number(part);
  if (!isMap(node)) return -1;
  return node.items.findIndex(({ key }) => isScalar(key) && String(key.value) === String(part));
}

function childAt({ parent, index }: Place): Node | null {
  return (isMap(parent) ? parent.items[index]!.value : parent.items[index]) as Node | null;
}

/** From the first character of an entry (its key, or the item after the dash) to the end of its value. */
function spanOf(text: string, place: Place): { start: number; end: number; value: number } {
  const { parent, index } = place;
  const child = childAt(place);
  if (isSeq(parent)) {
    const start = child?.range?.[0] ?? 0;
    return { start, value: start, end: endOf(text, child, start) };
  }
  const pair = parent.items[index] as Pair<Node, Node | null>;
  const start = pair.key.range![0];
  const colon = pair.srcToken?.sep?.find(({ type }) => type === 'map-value-ind');
  const value = colon === undefined ? pair.key.range![1] : colon.offset + 1;
  return { start, value, end: endOf(text, child, value) };
}

/** Where a node's own text ends: blanks and line ends after block text and block lists are not its own. */
function endOf(text: string, node: Node | null, fallback: number): number {
  const start = Math.max(node?.range?.[0] ?? fallback, fallback);
  let end = Math.max(node?.range?.[1] ?? fallback, fallback);
  while (end > start && /\s/.test(text[end - 1]!)) end--;
  return Math.max(end, fallback);
}

const lineStart = (text: string, at: number): number =>
  Math.max(text.lastIndexOf('\n', at - 1), text.lastIndexOf('\r', at - 1)) + 1;

/** The end of the line that `at` lies in, before its line end; a comment at the end of the line is included. */
function lineEnd(text: string, at: number): number {
  const length = text.slice(at).search(/[\r\n]/);
  return length < 0 ? text.length : at + length;
}

/** The same, after its line end. */
function nextLine(text: string, at: number): number {
  const end = lineEnd(text, at);
  return end + (/^(?:\r\n|\r|\n)/.exec(text.slice(end, end + 2))?.[0].length ?? 0);
}

function replace(text: string, place: Place, value: YamlValue): string {
  const { value: at, end } = spanOf(text, place);
  const child = childAt(place);
  const start = Math.max(child?.range?.[0] ?? at, at);
  const written = place.inFlow ? writeFlow(value) : writeBlock(value);
  if (isSeq(place.parent)) return text.slice(0, start) + written + text.slice(end);
  // The value moves up beside its key; what stood between them (a comment) stays.
  const between = text.slice(at, start);
  if (/[\r\n]/.test(between)) return `${text.slice(0, at)} ${written}${between.trimEnd()}${text.slice(end)}`;
  return `${text.slice(0, at)}${between || ' '}${written}${text.slice(end)}`;
}

function insert(
  text: string,
  node: Node,
  part: string | number,
  value: YamlValue,
  eol: string,
  inFlow: boolean,
): string {
  const parent = node as YAMLMap | YAMLSeq;
  const entry = (written: string): string => (isSeq(parent) ? written : `${writeBlock(String(part))}: ${written}`);
  if (parent.items.length === 0) {
    const { range } = parent;
    const inside = isSeq(parent) ? `[${writeFlow(value)}]` : `{ ${entry(writeFlow(value))} }`;
    return text.slice(0, range![0]) + inside + text.slice(range![1]);
  }
  const last = spanOf(text, { parent, index: parent.items.length - 1, inFlow });
  if (parent.flow === true) return `${text.slice(0, last.end)}, ${entry(writeFlow(value))}${text.slice(last.end)}`;
  const first = spanOf(text, { parent, index: 0, inFlow });
  const from = lineStart(text, first.start);
  const margin = text.slice(from, first.start);
  const lead = isSeq(parent) ? margin : ' '.repeat(margin.length);
  const end = lineEnd(text, last.end);
  return `${text.slice(0, end)}${eol}${lead}${entry(writeBlock(value))}${text.slice(end)}`;
}

function remove(text: string, path: Path, place: Place, eol: string): string {
  const { parent, index } = place;
  if (parent.items.length === 1) {
    if (path.length > 1) return edit(text, path.slice(0, -1), isSeq(parent) ? [] : {}, eol);
    const { start, end } = spanOf(text, place);
    return text.slice(0, lineStart(text, start)) + text.slice(nextLine(text, end));
  }
  const { start, end } = spanOf(text, place);
  const isLast = index === parent.items.length - 1;
  const next = isLast ? null : spanOf(text, { ...place, index: index + 1 });
  if (parent.flow === true) {
    if (next !== null) return text.slice(0, start) + text.slice(next.start);
    return text.slice(0, spanOf(text, { ...place, index: index - 1 }).end) + text.slice(end);
  }
  const from = lineStart(text, start);
  const margin = text.slice(from, start);
  const standsAlone = isSeq(parent) ? /^ *-[ \t]+$/.test(margin) : margin.trim() === '';
  // The first key of a list's item shares its line with the dash: the next key takes its place.
  if (!standsAlone && next !== null) return text.slice(0, start) + text.slice(next.start);
  return text.slice(0, from) + text.slice(nextLine(text, end));
}

/** A value on one line, as it may stand after `key: ` or `- `. */
function writeBlock(value: YamlValue): string {
  if (typeof value === 'object') return writeFlow(value);
  return oneLine(new Document(value).toString({ lineWidth: 0 }).trimEnd(), value);
}

/** A value on one line, as it may stand inside `{ }` or `[ ]`. */
function writeFlow(value: YamlValue): string {
  if (Array.isArray(value)) return `[${value.map(writeFlow).join(', ')}]`;
  if (isRecord(value)) {
    const pairs = Object.entries(value).map(([key, item]) => `${writeFlow(key)}: ${writeFlow(item)}`);
    return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
  }
  const document = new Document([value]);
  (document.contents as YAMLSeq).flow = true;
  const written = document.toString({ lineWidth: 0, flowCollectionPadding: false }).trimEnd();
  return oneLine(written.slice(1, -1), value);
}

function oneLine(written: string, value: YamlValue): string {
  return /[\r\n]/.test(written) ? JSON.stringify(value) : written;
}
