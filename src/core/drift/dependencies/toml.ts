/** TOML read safely: bounded in length and depth, with the one kind of failure of all formats. */
import { parse } from 'smol-toml';
import type * as z from 'zod';
import { shaped, Unreadable } from './document';

/** Longer files are refused by whoever reads blobs; this bound holds for texts that came another way. */
const MAX_LENGTH = 8 * 1024 * 1024;

/** Levels of inline tables and arrays: manifests have three or four. */
const MAX_DEPTH = 50;

/**
 * TOML that fits the schema. Dates and times are objects, which no schema here asks for.
 *
 * @param text the document (TOML 1.0), with or without a byte order mark
 * @param schema what of it matters; unknown keys are the schema's own business
 * @returns what the schema makes of it
 * @throws Unreadable when it is too long, nested too deeply, no TOML, or of another shape
 */
export function parseToml<T extends z.ZodType>(text: string, schema: T): z.output<T> {
  if (text.length > MAX_LENGTH) throw new Unreadable('it is too long');
  let value: unknown;
  try {
    // A number too large to be exact would be an error of the whole file; as a bigint it is only one of its key.
    value = parse(text, { maxDepth: MAX_DEPTH, integersAsBigInt: 'asNeeded' });
  } catch {
    throw new Unreadable('it is not TOML, or nested too deeply');
  }
  return shaped(value, schema);
}
