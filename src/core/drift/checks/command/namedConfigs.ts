/** Configuration files that a command names itself: they need not have the usual names. */
import { pathFrom } from '../../../shell/paths';
import { splitArguments } from '../../../shell/words';
import type { NamedConfig } from './reference';

/** Programs whose configuration is known, and their options that name it (each one's `--help`). */
const OPTIONS: Readonly<Record<string, readonly [tool: string, ...options: string[]]>> = {
  jest: ['jest', '--config', '-c'],
  vitest: ['vitest', '--config', '-c'],
  mocha: ['mocha', '--config'],
  ava: ['ava', '--config'],
  nyc: ['nyc', '--nycrc-path'],
  c8: ['nyc', '--config', '-c'],
  eslint: ['eslint', '--config', '-c'],
  tsc: ['typescript', '--project', '-p'],
  'vue-tsc': ['typescript', '--project', '-p'],
  biome: ['biome', '--config-path'],
  playwright: ['playwright', '--config', '-c'],
  cypress: ['cypress', '--config-file', '-C'],
  ruff: ['ruff', '--config'],
  flake8: ['flake8', '--config'],
  mypy: ['mypy', '--config-file'],
  pytest: ['pytest', '-c', '--config-file'],
  pylint: ['pylint', '--rcfile'],
  coverage: ['coverage', '--rcfile'],
  'golangci-lint': ['golangci', '--config', '-c'],
  phpunit: ['phpunit', '--configuration', '-c'],
  phpstan: ['phpstan', '--configuration', '-c'],
  psalm: ['psalm', '--config', '-c'],
  rubocop: ['rubocop', '--config', '-c'],
};

/** The configurations that a command names. */
export function configsOf([program = '', ...args]: readonly string[], folder: string): readonly NamedConfig[] {
  const module = args.indexOf('-m');
  if (/^python[\d.]*$/.test(program) && module !== -1) return configsOf(args.slice(module + 1), folder);
  const name = program.slice(program.lastIndexOf('/') + 1);
  if (!Object.hasOwn(OPTIONS, name)) return [];
  const [tool = '', ...options] = OPTIONS[name] ?? [];
  return splitArguments(args, options).values.flatMap((value) => {
    const path = pathFrom(folder, value);
    return path === null || path === '' ? [] : [{ tool, path }];
  });
}
