/**
 * Node's own runner. Its formats name no file in most versions, so it gets a reporter of ours, which writes CTRF, beside
 * the one for people. Node 18.15 and later know reporters, 18.16 and later take them from NODE_OPTIONS (Node docs, "Test
 * reporters").
 */
import { ask, FOLDER, FOLDER_URL, hasOption, type Runner } from './runner';

/** Options of Node that take the next word for their value (Node docs, "Command-line API"). */
const VALUED = new Set([
  ...['-r', '--require', '--import', '--loader', '--experimental-loader', '-C', '--conditions', '--env-file'],
  ...[
    '--test-name-pattern',
    '--test-skip-pattern',
    '--test-concurrency',
    '--test-timeout',
    '--test-shard',
    '--tsconfig',
  ],
]);
const OTHER = ['-e', '--eval', '-p', '--print', '--watch', '--check', '-c'];

const REFUSAL = /is not allowed in NODE_OPTIONS|bad option: --test-reporter/;

/** `node --test`, also through tsx. */
export const node: Runner = ({ program, args, text }) => {
  if (program !== 'node' && program !== 'tsx') return null;
  const files = firstFile(args);
  const options = args.slice(0, files);
  if (!options.includes('--test') || hasOption(options, ...OTHER)) return null;
  // Reporters go with destinations in pairs: what the project asks for itself is left as it is.
  if (args.some((arg) => arg.startsWith('--test-reporter')) || text.includes('NODE_OPTIONS')) return null;
  const reporters = [
    ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
    ...[`--test-reporter=${FOLDER_URL}/reporter.mjs`, `--test-reporter-destination=${FOLDER}/results.json`],
  ];
  // Behind the name of a file an option is a file, too.
  const where = files === args.length ? { args: reporters } : { nodeOptions: reporters };
  return ask(
    { in: 'folder', pattern: 'results.json' },
    { ...where, files: { 'reporter.mjs': REPORTER }, refusal: REFUSAL },
  );
};

/** Index of the first word that is neither an option nor the value of one. */
function firstFile(args: readonly string[]): number {
  for (let index = 0; index < args.length; index++) {
    const arg = args[index]!;
    if (!arg.startsWith('-') || arg === '--') return index;
    if (VALUED.has(arg)) index++;
  }
  return args.length;
}

/**
 * The reporter (Node docs, "Custom reporters"): one event for each test, in the order in which they are defined, a test
 * behind its subtests. A test that sums up its subtests is left out, unless it failed by itself.
 */
const REPORTER = `// Written by Countersign: tells the results of this run, and changes nothing of it.
export default async function* results(source) {
  const tests = [];
  const names = [];
  const inner = [];
  for await (const { type, data } of source) {
    if (type === 'test:start') {
      names.length = data.nesting;
      names[data.nesting] = data.name;
    }
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const { name, nesting, file, line, skip, todo, details = {} } = data;
    const sums = inner[nesting + 1] === true || details.type === 'suite';
    inner.length = nesting;
    inner[nesting] = true;
    const error = details.error;
    const failed = type === 'test:fail';
    if (sums && (!failed || (error && error.failureType === 'subtestsFailed'))) continue;
    const cause = error && error.cause instanceof Error ? error.cause : error;
    tests.push({
      name,
      suite: names.slice(0, nesting).map((each) => String(each)),
      status: skip !== undefined || todo !== undefined ? 'skipped' : failed ? 'failed' : 'passed',
      ...(typeof file === 'string' ? { filePath: file } : {}),
      ...(typeof line === 'number' ? { line } : {}),
      ...(failed && cause ? { message: String(cause.message || cause), trace: String(cause.stack || '') } : {}),
    });
  }
  const count = (status) => tests.filter((test) => test.status === status).length;
  const summary = { tests: tests.length, passed: count('passed'), failed: count('failed'), skipped: count('skipped') };
  yield JSON.stringify({ results: { tool: { name: 'node' }, summary, tests } });
}
`;
