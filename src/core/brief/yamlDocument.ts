/**
 * YAML that people write by hand, read against a schema: every problem knows its line and says what was found and what
 * is expected. The plain subset of YAML 1.2 only: no anchors, aliases, tags or merge keys, so a small file cannot grow
 * into a large value and no value is read as something that it does not look like.
 */
import {
  type Document,
  type ErrorCode,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
} from 'yaml';
import type * as z from 'zod';
import { nestsDeeperThan } from '../yamlDepth';
import { nearestWord } from './nearest';

/** Something wrong in a file, at a 1-based line of it. */
export interface Problem {
  readonly line: number;
  /** Dotted path of the key, `# Name` of the section, or `''` where the text is no YAML. */
  readonly path: string;
  readonly message: string;
  /** What to do, where the general advice would not help. */
  readonly fix?: string;
}

/** What a schema expects, in words, by dotted path; `*` stands for a list's index or any key. `''` is the whole. */
export type Expectations = Readonly<Record<string, string>>;

export interface YamlReading {
  /** Plain data; undefined when the text is not YAML of this subset. */
  readonly data: unknown;
  readonly problems: readonly Problem[];
  /** 1-based lines by dotted path, e.g. `scope.change.0`; `''` is the first line. */
  readonly lines: Readonly<Record<string, number>>;
}

const QUOTE = 'put quotes around text that begins with `*`, `&`, `!`, `{` or `[`, or that holds `{` inside `[ ]`';

/** What usually helps against a mistake, by the parser's code of it. */
const YAML_FIXES: Readonly<Partial<Record<ErrorCode, string>>> = {
  BAD_DQ_ESCAPE: 'write a backslash twice, or use single quotes',
  BAD_INDENT: 'indent the keys of one map alike, with spaces',
  BAD_SCALAR_START: 'put quotes around text that begins with `@`, `%` or a backtick',
  BLOCK_AS_IMPLICIT_KEY: 'put quotes around text that holds `: `',
  DUPLICATE_KEY: 'keep one of the two keys',
  MULTILINE_IMPLICIT_KEY: 'write `key: value`; put quotes around text of several lines',
  TAB_AS_INDENT: 'indent with spaces',
};

/** Parses a YAML text whose first line is line `firstLine` of its file. Never throws. */
export function readYaml(text: string, firstLine: number): YamlReading {
  const counter = new LineCounter();
  const lineAt = (offset: number): number => firstLine - 1 + Math.max(1, counter.linePos(offset).line);
  try {
    if (nestsDeeperThan(MAX_DEPTH, text)) return unreadable(firstLine, 'it is nested too deeply');
    const document = parseDocument(text, {
      schema: 'core',
      lineCounter: counter,
      prettyErrors: false,
      stringKeys: true,
      strict: true,
      uniqueKeys: true,
    });
    const problems = [...syntaxProblems(document, lineAt), ...foreignNodes(document, lineAt)];
    const lines = collectLines(document, lineAt, firstLine);
    if (problems.length > 0) return { data: undefined, problems, lines };
    return { data: document.toJS({ maxAliasCount: 0 }), problems, lines };
  } catch (thrown) {
    return unreadable(firstLine, thrown instanceof Error ? thrown.message : String(thrown));
  }
}

function unreadable(line: number, why: string): YamlReading {
  const problem = { line, path: '', message: `found what cannot be read (${why}), expected YAML` };
  return { data: undefined, problems: [problem], lines: { '': line } };
}

/** The formats need four. */
const MAX_DEPTH = 50;

/** At most one a line: after a mistake, the rest of its line is guesswork. Tags are named by `foreignNodes`. */
function syntaxProblems(document: Document, lineAt: (offset: number) => number): Problem[] {
  const problems = new Map<number, Problem>();
  for (const { code, pos, message } of document.errors) {
    const unclosed = unclosedAt(document, pos[0]);
    const line = lineAt(unclosed ?? pos[0]);
    if (problems.has(line)) continue;
    const advice = unclosed === null ? (YAML_FIXES[code] ?? QUOTE) : 'close the quote or bracket that begins there';
    problems.set(line, {
      line,
      path: '',
      message: `found a mistake in the YAML (${message.split('\n')[0]}), expected \`key: value\` lines and lists`,
      fix: `mend the named line: ${advice}`,
    });
  }
  return [...problems.values()];
}

/**
 * Where the quote or bracket begins that is still open at `end`, or null. The parser names the end: for a quote that is
 * the end of the text, far from the mistake.
 */
