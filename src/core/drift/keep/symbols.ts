/** Finds the code that a name stands for, by the names of what is around it: `connect`, `Client.connect`. */
import type { SyntaxNode, SyntaxNodeRef } from '@lezer/common';
import type { Language } from '../syntax/language';
import { childrenOf, type Syntax, textOf } from '../syntax/parse';
import { essenceOf, indentedEssence } from './essence';

/** Nodes that give a name to what is inside them, by grammar. */
const DEFINITIONS: Partial<Readonly<Record<Language, RegExp>>> = {
  python: /^(?:FunctionDefinition|ClassDefinition|AssignStatement)$/,
  go: /^(?:FunctionDecl|MethodDecl|TypeSpec|ConstSpec|VarSpec)$/,
  rust: /^(?:(?:Function|Struct|Enum|Union|Trait|Const|Static|Type|Mod|Impl)Item|MacroDefinition)$/,
};
const SCRIPT =
  /^(?:(?:Function|Class|Interface|TypeAlias|Enum|Namespace|Method|Property|Variable)Declaration|Property)$/;
const NAME =
  /^(?:VariableDefinition|TypeDefinition|PropertyDefinition|PrivatePropertyDefinition|DefName|FieldName|BoundIdentifier|TypeIdentifier|Identifier|VariableName)$/;
/** What belongs to a definition and stands around it: decorators, attributes, `export`. */
const WRAPPERS = /^(?:DecoratedStatement|AttributeItem|ExportDeclaration)$/;

/**
 * The text of every piece of code of that name, layout aside; empty when there is none.
 *
 * @param name parts joined by `.` (or `::` of Rust), the outermost first
 */
export function symbolText(syntax: Syntax, name: string): readonly string[] {
  const wanted = name.replaceAll('::', '.');
  const definition = DEFINITIONS[syntax.language] ?? SCRIPT;
  const around: { readonly name: string; readonly to: number }[] = [];
  const found: string[] = [];
  syntax.tree.iterate({
    enter: (part) => {
      while (around.length > 0 && (around.at(-1)?.to ?? 0) <= part.from) around.pop();
      if (!definition.test(part.name)) return;
      const names = namesOf(syntax, part);
      const prefix = around.map((outer) => `${outer.name}.`).join('');
      if (names.some((own) => prefix + own === wanted)) found.push(textWith(syntax, part.node));
      const [first] = names;
      if (first !== undefined) around.push({ name: first, to: part.to });
    },
  });
  return found;
}

function namesOf(syntax: Syntax, { name, node }: SyntaxNodeRef): readonly string[] {
  const named = childrenOf(node).filter((child) => NAME.test(child.name));
  const texts = named.map((child) => textOf(syntax, child));
  switch (name) {
    case 'ImplItem':
      // The type, which stands last, and without the trait before it.
      return texts.slice(-1);
    case 'MethodDecl': {
      const receiver = node.getChild('Parameters');
      const type =
        receiver === null ? '' : (/([\p{L}_]\w*)(?:\[[^\]]*\])?\s*\)$/u.exec(textOf(syntax, receiver))?.[1] ?? '');
      return texts.slice(0, 1).map((own) => `${type}.${own}`);
    }
    case 'VariableDeclaration':
    case 'ConstSpec':
    case 'VarSpec':
      return texts;
    default:
      return texts.slice(0, 1);
  }
}

function textWith(syntax: Syntax, node: SyntaxNode): string {
  const parent = node.parent;
  const whole = parent !== null && WRAPPERS.test(parent.name) ? parent : node;
  return syntax.language === 'python' ? indentedEssence(syntax, whole) : essenceOf(syntax, whole);
}
