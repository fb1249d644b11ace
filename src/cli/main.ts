/** From the words of a command line to an exit code: finds the command, parses, runs, and shows what went wrong. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { CountersignError, fail } from '../core/errors';
import { visible } from '../core/visible';
import { COMMON_OPTIONS, parseArguments } from './arguments';
import { type Command, type Exit, wordsOf } from './command';
import { COMMANDS } from './commands';
import { guess } from './guess';
import { Output, type Sink } from './output';
import { requireNode } from './surroundings';

/** What the process gives: replaced in tests. */
export interface Surroundings {
  /** The current folder; throws when it is gone. */
  cwd(): string;
  readonly env: NodeJS.ProcessEnv;
  readonly stdout: Sink;
  readonly stderr: Sink;
  /** Such as `20.19.0`. */
  readonly nodeVersion: string;
  /** Folder of the built programs. */
  readonly programs: string;
}

/** Runs one command line (without `node` and the program's name) to its exit code. Never throws. */
export async function main(words: readonly string[], surroundings: Surroundings): Promise<Exit> {
  const { stdout, stderr, env } = surroundings;
  // Before anything is parsed, an error must already know in which form it is wanted.
  const output = new Output({ stdout, stderr, env, json: words.includes('--json') });
  try {
    requireNode(surroundings.nodeVersion);
    return await dispatch(words, surroundings, output);
  } catch (thrown) {
    return output.error(await explained(thrown)).exit;
  } finally {
    await output.flush();
  }
}

async function dispatch(words: readonly string[], surroundings: Surroundings, output: Output): Promise<Exit> {
  const { leading, rest } = splitLeading(words);
  const [first, second] = rest;
  if (first === undefined) return withoutCommand(leading, output);
  if (first === 'help') return showHelp(rest.slice(1), output);
  const name = Object.hasOwn(COMMANDS, `${first} ${second}`) ? `${first} ${second}` : first;
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (load === undefined) return withoutExactCommand(first, rest.slice(1), leading, output);
  const command = await load();
  const parsed = parseArguments(command, [...leading, ...rest.slice(wordsOf(command).length)]);
  if (parsed.help) return showHelp([command.name], output);
  const cwd = currentFolder(surroundings);
  const { env, programs } = surroundings;
  const repo = parsed.repo === undefined ? cwd : existingFolder(resolve(cwd, parsed.repo));
  return command.run(parsed.values, { output, cwd, repo, env, programs });
}

function existingFolder(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory()) return path;
  const fix = 'give --repo a folder inside the repository';
  return fail('FILE_NOT_FOUND', found === undefined ? `there is no folder ${path}` : `${path} is no folder`, { fix });
}

function currentFolder(surroundings: Surroundings): string {
  try {
    return surroundings.cwd();
  } catch (cause) {
    return fail('FILE_NOT_FOUND', 'the current folder does not exist any more', { fix: 'change to another', cause });
  }
}

/** Options that stand before the command's name: only those that every command takes may. */
function splitLeading(words: readonly string[]): { leading: readonly string[]; rest: readonly string[] } {
  let index = 0;
  while (words[index]?.startsWith('-')) index += words[index] === '--repo' ? 2 : 1;
  return { leading: words.slice(0, index), rest: words.slice(index) };
}

async function withoutCommand(leading: readonly string[], output: Output): Promise<Exit> {
  if (leading.includes('--version')) return showVersion(output);
  if (leading.includes('--help') || leading.includes('-h')) return showHelp([], output);
  const [unknown] = leading.filter((word) => !isCommonOption(word));
  if (unknown !== undefined) {
    const meant = guess(unknown.replace(/^-+/, ''), [...Object.keys(COMMON_OPTIONS), 'version']);
    const fix = meant === null ? {} : { fix: `did you mean --${meant}?` };
    fail('USAGE', `there is no option ${visible(unknown)}`, fix);
  }
  if (!output.json) {
    const { overallHelp } = await import('./help');
    output.note(overallHelp(await allCommands()));
  }
  return fail('USAGE', 'no command was given');
}

const isCommonOption = (word: string) => /^--(repo(=.*)?|json|help)$|^-h$/s.test(word);

async function showVersion(output: Output): Promise<Exit> {
  const { VERSION } = await import('../core/version');
  output.document({ version: VERSION });
  output.text(VERSION);
  return 0;
}

/** Help of one command, of a family such as `brief`, or of everything. */
async function showHelp(words: readonly string[], output: Output): Promise<Exit> {
  const { commandHelp, groupHelp, overallHelp } = await import('./help');
  const name = words.join(' ');
  const exact = Object.hasOwn(COMMANDS, name) ? await COMMANDS[name]?.() : undefined;
  const all = exact === undefined ? await allCommands() : [];
  const family = all.filter((command) => wordsOf(command).length > 1 && wordsOf(command)[0] === name);
  if (exact === undefined && family.length === 0 && name !== '') return unknownCommand(name);
  const help =
    exact !== undefined ? commandHelp(exact) : family.length > 0 ? groupHelp(name, family) : overallHelp(all);
  output.document({ help });
  output.text(help);
  return 0;
}

/** The first word names no command: perhaps it begins the name of several. */
async function withoutExactCommand(
  first: string,
  others: readonly string[],
  leading: readonly string[],
  output: Output,
): Promise<Exit> {
  const seconds = familyOf(first);
  if (seconds.length === 0) return unknownCommand(first);
  if ([...leading, ...others].some((word) => word === '--help' || word === '-h')) return showHelp([first], output);
  const second = others.find((word) => !word.startsWith('-'));
  const meant = second === undefined ? null : guess(second, seconds);
  return fail(
    'USAGE',
    second === undefined
      ? `\`countersign ${first}\` needs one of: ${seconds.join(', ')}`
      : `\`countersign ${first}\` has no "${visible(second)}", only: ${seconds.join(', ')}`,
    { fix: meant === null ? `run \`countersign ${first} --help\`` : `did you mean \`countersign ${first} ${meant}\`?` },
  );
}

function unknownCommand(words: string): never {
  const families = Object.keys(COMMANDS).map((name) => name.split(' ')[0] ?? name);
  const meant = guess(words, [...new Set([...Object.keys(COMMANDS), ...families])]);
  return fail(
    'USAGE',
    `there is no command "${visible(words.slice(0, 100))}"`,
    meant === null ? {} : { fix: `did you mean \`countersign ${meant}\`? \`countersign --help\` lists all` },
  );
}

const familyOf = (first: string): readonly string[] =>
  Object.keys(COMMANDS).flatMap((name) => (name.startsWith(`${first} `) ? [name.slice(first.length + 1)] : []));

const allCommands = (): Promise<readonly Command[]> => Promise.all(Object.values(COMMANDS).map((load) => load()));

/** What failed because git is missing or too old is told so: looked up only now, so that no command pays for it. */
async function explained(thrown: unknown): Promise<unknown> {
  if (!(thrown instanceof CountersignError) || thrown.code !== 'GIT_FAILED') return thrown;
  const { unusableGit } = await import('./surroundings');
  return (await unusableGit()) ?? thrown;
}
