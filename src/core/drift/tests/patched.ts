/**
 * Files that change Node's assertions while they run: whoever imports such a file, a test through the source that it tests,
 * asserts something else from then on, although the test stands as it stood.
 */
import type { SyntaxNodeRef } from '@lezer/common';
import { hasNewContent, MODE } from '../changes';
import { mapConcurrently } from '../concurrent';
import type { Change } from '../diff';
import type { ContentRule, RuleContext } from '../input';
import type { RawFinding } from '../report';
import { type Language, languageOf } from '../syntax/language';
import { LONGEST_SOURCE, lineIndex, type Syntax } from '../syntax/parse';
import { parseOnce } from '../syntax/parses';
import { placesOf } from './testPaths';

const SCRIPTS: ReadonlySet<Language | null> = new Set(['javascript', 'jsx', 'typescript', 'tsx']);
const READS_AT_ONCE = 16;
/** Only what names the module can change it. */
const NAMES_MODULE = /(['"`])(?:node:)?assert(?:\/strict)?\1/;
/** Node.js, Assert: the functions of the module that fail. */
const ASSERTIONS =
  'ok|equal|notEqual|strictEqual|notStrictEqual|deepEqual|notDeepEqual|deepStrictEqual|notDeepStrictEqual|' +
  'partialDeepStrictEqual|throws|doesNotThrow|rejects|doesNotReject|match|doesNotMatch|ifError|fail';
const MODULE = String.raw`require\((?:'|")(?:node:)?assert(?:\/strict)?(?:'|")\)`;

/** An added line that can be a part of it; only files with one are read. */
const HINT = new RegExp(
  `\\.\\s*(?:${ASSERTIONS})\\s*=(?!=)|\\b(?:Object\\s*\\.|Reflect\\s*\\.)|${NAMES_MODULE.source}`,
);
/** Beyond it a line was not written by hand. */
const LONGEST_LINE = 2_000;

/** Findings of the files that replace an assertion, and did not at the base. */
export const judgePatched: ContentRule = async (context) => {
  const scripts = context.changes.filter(
    (change) => hasNewContent(change) && change.newMode !== MODE.link && SCRIPTS.has(languageOf(change.path)),
  );
  const found = await mapConcurrently(scripts, READS_AT_ONCE, async (change) => {
    const lines = await context.reader.addedLines(change);
    const isHinted = lines.some(({ text }) => text.length <= LONGEST_LINE && HINT.test(text));
    return isHinted ? judgeChange(change, context.reader) : [];
  });
  return { findings: found.flat() };
};

async function judgeChange(change: Change, reader: RuleContext['reader']): Promise<readonly RawFinding[]> {
  const after = await read(change.path, change.newOid, reader);
  if (after === null) return [];
  const patches = patchesIn(after);
  if (patches.length === 0) return [];
  const before = await read(change.oldPath ?? change.path, change.oldOid, reader);
  const known = new Set(before === null ? [] : patchesIn(before).map(({ name }) => name));
  const fresh = patches.filter(({ name }) => !known.has(name));
  const [first] = fresh;
  if (first === undefined) return [];
  const names = [...new Set(fresh.map(({ name }) => `assert.${name}`))].join(', ');
  const isTest = placesOf(change)[1] !== null;
  return [
    {
      rule: 'tests/weakened',
      // Tests of what asserts replace assertions for a while; a source that is tested has no reason to.
      ...(isTest ? { severity: 'warn' as const } : { grantable: false }),
      path: change.path,
      line: first.line,
      message: `It replaces ${names} of Node.js while it runs: every test that loads it asserts something else.`,
      evidence: names,
    },
  ];
}

async function read(path: string, oid: string | null, reader: RuleContext['reader']): Promise<Syntax | null> {
  const language = languageOf(path);
  if (oid === null || language === null) return null;
  const blob = await reader.blob(oid, LONGEST_SOURCE);
  if (blob === null || blob.tooLarge) return null;
  const text = new TextDecoder('utf-8').decode(blob.bytes);
  return NAMES_MODULE.test(text) ? parseOnce(reader, language, text) : null;
}

interface Patch {
  /** Of the assertion. */
  readonly name: string;
  readonly line: number;
}

function patchesIn(syntax: Syntax): readonly Patch[] {
  const { text, tree } = syntax;
  const modules = namesOfModule(syntax);
  const target = new RegExp(`^(?:${[...modules, MODULE].join('|')})(?:\\.strict)?\\.(${ASSERTIONS})$`);
  const object = new RegExp(`^(?:${[...modules, MODULE].join('|')})(?:\\.strict)?$`);
  const member = new RegExp(`["'\`{,](${ASSERTIONS})["'\`:,(}]`);
  const lineOf = lineIndex(text);
  const found: Patch[] = [];
  tree.iterate({
    enter: (node) => {
      const name =
        node.name === 'AssignmentExpression'
          ? assignedTo(node, text, target)
          : node.name === 'CallExpression'
            ? definedOn(node, text, object, member)
            : null;
      if (name !== null) found.push({ name, line: lineOf(node.from) });
    },
  });
  return found;
}

/** `assert.equal = …`. What takes the stricter one in its place loses nothing. */
function assignedTo({ node }: SyntaxNodeRef, text: string, target: RegExp): string | null {
  const { firstChild: left, lastChild: right } = node;
  if (left?.name !== 'MemberExpression' || right === null) return null;
  const name = target.exec(dense(text.slice(left.from, left.to)))?.[1];
  if (name === undefined) return null;
  const value = right.to - right.from > 200 ? '' : dense(text.slice(right.from, right.to));
  return value.toLowerCase().endsWith(`strict${name.toLowerCase()}`) ? null : name;
}

/** `Object.assign(assert, { equal() {} })`, `Object.defineProperty(assert, 'equal', …)`, `Reflect.set(assert, 'equal', …)`. */
function definedOn({ node }: SyntaxNodeRef, text: string, object: RegExp, member: RegExp): string | null {
  const [called, list] = [node.firstChild, node.getChild('ArgList')];
  if (called === null || list === null || called.to - called.from > 100) return null;
  if (
    !/^(?:Object\.(?:assign|definePropert(?:y|ies))|Reflect\.(?:set|defineProperty))$/.test(
      dense(text.slice(called.from, called.to)),
    )
  )
    return null;
  const first = list.firstChild?.nextSibling;
  if (!first || first.to - first.from > 200 || !object.test(dense(text.slice(first.from, first.to)))) return null;
  return member.exec(dense(text.slice(first.to, Math.min(list.to, first.to + MOST_DEFINED))))?.[1] ?? null;
}

/** Characters of what is defined on a module that are looked at. */
const MOST_DEFINED = 2_000;

function dense(text: string): string {
  return text.replace(/\s+/g, '').replaceAll('?.', '.');
}

/** What a file calls the module: by `import` and by `require`, whole or its `strict`. */
function namesOfModule({ text, tree }: Syntax): readonly string[] {
  const names = new Set<string>();
  tree.iterate({
    enter: (node) => {
      if (node.name !== 'ImportDeclaration' && node.name !== 'VariableDeclaration') return;
      const said = text.slice(node.from, Math.min(node.to, node.from + MOST_DEFINED));
      if (!NAMES_MODULE.test(said)) return;
      for (const name of bound(said)) names.add(name.replaceAll('$', '\\$'));
    },
  });
  return [...names];
}

const BINDINGS: readonly RegExp[] = [
  /^import\s+([\w$]+)\s*(?:,|from)/,
  /^import\s+(?:[\w$]+\s*,\s*)?\*\s*as\s+([\w$]+)\s+from/,
  /^(?:import|const|let|var)\b[^'"{]*\{[^'"}]*\b(?:default|strict)\s*(?:as|:)\s*([\w$]+)/,
  /^(?:import|const|let|var)\b[^'"{]*\{[^'"}:]*\b(strict)\s*[,}]/,
  /^(?:const|let|var)\s+([\w$]+)\s*=\s*(?:await\s+import|require)\s*\(/,
];

function bound(said: string): readonly string[] {
  return BINDINGS.flatMap((form) => form.exec(said)?.[1] ?? []);
}
