/**
 * The main job on real input: this very repository is cloned aside, one brief goes all the way to a merge, and a second
 * one, whose command does more than it was asked to, is caught and refused. Everything is done by the built command
 * line, as a user would type it; whatever goes otherwise than told here ends the demo with an error.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { packetSchema } from '../../src/core/review/packet';
import { overreachingBrief, referenceBrief } from './briefs';

const tasksSchema = z.array(z.object({ id: z.string(), title: z.string() }));

const CLI = resolve('dist/cli.js');
const REVIEWER = { name: 'Demo Reviewer', email: 'reviewer@example.com' };

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'countersign-demo-')));
const repository = join(folder, 'repository');
const environment = {
  ...process.env,
  COUNTERSIGN_HOME: join(folder, 'state'),
  COUNTERSIGN_CONFIG: join(folder, 'config.yaml'),
};

function say(text: string): void {
  process.stdout.write(`\n\x1b[1m${text}\x1b[0m\n`);
}

function git(...args: string[]): string {
  return execFileSync('git', ['-C', repository, ...args], { encoding: 'utf8' }).trim();
}

/** Runs the command line, shows it and what it says, and insists on the exit code that the story needs. */
function countersign(args: string[], expected: number): string {
  process.stdout.write(
    `\n\x1b[2m$ countersign ${args.map((arg) => (/\s/.test(arg) ? `'${arg}'` : arg)).join(' ')}\x1b[0m\n`,
  );
  const run = spawnSync(process.execPath, [CLI, ...args], { cwd: repository, env: environment, encoding: 'utf8' });
  process.stdout.write(run.stdout);
  process.stderr.write(run.stderr);
  if (run.status !== expected) throw new Error(`it exited with ${run.status}, and ${expected} was expected`);
  return run.stdout;
}

/** The same, quietly, for what only this script reads. */
function json(args: string[]): unknown {
  const run = spawnSync(process.execPath, [CLI, ...args, '--json'], {
    cwd: repository,
    env: environment,
    encoding: 'utf8',
  });
  return JSON.parse(run.stdout);
}

function taskOf(title: string): string {
  return tasksSchema.parse(json(['tasks'])).find((task) => task.title === title)?.id ?? '';
}

function stopHost(): void {
  spawnSync(process.execPath, [CLI, 'host', 'stop', '--force'], { cwd: repository, env: environment });
}

function tell(): void {
  writeFileSync(environment.COUNTERSIGN_CONFIG, '');
  say(`Everything below happens in ${folder}: a clone of this repository, and a state directory of its own.`);
  execFileSync('git', ['clone', '--quiet', '--no-hardlinks', resolve('.'), repository]);
  git('switch', '--quiet', '-C', 'main');
  git('config', 'user.name', REVIEWER.name);
  git('config', 'user.email', REVIEWER.email);
  const reviewer = `${REVIEWER.name} <${REVIEWER.email}>`;
  const start = git('rev-parse', 'HEAD');

  say('1. A brief, handed off to the `command` agent: document every error code.');
  const first = join(folder, 'reference.md');
  writeFileSync(first, referenceBrief(reviewer));
  countersign(['brief', 'check', first], 0);
  countersign(['run', first], 0);
  const done = taskOf('Document every error code');
  countersign(['show', done], 0);

  say('2. The named reviewer signs exactly that tree, and it is merged.');
  countersign(['signoff', done, '--deliver', 'merge'], 0);
  process.stdout.write(`\n${git('log', '--graph', '--stat', '-2', '--format=%h %an: %s%n%b')}\n`);
  countersign(['gate', '--base', start, '--head', 'HEAD'], 0);
  const merged = git('rev-parse', 'main');
  if (merged === start) throw new Error('main did not move');

  say('3. A second brief. Its command also edits a file out of scope, adds a dependency and skips a test.');
  const second = join(folder, 'sentence.md');
  writeFileSync(second, overreachingBrief(reviewer));
  countersign(['run', second], 1);
  const caught = taskOf('Mention JSON output in the error reference');

  say('4. It cannot be signed off as it is, and nothing has moved.');
  countersign(['signoff', caught, '--deliver', 'merge'], 1);
  if (git('rev-parse', 'main') !== merged) throw new Error('main moved without a sign-off');
  const { drift } = packetSchema.parse(json(['show', caught]));
  const rules = new Set(drift?.findings.map(({ rule }) => rule));
  for (const rule of ['scope/outside', 'deps/added']) {
    if (!rules.has(rule)) throw new Error(`${rule} was not found`);
  }
  countersign(['reject', caught, '--reason', 'more than was asked for'], 0);
  countersign(['tasks'], 0);

  say(`Done. Left behind: ${folder} (delete it whenever you like).`);
}

try {
  tell();
} catch (error) {
  process.stderr.write(`\nThe demo went wrong: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  stopHost();
}
