/** Groups and cases of Kotest and Spek, which are calls and strings in a class of theirs. */
import { caseIn, focus, type Group, groupIn, type Mark, raise, skip } from '../drafts';
import { argumentsOf, type Chain, type Link, type Span } from '../fluent/chain';
import type { Frame } from '../frames';
import type { Walk } from '../lines/braces';
import { behind } from '../lines/expressions';

/** Kotest, "Testing styles", and Spek's two. */
const BASE =
  /\b(?:\w*(?:String|Fun|Describe|Behavior|Should|Word|Free|Feature|Expect|Annotation)Spec|Spek|SubjectSpek)\b/;
const CASES = /^x?(?:test|it|then|Then|should|scenario|expect|example)$/;
const GROUPS = /^x?(?:context|describe|given|Given|when|When|and|And|feature|group|suspendContext)$/;
const WORDS = /^(?:should|Should|when|When|`when`|`should`|-)$/;
const LISTS = /^(?:listOf|arrayOf|setOf|sequenceOf|of|streamOf|asList)$/;

export class Specs {
  readonly #walk: Walk;
  readonly #groups = new Set<Group>();

  constructor(walk: Walk) {
    this.#walk = walk;
  }

  /** Says that a class begins, with what stands behind its name. */
  type(group: Group, base: string): void {
    if (BASE.test(base) || (group.parent !== null && this.#groups.has(group.parent))) this.#groups.add(group);
  }

  #isSpec({ group, test }: Frame): boolean {
    return test === null && group !== null && this.#groups.has(group);
  }

  /** `test("…") { }`, `describe("…") { }`, `"…".config(…) { }`; false: it is none. */
  chain({ root, links, span }: Chain, frame: Frame): boolean {
    const [link, second] = links;
    if (!this.#isSpec(frame) || link === undefined) return false;
    const config = link.name === 'config' ? link : second?.name === 'config' ? second : null;
    const block = this.#blockOf(config ?? link);
    if (root !== null) {
      if (config === null || this.#walk.stream.kindOf(root.from) !== 'string' || block === null) return false;
      this.#begin('case', this.#walk.textOf(root), '', { block, span, config, frame });
      return true;
    }
    const isCase = CASES.test(link.name);
    if (link.name === 'withData' && block !== null) return this.#data(link, block, span, frame);
    if ((!isCase && !GROUPS.test(link.name)) || link.args?.[0] === undefined || block === null) return false;
    if (this.#walk.stream.kindOf(link.args[0].from) !== 'string') return false;
    this.#begin(isCase ? 'case' : 'group', this.#walk.textOf(link.args[0]), link.name, { block, span, config, frame });
    return true;
  }

  /** `"name" { }`, `"name" - { }` and `"name" should { }`; false: it is none. */
  token(index: number, frame: Frame): boolean {
    const { stream } = this.#walk;
    if (!this.#isSpec(frame) || stream.kindOf(index) !== 'string') return false;
    const isGroup = WORDS.test(stream.at(index + 1)) && stream.at(index + 2) === '{';
    const open = isGroup ? index + 2 : index + 1;
    if (stream.at(open) !== '{') return false;
    const block = { from: open, to: behind(stream, open) };
    const span = { from: index, to: block.to };
    this.#walk.role(open, {});
    this.#begin(isGroup ? 'group' : 'case', stream.tokens[index]?.text ?? '', '', { block, span, config: null, frame });
    return true;
  }

  #blockOf({ args }: Link): Span | null {
    const last = args?.at(-1);
    return last !== undefined && this.#walk.stream.at(last.from) === '{' ? last : null;
  }

  #begin(kind: 'case' | 'group', title: string, word: string, { block, span, config, frame }: Begun): void {
    const { notes } = this.#walk;
    const text = title.replace(/^"+|"+$/g, '');
    const name = text.replace(/^(?:!|f:)\s*/, '');
    const line = notes.lineOf(span.from);
    const mark: Mark | null = word.startsWith('x')
      ? { text: word, line, conditional: false }
      : text.startsWith('!')
        ? { text: `"!${name}"`.slice(0, 80), line, conditional: false }
        : null;
    const alone: Mark | null = text.startsWith('f:')
      ? { text: `"${text}"`.slice(0, 80), line, conditional: false }
      : null;
    const draft = kind === 'case' ? caseIn(frame.group, name, line) : groupIn(frame.group, name);
    skip(draft, mark);
    if (alone !== null) focus(draft, alone);
    const said = config === null ? [] : argumentsOf(config, this.#walk.textOf);
    skip(draft, configured(said, line));
    if ('patience' in draft) {
      raise(draft.patience, 'timeout', timeoutIn(said));
      notes.beginCase(draft, span, block);
      return;
    }
    this.#groups.add(draft);
    notes.frames.push(span.to, { group: draft });
  }

  /** `withData(1 to 2, 3 to 4) { … }`: a case for each row. */
  #data(link: Link, block: Span, span: Span, frame: Frame): boolean {
    const rows = argumentsOf(link, this.#walk.textOf).slice(0, -1);
    const draft = caseIn(frame.group, 'withData', this.#walk.notes.lineOf(span.from));
    draft.rows = rows.length > 1 ? rows : null;
    this.#walk.notes.beginCase(draft, span, block);
    return true;
  }
}

interface Begun {
  readonly block: Span;
  readonly span: Span;
  readonly config: Link | null;
  readonly frame: Frame;
}

/** `.config(enabled = false)`. */
function configured(args: readonly string[], line: number): Mark | null {
  const off = args.find((arg) => /^enabled=/.test(arg));
  if (off !== undefined) {
    const conditional = off !== 'enabled=false';
    return off === 'enabled=true' ? null : { text: `config(${off})`.slice(0, 80), line, conditional };
  }
  const condition = args.find((arg) => /^enabled(?:If|OrReasonIf)=/.test(arg));
  return condition === undefined ? null : { text: `config(${condition})`.slice(0, 80), line, conditional: true };
}

const UNITS: Readonly<Record<string, number>> = { milliseconds: 1, seconds: 1_000, minutes: 60_000, hours: 3_600_000 };

function timeoutIn(args: readonly string[]): number | null {
  const [, value, unit = ''] =
    /^timeout=(\d{1,9})\.(\w+)/.exec(args.find((arg) => arg.startsWith('timeout=')) ?? '') ?? [];
  const factor = UNITS[unit];
  return value === undefined || factor === undefined ? null : Number(value) * factor;
}

/** The elements of the list that a function gives back; null: it gives back something else. */
export function rowsIn(walk: Walk, { from, to }: Span): readonly string[] | null {
  let index = from;
  while (index < to && /^(?:\{|return)$/.test(walk.stream.at(index))) index++;
  const chain = walk.stream.kindOf(index) === 'word' ? walk.chainAt(index) : null;
  const list = chain?.links.find(({ name, args }) => LISTS.test(name) && args !== null);
  if (list === undefined) return null;
  return argumentsOf(list, walk.textOf).map((row) =>
    row.replace(/^(?:Arguments\.)?(?:arguments|of|arrayOf)(?=\()/, ''),
  );
}
