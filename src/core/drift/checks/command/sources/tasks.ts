/** Tasks and sessions of data files: tox, pyproject.toml, Pipfile, Taskfile.yml, Cargo's aliases. */
import * as z from 'zod';
import { parseYaml } from '../../../dependencies/document';
import { parseToml } from '../../../dependencies/toml';
import { readIni } from '../../ini';
import { lineOfKey } from '../../lines';
import { isList, isTable, type Table, textsOf, toValue, type Value, valueAt, written } from '../../value';
import type { Entries, Entry } from '../reference';

/** Keys of a tox environment that decide what runs and whether its failure counts (tox docs, "Configuration"). */
const TOX_KEYS = new Set([
  ...['commands', 'commands_pre', 'commands_post', 'ignore_outcome', 'ignore_errors', 'setenv', 'set_env', 'envlist'],
  ...['env_list', 'changedir', 'change_dir', 'allowlist_externals', 'skip_install', 'base'],
]);

/** Sections of tox.ini, `[tox]` included. */
export function readTox(text: string): Entries {
  const sections = [...readIni(text)].filter(([name]) => name === 'tox' || name.startsWith('testenv'));
  return { entries: new Map(sections.map(([name, section]) => [name, toxEntry(text, name, section)])) };
}

function toxEntry(text: string, name: string, section: Value): Entry {
  const table: Table = isTable(section) ? section : new Map();
  const kept = [...table].filter(([key]) => TOX_KEYS.has(key));
  const commands = kept.filter(([key]) => key.startsWith('commands')).flatMap(([, value]) => textsOf(value));
  const lines = commands.map((command) =>
    command
      .replace(/^[\w{},!.-]+:\s+/, '')
      .replace(/^-\s*/, '')
      .replace(/\{toxinidir\}\/?/g, './'),
  );
  const shown = kept.map(
    ([key, value]) => `${key} = ${isList(value) ? value.map(written).join('\n') : written(value)}`,
  );
  const steps = { list: textsOf(table.get('commands')), rest: restOf(kept) };
  return { text: shown.sort().join('\n'), line: lineOfKey(text, name), needs: [], commands: lines, steps };
}

/** What an environment says beside its commands, when they are a list that ends with its first failure. */
function restOf(kept: readonly (readonly [string, Value])[]): string {
  const others = kept.filter(([key]) => key !== 'commands').map(([key, value]) => `${key} = ${written(value)}`);
  return others.sort().join('\n');
}

/** Tables of tasks in pyproject.toml and Pipfile, and how a name in them is spelled (each tool's docs). */
const TASK_TABLES: readonly (readonly string[])[] = [
  ['tool', 'poe', 'tasks'],
  ['tool', 'pdm', 'scripts'],
  ['tool', 'rye', 'scripts'],
  ['tool', 'taskipy', 'tasks'],
  ['tool', 'hatch', 'envs', 'default', 'scripts'],
  ['scripts'],
];

/** Tasks of pyproject.toml or a Pipfile; those of Hatch's environments also as `env:name`, and tox's as `testenv:name`. */
export function readTomlTasks(text: string): Entries {
  const document = toValue(parseToml(text, z.unknown()));
  const entries = new Map<string, Entry>();
  const add = (table: Value | undefined, prefix: string) => {
    if (!isTable(table)) return;
    for (const [name, value] of table) {
      if (!entries.has(prefix + name)) entries.set(prefix + name, taskEntry(text, name, value));
    }
  };
  for (const path of TASK_TABLES) add(valueAt(document, ...path), '');
  const environments = valueAt(document, 'tool', 'hatch', 'envs');
  for (const [name, environment] of isTable(environments) ? environments : [])
    add(valueAt(environment, 'scripts'), `${name}:`);
  return { entries };
}

function taskEntry(text: string, name: string, value: Value): Entry {
  const steps = isTable(value)
    ? ['cmd', 'shell', 'script', 'composite', 'sequence', 'chain'].flatMap((key) => textsOf(value.get(key)))
    : textsOf(value);
  const needs = isTable(value)
    ? ['deps', 'uses', 'composite', 'sequence'].flatMap((key) => textsOf(value.get(key)))
    : textsOf(value);
  return {
    text: written(value).replace(/\s+/g, ' ').trim(),
    line: lineOfKey(text, name),
    needs: needs.filter((need) => /^[\w:.-]+$/.test(need)),
    commands: steps,
  };
}