function unclosedAt(document: Document, end: number): number | null {
  let start: number | null = null;
  visit(document, {
    Node: (_, node) => {
      const range = isNode(node) ? node.range : null;
      if (range == null || range[1] !== end || range[0] === end) return;
      const quoted = isScalar(node) && (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE');
      const bracketed = (isMap(node) || isSeq(node)) && node.flow === true;
      if (quoted || bracketed) start = range[0];
    },
  });
  return start;
}

function foreignNodes(document: Document, lineAt: (offset: number) => number): Problem[] {
  const problems: Problem[] = [];
  const report = (range: readonly number[] | null | undefined, what: string): void => {
    problems.push({
      line: lineAt(range?.[0] ?? 0),
      path: '',
      message: `found ${what}, expected plain text, a list or a map`,
      fix: QUOTE,
    });
  };
  visit(document, {
    Node: (_, node) => {
      if (isAlias(node)) report(node.range, `an alias (\`*${node.source}\`)`);
      else if (node.anchor !== undefined) report(node.range, `an anchor (\`&${node.anchor}\`)`);
      else if (node.tag !== undefined) report(node.range, `a tag (\`${node.tag}\`)`);
    },
  });
  return problems;
}

function collectLines(document: Document, lineAt: (offset: number) => number, firstLine: number) {
  const lines: Record<string, number> = { '': firstLine };
  const walk = (node: unknown, path: string): void => {
    const below = (key: string | number): string => (path === '' ? String(key) : `${path}.${key}`);
    if (isMap(node)) {
      for (const { key, value } of node.items) {
        if (!isScalar(key)) continue;
        lines[below(String(key.value))] = lineAt(key.range?.[0] ?? 0);
        walk(value, below(String(key.value)));
      }
    } else if (isSeq(node)) {
      for (const [index, item] of node.items.entries()) {
        if (isNode(item)) lines[below(index)] = lineAt(item.range?.[0] ?? 0);
        walk(item, below(index));
      }
    }
  };
  walk(document.contents, '');
  return lines;
}

/** The line of a path, or of the nearest thing around it that is there. */
export function lineOfPath(lines: Readonly<Record<string, number>>, path: string): number {
  for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
    if (Object.hasOwn(lines, at)) return lines[at]!;
  }
  return lines['']!;
}

/** Checks data against a schema. Returns the parsed value, or null and a problem for each place that does not fit. */
export function checkSchema<S extends z.ZodType>(
  schema: S,
  reading: YamlReading,
  expectations: Expectations,
): { value: z.output<S> | null; problems: Problem[] } {
  const result = schema.safeParse(reading.data);
  if (result.success) return { value: result.data, problems: [] };
  const problems = new Map<string, Problem>();
  for (const issue of result.error.issues) {
    const path = issue.path.map(String);
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) {
        const dotted = [...path, key].join('.');
        problems.set(dotted, unknownKey(dotted, key, knownKeys(expectations, path), lineOfPath(reading.lines, dotted)));
      }
      continue;
    }
    const dotted = path.join('.');
    if (issue.code === 'invalid_key') {
      const message = `${dotted}: found a key that does not fit, expected ${issue.issues[0]?.message ?? issue.message}`;
      problems.set(dotted, { line: lineOfPath(reading.lines, dotted), path: dotted, message });
      continue;
    }
    const expected = expectationOf(expectations, path) ?? issue.message;
    const message = `${dotted === '' ? '' : `${dotted}: `}found ${describeValue(valueAt(reading.data, path))}, expected ${expected}`;
    if (!problems.has(dotted)) problems.set(dotted, { line: lineOfPath(reading.lines, dotted), path: dotted, message });
  }
  return { value: null, problems: [...problems.values()] };
}

/** Whether an expectation's dotted path is that of a place. */
function isPlace(pattern: string, path: readonly string[]): boolean {
  const parts = pattern === '' ? [] : pattern.split('.');
  return parts.length === path.length && parts.every((part, index) => part === '*' || part === path[index]);
}

function expectationOf(expectations: Expectations, path: readonly string[]): string | undefined {
  return Object.entries(expectations).find(([pattern]) => isPlace(pattern, path))?.[1];
}

function knownKeys(expectations: Expectations, path: readonly string[]): string[] {
  return Object.keys(expectations).flatMap((pattern) => {
    const parts = pattern.split('.');
    const key = parts.pop() ?? '';
    return key !== '' && key !== '*' && isPlace(parts.join('.'), path) ? [key] : [];
  });
}

function unknownKey(dotted: string, key: string, known: readonly string[], line: number): Problem {
  const nearest = nearestWord(key, known);
  const expected = nearest === null ? `one of ${known.join(', ')}` : `\`${nearest}\``;
  return {
    line,
    path: dotted,
    message: `${dotted}: found an unknown key, expected ${expected}`,
    ...(nearest === null ? {} : { fix: `write \`${nearest}\` instead of \`${key}\`` }),
  };
}

function valueAt(data: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (at, part) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[part] : undefined),
    data,
  );
}

/** A value as a person would name it, short. */
export function describeValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'an empty value';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  switch (typeof value) {
    case 'string':
      return value === ''
        ? 'empty text'
        : `text (${JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value)})`;
    case 'number':
      return `a number (${value})`;
    case 'boolean':
      return `\`${value}\``;
    default:
      return 'a map';
  }
}

/** All problems of a file as one message: the first in front, the rest below it, in the order of the file. */
export function describeProblems(file: string, problems: readonly Problem[]): string {
  const shown = problems.slice(0, 50).map(({ line, message }) => `${file}:${line}: ${message}`);
  if (problems.length > shown.length) shown.push(`… and ${problems.length - shown.length} more`);
  return shown.join('\n');
}
