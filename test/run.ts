/**
 * Every suite, one after the other, and one closing line for all: `N passed, N failed`. A suite that does not come to its
 * end counts as a failure.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closingLine, readTally, TALLY_FILE, type Tally } from './tally';

const MOCHA = 'node_modules/mocha/bin/mocha.js';

const SUITES: readonly { readonly name: string; readonly args: readonly string[] }[] = [
  { name: 'unit and scenario', args: [MOCHA] },
  { name: 'extension host', args: ['--import', 'tsx', 'test/extension/launch.ts'] },
  { name: 'window', args: [MOCHA, '--config', 'test/ui/.mocharc.json'] },
];

const folder = mkdtempSync(join(tmpdir(), 'cs-tally-'));
const say = (line: string) => process.stdout.write(`${line}\n`);

/** Runs one suite in a process of its own, with its output where it belongs. */
function runSuite({ name, args }: (typeof SUITES)[number]): Tally {
  const file = join(folder, `${name.replaceAll(' ', '-')}.json`);
  const started = performance.now();
  say(`\n── ${name} ──`);
  const { status } = spawnSync(process.execPath, args, {
    stdio: 'inherit',
    env: { ...process.env, [TALLY_FILE]: file },
  });
  const tally = readTally(file) ?? { passed: 0, failed: 0, skipped: 0 };
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  // Whatever went wrong outside of a test is a failure too.
  const broken = tally.failed === 0 && (status !== 0 || tally.passed === 0);
  say(
    `── ${name}: ${closingLine(tally)} in ${seconds} s${broken ? `; it did not run to its end (exit ${status})` : ''}`,
  );
  return broken ? { ...tally, failed: 1 } : tally;
}

const tallies = SUITES.map(runSuite);
rmSync(folder, { recursive: true });
const sum = (count: keyof Tally) => tallies.reduce((total, tally) => total + tally[count], 0);
const total: Tally = { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
process.exitCode = total.failed === 0 ? 0 : 1;
say(`\n${closingLine(total)}`);
