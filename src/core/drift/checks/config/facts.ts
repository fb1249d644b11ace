/** A configuration as facts: a key, and a text, a list or code at it. What has the same facts means the same. */
import { Code, isList, isTable, type Table, type Value, written } from '../value';

export interface Fact {
  readonly path: readonly string[];
  /** Text for a scalar or code; items for a list, in order. */
  readonly value: string | readonly string[];
  readonly isCode: boolean;
}

export type Facts = ReadonlyMap<string, Fact>;

/** Keys by which an item of a list is known, whatever its place: the first that it has; else by which keys it has. */
const IDENTITIES = [
  ...[
    'name',
    '@name',
    'id',
    '@id',
    'artifactId',
    'displayName',
    'module',
    'files',
    'includes',
    'include',
    'path',
    'paths',
  ],
  ...['message', 'identifier', 'linters', 'element', 'counter', '@directory', 'test', 'project'],
];
const LEVELS = /^(?:off|warn|error|[012])$/;

/** Flattens a value. `levels`: whether `["error", …]` and `{ level: "error", … }` are a rule's level with its options. */
export function factsOf(value: Value, levels = false): Facts {
  const facts = new Map<string, Fact>();
  const add = (path: readonly string[], content: string | readonly string[], isCode = false) => {
    facts.set(JSON.stringify(path), { path, value: content, isCode });
  };
  const walk = (each: Value, path: readonly string[]): void => {
    if (typeof each === 'string') add(path, each);
    else if (each instanceof Code) add(path, each.text, true);
    else if (isTable(each)) {
      for (const [key, item] of each) walk(item, levels && key === 'level' ? path : [...path, key]);
    } else if (levels && isRule(each)) {
      walk(each[0] as Value, path);
      if (each.length > 1) add([...path, 'options'], each.slice(1).map(written).join(', '));
    } else walkList(each as readonly Value[], path, walk, add);
  };
  walk(value, []);
  return facts;
}

function isRule(value: Value): value is readonly Value[] {
  return (
    isList(value) && value.length > 0 && typeof value[0] === 'string' && LEVELS.test(value[0]) && value.length < 10
  );
}

function walkList(
  list: readonly Value[],
  path: readonly string[],
  walk: (value: Value, path: readonly string[]) => void,
  add: (path: readonly string[], content: readonly string[]) => void,
): void {
  const tables = list.filter(isTable);
  const others = list.filter((item) => !isTable(item));
  const nested = others.some((item) => isList(item) && item.some(isTable));
  if (others.length > 0 || list.length === 0) add(path, others.map(written));
  if (nested) for (const item of others) if (isList(item)) walk(item, path);
  const counts = new Map<string, number>();
  for (const item of tables) {
    const label = labelOf(item);
    const count = (counts.get(label) ?? 0) + 1;
    counts.set(label, count);
    walk(item, [...path, count === 1 ? label : `${label} ${count}`]);
  }
}

/** The key that an item of a list is known by. */
export function labelOf(table: Table): string {
  for (const key of IDENTITIES) {
    const value = table.get(key);
    if (value !== undefined && !isTable(value)) return `[${written(value).slice(0, 200)}]`;
  }
  return `[${[...table.keys()].sort().join(', ').slice(0, 200)}]`;
}
