/** The list items of a section, changed one at a time: what is not the item stays byte for byte. */
import { fail } from '../errors';
import { type Item, readItems, withoutBox } from './criteria';
import { closingLine, lineEndOf, setBriefSection, splitLines } from './edit';
import { type Body, hidesNothing, readSections, type Section, sameSection, textOf } from './sections';

/** An item as a form shows it. */
export interface ListItem {
  /** On one line, without its marker and its box. */
  readonly text: string;
  /** 1-based line in the file. */
  readonly line: number;
  /** It holds a comment, which no change in place could keep where it is. */
  readonly isLocked: boolean;
}

export interface ItemList {
  readonly items: readonly ListItem[];
  /** What stands in a section that has no item; else empty. */
  readonly prose: string;
  /** There is a comment in the middle of it, which no change in place could keep. */
  readonly isLocked: boolean;
}

/** The items of a section; none where it is missing. Throws BRIEF_FRONT_MATTER. */
export function readItemList(source: string, name: string): ItemList {
  const file = openFile(source, name);
  const items = file.items.map((item) => ({
    text: withoutBox(item.text),
    line: item.line,
    isLocked: isLocked(file, item),
  }));
  if (items.length > 0 || file.section === null) return { items, prose: '', isLocked: false };
  return { items, prose: textOf(file.section.lines), isLocked: !hidesNothing(file.lines, file.section.lines) };
}

/** The text of one item; marker and box stay. Throws USAGE for a text that would be no single item, or a locked one. */
export function setBriefItem(source: string, name: string, index: number, text: string): string {
  const file = openFile(source, name);
  const item = freeItem(file, index);
  const first = file.lines[item.line - 1]!;
  const prefix = /^[ \t]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]+\[[ xX]?\](?=[ \t\r\n]|$))?/.exec(first)![0];
  const written = lineOf(prefix, text, lineEnd(first));
  const lines = [...file.lines];
  lines.splice(item.line - 1, item.last - item.line + 1, written);
  const texts = file.items.map((other) => withoutBox(other.text));
  return checked(file, lines, name, texts.with(index, flat(text)));
}

/** Adds an item at the end of a section's list, marked like the one before it; `box` is for the first. Throws as above. */
export function addBriefItem(source: string, name: string, text: string, box: boolean): string {
  const file = openFile(source, name);
  const last = file.items.at(-1);
  const prefix = last === undefined ? (box ? '- [ ]' : '-') : nextMarker(file.lines[last.line - 1]!);
  if (last === undefined) {
    const prose = file.section === null ? '' : textOf(file.section.lines);
    if (prose !== '' && !hidesNothing(file.lines, file.section!.lines)) {
      return fail('USAGE', `there is a comment in the middle of \`${name}\``, { fix: 'change it in the file' });
    }
    const before = prose === '' ? '' : `${prose}\n\n`;
    return setBriefSection(source, name, `${before}${lineOf(prefix, text, '')}`);
  }
  const eol = lineEndOf(source);
  const lines = [...file.lines];
  if (lineEnd(lines[last.last - 1]!) === '') lines[last.last - 1] += eol;
  lines.splice(last.last, 0, lineOf(prefix, text, eol));
  return checked(file, lines, name, [...file.items.map((item) => withoutBox(item.text)), flat(text)]);
}

/** Takes an item out. Throws USAGE for a locked one. */
export function removeBriefItem(source: string, name: string, index: number): string {
  const file = openFile(source, name);
  const item = freeItem(file, index);
  const lines = [...file.lines];
  lines.splice(item.line - 1, item.last - item.line + 1);
  const texts = file.items.map((other) => withoutBox(other.text)).filter((_, at) => at !== index);
  return checked(file, lines, name, texts);
}

/** Lets an item and its neighbour change places; at an end of the list nothing changes. Throws USAGE for a locked one. */
export function moveBriefItem(source: string, name: string, index: number, by: -1 | 1): string {
  const file = openFile(source, name);
  const upper = Math.min(index, index + by);
  if (upper < 0 || upper + 1 >= file.items.length) return source;
  const [one, other] = [freeItem(file, upper), freeItem(file, upper + 1)];
  const lines = [...file.lines];
  // The last line of a file may have no end.
  if (lineEnd(lines[other.last - 1]!) === '') lines[other.last - 1] += lineEndOf(source);
  const block = ({ line, last }: Item) => lines.slice(line - 1, last);
  const moved = [...block(other), ...lines.slice(one.last, other.line - 1), ...block(one)];
  lines.splice(one.line - 1, other.last - one.line + 1, ...moved);
  const texts = file.items.map((item) => withoutBox(item.text));
  return checked(file, lines, name, texts.with(upper, texts[upper + 1]!).with(upper + 1, texts[upper]!));
}

interface OpenFile {
  readonly lines: readonly string[];
  readonly body: Body;
  readonly section: Section | null;
  readonly items: readonly Item[];
}

function openFile(source: string, name: string): OpenFile {
  const lines = splitLines(source);
  const end = closingLine(lines);
  const text = lines.slice(end + 1).join('');
  const body = readSections(text.replace(/\r\n?/g, '\n'), end + 2);
  const section = body.sections.find((found) => found.name !== '' && sameSection(found.name, name)) ?? null;
  return { lines, body, section, items: section === null ? [] : readItems(section.lines) };
}

function isLocked({ lines, section }: OpenFile, { line, last }: Item): boolean {
  const own = section?.lines.filter((visible) => visible.line >= line && visible.line <= last) ?? [];
  return !hidesNothing(lines, own);
}

function freeItem(file: OpenFile, index: number): Item {
  const item = file.items[index];
  if (item === undefined) return fail('USAGE', `there is no item ${index + 1}`, { fix: 'look at the list again' });
  if (!isLocked(file, item)) return item;
  return fail('USAGE', `the item in line ${item.line} holds a comment`, { fix: 'change it in the file' });
}

const flat = (text: string): string => text.replace(/\s+/g, ' ').trim();

function lineOf(prefix: string, text: string, end: string): string {
  return `${`${prefix.trimEnd()} ${flat(text)}`.trimEnd()}${end}`;
}

function lineEnd(line: string): string {
  return /(?:\r\n|\r|\n)$/.exec(line)?.[0] ?? '';
}

/** Marker and empty box of the item after one: numbers go on. */
function nextMarker(line: string): string {
  const [, indent = '', marker = '-', box = ''] =
    /^([ \t]*)([-*+]|\d{1,9}[.)])([ \t]+\[[ xX]?\](?=[ \t\r\n]|$))?/.exec(line) ?? [];
  const next = /\d/.test(marker) ? `${Number(marker.slice(0, -1)) + 1}${marker.slice(-1)}` : marker;
  return `${indent}${next}${box === '' ? '' : ' [ ]'}`;
}

/** The changed lines as a text, which must say what was asked for and leave every other section alone. */
function checked(file: OpenFile, lines: readonly string[], name: string, texts: readonly string[]): string {
  const text = lines.join('');
  const after = openFile(text, name);
  const names = ({ body }: OpenFile) => body.sections.map((section) => section.name).join('\n');
  const said = after.items.map((item) => withoutBox(item.text));
  const isSame = said.length === texts.length && said.every((one, at) => flat(one) === flat(texts[at]!));
  if (isSame && names(after) === names(file) && after.body.unclosed?.what === file.body.unclosed?.what) return text;
  return fail('USAGE', 'the text would not stay one item of the list', {
    fix: 'leave out what begins a comment, a heading or a list',
  });
}
