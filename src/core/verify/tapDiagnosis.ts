/** The YAML block that a TAP producer writes behind a test point: what was expected, what was there, and where. */
import { parse } from 'yaml';
import { nestsDeeperThan } from '../yamlDepth';
import type { FailureDetail } from './failure';

/** Characters of a block that are read; longer ones are cut, and then need not parse. */
export const BLOCK_LIMIT = 64 * 1024;
const MAX_DEPTH = 50;

type Fields = ReadonlyMap<string, unknown>;

/** Reads the lines of a block; what does not parse explains nothing. Never throws. */
export function readDiagnosis(lines: readonly string[]): FailureDetail {
  const fields = fieldsOf(lines.join('\n').slice(0, BLOCK_LIMIT));
  const first = (...names: string[]): string | undefined => {
    const name = names.find((one) => fields.has(one));
    return name === undefined ? undefined : textOf(fields.get(name));
  };
  return {
    message: first('message', 'error'),
    trace: first('stack', 'diff'),
    expected: first('expected', 'wanted'),
    actual: first('actual', 'found', 'received'),
    ...placeOf(fields),
  };
}

function fieldsOf(text: string): Fields {
  try {
    if (nestsDeeperThan(MAX_DEPTH, text)) return new Map();
    // Aliases could make much of little; nobody needs one here.
    const value: unknown = parse(text, { maxAliasCount: 0, logLevel: 'silent', prettyErrors: false });
    return typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : new Map();
  } catch {
    return new Map();
  }
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  try {
    return JSON.stringify(value, null, 2) ?? String(value);
  } catch {
    return '';
  }
}

/** `at: { file, line }`, `at: f (file:3:5)`, `location: 'file:3:5'`. */
function placeOf(fields: Fields): Pick<FailureDetail, 'file' | 'line'> {
  const at = fields.get('at') ?? fields.get('location');
  if (typeof at === 'string') {
    const [, file, line] = /(?:^|\()(?:file:\/\/)?([^()]{1,1000}?):(\d{1,7})(?::\d{1,7})?\)?\s*$/.exec(at) ?? [];
    return file === undefined ? {} : { file, line: Number(line) };
  }
  if (typeof at !== 'object' || at === null) return {};
  const { file, fileName, line, lineNumber } = at as Readonly<Record<string, unknown>>;
  const name = file ?? fileName;
  const number = line ?? lineNumber;
  return typeof name !== 'string' ? {} : { file: name, ...(typeof number === 'number' ? { line: number } : {}) };
}
