/**
 * JUnit XML, of which there is no standard: what Ant, Surefire, pytest, Jest, mocha, GoogleTest and others write in
 * common. Suites nest, so only test cases are counted, and the outermost suites' own numbers where they know of more.
 */
import { XMLParser } from 'fast-xml-parser';
import type { FailureDetail } from './failure';
import { type Declared, Tally, type TestCase, type TestReport } from './tally';

type Element = Readonly<Record<string, unknown>>;

const ATTRIBUTE = '@';
const TEXT = '#text';
const CDATA = '#cdata';
const SUITES = ['testsuites', 'testsuite'];

/** Entities stay as they are: a document type cannot make a small file large, and nothing is fetched. */
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: ATTRIBUTE,
  textNodeName: TEXT,
  cdataPropName: CDATA,
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  allowBooleanAttributes: true,
  isArray: (_name, _path, _leaf, isAttribute) => !isAttribute,
});

/** Reads a JUnit report; never throws. */
export function readJunit(text: string): { readonly report: TestReport } | { readonly why: string } {
  let root: Element;
  try {
    root = parser.parse(text) as Element;
  } catch (error) {
    return { why: `not well-formed XML: ${error instanceof Error ? error.message : String(error)}` };
  }
  const outermost = SUITES.flatMap((name) => children(root, name));
  if (outermost.length === 0) return { why: 'XML, but no JUnit report: there is no <testsuite>' };
  const tally = new Tally();
  for (const element of outermost) addCases(element, tally, '');
  return { report: tally.report('junit', declared(outermost)) };
}

/** The parser limits the depth, and so this recursion. `outer`: the file of the suites around. */
function addCases(suite: Element, tally: Tally, outer: string): void {
  const file = attribute(suite, 'file') || outer;
  for (const test of children(suite, 'testcase')) {
    tally.add(nameOf(test), statusOf(test), () => detailOf(test, file));
  }
  for (const name of SUITES) for (const inner of children(suite, name)) addCases(inner, tally, file);
}

/** What the first failure or error of a case says. Where there are more of them, their texts follow each other. */
function detailOf(test: Element, suiteFile: string): FailureDetail {
  const found = [...children(test, 'failure'), ...children(test, 'error')];
  const first = found.find((element) => attribute(element, 'message') !== '') ?? {};
  const own = [...found, test].find((element) => attribute(element, 'file') !== '');
  const line = own === undefined ? '' : attribute(own, 'line');
  return {
    message: decode(attribute(first, 'message')),
    trace: found.map(textOf).join('\n\n'),
    file: decode(own === undefined ? suiteFile : attribute(own, 'file')),
    line: /^\d{1,7}$/.test(line) ? Number(line) : undefined,
  };
}

/** The text of an element; what is in a CDATA section stands as it is. */
function textOf(element: Element): string {
  const texts = (name: string) => [element[name]].flat().filter((value) => typeof value === 'string');
  return [...texts(TEXT).map(decode), ...texts(CDATA)].join('').trim();
}

function statusOf(test: Element): TestCase['status'] {
  if (has(test, 'failure') || has(test, 'error')) return 'failed';
  const word = `${attribute(test, 'status')} ${attribute(test, 'result')}`.toLowerCase();
  if (/\b(failed|failure|error)\b/.test(word)) return 'failed';
  return has(test, 'skipped') || /\b(skipped|disabled|notrun|ignored)\b/.test(word) ? 'skipped' : 'passed';
}

function nameOf(test: Element): string {
  const owner = attribute(test, 'classname');
  const name = attribute(test, 'name');
  return decode(owner === '' || name.startsWith(owner) ? name : `${owner} › ${name}`);
}

/** Numbers of the outermost elements that carry some; below a bare <testsuites> those of its suites. */
function declared(elements: readonly Element[]): Declared {
  const bare = elements.filter((element) => attribute(element, 'tests') === '');
  const own = elements.filter((element) => attribute(element, 'tests') !== '');
  const counted = [...own, ...bare.flatMap((element) => children(element, 'testsuite'))];
  const sum = (...names: string[]) =>
    counted.reduce((total, element) => total + names.reduce((part, name) => part + number(element, name), 0), 0);
  return { total: sum('tests'), failed: sum('failures', 'errors'), skipped: sum('skipped', 'disabled') };
}

function children(element: Element, name: string): readonly Element[] {
  const value = element[name];
  if (!Array.isArray(value)) return [];
  // An element of text alone is parsed to a string, an empty one to an empty string.
  return value.map((child) => (typeof child === 'object' && child !== null ? child : { [TEXT]: child }));
}

function has(element: Element, name: string): boolean {
  return Object.hasOwn(element, name);
}

function attribute(element: Element, name: string): string {
  const value = element[ATTRIBUTE + name];
  return typeof value === 'string' ? value : '';
}

function number(element: Element, name: string): number {
  const value = attribute(element, name);
  return /^\d{1,9}$/.test(value) ? Number(value) : 0;
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The five entities of XML itself, and characters by number. */
function decode(text: string): string {
  return text.replace(/&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([0-9a-fA-F]{1,6}));/g, (whole, named, decimal, hex) => {
    if (named !== undefined) return NAMED[named]!;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
