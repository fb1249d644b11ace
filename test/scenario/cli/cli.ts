/**
 * Runs the command line with a state directory and a configuration of its own. The built program, as people do, in its own
 * process; but what only reads a repository and answers is called in this one, where it is a third of the work.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { hermeticEnvironment } from '../../fixtures/repository';
import { answersAtOnce, runHere } from './runHere';

const PROGRAM = resolve('dist/cli.js');

export interface Outcome {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly process: ChildProcess;
  readonly ended: Promise<Outcome>;
}

export interface CommandLine {
  /** The state directory; made by the first command that needs it. */
  readonly home: string;
  /** What its programs have in their environment, for others that start such. */
  readonly surroundings: Readonly<Record<string, string>>;
  run(dir: string, ...words: string[]): Promise<Outcome>;
  /** Starts the built program without waiting. */
  start(dir: string, ...words: string[]): Started;
  /** The built program, with further environment. */
  runWith(env: Readonly<Record<string, string>>, dir: string, ...words: string[]): Promise<Outcome>;
  /** Parses stdout, which must be exactly one JSON document. */
  json(dir: string, ...words: string[]): Promise<{ exit: number | null; value: unknown }>;
  remove(): void;
}

/** The error of a JSON answer. */
export interface ErrorDocument {
  readonly error: { readonly code: string; readonly message: string; readonly fix: string };
}

export function makeCommandLine(): CommandLine {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cs-cli-')));
  const home = join(folder, 'state');
  // What a killed host leaves among the temporary files goes with the rest.
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary);
  const surroundings = {
    COUNTERSIGN_HOME: home,
    XDG_CONFIG_HOME: join(folder, 'config'),
    HOME: folder,
    TMPDIR: temporary,
    TERM: 'dumb',
  };
  const launch = (env: Readonly<Record<string, string>>, dir: string, words: readonly string[]): Started => {
    const child = spawn(process.execPath, [PROGRAM, ...words], {
      cwd: dir,
      env: hermeticEnvironment({ ...surroundings, ...env }),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const ended = new Promise<Outcome>((settle, reject) => {
      child.on('error', reject);
      child.on('close', (exit) => settle({ exit, stdout, stderr }));
    });
    return { process: child, ended };
  };
  const runWith: CommandLine['runWith'] = (env, dir, ...words) => launch(env, dir, words).ended;
  const run: CommandLine['run'] = (dir, ...words) =>
    answersAtOnce(words) ? runHere(hermeticEnvironment(surroundings), dir, words) : runWith({}, dir, ...words);
  return {
    home,
    surroundings,
    start: (dir, ...words) => launch({}, dir, words),
    run,
    runWith,
    async json(dir, ...words) {
      const { exit, stdout } = await run(dir, ...words, '--json');
      return { exit, value: JSON.parse(stdout) as unknown };
    },
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }),
  };
}
