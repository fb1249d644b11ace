/** The runner that a command starts, by its own name. */
import { unwrap } from '../../shell/words';
import type { RunnerCommand } from './runner';

/** Programs by a path that packages give them, and no file of the project has. */
const INSTALLED = /^(?:\.\/)?(?:node_modules\/\.bin|vendor\/bin|\.venv\/bin|venv\/bin)\/([\w.-]+)$/;
/** Wrappers that Maven and Gradle put into a project. */
const WRAPPER = /^(?:\.\/)?(mvnw|gradlew)(?:\.cmd|\.bat)?$/;
/** The programs of packages, given to Node as files. */
const PACKAGED =
  /^(?:\.\/)?node_modules\/(?:\.bin\/(mocha|jest|vitest)|(mocha)\/bin\/_?mocha(?:\.c?js)?|(jest)\/bin\/jest(?:\.js)?|(vitest)\/vitest\.mjs)$/;
const PYTHON = /^(?:python|python3|python3\.\d{1,2}|py)$/;

/** Null where the words start no program by a name that is known to be a runner's. */
export function programOf(words: readonly string[]): Omit<RunnerCommand, 'text'> | null {
  const [word = '', ...args] = unwrap(words);
  const program = INSTALLED.exec(word)?.[1] ?? WRAPPER.exec(word)?.[1] ?? word;
  if (program === '' || program.includes('/')) return null;
  if (program === 'node') return packaged(args) ?? { program, args };
  if (program === 'php' && /(?:^|\/)vendor\/bin\/phpunit$/.test(args[0] ?? '')) {
    return { program: 'phpunit', args: args.slice(1) };
  }
  if (PYTHON.test(program) || program === 'coverage') return moduleOf(args);
  return { program: program === 'py.test' ? 'pytest' : program, args };
}

/** `node --import tsx node_modules/mocha/bin/mocha.js --parallel` */
function packaged(args: readonly string[]): Omit<RunnerCommand, 'text'> | null {
  if (args.some((arg) => ['-e', '--eval', '-p', '--print', '--test'].includes(arg))) return null;
  const index = args.findIndex((arg) => PACKAGED.test(arg));
  const program = PACKAGED.exec(args[index] ?? '')
    ?.slice(1)
    .find((name) => name !== undefined);
  return program === undefined ? null : { program, args: args.slice(index + 1) };
}

/** `python -m pytest`, `coverage run -m pytest`, `python -m coverage run -m pytest`. */
function moduleOf(args: readonly string[]): Omit<RunnerCommand, 'text'> | null {
  const index = args.indexOf('-m');
  const [module, ...rest] = index < 0 ? [] : args.slice(index + 1);
  if (args.slice(0, index).some((arg) => arg === '-c' || arg.endsWith('.py'))) return null;
  if (module === 'coverage' && rest[0] === 'run') return moduleOf(rest);
  return module === 'pytest' || module === 'py.test' ? { program: 'pytest', args: rest } : null;
}
