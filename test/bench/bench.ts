/**
 * Measures the main loop against the raw commands, side by side in one run.
 *
 *   npm run bench -- [--files N] [--repo PATH] [--rounds N] [--changed N] [--tasks N] [--only WORD]
 *
 * Times here are for one machine and one moment; the ratios are what holds.
 */
import { execFileSync } from 'node:child_process';
import { cpus, loadavg, release, tmpdir, totalmem } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { layGround } from './ground';
import { printTable, type Row } from './measure';
import { driftAlone } from './rows/drift';
import { editorList, editorLoad, editorSizes } from './rows/editorBundles';
import { editorWindow } from './rows/editorWindow';
import { flood } from './rows/flood';
import { coldStart, fourAtOnce, noise, verdictOf, wholeRun } from './rows/git';
import { linearReaders } from './rows/linear';
import { driftProcess, helpProcess, hostMemory, startWithTasks, statsOfTasks } from './rows/programs';
import { packetOfColumns, verification } from './rows/verification';

const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '2000' },
    repo: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    changed: { type: 'string', default: '100' },
    tasks: { type: 'string', default: '10000' },
    only: { type: 'string', default: '' },
  },
});
const number = (text: string) => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`${text} is no whole number above 0`);
  return value;
};
const rounds = number(values.rounds);

const ground = await layGround(tmpdir(), values.repo === undefined ? null : resolve(values.repo), number(values.files));
const rows: [string, () => Promise<Row | Row[]>][] = [
  ['noise', () => noise(ground, rounds)],
  ['start', () => coldStart(ground, rounds)],
  ['four', () => fourAtOnce(ground, rounds)],
  ['verdict', () => verdictOf(ground, rounds, number(values.changed))],
  ['whole', () => wholeRun(ground, rounds)],
  ['verification', () => verification(ground, rounds)],
  ['packet', () => packetOfColumns(rounds)],
  ['drift', () => driftProcess(ground, rounds)],
  ['drift-alone', () => driftAlone(ground, rounds)],
  ['linear', () => linearReaders(60)],
  ['help', () => helpProcess(rounds)],
  ['memory', () => hostMemory(ground)],
  ['tasks', () => startWithTasks(ground, rounds, number(values.tasks))],
  ['stats', () => statsOfTasks(ground, rounds, number(values.tasks))],
  ['flood', () => flood(ground)],
  ['editor-sizes', () => editorSizes(ground)],
  ['editor-load', () => editorLoad(ground, rounds)],
  ['editor-list', () => editorList(rounds)],
  ['editor-window', () => editorWindow(ground, rounds)],
];

try {
  const git = execFileSync('git', ['--version'], { encoding: 'utf8' }).trim();
  const fileSystem = execFileSync('stat', ['-f', '-c', '%T', ground.folder], { encoding: 'utf8' }).trim();
  const memory = `${(totalmem() / 2 ** 30).toFixed(0)} GB`;
  process.stdout.write(
    `${cpus().length} cores (load ${(loadavg()[0] ?? 0).toFixed(1)}), ${memory}, Linux ${release()}, ${fileSystem}; Node ${process.version}, ${git}\n`,
  );
  process.stdout.write(
    `${ground.paths.length} files, ${rounds} rounds; ours / theirs, medians of the rounds' ratios\n\n`,
  );
  const measured: Row[] = [];
  for (const [name, run] of rows) {
    if (!name.includes(values.only)) continue;
    process.stderr.write(`measuring ${name} …\n`);
    measured.push(...[await run()].flat());
  }
  printTable(measured);
} finally {
  ground.remove();
}
