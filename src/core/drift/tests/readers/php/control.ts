/** What never runs, runs only sometimes, or runs to no effect in PHP. */
import type { SyntaxNode } from '@lezer/common';
import { childrenOf, textOf } from '../../../syntax/parse';
import type { Dead } from '../frames';
import { constantTruth, type Reading } from './nodes';

/** What PHPUnit's failures are caught by: they are exceptions themselves. */
const CATCHES =
  /(?:^|[\s\\(|])(?:Exception|Throwable|AssertionFailedError|ExpectationFailedException|PHPUnit_Framework_\w+)(?=[\s)|]|$)/;
const HANDS_ON = /\b(?:throw|fail|assert\w*|expect\w*|markTest\w+|exit|die)\b|\$this\b/;
const LONGEST_HANDLER = 5_000;
const ENVIRONMENT =
  /\b(?:PHP_OS(?:_FAMILY)?|PHP_VERSION(?:_ID)?|DIRECTORY_SEPARATOR|extension_loaded|function_exists|class_exists|getenv|version_compare|PHP_INT_SIZE|PHP_SAPI)\b|\$_(?:ENV|SERVER)\b/;

/** From where on the statements of a block are never reached. */
export function deadIn(block: SyntaxNode): Dead | null {
  const exit = childrenOf(block).find(
    ({ name, firstChild }) =>
      name === 'ReturnStatement' || (name === 'ExpressionStatement' && firstChild?.name === 'exit'),
  );
  if (exit === undefined || exit.nextSibling === null || exit.nextSibling.name === '}') return null;
  return { from: exit.to, why: 'after a return' };
}

/** How a block of an `if` runs; null: it is none, or always does. */
export function branchRuns(block: SyntaxNode, reading: Reading): 'sometimes' | 'never' | null {
  const around = block.parent;
  if (around === null) return null;
  if (around.name === 'IfStatement') {
    const truth = constantTruth(reading, around.getChild('ParenthesizedExpression'));
    const isFirst = block.prevSibling?.name === 'ParenthesizedExpression';
    if (truth === null) return 'sometimes';
    return truth === isFirst ? null : 'never';
  }
  return /^(?:SwitchStatement|SwitchBody|CatchClause)$/.test(around.name) || isHandler(block) ? 'sometimes' : null;
}

function isHandler(block: SyntaxNode): boolean {
  return block.parent?.name === 'TryStatement' && block.prevSibling?.name === 'CatchDeclarator';
}

/** Whether a block is the body of a `try` that lets no failed assertion out. */
export function isSwallowed(block: SyntaxNode, { syntax }: Reading): boolean {
  const statement = block.parent;
  if (statement?.name !== 'TryStatement' || block.prevSibling?.name !== 'try') return false;
  return statement.getChildren('CatchDeclarator').some((caught) => {
    const handler = caught.nextSibling;
    if (handler?.name !== 'Block' || handler.to - handler.from > LONGEST_HANDLER) return false;
    if (!CATCHES.test(textOf(syntax, { from: caught.from, to: Math.min(caught.to, caught.from + 300) }))) return false;
    const words = textOf(syntax, handler).replace(/'[^'\n]*'|"[^"\n]*"|\/\/[^\n]*|#[^\n]*/g, '');
    return !HANDS_ON.test(words);
  });
}

/** `if (PHP_OS === …) { return; }`: its text, when it leaves the test for the place where it runs. */
export function environmentalReturn(statement: SyntaxNode, { syntax }: Reading): string | null {
  const condition = statement.getChild('ParenthesizedExpression');
  const body = condition?.nextSibling ?? null;
  if (condition === null || body === null) return null;
  const leaves =
    body.name === 'ReturnStatement' ||
    childrenOf(body)
      .slice(0, 3)
      .some(({ name }) => name === 'ReturnStatement');
  const text = textOf(syntax, { from: condition.from, to: Math.min(condition.to, condition.from + 200) });
  return leaves && ENVIRONMENT.test(text) ? `if ${text} return` : null;
}
