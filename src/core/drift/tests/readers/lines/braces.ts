/**
 * The walk through a file of a language with braces: groups, cases and functions, what control flow does to what is
 * inside, and every chain of calls. What these mean is a dialect's.
 */
import type { TestFile } from '../../model';
import type { Mark } from '../drafts';
import type { Annotation } from '../fluent/annotations';
import type { Chain, Span } from '../fluent/chain';
import { Notes } from '../fluent/notes';
import { constantTruth } from '../fluent/texts';
import type { Frame } from '../frames';
import { annotationAt, attributesIn } from './annotations';
import { behind, chainAt, endsOperand, isDot, statementEnd } from './expressions';
import type { LexicalSyntax } from './lexical';
import { Stream } from './stream';

/** What happens to the code between two braces. */
interface Role {
  readonly muted?: string;
  readonly guarded?: true;
  /** Branches follow each other in it: what leaves one leaves not the next. */
  readonly branches?: true;
}

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

export interface Dialect {
  readonly syntax: LexicalSyntax;
  /** Words that begin a type, or a group of members. */
  readonly types: RegExp;
  /** Whether conditions stand in parentheses. */
  readonly parenthesised: boolean;
  /** Whether statements end with semicolons alone. */
  readonly semicolons: boolean;
  /** Whether attributes stand in square brackets. */
  readonly bracketed: boolean;
  /** Kinds of errors, as `catch` names them, that a failed assertion is; null: none is caught. */
  readonly caught: ((clause: string) => boolean) | null;
  readonly handsOn: RegExp;
  readonly environment: RegExp;
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
const IF_DIRECTIVE = /^#[ \t]*if\b(.*)$/;
/** Conditions that nobody defines. */
const NEVER = /^(?:false|0|NEVER|DISABLED|IGNORE|SKIP|TODO)$/i;
const DECLARES = /^(?:val|var|let)$/;

export class Walk {
  readonly stream: Stream;
  readonly notes: Notes;
  readonly #dialect: Dialect;
  readonly #roles = new Map<number, Role>();
  /** Braces whose content are members. */
  readonly #bodies = new Set<number>();
  readonly #ends: ReadonlyMap<number, number>;
  #annotations: Annotation[] = [];
  #compiled: { readonly to: number; readonly mark: Mark }[] = [];
  /** Where a chain ends that was read, and what of it is still gone through. */
  readonly #links = new Set<number>();

