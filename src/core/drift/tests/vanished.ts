/** Functions, classes and other named things that a change takes out of the code: what tested them may go with them. */
import type { Change, TreeReader } from '../diff';
import { languageOf } from '../syntax/language';
import { LONGEST_SOURCE } from '../syntax/parse';
import type { TestCase } from './model';
import { testPathOf } from './testPaths';
import { identifiersIn } from './texts';

/** More changed sources than this are not read for it. */
const MOST_SOURCES = 200;
/** Shorter names are in every text. */
const SHORTEST = 4;

const KEYWORD =
  /\b(?:def|fn|func|fun|function\*?|class|struct|enum|trait|interface|module|object|protocol|type|macro_rules!|const|let|var|val)[ \t]+(?:self\.)?(?:\([^()\n]{0,200}\)[ \t]*)?([\p{L}_$][\p{L}\p{N}_$]*)/gu;
/** With a modifier, or with a body that opens in its line: what else looks like this is a call. */
const METHOD =
  /^((?:(?:public|private|protected|internal|static|final|async|override|export|default|abstract)[ \t]+){1,6})?(?:([\w<>[\],.?]{1,100})[ \t]+)?([\p{L}_$][\p{L}\p{N}_$]*)\((?:[^()\n]{0,300}\)[^;=()\n]{0,200}\{$)?/u;
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
    for (const { oldOid, newOid, status } of sources) {
      const [before, after] = [status === 'A' ? null : await textOf(oldOid, reader), await textOf(newOid, reader)];
      for (const line of codeLines(after ?? '')) lines.add(line);
      for (const name of identifiersIn(codeLines(after ?? '').join('\n'))) left.add(name);
      for (const [name, next] of definitionsIn(before ?? '')) defined.set(name, [...(defined.get(name) ?? []), next]);
    }
    const gone = [...defined].filter(([name, next]) => !left.has(name) && !next.some((line) => lines.has(line)));
    return new VanishedNames(new Set(gone.map(([name]) => name)));
  }

  /** Whether a case needs one of them; `after` is what its file is now, which must do without. */
  explains({ body = '' }: TestCase, after: string): boolean {
    if (this.#names.size === 0) return false;
    const used = [...identifiersIn(body)].filter((name) => this.#names.has(name));
    return used.length > 0 && !used.some((name) => identifiersIn(after).has(name));
  }
}

function isSource({ path, status }: Change): boolean {
  const kind = testPathOf(path)?.kind;
  return languageOf(path) !== null && (kind === undefined || kind === 'inline') && status !== 'T';
}

async function textOf(oid: string | null, reader: TreeReader): Promise<string | null> {
  const blob = oid === null ? null : await reader.blob(oid, LONGEST_SOURCE);
  return blob === null || blob.tooLarge ? null : new TextDecoder('utf-8').decode(blob.bytes);
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
  const lines = codeLines(text);
  return lines.flatMap((line, at) => {
    const start = line.slice(0, 1_000);
    const found = [...start.matchAll(KEYWORD)].map(([, name = '']) => name);
    const method = methodIn(start);
    if (method !== null) found.push(method);
    return found.filter((name) => name.length >= SHORTEST).map((name) => [name, lines[at + 1] ?? ''] as const);
  });
}

function methodIn(line: string): string | null {
  const [whole = '', modifiers, type = '', name = ''] = METHOD.exec(line) ?? [];
  if (name === '' || NO_METHOD.test(name) || NO_METHOD.test(type)) return null;
  return modifiers !== undefined || whole.endsWith('{') ? name : null;
}
