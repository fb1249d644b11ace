/** What control flow does to the assertions inside: some are never reached, some fail and nobody hears it. */
import type { SyntaxNode } from '@lezer/common';
import { childrenOf, type Syntax, textOf } from '../../../syntax/parse';
import { startsWithReturn } from '../blocks';
import { type Dead, type Frame, mutedAt } from '../frames';
import { type Chain, constantTruth, isFunction } from './chain';

/** Longest piece of a handler that is looked at; one that does more is taken to do the right thing. */
const LONGEST_HANDLER = 2_000;
/** What hands a failure on, or asserts something about it. */
const HANDS_ON = /\b(?:throw|expect\w*|assert\w*|should|fail|done|reject|next|cb|callback|t|chai|exit|exitCode)\b/;
const EXIT = /^(?:process|Deno)\.exit\(/;
const ENVIRONMENT =
  /\b(?:process\.(?:env|platform|arch|versions?)|os\.(?:platform|type|arch)|Deno\.(?:env|build)|navigator\.|import\.meta\.env)/;

/** From where on the statements of a block are never reached. */
export function deadIn(syntax: Syntax, block: SyntaxNode): Dead | null {
  for (let statement = block.firstChild; statement !== null; statement = statement.nextSibling) {
    const why = leaves(syntax, statement);
    if (why !== null) return { from: statement.to, why };
  }
  return null;
}

function leaves(syntax: Syntax, statement: SyntaxNode): string | null {
  if (statement.name === 'ReturnStatement') return 'after a return';
  if (statement.name === 'ExpressionStatement') {
    const start = textOf(syntax, { from: statement.from, to: Math.min(statement.to, statement.from + 20) });
    return EXIT.test(start) ? 'after an exit' : null;
  }
  if (statement.name !== 'IfStatement') return null;
  const { condition, consequent } = partsOf(statement);
  if (constantTruth(syntax, condition) !== true || consequent === null) return null;
  return startsWithReturn(consequent) ? 'after a return' : null;
}

interface IfParts {
  readonly condition: SyntaxNode | null;
  readonly consequent: SyntaxNode | null;
}

function partsOf(statement: SyntaxNode): IfParts {
  const condition = statement.getChild('ParenthesizedExpression');
  return { condition, consequent: condition?.nextSibling ?? null };
}

/** `if (process.env.CI) return;`: its text, when it leaves the test for the place where it runs. */
export function environmentalReturn(syntax: Syntax, statement: SyntaxNode): string | null {
  const { condition, consequent } = partsOf(statement);
  if (condition === null || consequent === null || !startsWithReturn(consequent)) return null;
  const text = textOf(syntax, { from: condition.from, to: Math.min(condition.to, condition.from + 200) });
  return ENVIRONMENT.test(text) ? `if ${text} return` : null;
}

export interface Branch {
  readonly from: number;
  readonly to: number;
  readonly runs: 'sometimes' | 'never';
}

/** The branches of an `if` that do not run whatever happens. */
export function branchesOf(syntax: Syntax, statement: SyntaxNode): readonly Branch[] {
  const { condition, consequent } = partsOf(statement);
  const truth = constantTruth(syntax, condition);
  const alternate = statement.getChild('else')?.nextSibling ?? null;
  return [consequent, alternate].flatMap((branch, index): Branch[] => {
    if (branch === null || truth === (index === 0)) return [];
    return [{ from: branch.from, to: branch.to, runs: truth === null ? 'sometimes' : 'never' }];
  });
}

/** Whether a node is the block of a `try` whose handler lets no failure out. */
export function isSwallowed(syntax: Syntax, block: SyntaxNode): boolean {
  const statement = block.parent;
  if (statement?.name !== 'TryStatement' || statement.getChild('Block')?.from !== block.from) return false;
  const handler = statement.getChild('CatchClause')?.getChild('Block');
  return handler ? swallows(syntax, handler) : endsInReturn(statement);
}

/** A `finally` that returns drops the failure. */
function endsInReturn(statement: SyntaxNode): boolean {
  const block = statement.getChild('FinallyClause')?.getChild('Block');
  return block ? childrenOf(block).some(({ name }) => name === 'ReturnStatement') : false;
}

/** Whether a chain ends its promise with a handler that lets no failure out: `.catch(() => {})`. */
export function swallowsRejection(syntax: Syntax, { steps }: Chain): boolean {
  return steps.some((step, index) => {
    const next = steps[index + 1];
    if (step.kind !== 'member' || step.name !== 'catch' || next?.kind !== 'call') return false;
    const [handler] = next.args;
    return isFunction(handler) && swallows(syntax, handler);
  });
}

function swallows(syntax: Syntax, handler: SyntaxNode): boolean {
  if (handler.to - handler.from > LONGEST_HANDLER) return false;
  const words = textOf(syntax, handler).replace(/'[^'\n]*'|"[^"\n]*"|\/\/[^\n]*/g, '');
  return !HANDS_ON.test(words);
}

/** Why an assertion has no effect where it stands; null when it has. */
export function whyMuted(syntax: Syntax, chain: Chain, frame: Pick<Frame, 'dead' | 'muted'>): string | null {
  const muted = mutedAt(frame, chain.top.from);
  if (muted !== null) return muted;
  if (swallowsRejection(syntax, chain)) return 'in a promise whose failure is swallowed';
  const isPromise = chain.steps.some((step) => step.kind === 'member' && /^(?:resolves|rejects)$/.test(step.name));
  return isPromise && chain.top.parent?.name === 'ExpressionStatement' ? 'not awaited' : null;
}

/** Whether an expression is evaluated only sometimes: `x ?? y`, `a && y`, `a ? y : z`. */
export function isBehindOperator(node: SyntaxNode): boolean {
  let inner = node;
  for (let depth = 0; depth < 6; depth++) {
    const { parent } = inner;
    if (parent === null || !/Expression$/.test(parent.name) || /Function/.test(parent.name)) return false;
    const isFirst = parent.firstChild?.from === inner.from;
    if (parent.name === 'ConditionalExpression' && !isFirst) return true;
    if (parent.name === 'BinaryExpression' && parent.getChild('LogicOp') !== null && !isFirst) return true;
    inner = parent;
  }
  return false;
}