  constructor(text: string, dialect: Dialect, lineOf: (offset: number) => number) {
    this.#dialect = dialect;
    this.stream = new Stream(text, dialect.syntax);
    this.#ends = directiveEnds(this.stream);
    this.notes = new Notes({
      textOf: this.textOf,
      lineOf: (index) => lineOf(this.stream.offset(index)),
      readBy: 'lines',
    });
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

  /** Says that a pair of braces holds members. */
  membersIn(brace: number): void {
    this.#bodies.add(brace);
  }

  /** Says what happens to the code in a pair of braces. */
  role(brace: number, role: Role): void {
    this.#roles.set(brace, { ...this.#roles.get(brace), ...role });
  }

  chainAt(index: number): Chain | null {
    const isTaken = (brace: number) => this.#roles.has(brace) || this.#bodies.has(brace);
    return chainAt(this.stream, index, { trailing: !this.#dialect.semicolons, isTaken });
  }

  statementEnd(index: number): number {
    return statementEnd(this.stream, index, this.#dialect.semicolons);
  }

  #step(index: number, frame: Frame): number {
    const { stream } = this;
    const text = stream.at(index);
    const kind = stream.kindOf(index);
    if (kind === 'directive') return this.#directive(index);
    if (kind === 'word') return this.#word(index, text, frame);
    if (text === '{') this.#enter(index);
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
      this.#control(index, text, frame);
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

  #enter(open: number): void {
    const { muted, guarded } = this.#roles.get(open) ?? {};
    const to = behind(this.stream, open);
    if (muted !== undefined) this.notes.frames.push(to, { muted });
    else if (guarded === true) this.notes.frames.push(to, { guarded: true });
  }

  #control(index: number, text: string, frame: Frame): void {
    switch (text) {
      case 'if':
        this.#condition(index, frame);
        return;
      case 'while':
      case 'for':
      case 'repeat':
        this.#loop(index);
        return;
      case 'guard':
      case 'switch':
      case 'when':
        this.#branching(index, text);
        return;
      case 'try':
        this.#try(index);
        return;
      case 'return':
        this.#return(index, frame);
        return;
      default:
    }
  }

  /** The brace of the block behind a condition; the condition's tokens. */
  #blockBehind(index: number): { readonly condition: Span; readonly body: number } {
    const { stream } = this;
    if (this.#dialect.parenthesised && stream.at(index + 1) === '(') {
      return { condition: { from: index + 2, to: stream.partner(index + 1) }, body: behind(stream, index + 1) };
    }
    let body = index + 1;
    if (this.#dialect.parenthesised) return { condition: { from: body, to: body }, body };
    for (let steps = 0; steps < 200 && body < stream.length && stream.at(body) !== '{'; steps++) {
      // A label of an argument: `wait(for: …)`.
      if (stream.parent(body) !== stream.parent(index)) break;
      body = behind(stream, body);
    }
    return { condition: { from: index + 1, to: body }, body };
  }

  #condition(index: number, frame: Frame): void {
    const { stream } = this;
    const { condition, body } = this.#blockBehind(index);
    const text = stream.compact(condition, 200);
    const truth = text.length > 30 ? null : constantTruth(text);
    const isBlock = stream.at(body) === '{';
    const end = isBlock ? behind(stream, body) : this.statementEnd(body);
    this.#branch(body, end, truth === true ? null : truth === false ? 'never' : 'sometimes');
    const alternate = stream.at(end) === ';' ? end + 1 : end;
    if (stream.at(alternate) === 'else' && stream.at(alternate + 1) !== 'if') {
      const other = alternate + 1;
      const to = stream.at(other) === '{' ? behind(stream, other) : this.statementEnd(other);
      if (stream.at(other) === '{')
        this.#branch(other, to, truth === false ? null : truth === true ? 'never' : 'sometimes');
    }
    const leaves = stream.at(isBlock ? body + 1 : body) === 'return';
    if (!leaves) return;
    if (truth === true) this.#dead(index, end);
    else if (this.#dialect.environment.test(text)) {
      const mark = { text: `if ${text} return`, line: this.notes.lineOf(index), conditional: true };
      this.notes.skips(mark, { from: index, to: index }, frame);
    }
  }

  #branch(body: number, to: number, runs: 'sometimes' | 'never' | null): void {
    const role: Role =
      runs === null ? {} : runs === 'never' ? { muted: 'behind a condition that never holds' } : { guarded: true };
    if (this.stream.at(body) === '{') this.role(body, role);
    else if (runs !== null && to > body)
      this.notes.frames.push(to, role.muted === undefined ? { guarded: true } : { muted: role.muted });
  }

  /** The brace of a loop is no last argument of the call before it. */
  #loop(index: number): void {
    const { body } = this.#blockBehind(index);
    if (this.stream.at(body) === '{') this.role(body, {});
  }

