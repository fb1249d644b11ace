/** What control flow does to the assertions inside, in languages with braces that are read without a grammar. */
import type { Span } from '../fluent/chain';
import type { Notes } from '../fluent/notes';
import { constantTruth } from '../fluent/texts';
import type { Frame } from '../frames';
import { behind, statementEnd } from './expressions';
import type { Stream } from './stream';

/** What happens to the code between two braces. */
export interface Role {
  readonly muted?: string;
  readonly guarded?: true;
  /** Branches follow each other in it: what leaves one leaves not the next. */
  readonly branches?: true;
}

export interface ControlRules {
  /** Whether conditions stand in parentheses. */
  readonly parenthesised: boolean;
  /** Whether statements end with semicolons alone. */
  readonly semicolons: boolean;
  /** Whether what `catch` names is what a failed assertion is; null: it never is. */
  readonly caught: ((clause: string) => boolean) | null;
  /** Words of a handler that hands a failure on. */
  readonly handsOn: RegExp;
  /** Conditions that depend on the place where a test runs. */
  readonly environment: RegExp;
}

const NEVER = 'behind a condition that never holds';

export class Control {
  readonly #stream: Stream;
  readonly #notes: Notes;
  readonly #rules: ControlRules;
  readonly #roles = new Map<number, Role>();

  constructor(stream: Stream, notes: Notes, rules: ControlRules) {
    this.#stream = stream;
    this.#notes = notes;
    this.#rules = rules;
  }

  /** Says what happens to the code in a pair of braces. */
  role(brace: number, role: Role): void {
    this.#roles.set(brace, { ...this.#roles.get(brace), ...role });
  }

  /** Whether a brace belongs to a statement, and is no last argument of a call. */
  has(brace: number): boolean {
    return this.#roles.has(brace);
  }

