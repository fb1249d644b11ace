/**
 * The walk through a file of a language with braces: groups, cases and functions, what control flow does to what is
 * inside, and every chain of calls. What these mean is a dialect's.
 */
import type { TestFile } from '../../model';
import type { Mark } from '../drafts';
import type { Annotation } from '../fluent/annotations';
import type { Chain, Span } from '../fluent/chain';
import { Notes } from '../fluent/notes';
import type { Frame } from '../frames';
import { annotationAt, attributesIn } from './annotations';
import { Control, type ControlRules, type Role } from './control';
import { Directives } from './directives';
import { behind, chainAt, endsOperand, isDot, statementEnd } from './expressions';
import type { LexicalSyntax } from './lexical';
import { Stream } from './stream';

export interface Declared {
  /** The word that begins it: `class`, `fun`; `` for none. */
  readonly keyword: string;
  readonly name: string;
  readonly annotations: readonly Annotation[];
  /** From the first word behind the annotations to the body or the end. */
  readonly header: Span;
  readonly body: Span | null;
  readonly whole: Span;
}

export interface Dialect extends ControlRules {
  readonly syntax: LexicalSyntax;
  /** Words that begin a type, or a group of members. */
  readonly types: RegExp;
  /** Whether attributes stand in square brackets. */
  readonly bracketed: boolean;
  /** Where the function ends that a token begins; null: it begins none. */
  readonly functionAt: (walk: Walk, index: number) => Omit<Declared, 'annotations'> | null;
  readonly type: (walk: Walk, declared: Declared, frame: Frame) => void;
  readonly function: (walk: Walk, declared: Declared, frame: Frame) => void;
  readonly property: (walk: Walk, annotations: readonly Annotation[], index: number) => void;
  /** Where the walk goes on, when it is not inside the chain. */
  readonly chain: (walk: Walk, chain: Chain, frame: Frame) => void;
  /** Anything else that a token may begin: an infix function, a case that is a string. */
  readonly token?: (walk: Walk, index: number, frame: Frame) => void;
}

const CONTROL =
  /^(?:if|else|while|for|foreach|when|switch|catch|try|do|finally|return|guard|using|lock|case|default|in|is|as|new|await|throw|import|package|fun|func|val|var|let|this|self|super|base|await|async|break|continue|repeat|defer|where|typeof|nameof|sizeof|object|companion|get|set|init|constructor|public|private|internal|protected|static|override|open|final|abstract|void|const|readonly)$/;
const DECLARES = /^(?:val|var|let)$/;

export class Walk {
  readonly stream: Stream;
  readonly notes: Notes;
  readonly #dialect: Dialect;
  readonly #control: Control;
  readonly #directives: Directives;
  /** Braces whose content are members. */
  readonly #bodies = new Set<number>();
  #annotations: Annotation[] = [];
  /** Where a chain ends that was read, and what of it is still gone through. */
  readonly #links = new Set<number>();

  constructor(text: string, dialect: Dialect, lineOf: (offset: number) => number) {
    this.#dialect = dialect;
    this.stream = new Stream(text, dialect.syntax);
    this.notes = new Notes({
      textOf: this.textOf,
      lineOf: (index) => lineOf(this.stream.offset(index)),
      readBy: 'lines',
    });
    this.#control = new Control(this.stream, this.notes, dialect);
    this.#directives = new Directives(this.stream, this.notes);
  }

  readonly textOf = (span: Span, limit?: number) => this.stream.compact(span, limit);

