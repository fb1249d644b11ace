/** What control flow does to the assertions of Python inside. */
import type { SyntaxNode } from '@lezer/common';
import { childrenOf, type Syntax, textOf } from '../../../syntax/parse';
import type { Dead } from '../frames';
import { argumentsOf, calleeOf, constantTruth } from './nodes';

const LONGEST_HANDLER = 2_000;
const HANDS_ON = /\b(?:raise|assert\w*|fail|self\.fail\w*|pytest\.fail|exit|_exit)\b/;
/** Exceptions that a failed assertion is caught by. */
const CATCHES = /\b(?:AssertionError|Exception|BaseException|Failed)\b/;
const EXIT = /^(?:sys\.exit|os\._exit|exit|quit)$/;
const ENVIRONMENT = /\b(?:os\.(?:environ|getenv|name|uname)|sys\.(?:platform|version_info|version)|platform\.\w+)\b/;

/** From where on the statements of a block are never reached. */
export function deadIn(syntax: Syntax, block: SyntaxNode): Dead | null {
  for (let statement = block.firstChild; statement !== null; statement = statement.nextSibling) {
    if (statement.name === 'ReturnStatement') return { from: statement.to, why: 'after a return' };
    const call = statement.name === 'ExpressionStatement' ? statement.firstChild : null;
    if (call?.name === 'CallExpression' && EXIT.test(calleeOf(syntax, call).name)) {
      return { from: statement.to, why: 'after an exit' };
    }
    if (
      statement.name === 'IfStatement' &&
      isReturn(statement) &&
      constantTruth(syntax, conditionOf(statement)) === true
    ) {
      return { from: statement.to, why: 'after a return' };
    }
  }
  return null;
}

function conditionOf(statement: SyntaxNode): SyntaxNode | null {
  return statement.firstChild?.nextSibling ?? null;
}

function isReturn(statement: SyntaxNode): boolean {
  const body = statement.getChild('Body');
  return (
    body !== null &&
    childrenOf(body)
      .slice(0, 3)
      .some(({ name }) => name === 'ReturnStatement')
  );
}

/** `if sys.platform == "win32": return`: its text, when it leaves the test for the place where it runs. */
export function environmentalReturn(syntax: Syntax, statement: SyntaxNode): string | null {
  const condition = conditionOf(statement);
  if (condition === null || !isReturn(statement)) return null;
  const text = textOf(syntax, { from: condition.from, to: Math.min(condition.to, condition.from + 200) });
  return ENVIRONMENT.test(text) ? `if ${text}: return` : null;
}

export interface Branch {
  readonly from: number;
  readonly to: number;
  readonly runs: 'sometimes' | 'never';
}

/** The bodies of an `if` that do not run whatever happens. */
export function branchesOf(syntax: Syntax, statement: SyntaxNode): readonly Branch[] {
  const children = childrenOf(statement);
  const truth = constantTruth(syntax, conditionOf(statement));
  let isFirst = true;
  return children.flatMap((child): Branch[] => {
    if (child.name !== 'Body') return [];
    const known = isFirst ? truth : truth === true ? false : null;
    isFirst = false;
    if (known === true) return [];
    return [{ from: child.from, to: child.to, runs: known === null ? 'sometimes' : 'never' }];
  });
}

/** Whether a block is the body of a `try` or `with` that lets no failed assertion out. */
export function isSwallowed(syntax: Syntax, body: SyntaxNode): boolean {
  const statement = body.parent;
  if (statement?.name === 'WithStatement') return childrenOf(statement).some((child) => suppresses(syntax, child));
  if (statement?.name !== 'TryStatement' || statement.getChild('Body')?.from !== body.from) return false;
  const children = childrenOf(statement).filter(({ name }) => name !== 'Comment');
  return children.some((child, index) => {
    if (child.name !== 'except') return false;
    const caught = children[index + 1];
    const handler = children.slice(index + 1).find(({ name }) => name === 'Body');
    if (caught === undefined || handler === undefined) return false;
    const catches =
      caught.name === 'Body' ||
      CATCHES.test(textOf(syntax, { from: caught.from, to: Math.min(caught.to, caught.from + 200) }));
    return catches && swallows(syntax, handler);
  });
}

function suppresses(syntax: Syntax, node: SyntaxNode): boolean {
  if (node.name !== 'CallExpression') return false;
  const { name, list } = calleeOf(syntax, node);
  if (!/(?:^|\.)suppress$/.test(name)) return false;
  return argumentsOf(syntax, list).positional.some((each) => CATCHES.test(textOf(syntax, each)));
}

function swallows(syntax: Syntax, handler: SyntaxNode): boolean {
  if (handler.to - handler.from > LONGEST_HANDLER) return false;
  const words = textOf(syntax, handler).replace(/'[^'\n]*'|"[^"\n]*"|#[^\n]*/g, '');
  return !HANDS_ON.test(words);
}
