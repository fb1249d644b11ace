/** Functions, classes and other named things that a change takes out of the code: what tested them may go with them. */
import { append } from '../append';
import type { Change, TreeReader } from '../diff';
import { languageOf } from '../syntax/language';
import { LONGEST_SOURCE } from '../syntax/parse';
import { codeOf } from './inline';
import type { TestCase } from './model';
import { testPathOf } from './testPaths';
import { identifiersIn } from './texts';

/** More changed sources than this are not read for it. */
const MOST_SOURCES = 200;
/** Shorter names are in every text. */
const SHORTEST = 4;

const KEYWORD =
  /\b(?:def|fn|func|fun|function\*?|class|struct|enum|trait|interface|module|object|protocol|type|macro_rules!)[ \t]+(?:self\.)?(?:\([^()\n]{0,200}\)[ \t]*)?([\p{L}_$][\p{L}\p{N}_$]*)/gu;
/** What has no indentation is no variable of a function. */
const OUTER =
  /^(?:export[ \t]+)?(?:pub(?:\([a-z]+\))?[ \t]+)?(?:const|let|var|val|static)[ \t]+([\p{L}_$][\p{L}\p{N}_$]*)/u;
/** With a modifier, or with a body that opens in its line: what else looks like this is a call. */
const METHOD =
  /^((?:(?:public|private|protected|internal|static|final|async|override|export|default|abstract)[ \t]+){1,6})?(?:([\w<>[\],.?]{1,100})[ \t]+)?([\p{L}_$][\p{L}\p{N}_$]*)\((?:[^()\n]{0,300}\)[^;=()\n]{0,200}\{$)?/u;
const STRING = /"(?:[^"\\]|\\.)*"|'(?:[^'\\\n]|\\.)*'/gs;
const NO_METHOD =
  /^(?:if|for|while|switch|catch|return|else|elif|elsif|unless|match|with|when|new|throw|await|yield|do|defer|go)$/;

/** Names that were defined in changed sources, and that none of them has any more. */
export class VanishedNames {
  readonly #names: ReadonlySet<string>;

  private constructor(names: ReadonlySet<string>) {
    this.#names = names;
  }

  /** Reads both sides of changed sources. */
  static async of(changes: readonly Change[], reader: TreeReader): Promise<VanishedNames> {
    const sources = changes.filter(isSource);
    if (sources.length === 0 || sources.length > MOST_SOURCES) return new VanishedNames(new Set());
    const defined = new Map<string, string[]>();
    const left = new Set<string>();
    const lines = new Set<string>();
    for (const change of sources) {
      const [before, after] = [
        await textOf(change.oldOid, change, reader),
        await textOf(change.newOid, change, reader),
      ];
      const now = codeLines(after ?? '');
      for (const line of now) lines.add(line);
      for (const name of identifiersIn(now.join('\n'))) left.add(name);
      for (const [name, next] of definitionsIn(before ?? '')) append(defined, name, next);
    }
    const gone = [...defined].filter(([name, next]) => !left.has(name) && !next.some((line) => lines.has(line)));
    return new VanishedNames(new Set(gone.map(([name]) => name)));
  }

  /** Tells of each case of a file whether it needs one of them; `after` is what the file is now, which must do without. */
  explains(after: string): (test: TestCase) => boolean {
    if (this.#names.size === 0) return () => false;
    const left = identifiersIn(after);
    const names = new Set([...this.#names].filter((name) => !left.has(name)));
    return ({ body = '' }) => [...identifiersIn(body.replace(STRING, ''))].some((name) => names.has(name));
  }
}

function isSource({ path, status }: Change): boolean {
  const kind = testPathOf(path)?.kind;
  return languageOf(path) !== null && (kind === undefined || kind === 'inline') && status !== 'T';
}

async function textOf(oid: string | null, { path }: Change, reader: TreeReader): Promise<string | null> {
  const blob = oid === null ? null : await reader.blob(oid, LONGEST_SOURCE);
  if (blob === null || blob.tooLarge) return null;
  const text = new TextDecoder('utf-8').decode(blob.bytes);
  return testPathOf(path)?.kind === 'inline' ? codeOf(text) : text;
}

/** Lines that are no comment, without indentation. */
function codeLines(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^(?:\/\/|#(?![[!])|\*|\/\*|--)/.test(line));
}

/** Names with the line that follows: where that line is still there, the thing only has another name. */
function definitionsIn(text: string): readonly (readonly [string, string])[] {
  const outer = new Set([...text.matchAll(new RegExp(OUTER, 'gmu'))].map(([, name = '']) => name));
  const lines = codeLines(text);
  return lines.flatMap((line, at) => {
    const start = line.slice(0, 1_000);
    const found = [...start.matchAll(KEYWORD)].map(([, name = '']) => name);
    const method = methodIn(start);
    if (method !== null) found.push(method);
    const variable = OUTER.exec(start)?.[1];
    if (variable !== undefined && outer.has(variable)) found.push(variable);
    const next = lines.slice(at + 1, at + 4).find((each) => /\p{L}/u.test(each)) ?? '';
    return found.filter((name) => name.length >= SHORTEST).map((name) => [name, next] as const);
  });
}

function methodIn(line: string): string | null {
  const [whole = '', modifiers, type = '', name = ''] = METHOD.exec(line) ?? [];
  if (name === '' || NO_METHOD.test(name) || NO_METHOD.test(type)) return null;
  return modifiers !== undefined || whole.endsWith('{') ? name : null;
}
