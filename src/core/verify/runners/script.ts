/** From a check's command to the command that runs last, through the scripts of a package.json. */
import * as z from 'zod';
import { chainOf } from '../../shell/chain';
import { folderFrom } from '../../shell/paths';

/** Scripts of the package.json of a folder (empty, or with `/` at its end); null when there is none to be read. */
export type ScriptsOf = (folder: string) => Promise<ReadonlyMap<string, string> | null>;

export interface LastCommand {
  readonly words: readonly string[];
  /** Every text that led to it. */
  readonly text: string;
  /** What must stand before arguments that are written behind the check's command, so that they arrive at this one. */
  readonly before: readonly string[];
}

const MOST_SCRIPTS = 5;

const packageSchema = z.object({ scripts: z.record(z.string(), z.unknown()).catch({}) });

/** The scripts of a package.json (npm docs, "scripts"); null when the text is none. */
export function readScriptTexts(text: string): ReadonlyMap<string, string> | null {
  try {
    const { data } = packageSchema.safeParse(JSON.parse(text));
    if (data === undefined) return null;
    return new Map(
      Object.entries(data.scripts).flatMap(([name, run]) => (typeof run === 'string' ? [[name, run]] : [])),
    );
  } catch {
    return null;
  }
}

/** Null where it is not certain what runs last. */
export async function lastCommandOf(run: string, scriptsOf: ScriptsOf): Promise<LastCommand | null> {
  let folder = '';
  let text = run;
  let given: readonly string[] = [];
  const before: string[] = [];
  let seen = run;
  for (let depth = 0; depth <= MOST_SCRIPTS; depth++) {
    const chain = chainOf(text);
    if (chain === null) return null;
    for (const [program, to = ''] of chain.slice(0, -1)) {
      if (program === 'pushd' || program === 'popd') return null;
      const next = program === 'cd' ? folderFrom(folder, to) : folder;
      if (next === null) return null;
      folder = next;
    }
    const words = [...(chain.at(-1) ?? []), ...given];
    const call = scriptCallOf(words);
    if (call === 'other') return { words, text: seen, before };
    if (call === 'unclear') return null;
    const script = (await scriptsOf(folder))?.get(call.name);
    if (script === undefined) return call.orProgram === null ? null : { words: call.orProgram, text: seen, before };
    if (call.separate) before.push('--');
    text = script;
    given = call.args;
    seen += `\n${script}`;
  }
  return null;
}

/** A call of a script, with the arguments that it passes on. */
interface ScriptCall {
  readonly name: string;
  readonly args: readonly string[];
  /** Whether further arguments need a `--` before them. */
  readonly separate: boolean;
  /** The words of the program that runs when there is no script of that name. */
  readonly orProgram: readonly string[] | null;
}

const QUIET = new Set(['-s', '--silent', '--if-present']);
const RUN = new Set(['run', 'run-script', 'rum', 'urn']);
const TEST = new Set(['test', 't', 'tst']);

/** `other`: it calls no script. `unclear`: it may, with options that are not known here. */
function scriptCallOf(words: readonly string[]): ScriptCall | 'other' | 'unclear' {
  const [manager, ...rest] = words;
  if (manager !== 'npm' && manager !== 'pnpm' && manager !== 'yarn') return 'other';
  const plain = withoutQuiet(rest);
  const named = RUN.has(plain[0] ?? '');
  const [name = '', ...after] = named ? withoutQuiet(plain.slice(1)) : plain;
  if (name === '' || name.startsWith('-')) return 'unclear';
  if (manager === 'npm') return named || TEST.has(name) ? npmCall(named ? name : 'test', after) : unwrapped(words);
  // pnpm and yarn pass on what stands behind the name, and run installed programs by theirs.
  if (after.includes('--')) return 'unclear';
  if (!named && NO_SCRIPT.has(name)) return unwrapped(words);
  const script = !named && manager === 'pnpm' && TEST.has(name) ? 'test' : name;
  return { name: script, args: after, separate: false, orProgram: named ? null : [name, ...after] };
}

function withoutQuiet(words: readonly string[]): readonly string[] {
  const first = words.findIndex((word) => !QUIET.has(word));
  return first < 0 ? [] : words.slice(first);
}

/** `npm exec`, `pnpm exec`, `yarn dlx`: programs that start another one; anything else of a manager runs no test. */
function unwrapped(words: readonly string[]): 'other' | 'unclear' {
  return NO_SCRIPT.has(words[1] ?? '') ? 'other' : 'unclear';
}

const NO_SCRIPT = new Set(['exec', 'x', 'dlx']);

/** npm keeps options before `--` to itself (npm docs, "npm run"). */
function npmCall(name: string, after: readonly string[]): ScriptCall | 'unclear' {
  const at = after.indexOf('--');
  const own = at < 0 ? after : after.slice(0, at);
  const args = own.filter((word) => !QUIET.has(word));
  if (args.some((word) => word.startsWith('-'))) return 'unclear';
  return { name, args: [...args, ...(at < 0 ? [] : after.slice(at + 1))], separate: at < 0, orProgram: null };
}