  /** Goes into a pair of braces. */
  enter(open: number): void {
    const { muted, guarded } = this.#roles.get(open) ?? {};
    const to = behind(this.#stream, open);
    if (muted !== undefined) this.#notes.frames.push(to, { muted });
    else if (guarded === true) this.#notes.frames.push(to, { guarded: true });
  }

  /** Reads what the word at a token begins. */
  begin(index: number, text: string, frame: Frame): void {
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
    const stream = this.#stream;
    if (this.#rules.parenthesised && stream.at(index + 1) === '(') {
      return { condition: { from: index + 2, to: stream.partner(index + 1) }, body: behind(stream, index + 1) };
    }
    let body = index + 1;
    if (this.#rules.parenthesised) return { condition: { from: body, to: body }, body };
    for (let steps = 0; steps < 200 && body < stream.length && stream.at(body) !== '{'; steps++) {
      // A label of an argument: `wait(for: …)`.
      if (stream.parent(body) !== stream.parent(index)) break;
      body = behind(stream, body);
    }
    return { condition: { from: index + 1, to: body }, body };
  }

  #condition(index: number, frame: Frame): void {
    const stream = this.#stream;
    const { condition, body } = this.#blockBehind(index);
    const text = stream.compact(condition, 200);
    const truth = text.length > 30 ? null : constantTruth(text);
    const isBlock = stream.at(body) === '{';
    const end = isBlock ? behind(stream, body) : this.#end(body);
    this.#branch(body, end, truth === true ? null : truth === false ? 'never' : 'sometimes');
    const alternate = stream.at(end) === ';' ? end + 1 : end;
    if (stream.at(alternate) === 'else' && stream.at(alternate + 1) !== 'if') {
      const other = alternate + 1;
      const to = stream.at(other) === '{' ? behind(stream, other) : this.#end(other);
      if (stream.at(other) === '{')
        this.#branch(other, to, truth === false ? null : truth === true ? 'never' : 'sometimes');
    }
    const leaves = stream.at(isBlock ? body + 1 : body) === 'return';
    if (!leaves) return;
    if (truth === true) this.#dead(index, end);
    else if (this.#rules.environment.test(text)) {
      const mark = { text: `if ${text} return`, line: this.#notes.lineOf(index), conditional: true };
      this.#notes.skips(mark, { from: index, to: index }, frame);
    }
  }

  #branch(body: number, to: number, runs: 'sometimes' | 'never' | null): void {
    const role: Role = runs === null ? {} : runs === 'never' ? { muted: NEVER } : { guarded: true };
    if (this.#stream.at(body) === '{') this.role(body, role);
    else if (runs !== null && to > body)
      this.#notes.frames.push(to, role.muted === undefined ? { guarded: true } : { muted: role.muted });
  }

  /** The brace of a loop is no last argument of the call before it. */
  #loop(index: number): void {
    const { body } = this.#blockBehind(index);
    if (this.#stream.at(body) === '{') this.role(body, {});
  }

  #branching(index: number, word: string): void {
    const { body } =
      word === 'when' && this.#stream.at(index + 1) === '{' ? { body: index + 1 } : this.#blockBehind(index);
    if (this.#stream.at(body) !== '{') return;
    // What a guard does when it does not hold is to leave.
    this.role(body, word === 'guard' ? {} : { guarded: true, branches: true });
  }

  #try(index: number): void {
    const stream = this.#stream;
    const open = index + 1;
    if (stream.at(open) !== '{') return;
    let swallowed = false;
    let at = behind(stream, open);
    for (let clauses = 0; clauses < 20 && stream.at(at) === 'catch'; clauses++) {
      let body = at + 1;
      for (let steps = 0; steps < 10 && body < stream.length && stream.at(body) !== '{'; steps++)
        body = behind(stream, body);
      const clause = stream.compact({ from: at + 1, to: body }, 300);
      if (this.#rules.caught?.(clause)) swallowed ||= this.#isSilent(body);
      at = behind(stream, body);
    }
    this.role(open, swallowed ? { muted: 'in a try that swallows its failure' } : {});
  }

  #isSilent(handler: number): boolean {
    const to = behind(this.#stream, handler);
    if (to - handler > 400) return false;
    const words: string[] = [];
    for (let index = handler; index < to; index++) words.push(this.#stream.at(index));
    return !this.#rules.handsOn.test(words.join(' '));
  }

  /** What stands behind a `return` of its own in the same block is never reached. */
  #return(index: number, frame: Frame): void {
    const stream = this.#stream;
    const around = stream.parent(index);
    if (around === -1 || stream.at(around) !== '{' || this.#roles.get(around)?.branches === true) return;
    const isStatement = /^[{};]$/.test(stream.at(index - 1)) || (!this.#rules.semicolons && stream.isFirst(index));
    if (!isStatement || this.#isBranch(index)) return;
    if (frame.dead !== null) return;
    this.#dead(index, this.#end(index));
  }

  /** Whether a statement is what an `if` without braces, or a branch, does. */
  #isBranch(index: number): boolean {
    const before = this.#stream.at(index - 1);
    if (before === ')') return /^(?:if|while|for|foreach)$/.test(this.#stream.at(this.#stream.partner(index - 1) - 1));
    return /^(?::|->|=>|\?:|\?\?|else)$/.test(before);
  }

  #dead(index: number, from: number): void {
    const around = this.#stream.parent(index);
    const to = around === -1 ? this.#stream.length : behind(this.#stream, around);
    const { dead } = this.#notes.frames.top;
    if (dead === null) this.#notes.frames.push(to, { dead: { from, why: 'after a return' } });
  }

  #end(index: number): number {
    return statementEnd(this.#stream, index, this.#rules.semicolons);
  }

  /** Says that nothing behind a token runs, in the block that it stands in. */
  leaves(index: number, why: string): void {
    const around = this.#stream.parent(index);
    const to = around === -1 ? this.#stream.length : behind(this.#stream, around);
    if (this.#notes.frames.top.dead === null) this.#notes.frames.push(to, { dead: { from: index + 1, why } });
  }
}
