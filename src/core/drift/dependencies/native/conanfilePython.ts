/** conanfile.py: the references that a recipe writes out (Conan's documentation, "conanfile.py"). */
import type { SyntaxNode } from '@lezer/common';
import { parseSource, type Syntax, textOf } from '../../syntax/parse';
import { Unreadable } from '../document';
import { joinDuplicates } from '../duplicates';
import { EMPTY_MANIFEST, type Manifest, type Requirement } from '../model';
import { requirementOf } from './conanReference';

/** The longest recipe, in UTF-16 units: those of Conan's own index stay below fifty thousand. */
const LONGEST = 100_000;
const NAMES: ReadonlySet<string> = new Set([
  ...['requires', 'tool_requires', 'build_requires', 'test_requires', 'python_requires'],
]);
const CALL = /^self\.(requires|tool_requires|build_requires|test_requires)(?:\.add)?$/;
const PLAIN_STRING = /^[ruRU]?("""|'''|["'])([^\\]*)\1$/;
const PUNCTUATION: ReadonlySet<string> = new Set(['(', ')', '[', ']', ',', 'Comment']);
/** Behind a reference, in a tuple (Conan 1). */
const KINDS: ReadonlySet<string> = new Set(['private', 'override']);
const LISTS: ReadonlySet<string> = new Set(['TupleExpression', 'ArrayExpression', 'ParenthesizedExpression']);

/** Reads a conanfile.py; what is computed is a fault, and the rest counts. Rejects with Unreadable. */
export async function readConanfilePython(text: string): Promise<Manifest> {
  if (text.length > LONGEST) throw new Unreadable('it is too large');
  const syntax = await parseSource('python', text);
  if (syntax === null) throw new Unreadable('it is not Python');
  const requirements: Requirement[] = [];
  const faults = new Set<string>();
  const add = (group: string, reference: string | null, isBent = false) => {
    const requirement = reference === null ? null : requirementOf(group, reference);
    if (requirement) requirements.push(isBent ? { ...requirement, everywhere: true } : requirement);
    else faults.add(group);
  };
  syntax.tree.iterate({
    enter: ({ name, type, node }) => {
      if (type.isError) faults.add('the syntax');
      if (name === 'CallExpression') readCall(syntax, node, add);
      if (name === 'AssignStatement') readAssignment(syntax, node, add);
    },
  });
  return { ...EMPTY_MANIFEST, requirements: joinDuplicates(requirements), faults: [...faults] };
}

type Add = (group: string, reference: string | null, isBent?: boolean) => void;

/** `self.requires("name/1.0")`, with `override=True` or `force=True`. */
function readCall(syntax: Syntax, node: SyntaxNode, add: Add): void {
  const callee = node.firstChild;
  const list = node.lastChild;
  if (callee?.name !== 'MemberExpression' || list?.name !== 'ArgList') return;
  const group = CALL.exec(textOf(syntax, callee).slice(0, 100))?.[1];
  if (group === undefined) return;
  const first = list.firstChild?.nextSibling ?? null;
  const after = first?.nextSibling?.name ?? ')';
  const isAlone = after === ',' || after === ')';
  const isBent = /\b(?:override|force)\s*=\s*True\b/.test(textOf(syntax, list).slice(0, 1000));
  add(group, first && isAlone ? stringOf(syntax, first) : null, isBent);
}

/** `requires = "name/1.0", "other/2.0"` in the body of a class. */
function readAssignment(syntax: Syntax, node: SyntaxNode, add: Add): void {
  const target = node.firstChild;
  if (target?.name !== 'VariableName' || node.parent?.parent?.name !== 'ClassDefinition') return;
  const group = textOf(syntax, target);
  if (!NAMES.has(group)) return;
  for (let value = node.getChild('AssignOp')?.nextSibling ?? null; value !== null; value = value.nextSibling) {
    readValue(syntax, value, (reference) => add(group, reference));
  }
}

/** Strings of a value, in tuples and lists too. */
function readValue(syntax: Syntax, node: SyntaxNode, add: (reference: string | null) => void): void {
  const ahead: SyntaxNode[] = [node];
  for (let each = ahead.pop(); each !== undefined; each = ahead.pop()) {
    if (PUNCTUATION.has(each.name)) continue;
    if (LISTS.has(each.name)) {
      for (let child = each.lastChild; child !== null; child = child.prevSibling) ahead.push(child);
      continue;
    }
    const text = stringOf(syntax, each);
    if (text === null || !KINDS.has(text)) add(text);
  }
}

function stringOf(syntax: Syntax, node: SyntaxNode): string | null {
  return node.name === 'String' ? (PLAIN_STRING.exec(textOf(syntax, node))?.[2] ?? null) : null;
}
