/** Text formats read safely: bounded, and with one kind of failure, whose reason a person can read. */
import { parse as parseYamlText } from 'yaml';
import type * as z from 'zod';

/** Why a manifest or lockfile could not be read. Caught in `dependencies.ts`, where it becomes `deps/unparsed`. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

/** No lockfile uses aliases; a few are tolerated, a bomb of them is not. */
const MAX_ALIASES = 50;

/** UTF-8 text without a byte order mark. Throws Unreadable for other bytes, and for a file with merge conflicts. */
export function readText(bytes: Uint8Array): string {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Unreadable('it is not UTF-8');
  }
  if (/^(?:<{7}|>{7})(?: |$)/m.test(text)) throw new Unreadable('it has conflict markers');
  return text;
}

/** JSON that fits the schema. Throws Unreadable. */
export function parseJson<T extends z.ZodType>(text: string, schema: T): z.output<T> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Unreadable('it is not JSON');
  }
  return shaped(value, schema);
}

/** JSON with comments and trailing commas. Throws Unreadable. */
export function parseJsonc<T extends z.ZodType>(text: string, schema: T): z.output<T> {
  return parseJson(plainJson(text), schema);
}

/** YAML of one document, every scalar as a string (versions such as `1.10` are no numbers). Throws Unreadable. */
export function parseYaml<T extends z.ZodType>(text: string, schema: T): z.output<T> {
  let value: unknown;
  try {
    const options = { schema: 'failsafe', uniqueKeys: false, logLevel: 'error' } as const;
    value = parseYamlText(text, { ...options, maxAliasCount: MAX_ALIASES });
  } catch {
    throw new Unreadable('it is not YAML of one document');
  }
  return shaped(value, schema);
}

function shaped<T extends z.ZodType>(value: unknown, schema: T): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const where = issue?.path.map(String).join('.') || 'the top';
  throw new Unreadable(`it has an unexpected shape at ${where.slice(0, 200)}`);
}

/** A string, or a run of white space and comments, or a comma, or anything else: JSON's text in pieces. */
const PIECES = /"(?:[^"\\]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\/|,|[^",/]+|[\s\S]/g;

/** The text without comments and without commas before a closing bracket; strings are left alone. */
function plainJson(text: string): string {
  const kept: string[] = [];
  let comma = -1;
  for (const [piece] of text.matchAll(PIECES)) {
    if (piece.startsWith('//') || piece.startsWith('/*')) continue;
    if (comma !== -1 && /^\s*[}\]]/.test(piece)) kept[comma] = '';
    if (piece.trim() !== '') comma = piece === ',' ? kept.length : -1;
    kept.push(piece);
  }
  return kept.join('');
}
