/**
 * Every suite, and one closing line for all: `N passed, N failed`. A suite that does not come to its end counts as a failure.
 * The extension host mostly waits for its editor, so it runs beside the first suite; what it says comes afterwards. The
 * window draws, and has the machine to itself.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
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
/** The closing line of each suite. */
const told = new Map<string, string>();
const say = (line: string) => process.stdout.write(`${line}\n`);

/** Runs one suite in a process of its own; its output goes where it belongs, or into a file that is shown at its end. */
async function runSuite({ name, args }: Suite, aside = false): Promise<Tally> {
  const file = join(folder, `${name.replaceAll(' ', '-')}.json`);
  const output = `${file}.log`;
  const log = aside ? openSync(output, 'w') : null;
  const started = performance.now();
  if (log === null) say(`\n── ${name} ──`);
  const suite = spawn(process.execPath, args, {
    stdio: log === null ? 'inherit' : ['ignore', log, log],
    env: { ...process.env, [TALLY_FILE]: file },
  });
  const [status] = await once(suite, 'exit');
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

/** What a suite that ran aside has said. */
function tell({ name }: Suite): void {
  say(`\n── ${name} ──\n${readFileSync(join(folder, `${name.replaceAll(' ', '-')}.json.log`), 'utf8')}`);
  say(told.get(name) ?? '');
}

const aside = runSuite(EXTENSION_HOST, true);
const first = await runSuite(UNIT_AND_SCENARIO);
const second = await aside;
tell(EXTENSION_HOST);
const tallies = [first, second, await runSuite(WINDOW)];
rmSync(folder, { recursive: true });
const sum = (count: keyof Tally) => tallies.reduce((total, tally) => total + tally[count], 0);
const total: Tally = { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
process.exitCode = total.failed === 0 ? 0 : 1;
say(`\n${closingLine(total)}`);
