/**
 * Files that hold the configuration of checks beside what the work may need, such as dependencies: of these only the
 * base's parts for checks are laid over the result.
 */

import * as z from 'zod';
import { parseToml } from '../dependencies/toml';

/** Keys of package.json that decide what checks run and find (npm docs, "scripts"; each tool's own docs). */
const PACKAGE_KEYS = [
  ...['scripts', 'wireit', 'jest', 'mocha', 'ava', 'nyc', 'c8', 'vitest', 'tap', 'jasmine'],
  ...['eslintConfig', 'eslintIgnore', 'xo', 'standard', 'stylelint', 'prettier', 'size-limit'],
] as const;

/** Tables of pyproject.toml of programs that check (each tool's docs). */
const PYTHON_TOOLS =
  /^tool\.(?:pytest|coverage|ruff|mypy|flake8|pylint|pyright|basedpyright|tox|nox|black|isort|bandit|poe|taskipy|pdm\.scripts|rye\.scripts|hatch\.envs)(?:\.|$)/;

/**
 * The result's text with the base's parts for checks.
 *
 * @returns null when there is nothing to lay over; 'left' when the file is of a kind that is not taken apart, or cannot
 *   be read
 */
export function withBaseParts(path: string, base: string, result: string): string | null | 'left' {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (name === 'package.json') return withPackageKeys(base, result);
  return name === 'pyproject.toml' ? withTables(base, result) : 'left';
}

const object = z.record(z.string(), z.unknown());

function withPackageKeys(base: string, result: string): string | null | 'left' {
  const [was, is] = [readObject(base), readObject(result)];
  if (was === null || is === null) return 'left';
  const changed = PACKAGE_KEYS.filter((key) => JSON.stringify(was[key]) !== JSON.stringify(is[key]));
  if (changed.length === 0) return null;
  const laid = { ...is };
  for (const key of changed) {
    if (was[key] === undefined) delete laid[key];
    else laid[key] = was[key];
  }
  const indent = /^[{\s]*\n([ \t]+)"/.exec(result)?.[1] ?? '  ';
  return `${JSON.stringify(laid, null, indent)}\n`;
}

function readObject(text: string): Record<string, unknown> | null {
  try {
    const parsed = object.safeParse(JSON.parse(text.replace(/^\ufeff/, '')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** A line that begins a table (TOML v1.0.0, "Table"); a list that looks like one fails to parse afterwards. */
const TABLE = /^\s*\[{1,2}([A-Za-z0-9_."' -]{1,500})\]{1,2}\s*(?:#.*)?$/;

function withTables(base: string, result: string): string | null | 'left' {
  const [was, is] = [tablesOf(base), tablesOf(result)];
  const checking = (tables: readonly Table[]) => tables.filter(({ name }) => PYTHON_TOOLS.test(name));
  const text = (tables: readonly Table[]) => tables.map((table) => table.lines.join('\n')).join('\n');
  if (text(checking(was)).trim() === text(checking(is)).trim()) return null;
  const laid = `${text([...is.filter((table) => !checking([table]).includes(table)), ...checking(was)]).trimEnd()}\n`;
  try {
    parseToml(laid, z.unknown());
    return laid;
  } catch {
    return 'left';
  }
}

interface Table {
  readonly name: string;
  readonly lines: string[];
}

function tablesOf(text: string): readonly Table[] {
  const tables: Table[] = [{ name: '', lines: [] }];
  for (const line of text.replace(/\r\n/g, '\n').split('\n')) {
    const name = TABLE.exec(line)?.[1];
    if (name !== undefined) tables.push({ name: name.replace(/["'\s]/g, ''), lines: [] });
    tables.at(-1)?.lines.push(line);
  }
  return tables;
}