  run(): TestFile {
    const { stream } = this;
    for (let index = 0; index < stream.length; ) {
      const frame = this.notes.frames.at(index);
      index = Math.max(index + 1, this.#step(index, frame));
    }
    return this.notes.finish();
  }

  /** Whether a token stands directly in a type or outside everything. */
  isMember(index: number): boolean {
    const around = this.stream.parent(index);
    return around === -1 || this.#bodies.has(around);
  }

  /** Whether a function is one that others call by a name of theirs: what a library calls is no helper of tests. */
  isOverride(index: number): boolean {
    for (let at = index - 1; at >= Math.max(0, index - 8) && this.stream.kindOf(at) === 'word'; at--) {
      if (this.stream.at(at) === 'override') return true;
    }
    return false;
  }

  /** What keeps the code at a token from being compiled. */
  compiledAt(index: number): readonly Mark[] {
    return this.#directives.at(index);
  }

  /** Says that nothing behind a token runs, in the block that it stands in. */
  leaves(index: number, why: string): void {
    this.#control.leaves(index, why);
  }

  /** Says that a pair of braces holds members. */
  membersIn(brace: number): void {
    this.#bodies.add(brace);
  }

  /** Says what happens to the code in a pair of braces. */
  role(brace: number, role: Role): void {
    this.#control.role(brace, role);
  }

  chainAt(index: number): Chain | null {
    const isTaken = (brace: number) => this.#control.has(brace) || this.#bodies.has(brace);
    return chainAt(this.stream, index, { trailing: !this.#dialect.semicolons, isTaken });
  }

  statementEnd(index: number): number {
    return statementEnd(this.stream, index, this.#dialect.semicolons);
  }

  #step(index: number, frame: Frame): number {
    const { stream } = this;
    const text = stream.at(index);
    const kind = stream.kindOf(index);
    if (kind === 'directive') this.#directives.begin(index);
    if (kind === 'directive') return index + 1;
    if (kind === 'word') return this.#word(index, text, frame);
    if (text === '{') this.#control.enter(index);
    if (text === '}' || text === ';') this.#annotations = [];
    if (text === '@' && !this.#dialect.bracketed && !this.#isLabel(index)) return this.#annotation(index);
    if (text === '[' && this.#dialect.bracketed && this.#isAttribute(index)) {
      this.#annotations.push(...attributesIn(stream, index, (at) => this.notes.lineOf(at)));
      return behind(stream, index);
    }
    this.#dialect.token?.(this, index, this.notes.frames.top);
    if ((kind === 'string' || kind === 'number' || text === '(' || text === '[') && !endsOperand(stream, index - 1)) {
      this.#chain(index);
    }
    return index + 1;
  }

  #word(index: number, text: string, frame: Frame): number {
    const { stream } = this;
    if (isDot(stream.at(index - 1)) && stream.at(index - 1) !== '::') return index + 1;
    const declared = this.#dialect.functionAt(this, index);
    if (declared !== null) return this.#declare(declared, frame);
    if (this.#dialect.types.test(text) && this.#isType(index)) {
      return this.#type(index, frame);
    }
    if (DECLARES.test(text)) {
      if (this.#annotations.length > 0) this.#dialect.property(this, this.#annotations, index);
      this.#annotations = [];
    }
    if (CONTROL.test(text)) {
      this.#control.begin(index, text, frame);
      return index + 1;
    }
    this.#dialect.token?.(this, index, this.notes.frames.top);
    this.#chain(index);
    return index + 1;
  }

  #chain(index: number): void {
    if (this.#links.has(index)) return;
    const chain = this.chainAt(index);
    if (chain === null) return;
    for (const { span } of chain.links) this.#links.add(span.from);
    if (!chain.links.some(({ args }) => args !== null) || this.notes.isDeep(index)) return;
    this.#dialect.chain(this, chain, this.notes.frames.top);
  }

  /** `class` is a word of other things too: `Foo::class`, `class func`. */
  #isType(index: number): boolean {
    const next = this.stream.at(index + 1);
    return (
      this.stream.kindOf(index + 1) === 'word' &&
      !isDot(this.stream.at(index - 1)) &&
      this.stream.at(index - 1) !== 'import' &&
      !/^(?:func|fun|var|let|val)$/.test(next)
    );
  }

  #isLabel(index: number): boolean {
    return this.stream.kindOf(index - 1) === 'word' && this.stream.tokens[index - 1]?.to === this.stream.offset(index);
  }

  #annotation(index: number): number {
    const found = annotationAt(this.stream, index, (at) => this.notes.lineOf(at));
    if (found === null) return index + 1;
    this.#annotations.push(found.annotation);
    return found.to;
  }

  #isAttribute(index: number): boolean {
    const before = this.stream.at(index - 1);
    return this.isMember(index) && (index === 0 || this.stream.isFirst(index) || /^[{};\]]$/.test(before));
  }

  #declare(declared: Omit<Declared, 'annotations'>, frame: Frame): number {
    const annotations = this.#annotations;
    this.#annotations = [];
    this.#dialect.function(this, { ...declared, annotations }, frame);
    return declared.body === null ? declared.whole.to : declared.body.from;
  }

  #type(index: number, frame: Frame): number {
    const { stream } = this;
    const annotations = this.#annotations;
    this.#annotations = [];
    let name = stream.at(index + 1);
    let open = index + 2;
    while (isDot(stream.at(open)) && stream.kindOf(open + 1) === 'word') {
      name += `.${stream.at(open + 1)}`;
      open += 2;
    }
    const from = open;
    for (let steps = 0; steps < 200 && open < stream.length; steps++) {
      if (stream.at(open) === '{' || stream.at(open) === ';' || stream.parent(open) !== stream.parent(index)) break;
      if (
        stream.isFirst(open) &&
        /^(?:[@#}]|fun|func|val|var|class|struct|object|interface|public|private|internal|enum)$/.test(stream.at(open))
      )
        break;
      open = behind(stream, open);
    }
    const header = { from, to: open };
    const whole = { from: index, to: stream.at(open) === '{' ? behind(stream, open) : open };
    if (stream.at(open) === '{') this.membersIn(open);
    // A namespace that is a statement is around all that follows.
    const rest =
      stream.at(index) === 'namespace' && stream.at(open) === ';' ? { from: index, to: stream.length } : whole;
    const body = stream.at(open) === '{' ? { from: open, to: whole.to } : null;
    this.#dialect.type(
      this,
      { keyword: stream.at(index), name: name.replaceAll('`', ''), annotations, header, body, whole: rest },
      frame,
    );
    return from;
  }
}
