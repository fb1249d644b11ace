/**
 * JUnit XML, of which there is no standard: what Ant, Surefire, Gradle, pytest, Jest, mocha, Node, PHPUnit, nextest,
 * GoogleTest and others write in common. Suites nest, so only test cases are counted, and the outermost suites' own
 * numbers where they know of more.
 */
import type { FailureDetail } from './failure';
import { type Declared, named, type Reading, Tally, type TestCase } from './tally';
import { attribute, children, decode, type Element, has, number, parseXml, textOf } from './xml';

const SUITES = ['testsuites', 'testsuite'];

/** The suites around a test case, as far as they say something of it. */
interface Around {
  readonly file: string;
  readonly names: readonly string[];
}

/** Reads a JUnit report; never throws. */
export function readJunit(text: string): Reading {
  const xml = parseXml(text);
  return 'why' in xml ? xml : junitOf(xml.root);
}

/** What the outermost elements of a JUnit report tell. */
export function junitOf(root: Element): Reading {
  const outermost = SUITES.flatMap((name) => children(root, name));
  if (outermost.length === 0) return { why: 'XML, but no JUnit report: there is no <testsuite>' };
  const tally = new Tally();
  let excused = 0;
  // The name of a <testsuites> is the runner's or the project's: it tells no test from another.
  for (const suites of children(root, 'testsuites')) excused += addCases(suites, tally, { file: '', names: [] });
  for (const suite of children(root, 'testsuite'))
    excused += addCases(suite, tally, within(suite, { file: '', names: [] }));
  const told = declared(outermost);
  return { report: tally.report('junit', { ...told, failed: Math.max(0, told.failed - excused) }) };
}

function within(suite: Element, around: Around): Around {
  const names = [...around.names, decode(attribute(suite, 'name'))];
  return { file: decode(attribute(suite, 'file')) || around.file, names };
}

/** Adds the cases of a suite and of those in it; returns how many failures of them are excused. */
function addCases(suite: Element, tally: Tally, around: Around): number {
  let excused = 0;
  for (const test of children(suite, 'testcase')) {
    if (isTodo(test) && has(test, 'failure')) excused++;
    const file = decode(attribute(test, 'file')) || around.file;
    tally.add(nameOf(test, around), statusOf(test), () => detailOf(test, around.file), file);
  }
  for (const name of SUITES) {
    for (const inner of children(suite, name)) excused += addCases(inner, tally, within(inner, around));
  }
  return excused;
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
    file: own === undefined ? suiteFile : decode(attribute(own, 'file')),
    line: /^\d{1,7}$/.test(line) ? Number(line) : undefined,
  };
}

function statusOf(test: Element): TestCase['status'] {
  if (isTodo(test)) return 'skipped';
  if (has(test, 'failure') || has(test, 'error')) return 'failed';
  const word = `${attribute(test, 'status')} ${attribute(test, 'result')}`.toLowerCase();
  if (/\b(failed|failure|error)\b/.test(word)) return 'failed';
  return has(test, 'skipped') || /\b(skipped|disabled|notrun|ignored)\b/.test(word) ? 'skipped' : 'passed';
}

/** Node's runner: what is still to do may fail, and is no failure of the run. */
function isTodo(test: Element): boolean {
  return children(test, 'skipped').some((skipped) => attribute(skipped, 'type') === 'todo');
}

/** Names of classes that Node's runner gives to every case: the suites around tell more. */
const NO_CLASS = new Set(['', 'test', 'suite']);

function nameOf(test: Element, { names }: Around): string {
  const owner = decode(attribute(test, 'classname'));
  const name = decode(attribute(test, 'name'));
  if (NO_CLASS.has(owner)) return named(names, name);
  return name.startsWith(owner) ? name : named([owner], name);
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
