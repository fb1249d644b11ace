/** Where a statement of a Gradle build stands: in which blocks, and what they are called. */
import { dottedName, type Statement } from '../statements';

/** Blocks that only say when, or for which of several, something holds. */
const TRANSPARENT = new Set([
  'if',
  'else',
  'each',
  'forEach',
  'all',
  'configureEach',
  'with',
  'run',
  'afterEvaluate',
  '',
]);

/** The name of what opens a block: `dependencies`, `project(:app)`, `commonMain` of `val commonMain by getting`. */
export function blockName({ tokens }: Statement): string {
  const isDeclaration = ['val', 'def', 'var'].includes(tokens[0]?.text ?? '');
  const { name, next } = dottedName(tokens, isDeclaration ? 1 : 0);
  const argument = tokens[next + 1];
  const kind = lastOf(name);
  const isNamed = tokens[next]?.text === '(' && argument?.kind === 'text';
  return isNamed && ['project', 'create', 'register', 'named', 'getByName'].includes(kind)
    ? `${name}(${argument.text})`
    : name;
}

/** The last part of a name with dots, without what it was called with. */
export function lastOf(name: string): string {
  const bare = name.split('(', 1)[0] ?? '';
  return bare.slice(bare.lastIndexOf('.') + 1);
}

/** Names of the blocks around, the outermost first, without those that mean nothing. */
export function pathOf(statement: Statement): readonly string[] {
  const names: string[] = [];
  for (let around = statement.within; around !== null; around = around.within) {
    const name = blockName(around);
    if (!TRANSPARENT.has(lastOf(name))) names.unshift(name);
  }
  return names;
}
