/** Command lines in the process of the tests: what `src/cli.ts` does with a process, done with a folder and an environment. */
import { resolve } from 'node:path';
import type { Surroundings } from '../../../src/cli/main';
import type { Outcome } from './cli';

/** Commands that read, answer and end: what a repository and the disk say, or what the host knows. None waits for work. */
const AT_ONCE = new Set(['drift', 'gate', 'brief check', 'brief infer', 'show', 'tasks', 'stats']);

/** Whether a command line is of these, with no option before it, or asks for the help of a command. */
export function answersAtOnce(words: readonly string[]): boolean {
  const [first = '', second = ''] = words;
  if (words.length > 1 && words.at(-1) === '--help') return true;
  return AT_ONCE.has(first) || AT_ONCE.has(`${first} ${second}`);
}

/** The environment is the whole process's: one command line after the other. */
let last: Promise<unknown> = Promise.resolve();

/** Runs one to its end, and returns what a process would have ended with. */
export function runHere(env: NodeJS.ProcessEnv, dir: string, words: readonly string[]): Promise<Outcome> {
  const outcome = last.then(() => under(env, () => collected(env, dir, words)));
  last = outcome.catch(() => undefined);
  return outcome;
}

async function collected(env: NodeJS.ProcessEnv, dir: string, words: readonly string[]): Promise<Outcome> {
  const texts = { stdout: '', stderr: '' };
  const sink = (name: keyof typeof texts): Surroundings['stdout'] => ({
    write: (text, done) => {
      texts[name] += text;
      done?.();
      return true;
    },
    on: () => undefined,
  });
  // Imported as what it imports itself is: a file that was required would not know the errors of one that was imported.
  const { main } = await import('../../../src/cli/main');
  const exit = await main(words, {
    cwd: () => dir,
    env,
    stdout: sink('stdout'),
    stderr: sink('stderr'),
    nodeVersion: process.versions.node,
    programs: resolve('dist'),
  });
  return { exit, ...texts };
}

/** Changes the variables themselves, not the object that shows them: Node asks the system for HOME and TMPDIR. */
async function under<T>(env: NodeJS.ProcessEnv, run: () => Promise<T>): Promise<T> {
  const own = { ...process.env };
  become(env);
  try {
    return await run();
  } finally {
    become(own);
  }
}

function become(env: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(process.env)) if (env[name] === undefined) delete process.env[name];
  for (const [name, value] of Object.entries(env)) if (value !== undefined) process.env[name] = value;
}
