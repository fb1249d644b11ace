/** Tests of Kotlin: JUnit, kotlin.test, TestNG, Kotest, Spek, and the assertion libraries around them. */
import { lineIndex } from '../../syntax/parse';
import type { TestFile } from '../model';
import type { ReadTests } from '../readers';
import { addRows, caseIn, type Group, groupIn, type Mark, raise, skip } from './drafts';
import type { Annotation } from './fluent/annotations';
import { argumentsOf, type Chain, type Said } from './fluent/chain';
import { compared, operandsIn } from './fluent/said';
import { bodyOfLambda } from './fluent/texts';
import type { Frame } from './frames';
import { isTestAnnotation, readAnnotation } from './jvm/annotations';
import { type Dialect as Calls, dialectOf, jvmAssertions, shouldSaid } from './jvm/assertions';
import { ENVIRONMENT, HANDS_ON, SWALLOWED, skippedBy } from './jvm/skips';
import { rowsIn, Specs } from './kotlin/specs';
import { type Declared, type Dialect, Walk } from './lines/braces';
import { endsOperand, operandStart } from './lines/expressions';
import { functionBehind } from './lines/functions';
import { KOTLIN } from './lines/lexical';

/** Reads a file by lines: there is no grammar. */
export const readKotlin: ReadTests = ({ text }) => new Reading(text).file();

