/** Text formats read safely: bounded, and with one kind of failure, whose reason a person can read. */
import { parse as parseYamlText } from 'yaml';
import * as z from 'zod';
import { nestsDeeperThan } from '../../yamlDepth';

/** Why a manifest or lockfile could not be read. Caught in `dependencies.ts`, where it becomes `deps/unparsed`. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

/** No lockfile uses aliases; a few are tolerated, a bomb of them is not. */
const MAX_ALIASES = 50;

/** Levels of a YAML lockfile: the deepest known has six. */
const MAX_DEPTH = 50;

/** A name, version or address: longer ones are no honest ones, and would make every later look at them slow. */
export const word = z.string().max(4096);
/** Names to versions, or the like. */
export const wordTable = z.record(word, word);

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
  if (nestsDeeperThan(MAX_DEPTH, text)) throw new Unreadable('it is nested too deeply');
  let value: unknown;
  try {
    // Pretty errors quote the line for each of them: a long line of errors would take the square of its length.
    const options = { schema: 'failsafe', uniqueKeys: false, logLevel: 'error', prettyErrors: false } as const;
    value = parseYamlText(text, { ...options, maxAliasCount: MAX_ALIASES });
  } catch {
    throw new Unreadable('it is not YAML of one document');
  }
  // An empty file, or one of comments, sets nothing.
  return shaped(value ?? {}, schema);
}

/** A value that fits the schema. Throws Unreadable, which names the first place that does not. */
export function shaped<T extends z.ZodType>(value: unknown, schema: T): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const where = issue?.path.map(String).join('.') || 'the top';
  throw new Unreadable(`it has an unexpected shape at ${where.slice(0, 200)}`);
}

/**
 * JSON's text in pieces: a string, a comment, a comma, or a run of anything else. What does not end ends with the text,
 * so that no input makes the search start over again and again.
 */
const PIECES = /"[^"\\]*(?:\\[\s\S][^"\\]*)*(?:"|\\?$)|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|,|[^",/]+|[\s\S]/g;

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
