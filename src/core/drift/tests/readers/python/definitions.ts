/** Where a definition or call of Python stands, and what that makes of it. */
import type { SyntaxNode } from '@lezer/common';
import type { Syntax } from '../../../syntax/parse';
import { type Marked, skip } from '../drafts';
import type { Frame } from '../frames';
import { decoratorOf } from './marks';

/** Further up than this no class is looked for. */
const HIGHEST = 20;

/** A definition inside an `if` or after an exit may never be one. */
export function markByPlace(
  marked: Marked,
  definition: SyntaxNode,
  line: number,
  { dead, muted, guarded }: Frame,
): void {
  if (dead !== null && definition.from >= dead.from)
    skip(marked, { text: `defined ${dead.why}`, line, conditional: false });
  else if (muted === 'behind a condition that never holds')
    skip(marked, { text: `defined ${muted}`, line, conditional: false });
  else if (guarded) skip(marked, { text: 'defined on a condition', line, conditional: true });
}

/** Whether a function is something else for its decorators. */
export function isFixture(syntax: Syntax, definition: SyntaxNode): boolean {
  const whole = definition.parent;
  const decorators = whole?.name === 'DecoratedStatement' ? whole.getChildren('Decorator') : [];
  return decorators.some((decorator) =>
    /(?:^|\.)(?:fixture|property|staticmethod)$/.test(decoratorOf(syntax, decorator).name),
  );
}

/** Whether a function is a method. */
export function isMethod(definition: SyntaxNode): boolean {
  for (let node = definition.parent, depth = 0; node !== null && depth < HIGHEST; node = node.parent, depth++) {
    if (node.name === 'ClassDefinition') return true;
    if (node.name === 'FunctionDefinition') return false;
  }
  return false;
}

/** A call that another is called on was seen with it: `expect(x)` of `expect(x).to_be(y)`. */
export function isInnerCallee(call: SyntaxNode): boolean {
  const { parent } = call;
  return (
    parent?.name === 'MemberExpression' && parent.parent?.name === 'CallExpression' && parent.parent.from === call.from
  );
}

/** Whether a statement is in the handler of a `try`. */
export function isInHandler(node: SyntaxNode): boolean {
  const statement =
    node.parent?.name === 'ExpressionStatement' || node.parent?.name === 'RaiseStatement' ? node.parent : node;
  const body = statement.parent;
  return body?.parent?.name === 'TryStatement' && body.parent.getChild('Body')?.from !== body.from;
}
