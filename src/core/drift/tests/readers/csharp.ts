/** Tests of C#: xUnit, NUnit, MSTest, TUnit, and the assertion libraries around them. */
import { lineIndex } from '../../syntax/parse';
import type { TestFile } from '../model';
import type { ReadTests } from '../readers';
import { csharpAssertions } from './csharp/assertions';
import { isSetupAttribute, isTestAttribute, readAttribute } from './csharp/attributes';
import { methodAt } from './csharp/methods';
import { skippedBy } from './csharp/skips';
import { addRows, caseIn, groupIn, raise, skip } from './drafts';
import type { Chain } from './fluent/chain';
import { throwing } from './fluent/said';
import type { Frame } from './frames';
import { type Declared, type Dialect, Walk } from './lines/braces';
import { CSHARP } from './lines/lexical';

/** Reads a file by lines: there is no grammar. */
export const readCSharp: ReadTests = ({ text }) => new Reading(text).file();

const USING = /^[ \t]*(?:global[ \t]+)?using[ \t]+(?:static[ \t]+)?(?:\w+[ \t]*=[ \t]*)?([\w.]+)[ \t]*;/gm;
/** A failed assertion is an exception like others. */
const CAUGHT = /^$|\b(?:Exception|XunitException|AssertionException|AssertFailedException|SystemException)\b/;
const HANDS_ON =
  /\b(?:throw|Fail|Assert|Should\w*|Verify\w*|errors?|exceptions?|SetException|Add|Rethrow|Capture|Exit)\b/;
const ENVIRONMENT = /\b(?:Environment\.|RuntimeInformation\.|OperatingSystem\.|Platform)/;

class Reading {
  readonly #text: string;
  readonly #walk: Walk;

  constructor(text: string) {
    this.#text = text;
    this.#walk = new Walk(text, this.#dialect, lineIndex(text));
  }

  file(): TestFile {
    for (const [, path = ''] of this.#text.matchAll(USING)) {
      this.#walk.notes.import(path, [path.slice(path.lastIndexOf('.') + 1)]);
    }
    return this.#walk.run();
  }

  get #dialect(): Dialect {
    return {
      syntax: CSHARP,
      types: /^(?:class|struct|record|interface|enum|namespace)$/,
      parenthesised: true,
      semicolons: true,
      bracketed: true,
      caught: (clause) => CAUGHT.test(clause.replace(/^\(|\)$/g, '')),
      handsOn: HANDS_ON,
      environment: ENVIRONMENT,
      functionAt: methodAt,
      type: (_, declared, frame) => this.#type(declared, frame),
      function: (_, declared, frame) => this.#function(declared, frame),
      property: () => {},
      chain: (_, chain, frame) => this.#chain(chain, frame),
    };
  }

  #type({ keyword, name, annotations, whole }: Declared, { group: around, test }: Frame): void {
    if (test !== null || keyword === 'namespace') return;
    const group = groupIn(around, name);
    for (const each of annotations) skip(group, readAttribute(each).skip);
    this.#walk.notes.frames.push(whole.to, { group, dead: null, muted: null, guarded: false });
  }

  #function({ name, annotations, body, whole }: Declared, { group, test }: Frame): void {
    const { notes } = this.#walk;
    if (test !== null) return;
    if (!annotations.some((each) => isTestAttribute(each.name))) {
      // The constructor of a class of xUnit runs before each case.
      notes.beginHelper(
        this.#walk.isOverride(whole.from) ? `.${name}` : name,
        whole,
        name === group?.name || annotations.some((each) => isSetupAttribute(each.name)),
      );
      return;
    }
    const draft = caseIn(group, name, notes.lineOf(whole.from));
    for (const mark of this.#walk.compiledAt(whole.from)) skip(draft, mark);
    const said = annotations.map(readAttribute);
    for (const each of said) {
      skip(draft, each.skip);
      addRows(draft, each.rows);
      for (const table of each.tables) notes.rowsFrom(draft, table);
      raise(draft.patience, 'timeout', each.timeout);
      raise(draft.patience, 'retries', each.retries);
    }
    // A method that is only skipped by its rows has a row the less.
    notes.beginCase(draft, whole, body);
    const code = body === null ? '' : this.#walk.textOf(body, 500);
    for (const { expects, text } of said) {
      if (expects !== null) draft.assertions.push({ ...throwing(text, 'expects', expects, code), line: draft.line });
    }
    if (annotations.some(({ args }) => args.some((arg) => arg.name === 'ExpectedResult'))) {
      draft.assertions.push({ text: 'ExpectedResult', subject: 'ExpectedResult', trivial: false, line: draft.line });
    }
  }

  #chain(chain: Chain, frame: Frame): void {
    const { notes, textOf } = this.#walk;
    const skipped = skippedBy(chain, textOf);
    if (skipped !== null) {
      if (skipped === 'nothing') return;
      notes.skips({ ...skipped, line: notes.lineOf(chain.span.from) }, chain.span, frame);
      return;
    }
    if (textOf({ from: chain.span.from, to: chain.span.from + 4 }).startsWith('Assert.Pass(')) {
      if (!frame.guarded) this.#walk.leaves(chain.span.from, 'after Assert.Pass()');
      return;
    }
    this.#mocks(chain);
    const said = csharpAssertions(chain, textOf);
    if (said !== null && said.length > 0) notes.says(said, chain.span, frame);
  }

  /** `new Mock<Cart>()`, `Substitute.For<Cart>()`, `A.Fake<Cart>()`. */
  #mocks({ links }: Chain): void {
    for (const [index, { name, types, span }] of links.entries()) {
      const owner = links[index - 1]?.name;
      const isMock =
        (name === 'Mock' && index === 0) ||
        (name === 'Of' && owner === 'Mock') ||
        (name === 'For' && owner === 'Substitute') ||
        (name === 'Fake' && owner === 'A');
      if (isMock) this.#walk.notes.mock(types, span.from);
    }
  }
}