/** Environments of pyproject's tox tables (tox docs, "pyproject.toml"), as sections of tox.ini are named. */
export function readTomlTox(text: string): Entries {
  const tox = valueAt(toValue(parseToml(text, z.unknown())), 'tool', 'tox');
  const legacy = valueAt(tox, 'legacy_tox_ini');
  if (typeof legacy === 'string') return readTox(legacy);
  const environments = valueAt(tox, 'env');
  const tables: [string, Value][] = isTable(environments)
    ? [...environments].map(([name, table]) => [`testenv:${name}`, table])
    : [];
  const base = valueAt(tox, 'env_run_base');
  if (base !== undefined) tables.push(['testenv', base]);
  return {
    entries: new Map(
      tables.map(([name, table]) => {
        const kept = isTable(table) ? [...table].filter(([key]) => TOX_KEYS.has(key)) : [];
        const lines = kept.flatMap(([key, value]) =>
          key.startsWith('commands') && isList(value) ? value.map((words) => textsOf(words).join(' ')) : [],
        );
        const shown = kept
          .map(([key, value]) => `${key} = ${written(value)}`)
          .sort()
          .join('\n');
        const commands = new Map(kept).get('commands');
        const steps = { list: isList(commands) ? commands.map(written) : [], rest: restOf(kept) };
        const line = lineOfToxTable(text, name.split(':')[1]);
        return [name, { text: shown, line, needs: [], commands: lines, steps }];
      }),
    ),
  };
}

/** The line of an environment's header, whose name may be a key of other tables, too; else of its key. */
function lineOfToxTable(text: string, name: string | undefined): number {
  const key = name === undefined ? 'env_run_base' : `env.${name}`;
  const plain = (line: string) => line.replace(/["'\s]/g, '');
  const at = text.split('\n').findIndex((line) => plain(line).startsWith(`[tool.tox.${key}]`));
  return at === -1 ? lineOfKey(text, name ?? key) : at + 1;
}

/** Tasks of a Taskfile (Task docs, "Schema"). */
export function readTaskfile(text: string): Entries {
  const tasks = valueAt(toValue(parseYaml(text, z.unknown())), 'tasks');
  const table: Table = isTable(tasks) ? tasks : new Map();
  return {
    entries: new Map(
      [...table].map(([name, task]) => {
        const steps = isTable(task) ? [...listOf(task.get('cmds')), ...listOf(task.get('cmd'))] : listOf(task);
        const needs = [...steps, ...listOf(valueAt(task, 'deps'))].flatMap((step) =>
          textsOf(isTable(step) ? step.get('task') : undefined),
        );
        const direct = listOf(valueAt(task, 'deps')).flatMap((need) => (typeof need === 'string' ? [need] : []));
        const commands = steps.flatMap((step) => textsOf(isTable(step) ? step.get('cmd') : step));
        const shown = isTable(task)
          ? written(new Map([...task].filter(([key]) => key !== 'desc' && key !== 'summary')))
          : written(task);
        return [
          name,
          { text: shown.replace(/\s+/g, ' '), line: lineOfKey(text, name), needs: [...needs, ...direct], commands },
        ];
      }),
    ),
  };
}

/** Aliases of Cargo's configuration (Cargo Book, "Configuration"). */
export function readCargoAliases(text: string): Entries {
  const aliases = valueAt(toValue(parseToml(text, z.unknown())), 'alias');
  const table: Table = isTable(aliases) ? aliases : new Map();
  return {
    entries: new Map(
      [...table].map(([name, value]) => [
        name,
        { text: textsOf(value).join(' '), line: lineOfKey(text, name), needs: [], commands: [] },
      ]),
    ),
  };
}

function listOf(value: Value | undefined): readonly Value[] {
  return value === undefined ? [] : isList(value) ? value : [value];
}
