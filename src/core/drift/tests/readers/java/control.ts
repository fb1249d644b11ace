/** What control flow does to the assertions of Java inside. */
import type { SyntaxNode } from '@lezer/common';
import { type Syntax, textOf } from '../../../syntax/parse';
import { startsWithReturn } from '../blocks';
import { constantTruth } from '../fluent/texts';
import type { Dead } from '../frames';
import { ENVIRONMENT, HANDS_ON, SWALLOWED } from '../jvm/skips';

const LONGEST_HANDLER = 2_000;

/** From where on the statements of a block are never reached. */
export function deadIn(syntax: Syntax, block: SyntaxNode): Dead | null {
  for (let statement = block.firstChild; statement !== null; statement = statement.nextSibling) {
    if (statement.name === 'ReturnStatement') return { from: statement.to, why: 'after a return' };
    if (statement.name !== 'IfStatement' || truthOf(syntax, statement) !== true) continue;
    const consequent = consequentOf(statement);
    if (consequent !== null && startsWithReturn(consequent)) return { from: statement.to, why: 'after a return' };
  }
  return null;
}

function conditionOf(statement: SyntaxNode): SyntaxNode | null {
  return statement.getChild('ParenthesizedExpression');
}

function consequentOf(statement: SyntaxNode): SyntaxNode | null {
  return conditionOf(statement)?.nextSibling ?? null;
}

function truthOf(syntax: Syntax, statement: SyntaxNode): boolean | null {
  const condition = conditionOf(statement);
  if (condition === null || condition.to - condition.from > 30) return null;
  return constantTruth(textOf(syntax, condition).replace(/\s/g, ''));
}

/** `if (System.getenv("CI") != null) return;`: its text. */
export function environmentalReturn(syntax: Syntax, statement: SyntaxNode): string | null {
  const condition = conditionOf(statement);
  const consequent = consequentOf(statement);
  if (condition === null || consequent === null || !startsWithReturn(consequent)) return null;
  const text = textOf(syntax, { from: condition.from, to: Math.min(condition.to, condition.from + 200) });
  return ENVIRONMENT.test(text) ? `if ${text} return` : null;
}

interface Branch {
  readonly from: number;
  readonly runs: 'sometimes' | 'never';
}

/** The branches of an `if` that do not run whatever happens. */
export function branchesOf(syntax: Syntax, statement: SyntaxNode): readonly Branch[] {
  const truth = truthOf(syntax, statement);
  const alternate = statement.getChild('else')?.nextSibling ?? null;
  return [consequentOf(statement), alternate].flatMap((branch, index): Branch[] => {
    if (branch === null || truth === (index === 0)) return [];
    return [{ from: branch.from, runs: truth === null ? 'sometimes' : 'never' }];
  });
}

/** Whether a block is that of a `try` whose handler lets no failed assertion out. */
export function isSwallowed(syntax: Syntax, block: SyntaxNode): boolean {
  const statement = block.parent;
  if (
    !/^Try(?:WithResources)?Statement$/.test(statement?.name ?? '') ||
    statement?.getChild('Block')?.from !== block.from
  ) {
    return false;
  }
  return statement.getChildren('CatchClause').some((clause) => {
    const caught = clause.getChild('CatchFormalParameter');
    const handler = clause.getChild('Block');
    if (caught === null || handler === null || handler.to - handler.from > LONGEST_HANDLER) return false;
    if (!SWALLOWED.test(textOf(syntax, { from: caught.from, to: Math.min(caught.to, caught.from + 200) })))
      return false;
    const words = textOf(syntax, handler).replace(/"[^"\n]*"|\/\/[^\n]*/g, '');
    return !HANDS_ON.test(words);
  });
}
