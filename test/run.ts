/**
 * Every suite, and one closing line for all: `N passed, N failed`. A suite that does not come to its end counts as a failure.
 * What mostly waits has company: the extension host runs beside the scenarios, and the unit tests, which ask for nothing but
 * time, run with the lowest priority beside the window. What runs aside is shown when both have ended.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { constants, setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { closingLine, readTally, TALLY_FILE, type Tally } from './tally';

const MOCHA = 'node_modules/mocha/bin/mocha.js';

interface Suite {
  readonly name: string;
  readonly args: readonly string[];
}

const SCENARIO: Suite = { name: 'scenario', args: [MOCHA, '--config', 'test/scenario/.mocharc.json'] };
const EXTENSION_HOST: Suite = { name: 'extension host', args: ['--import', 'tsx', 'test/extension/launch.ts'] };
const WINDOW: Suite = { name: 'window', args: [MOCHA, '--config', 'test/ui/.mocharc.json'] };
const UNIT: Suite = { name: 'unit', args: [MOCHA, '--config', 'test/unit/.mocharc.json'] };

const folder = mkdtempSync(join(tmpdir(), 'cs-tally-'));
/** The closing line of each suite. */
const told = new Map<string, string>();
const say = (line: string) => process.stdout.write(`${line}\n`);

/** Where a suite that runs aside says what it says. */
const logOf = ({ name }: Suite) => join(folder, `${name.replaceAll(' ', '-')}.log`);

/** Runs one suite in a process of its own; its output goes where it belongs, or into a file that `tell` shows. */
async function runSuite(suite: Suite, aside: 'aside' | 'aside, last' | null = null): Promise<Tally> {
  const { name, args } = suite;
  const file = join(folder, `${name.replaceAll(' ', '-')}.json`);
  const log = aside === null ? null : openSync(logOf(suite), 'w');
  const started = performance.now();
  if (log === null) say(`\n── ${name} ──`);
  const child = spawn(process.execPath, args, {
    stdio: log === null ? 'inherit' : ['ignore', log, log],
    env: { ...process.env, [TALLY_FILE]: file },
  });
  // Before it starts processes of its own, which inherit it.
  if (aside === 'aside, last' && child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
  const [status] = await once(child, 'exit');
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  const tally = readTally(file) ?? { passed: 0, failed: 0, skipped: 0 };
  // Whatever went wrong outside of a test is a failure too.
  const broken = tally.failed === 0 && (status !== 0 || tally.passed === 0);
  const ending = broken ? `; it did not run to its end (exit ${status})` : '';
  told.set(name, `── ${name}: ${closingLine(tally)} in ${seconds} s${ending}`);
  if (log === null) say(told.get(name) ?? '');
  else closeSync(log);
  return broken ? { ...tally, failed: 1 } : tally;
}

/** Two suites at a time, the second one aside. */
async function runBoth(suite: Suite, beside: Suite, how: 'aside' | 'aside, last'): Promise<readonly Tally[]> {
  const tallies = await Promise.all([runSuite(beside, how), runSuite(suite)]);
  say(`\n── ${beside.name} ──\n${readFileSync(logOf(beside), 'utf8')}`);
  say(told.get(beside.name) ?? '');
  return tallies;
}

const tallies = [
  ...(await runBoth(SCENARIO, EXTENSION_HOST, 'aside')),
  ...(await runBoth(WINDOW, UNIT, 'aside, last')),
];
rmSync(folder, { recursive: true });
const sum = (count: keyof Tally) => tallies.reduce((total, tally) => total + tally[count], 0);
const total: Tally = { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
process.exitCode = total.failed === 0 ? 0 : 1;
say(`\n${closingLine(total)}`);
