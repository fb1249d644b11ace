/** TOML read safely: bounded, and with one kind of failure. */
import { parse } from 'smol-toml';
import type * as z from 'zod';
import { shaped, Unreadable } from './document';

/** Levels of arrays and inline tables: manifests have three or four. */
const MAX_DEPTH = 50;
/** The longest text, in UTF-16 units; lockfiles of large workspaces stay below one million. */
const LONGEST = 5 * 1024 * 1024;

/** TOML 1.0 that fits the schema. Throws Unreadable. */
export function parseToml<T extends z.ZodType>(text: string, schema: T): z.output<T> {
  if (text.length > LONGEST) throw new Unreadable('it is too large');
  let value: unknown;
  try {
    value = parse(text, { maxDepth: MAX_DEPTH });
  } catch {
    throw new Unreadable('it is not TOML');
  }
  return shaped(value, schema);
}
