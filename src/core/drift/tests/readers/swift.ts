/** Tests of Swift: XCTest, Swift Testing, Quick and Nimble. */
import { lineIndex } from '../../syntax/parse';
import type { TestFile } from '../model';
import type { ReadTests } from '../readers';
import { addRows, caseIn, type Group, groupIn, type Mark, raise, skip } from './drafts';
import type { Chain } from './fluent/chain';
import { constantTruth } from './fluent/texts';
import type { Frame } from './frames';
import { type Declared, type Dialect, Walk } from './lines/braces';
import { functionBehind } from './lines/functions';
import { SWIFT } from './lines/lexical';
import { operatorSaid, swiftAssertions } from './swift/assertions';
import { quick } from './swift/quick';
import { readAttribute } from './swift/traits';

/** Reads a file by lines: there is no grammar. */
export const readSwift: ReadTests = ({ text }) => new Reading(text).file();

const IMPORT = /^[ \t]*(?:@testable[ \t]+)?import[ \t]+(?:(?:struct|class|enum|func|protocol)[ \t]+)?([\w.]+)/gm;
const ENVIRONMENT = /\bProcessInfo\b|\bgetenv\(|\bSystem\b/;
const XCTEST = /^:\s*(?:\w*TestCase|\w*Tests?Base\w*)\b/;
/** What takes a failure for expected. */
const EXPECTED = /^(?:withKnownIssue|XCTExpectFailure)$/;

class Reading {
  readonly #text: string;
  readonly #walk: Walk;
  /** Types whose functions are tests by their names. */
  readonly #byName = new Set<string>();

  constructor(text: string) {
    this.#text = text;
    this.#walk = new Walk(text, this.#dialect, lineIndex(text));
  }

  file(): TestFile {
    for (const [, module = ''] of this.#text.matchAll(IMPORT)) this.#walk.notes.import(module, [module]);
    return this.#walk.run();
  }

  get #dialect(): Dialect {
    return {
      syntax: SWIFT,
      types: /^(?:class|struct|enum|actor|extension|protocol)$/,
      parenthesised: false,
      semicolons: false,
      bracketed: false,
      // XCTest's assertions throw nothing.
      caught: null,
      handsOn: /(?!)/,
      environment: ENVIRONMENT,
      functionAt: ({ stream }, index) => (stream.at(index) === 'func' ? functionBehind(stream, index) : null),
      type: (_, declared, frame) => this.#type(declared, frame),
      function: (_, declared, frame) => this.#function(declared, frame),
      property: () => {},
      chain: (_, chain, frame) => this.#chain(chain, frame),
    };
  }

  #type({ name, annotations, header, whole }: Declared, { group: around, test }: Frame): void {
    if (test !== null) return;
    const group = groupIn(around, name);
    for (const each of annotations) skip(group, readAttribute(each).skip);
    if (XCTEST.test(this.#walk.textOf(header, 200))) this.#byName.add(name);
    this.#walk.notes.frames.push(whole.to, { group, dead: null, muted: null, guarded: false });
  }

  #function({ name, annotations, body, header, whole }: Declared, { group, test }: Frame): void {
    const { notes } = this.#walk;
    if (test !== null) {
      notes.frames.push(whole.to, { dead: null });
      return;
    }
    // What Quick runs is in the function, not the function.
    if (name === 'spec' && group !== null) return;
    const said = annotations.map(readAttribute);
    const isNamed = this.#isNamedTest(name, group, header.to - header.from);
    if (!isNamed && !said.some(({ isTest }) => isTest)) {
      notes.beginHelper(this.#walk.isOverride(whole.from) ? `.${name}` : name, whole, /^setUp/.test(name));
      return;
    }
    const draft = caseIn(group, titleOf(name, isNamed), notes.lineOf(whole.from));
    for (const mark of this.#walk.compiledAt(whole.from)) skip(draft, mark);
    for (const each of said) {
      skip(draft, each.skip);
      addRows(draft, each.rows);
      raise(draft.patience, 'timeout', each.timeout);
    }
    notes.beginCase(draft, whole, body);
  }

  /** A method of XCTest begins with `test` and takes nothing; an extension may stand in another file than its class. */
  #isNamedTest(name: string, group: Group | null, length: number): boolean {
    if (group === null || !/^test(?!\p{Ll})/u.test(name) || length > 4) return false;
    return this.#byName.has(group.name) || /Tests?$/.test(group.name);
  }

  #chain(chain: Chain, frame: Frame): void {
    const { notes, stream, textOf } = this.#walk;
    if (quick(this.#walk, chain, frame)) return;
    const [link] = chain.links;
    const from = chain.span.from;
    if (link !== undefined && EXPECTED.test(link.name)) {
      this.#expected(chain, frame);
      return;
    }
    if (link !== undefined && /^XCTSkip(?:If|Unless)?$/.test(link.name) && link.args !== null) {
      const truth = constantTruth(link.args[0] === undefined ? '' : textOf(link.args[0]));
      const skips = link.name === 'XCTSkip' ? true : truth === null ? null : truth === (link.name === 'XCTSkipIf');
      const mark: Mark = { text: textOf(chain.span, 80), line: notes.lineOf(from), conditional: skips === null };
      if (skips !== false) notes.skips(mark, chain.span, frame);
      return;
    }
    const isMacro = stream.at(from - 1) === '#';
    const span = { from: isMacro ? from - 1 : from, to: chain.span.to };
    const said = swiftAssertions(chain, textOf, isMacro) ?? this.#operator(chain);
    if (said === null || said.length === 0) return;
    const to = said[0]?.text.startsWith('expect(') === true ? Math.max(span.to, this.#operatorEnd(chain)) : span.to;
    notes.says(said, { from: span.from, to }, frame);
  }

  /** `withKnownIssue { … }` mutes what is in it; `XCTExpectFailure()` everything behind it, which is a skip. */
  #expected({ links, span }: Chain, frame: Frame): void {
    const [link] = links;
    const block = link?.args?.at(-1);
    const isBlock = block !== undefined && this.#walk.stream.at(block.from) === '{';
    if (link === undefined) return;
    if (isBlock) this.#walk.role(block.from, { muted: `in ${link.name}` });
    else {
      const mark = { text: this.#walk.textOf(span, 80), line: this.#walk.notes.lineOf(span.from), conditional: false };
      this.#walk.notes.skips(mark, span, frame);
    }
  }

  /** Nimble's `expect(x) == y`. */
  #operator({ links, span }: Chain) {
    const { stream, textOf } = this.#walk;
    const [link] = links;
    const [about] = link?.args ?? [];
    const operator = stream.at(span.to);
    if (link?.name !== 'expect' || links.length !== 1 || about === undefined || !/^(?:[=!]==?|[<>]=?)$/.test(operator))
      return null;
    const expected = { from: span.to + 1, to: this.#walk.statementEnd(span.to + 1) };
    return [operatorSaid(textOf(about), operator, textOf(expected))];
  }

  #operatorEnd({ span }: Chain): number {
    return /^(?:[=!]==?|[<>]=?)$/.test(this.#walk.stream.at(span.to)) ? this.#walk.statementEnd(span.to + 1) : span.to;
  }
}

/** `testAdds` and `@Test func adds()` are the same test. */
function titleOf(name: string, isNamed: boolean): string {
  const bare = name.replace(/^test_?/, '');
  return isNamed && bare !== '' ? `${bare[0]?.toLowerCase() ?? ''}${bare.slice(1)}` : name;
}
