/** TRX, the XML of Visual Studio's test platform: what `dotnet test --logger trx` writes. */
import type { FailureDetail } from './failure';
import { type Declared, named, type Reading, Tally, type TestCase } from './tally';
import { attribute, children, decode, type Element, number, textOf } from './xml';

/** Words of `outcome` (the schema `vstst.xsd` of Visual Studio) that say that a test failed. */
const FAILED = new Set(['Failed', 'Error', 'Timeout', 'Aborted', 'PassedButRunAborted', 'Disconnected', 'NotRunnable']);
const PASSED = new Set(['Passed', 'Warning', 'Completed']);
/** Depth of results in results that is read: rows of data in a test, and no more. */
const MOST_INNER = 5;

/** What the outermost element of a TRX report tells. */
export function trxOf(root: Element): Reading {
  const runs = children(root, 'TestRun');
  if (runs.length === 0) return { why: 'XML, but no TRX report: there is no <TestRun>' };
  const tally = new Tally();
  for (const run of runs) {
    const owners = ownersOf(run);
    for (const results of children(run, 'Results')) addResults(results, tally, owners, 0);
  }
  return { report: tally.report('trx', declared(runs)) };
}

/** The class of each test, by the id that its results name. */
function ownersOf(run: Element): ReadonlyMap<string, string> {
  const tests = children(run, 'TestDefinitions').flatMap((definitions) => children(definitions, 'UnitTest'));
  return new Map(
    tests.map((test) => {
      const [method] = children(test, 'TestMethod');
      // An assembly may stand behind the name of the class: `Space.Class, Assembly, Version=…`.
      const owner = method === undefined ? '' : decode(attribute(method, 'className')).split(',')[0]!;
      return [attribute(test, 'id'), owner.trim()];
    }),
  );
}

function addResults(results: Element, tally: Tally, owners: ReadonlyMap<string, string>, depth: number): void {
  for (const result of children(results, 'UnitTestResult')) {
    const inner = children(result, 'InnerResults').filter((each) => children(each, 'UnitTestResult').length > 0);
    if (inner.length > 0 && depth < MOST_INNER) {
      // A test of several rows is each of them; it is not one more.
      for (const rows of inner) addResults(rows, tally, owners, depth + 1);
      continue;
    }
    const name = decode(attribute(result, 'testName'));
    const owner = owners.get(attribute(result, 'testId')) ?? '';
    tally.add(name.startsWith(owner) ? name : named([owner], name), statusOf(result), () => detailOf(result));
  }
}

function statusOf(result: Element): TestCase['status'] {
  const outcome = attribute(result, 'outcome');
  if (FAILED.has(outcome)) return 'failed';
  return PASSED.has(outcome) ? 'passed' : 'skipped';
}

function detailOf(result: Element): FailureDetail {
  const errors = children(result, 'Output').flatMap((output) => children(output, 'ErrorInfo'));
  const text = (name: string) => errors.flatMap((error) => children(error, name)).map(textOf);
  return { message: text('Message').join('\n\n'), trace: text('StackTrace').join('\n\n') };
}

/** What the summary counts: a run that was aborted knows of tests that have no result. */
function declared(runs: readonly Element[]): Declared {
  const summaries = runs.flatMap((run) => children(run, 'ResultSummary'));
  const counters = summaries.flatMap((summary) => children(summary, 'Counters'));
  const sum = (...names: string[]) =>
    counters.reduce((total, element) => total + names.reduce((part, name) => part + number(element, name), 0), 0);
  return { total: sum('total'), failed: sum('failed', 'error', 'timeout', 'aborted'), skipped: 0 };
}
