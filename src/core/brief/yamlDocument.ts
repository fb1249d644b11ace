/**
 * YAML that people write by hand, read against a schema: every problem knows its line and says what was found and what
 * is expected. The plain subset of YAML 1.2 only: no anchors, aliases, tags or merge keys, so a small file cannot grow
 * into a large value and no value is read as something that it does not look like.
 */
import { type Document, isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml';
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

/** What a schema expects, in words, by dotted path; `*` stands for a list's index. `''` is the whole. */
export type Expectations = Readonly<Record<string, string>>;

export interface YamlReading {
  /** Plain data; undefined when the text is not YAML of this subset. */
  readonly data: unknown;
  readonly problems: readonly Problem[];
  /** 1-based lines by dotted path, e.g. `scope.change.0`; `''` is the first line. */
  readonly lines: Readonly<Record<string, number>>;
}

const QUOTE = 'put quotes around text that begins with `*`, `&`, `!`, `{` or `[`, or that holds `{` inside `[ ]`';

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
  for (const { pos, message } of document.errors) {
    const line = lineAt(pos[0]);
    if (problems.has(line)) continue;
    problems.set(line, {
      line,
      path: '',
      message: `found a mistake in the YAML (${message.split('\n')[0]}), expected \`key: value\` lines and lists`,
      fix: `mend the named line; ${QUOTE}`,
    });
  }
  return [...problems.values()];
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
    const expected = expectations[generalise(path)] ?? issue.message;
    const message = `${dotted === '' ? '' : `${dotted}: `}found ${describeValue(valueAt(reading.data, path))}, expected ${expected}`;
    if (!problems.has(dotted)) problems.set(dotted, { line: lineOfPath(reading.lines, dotted), path: dotted, message });
  }
  return { value: null, problems: [...problems.values()] };
}

const generalise = (path: readonly string[]): string => path.map((part) => (/^\d+$/.test(part) ? '*' : part)).join('.');

function knownKeys(expectations: Expectations, path: readonly string[]): string[] {
  const prefix = path.length === 0 ? '' : `${generalise(path)}.`;
  return Object.keys(expectations)
    .filter((key) => key.startsWith(prefix) && key !== '')
    .map((key) => key.slice(prefix.length))
    .filter((key) => !key.includes('.') && key !== '*');
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