  #branching(index: number, word: string): void {
    const { body } =
      word === 'when' && this.stream.at(index + 1) === '{' ? { body: index + 1 } : this.#blockBehind(index);
    if (this.stream.at(body) !== '{') return;
    // What a guard does when it does not hold is to leave.
    this.role(body, word === 'guard' ? {} : { guarded: true, branches: true });
  }

  #try(index: number): void {
    const { stream } = this;
    const open = index + 1;
    if (stream.at(open) !== '{') return;
    let swallowed = false;
    let at = behind(stream, open);
    for (let clauses = 0; clauses < 20 && stream.at(at) === 'catch'; clauses++) {
      let body = at + 1;
      for (let steps = 0; steps < 10 && body < stream.length && stream.at(body) !== '{'; steps++)
        body = behind(stream, body);
      const clause = stream.compact({ from: at + 1, to: body }, 300);
      if (this.#dialect.caught?.(clause)) swallowed ||= this.#isSilent(body);
      at = behind(stream, body);
    }
    this.role(open, swallowed ? { muted: 'in a try that swallows its failure' } : {});
  }

  #isSilent(handler: number): boolean {
    const to = behind(this.stream, handler);
    if (to - handler > 400) return false;
    const words: string[] = [];
    for (let index = handler; index < to; index++) words.push(this.stream.at(index));
    return !this.#dialect.handsOn.test(words.join(' '));
  }

  /** What stands behind a `return` of its own in the same block is never reached. */
  #return(index: number, frame: Frame): void {
    const { stream } = this;
    const around = stream.parent(index);
    if (around === -1 || stream.at(around) !== '{' || this.#roles.get(around)?.branches === true) return;
    const isStatement = /^[{};]$/.test(stream.at(index - 1)) || (!this.#dialect.semicolons && stream.isFirst(index));
    if (!isStatement || this.#isBranch(index)) return;
    if (frame.dead !== null) return;
    this.#dead(index, this.statementEnd(index));
  }

  /** Whether a statement is what an `if` without braces, or a branch, does. */
  #isBranch(index: number): boolean {
    const before = this.stream.at(index - 1);
    if (before === ')') return /^(?:if|while|for|foreach)$/.test(this.stream.at(this.stream.partner(index - 1) - 1));
    return /^(?::|->|=>|\?:|\?\?|else)$/.test(before);
  }

  #dead(index: number, from: number): void {
    const around = this.stream.parent(index);
    const to = around === -1 ? this.stream.length : behind(this.stream, around);
    const { dead } = this.notes.frames.top;
    if (dead === null) this.notes.frames.push(to, { dead: { from, why: 'after a return' } });
  }

  /** Code that the compiler leaves out, always or on a condition. */
  #directive(index: number): number {
    const text = this.stream.tokens[index]?.text ?? '';
    const [, condition = ''] = IF_DIRECTIVE.exec(text) ?? [];
    const end = this.#ends.get(index);
    if (condition === '' || end === undefined) return index + 1;
    const never = NEVER.test(condition.trim());
    const { top } = this.notes.frames;
    const to = Math.min(end, top.to);
    if (top.test !== null) {
      this.notes.frames.push(to, never ? { muted: 'behind a condition that never holds' } : { guarded: true });
    } else {
      this.#compiled.push({
        to: end,
        mark: { text: text.trim(), line: this.notes.lineOf(index), conditional: !never },
      });
    }
    return index + 1;
  }

  /** What keeps the code at a token from being compiled. */
  compiledAt(index: number): readonly Mark[] {
    this.#compiled = this.#compiled.filter(({ to }) => to > index);
    return this.#compiled.map(({ mark }) => mark);
  }

  /** Says that nothing behind a token runs, in the block that it stands in. */
  leaves(index: number, why: string): void {
    const around = this.stream.parent(index);
    const to = around === -1 ? this.stream.length : behind(this.stream, around);
    if (this.notes.frames.top.dead === null) this.notes.frames.push(to, { dead: { from: index + 1, why } });
  }
}

/** Where each `#if` ends: with its `#else` or `#endif`. */
function directiveEnds({ tokens }: Stream): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  const open: number[] = [];
  tokens.forEach(({ kind, text }, index) => {
    if (kind !== 'directive') return;
    if (IF_DIRECTIVE.test(text)) open.push(index);
    const last = open.at(-1);
    if (last === undefined || !/^#[ \t]*(?:else|elif|elseif|endif)\b/.test(text)) return;
    if (!ends.has(last)) ends.set(last, index);
    if (/endif\b/.test(text)) open.pop();
  });
  return ends;
}
