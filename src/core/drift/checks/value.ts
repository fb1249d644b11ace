/** A document's data, whatever its format: text, lists, tables, and code that nobody runs. */
import { Unreadable } from '../dependencies/document';

/** An expression of a configuration that is a program; `text` is without comments and white space. */
export class Code {
  constructor(readonly text: string) {}
}

/** Scalars are text: `true` and `"true"` mean the same to every tool that reads more than one format. */
export type Value = string | Code | readonly Value[] | Table;
export type Table = ReadonlyMap<string, Value>;

/** Levels that no configuration of people needs; every walk over a value recurses. */
export const MAX_DEPTH = 40;
/** Values of one document. */
const MAX_VALUES = 100_000;

export const EMPTY: Table = new Map();

/** What a parser returned as a value. Throws Unreadable when it is too deep or too large. */
export function toValue(data: unknown): Value {
  let count = 0;
  const convert = (item: unknown, depth: number): Value => {
    count += 1;
    if (depth > MAX_DEPTH) throw new Unreadable('it is nested too deeply');
    if (count > MAX_VALUES) throw new Unreadable('it holds too much');
    if (Array.isArray(item)) return item.map((each: unknown) => convert(each, depth + 1));
    if (item instanceof Date) return item.toISOString();
    if (item instanceof Map) return new Map([...item].map(([key, each]) => [String(key), convert(each, depth + 1)]));
    if (typeof item === 'object' && item !== null) {
      return new Map(Object.entries(item).map(([key, each]) => [key, convert(each, depth + 1)]));
    }
    return String(item);
  };
  return convert(data, 0);
}

export function isTable(value: Value | undefined): value is Table {
  return value instanceof Map;
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** The value below some keys, or undefined. */
export function valueAt(value: Value | undefined, ...keys: readonly string[]): Value | undefined {
  let found = value;
  for (const key of keys) found = isTable(found) ? found.get(key) : undefined;
  return found;
}

/** Texts of a value: itself, or the items of a list that are texts. */
export function textsOf(value: Value | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  return isList(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** A value on one line, tables by sorted keys: equal for equal meaning. */
export function written(value: Value): string {
  if (typeof value === 'string') return value;
  if (value instanceof Code) return value.text;
  if (isList(value)) return `[${value.map(written).join(', ')}]`;
  const keys = [...(value as Table).keys()].sort();
  return `{${keys.map((key) => `${key}: ${written((value as Table).get(key) ?? '')}`).join(', ')}}`;
}
