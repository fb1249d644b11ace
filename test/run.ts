/**
 * Every suite, and one closing line for all: `N passed, N failed`. A suite that does not come to its end counts as a failure.
 * The editor mostly waits, for windows to be drawn and for people's time to pass. Unit tests and scenarios ask for nothing but
 * the machine: they run beside it with the lowest priority, and what they say is shown when they have ended.
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

const UNIT_AND_SCENARIO: Suite = { name: 'unit and scenario', args: [MOCHA] };
const EXTENSION_HOST: Suite = { name: 'extension host', args: ['--import', 'tsx', 'test/extension/launch.ts'] };
const WINDOW: Suite = { name: 'window', args: [MOCHA, '--config', 'test/ui/.mocharc.json'] };

const folder = mkdtempSync(join(tmpdir(), 'cs-tally-'));
const say = (line: string) => process.stdout.write(`${line}\n`);

/** Runs one suite in a process of its own; its output goes where it belongs, or into a file, and then last in everything. */
async function runSuite({ name, args }: Suite, aside: string | null = null): Promise<Tally> {
  const file = join(folder, `${name.replaceAll(' ', '-')}.json`);
  const log = aside === null ? null : openSync(aside, 'w');
  const started = performance.now();
  if (log === null) say(`\n── ${name} ──`);
  const suite = spawn(process.execPath, args, {
    stdio: log === null ? 'inherit' : ['ignore', log, log],
    env: { ...process.env, [TALLY_FILE]: file },
  });
  // Before it starts processes of its own, which inherit it.
  if (log !== null && suite.pid !== undefined) setPriority(suite.pid, constants.priority.PRIORITY_LOW);
  const [status] = await once(suite, 'exit');
  if (log !== null) closeSync(log);
  if (aside !== null) say(`\n── ${name} ──\n${readFileSync(aside, 'utf8')}`);
  const tally = readTally(file) ?? { passed: 0, failed: 0, skipped: 0 };
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  // Whatever went wrong outside of a test is a failure too.
  const broken = tally.failed === 0 && (status !== 0 || tally.passed === 0);
  say(
    `── ${name}: ${closingLine(tally)} in ${seconds} s${broken ? `; it did not run to its end (exit ${status})` : ''}`,
  );
  return broken ? { ...tally, failed: 1 } : tally;
}

async function runEditor(): Promise<readonly Tally[]> {
  return [await runSuite(EXTENSION_HOST), await runSuite(WINDOW)];
}

const [beside, editor] = await Promise.all([runSuite(UNIT_AND_SCENARIO, join(folder, 'aside.log')), runEditor()]);
const tallies = [beside, ...editor];
rmSync(folder, { recursive: true });
const sum = (count: keyof Tally) => tallies.reduce((total, tally) => total + tally[count], 0);
const total: Tally = { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
process.exitCode = total.failed === 0 ? 0 : 1;
say(`\n${closingLine(total)}`);