const IMPORT = /^[ \t]*import[ \t]+([\w.`]+?)(\.\*)?(?:[ \t]+as[ \t]+(\w+))?[ \t]*;?[ \t]*\r?$/gm;
const MOCKS = /^(?:mock|mockk|mockStatic|mockkStatic|mockkObject|mockkConstructor|mockConstruction)$/;

class Reading {
  readonly #text: string;
  readonly #walk: Walk;
  readonly #specs: Specs;
  /** Classes in which a name makes a test: JUnit 3. */
  readonly #byName = new Set<Group>();
  #calls: Calls = { messageFirst: false, actualFirst: false };

  constructor(text: string) {
    this.#text = text;
    this.#walk = new Walk(text, this.#dialect, lineIndex(text));
    this.#specs = new Specs(this.#walk);
  }

  file(): TestFile {
    for (const [, path = '', star, as] of this.#text.matchAll(IMPORT)) {
      const last = path.slice(path.lastIndexOf('.') + 1);
      this.#walk.notes.import(path, star === undefined ? [as ?? last] : []);
    }
    this.#calls = dialectOf(this.#walk.notes.imports.keys());
    return this.#walk.run();
  }

  get #dialect(): Dialect {
    return {
      syntax: KOTLIN,
      types: /^(?:class|object|interface)$/,
      parenthesised: true,
      semicolons: false,
      bracketed: false,
      caught: (clause) => SWALLOWED.test(clause),
      handsOn: HANDS_ON,
      environment: ENVIRONMENT,
      functionAt: ({ stream }, index) => (stream.at(index) === 'fun' ? functionBehind(stream, index) : null),
      type: (_, declared, frame) => this.#type(declared, frame),
      function: (_, declared, frame) => this.#function(declared, frame),
      property: (_, annotations, index) => this.#property(annotations, index),
      chain: (_, chain, frame) => this.#chain(chain, frame),
      token: (_, index, frame) => this.#token(index, frame),
    };
  }

  #type({ name, annotations, header, whole }: Declared, { group: around, test }: Frame): void {
    if (test !== null) return;
    const group = groupIn(around, name);
    for (const each of annotations) skip(group, readAnnotation(each).skip);
    const base = this.#walk.stream.compact(header, 500);
    if (/\bTestCase\(\)/.test(base)) this.#byName.add(group);
    this.#specs.type(group, base);
    this.#walk.notes.frames.push(whole.to, { group, dead: null, muted: null, guarded: false });
  }

  #function({ name, annotations, body, whole }: Declared, { group, test }: Frame): void {
    const { notes, stream } = this.#walk;
    if (test !== null) {
      notes.frames.push(whole.to, { dead: null });
      return;
    }
    const said = annotations.map(readAnnotation);
    const rows = body === null ? null : rowsIn(this.#walk, body);
    if (rows !== null) notes.table(name, rows);
    for (const { provides } of said) if (provides !== null) notes.table(provides, rows);
    const isNamed = group !== null && this.#byName.has(group) && /^test/.test(name);
    if (!isNamed && !annotations.some((each) => isTestAnnotation(each.name))) {
      const isSetup = annotations.some((each) => /^Before/.test(each.name));
      notes.beginHelper(
        this.#walk.isOverride(whole.from) ? `.${name}` : name,
        whole,
        isSetup || /^set_?up/i.test(name),
      );
      return;
    }
    const draft = caseIn(group, name, notes.lineOf(whole.from));
    for (const each of said) {
      skip(draft, each.skip);
      addRows(draft, each.rows);
      for (const table of each.tables) notes.rowsFrom(draft, table === '' ? name : table);
      raise(draft.patience, 'timeout', each.timeout);
      raise(draft.patience, 'retries', each.retries);
    }
    notes.beginCase(draft, whole, body);
    for (const { expects, text } of said) {
      if (expects === null) continue;
      draft.assertions.push({ text, subject: 'expects(…)', trivial: false, strength: 'partial', line: draft.line });
    }
    if (body !== null && stream.at(body.from) === '{') this.#walk.role(body.from, {});
  }

  #property(annotations: readonly Annotation[], index: number): void {
    const { stream, notes } = this.#walk;
    if (!annotations.some(({ name }) => /^(?:Mock|MockK|MockBean|MockkBean|MockitoBean|RelaxedMockK)$/.test(name)))
      return;
    if (stream.at(index + 2) === ':') notes.mock(stream.at(index + 3), index);
  }

  #chain(chain: Chain, frame: Frame): void {
    const { notes, textOf } = this.#walk;
    if (this.#specs.chain(chain, frame)) return;
    const skipped = skippedBy(chain, textOf);
    if (skipped !== null) {
      if (skipped.conditional === null) return;
      const mark: Mark = { text: skipped.text, line: notes.lineOf(chain.span.from), conditional: skipped.conditional };
      notes.skips(mark, chain.span, frame);
      return;
    }
    this.#mocks(chain);
    const said = this.#expected(chain) ?? jvmAssertions(chain, textOf, this.#calls);
    if (said !== null && said.length > 0) notes.says(said, chain.span, frame);
    this.#swallowed(chain);
  }

  #mocks({ links }: Chain): void {
    const { notes, textOf } = this.#walk;
    for (const { name, types, args, span } of links) {
      const [arg] = args ?? [];
      if (!MOCKS.test(name) || (types === '' && arg === undefined)) continue;
      notes.mock(types !== '' ? types : textOf(arg ?? span, 200).replace(/::class.*$/, ''), span.from);
    }
  }

  /** `expect(2) { f(1) }` of kotlin.test. */
  #expected({ root, links }: Chain): readonly Said[] | null {
    const [link] = links;
    if (root !== null || link?.name !== 'expect' || links.length !== 1 || (link.args?.length ?? 0) < 2) return null;
    const args = argumentsOf(link, this.#walk.textOf);
    const [about, expected] = operandsIn(args[0] ?? '', bodyOfLambda(args.at(-1) ?? ''), true);
    return [compared({ text: `expect(${expected}){${about}}`, name: 'expect', about, expected, strength: 'exact' })];
  }

  /** `runCatching { … }` keeps what fails in it. */
  #swallowed({ links }: Chain): void {
    const [link] = links;
    const block = link?.args?.at(-1);
    if (link?.name !== 'runCatching' || links.length !== 1 || block === undefined) return;
    this.#walk.role(block.from, { muted: 'in runCatching' });
  }

  #token(index: number, frame: Frame): void {
    const { stream, notes } = this.#walk;
    if (this.#specs.token(index, frame)) return;
    const name = stream.at(index);
    const isInfix = /^should\w*$/.test(name) && endsOperand(stream, index - 1) && !/^[({<]$/.test(stream.at(index + 1));
    if (!isInfix || notes.isDeep(index)) return;
    const from = operandStart(stream, index);
    const to = Math.max(index + 1, this.#walk.statementEnd(index));
    const said = shouldSaid(name, stream.compact({ from, to: index }), stream.compact({ from: index + 1, to }));
    notes.says(said, { from, to }, frame);
  }
}
