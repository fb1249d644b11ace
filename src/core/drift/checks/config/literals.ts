/** The data in a configuration that is a program: what can be read without running it. */
import type { SyntaxNode } from '@lezer/common';
import { Unreadable } from '../../dependencies/document';
import type { Language } from '../../syntax/language';
import { languageOf } from '../../syntax/language';
import { parseSource, type Syntax, textOf } from '../../syntax/parse';
import { sameForFormatters, tokensOf } from '../tokens';
import { Code, MAX_DEPTH, type Value } from '../value';

export interface Program {
  /** What it exports, as far as it is literal; code for the rest. */
  readonly value: Value;
  /** The code beside it: functions and conditions that may build it. Imports count where they are used. */
  readonly rest: string;
}

/** Functions that give back the configuration that they are given (each tool's docs, "defineConfig"). */
const IDENTITY =
  /^(?:define\w*|mergeConfig|(?:tseslint|ts|eslint)\.config|config|satisfies|withNuxt|antfu|neostandard|require)$/;

/** Reads a JavaScript or TypeScript configuration. Throws Unreadable for what is no program. */
export async function readProgram(text: string, path: string): Promise<Program> {
  const language: Language = languageOf(path) ?? 'javascript';
  const syntax = await parseSource(language, text);
  if (syntax === null) throw new Unreadable('it is too large to be a configuration');
  // What does not parse is compared as a whole.
  if (hasErrors(syntax)) return { value: new Code(sameForFormatters(tokensOf(syntax, 0, text.length))), rest: '' };
  const reader = new Literals(syntax);
  const exported = exportedNode(syntax);
  if (exported === null) return { value: new Map(), rest: sameForFormatters(tokensOf(syntax, 0, text.length)) };
  const value = reader.valueOf(exported, 0);
  return { value, rest: reader.rest(exported) };
}

function hasErrors({ tree }: Syntax): boolean {
  let found = false;
  tree.iterate({
    enter: (node) => {
      found ||= node.type.isError;
      return !found;
    },
  });
  return found;
}

/** The expression of `export default X` or `module.exports = X`; the last one counts. */
function exportedNode(syntax: Syntax): SyntaxNode | null {
  let found: SyntaxNode | null = null;
  for (let node = syntax.tree.topNode.firstChild; node !== null; node = node.nextSibling) {
    if (node.name === 'ExportDeclaration' && node.getChild('default')) {
      const last = node.lastChild?.name === ';' ? node.lastChild.prevSibling : node.lastChild;
      if (last !== null && last !== undefined && last.name !== 'default') found = last;
    }
    const assigned = node.name === 'ExpressionStatement' ? node.getChild('AssignmentExpression') : null;
    const target = assigned?.firstChild;
    if (assigned && target && /^(?:module\.)?exports(?:\.default)?$|^module\.exports$/.test(textOf(syntax, target))) {
      found = assigned.lastChild;
    }
  }
  return found;
}

class Literals {
  readonly #constants = new Map<string, SyntaxNode>();
  readonly #used = new Set<SyntaxNode>();

  constructor(readonly syntax: Syntax) {
    for (let node = syntax.tree.topNode.firstChild; node !== null; node = node.nextSibling) {
      const declared = node.name === 'ExportDeclaration' ? node.getChild('VariableDeclaration') : node;
      if (declared?.name !== 'VariableDeclaration') continue;
      const name = declared.getChild('VariableDefinition');
      const value = declared.getChild('Equals')?.nextSibling;
      if (name && value) this.#constants.set(this.#text(name), value);
    }
  }

  /** The value of an expression; constants of the file are looked up, everything else that is computed is code. */
  valueOf(node: SyntaxNode, depth: number): Value {
    if (depth > MAX_DEPTH) throw new Unreadable('it is nested too deeply');
    switch (node.name) {
      case 'ObjectExpression':
        return this.#object(node, depth);
      case 'ArrayExpression':
        return this.#list(node, depth);
      case 'String':
        return unescaped(this.#text(node));
      case 'TemplateString':
        return node.getChild('Interpolation') ? this.#code(node) : this.#text(node).slice(1, -1);
      case 'Number':
        return numberText(this.#text(node));
      case 'BooleanLiteral':
      case 'null':
        return this.#text(node);
      case 'UnaryExpression':
        return this.#unary(node, depth);
      case 'VariableName':
        return this.#constant(node, depth);
      case 'CallExpression':
        return this.#call(node, depth);
      case 'ArrowFunction':
      case 'FunctionExpression':
        return this.#returned(node, depth);
      case 'ParenthesizedExpression':
      case 'AwaitExpression':
      case 'BinaryExpression':
        return this.#wrapped(node, depth);
      default:
        return this.#code(node);
    }
  }

  /** Everything at the top of the file that is no import, and no part of what was read. */
  rest(exported: SyntaxNode): string {
    const parts: string[] = [];
    for (let node = this.syntax.tree.topNode.firstChild; node !== null; node = node.nextSibling) {
      if (/^(?:ImportDeclaration|LineComment|BlockComment|;)$/.test(node.name)) continue;
      if (node.from <= exported.from && exported.to <= node.to) continue;
      if ([...this.#used].some((used) => node.from <= used.from && used.to <= node.to)) continue;
      const text = tokensOf(this.syntax, node.from, node.to);
      if (/^(?:['"]use strict['"]|(?:const|let|var) [^=]{1,500}= require [^=]*)$/.test(text.replace(/\n/g, ' ')))
        continue;
      parts.push(sameForFormatters(text));
    }
    return parts.join('\n');
  }

  #object(node: SyntaxNode, depth: number): Value {
    const table = new Map<string, Value>();
    for (const property of node.getChildren('Property')) {
      const key = property.firstChild;
      if (key === null) continue;
      const value = property.getChild(':')?.nextSibling;
      if (key.name === 'Spread') {
        const spread = property.lastChild === null ? null : this.valueOf(property.lastChild, depth + 1);
        if (spread instanceof Map) for (const [name, each] of spread) table.set(name, each);
        else table.set(`...${this.#code(property).text}`, this.#code(property));
      } else if (key.name === 'PropertyDefinition' || key.name === 'String' || key.name === 'Number') {
        const name = key.name === 'String' ? unescaped(this.#text(key)) : this.#text(key);
        if (value) table.set(name, this.valueOf(value, depth + 1));
        else table.set(name, this.#shorthand(property, name, depth));
      } else
        table.set(
          this.#code(key.nextSibling ?? key).text,
          value ? this.valueOf(value, depth + 1) : this.#code(property),
        );
    }
    return table;
  }

  /** `{ rules }` means the constant of that name; a method is code. */
  #shorthand(property: SyntaxNode, name: string, depth: number): Value {
    const constant = this.#constants.get(name);
    return property.getChild('ParamList') || constant === undefined ? this.#code(property) : this.#use(constant, depth);
  }

  #list(node: SyntaxNode, depth: number): Value {
    const items: Value[] = [];
    let spread = false;
    for (let item = node.firstChild; item !== null; item = item.nextSibling) {
      if (/^(?:[[\],()]|LineComment|BlockComment)$/.test(item.name)) continue;
      if (item.name === 'Spread') {
        spread = true;
        continue;
      }
      const value = this.valueOf(item, depth + 1);
      if (spread && Array.isArray(value)) items.push(...value);
      else items.push(spread ? new Code(`...${this.#code(item).text}`) : value);
      spread = false;
    }
    return items;
  }

  #unary(node: SyntaxNode, depth: number): Value {
    const operator = node.firstChild === null ? '' : this.#text(node.firstChild);
    const operand = node.lastChild === null ? undefined : this.valueOf(node.lastChild, depth + 1);
    if (typeof operand === 'string' && (operator === '-' || operator === '+'))
      return operator === '-' ? `-${operand}` : operand;
    if (operator === '!' && (operand === '0' || operand === '1')) return operand === '0' ? 'true' : 'false';
    return this.#code(node);
  }

  #constant(node: SyntaxNode, depth: number): Value {
    const constant = this.#constants.get(this.#text(node));
    return constant === undefined ? this.#code(node) : this.#use(constant, depth);
  }

  #use(constant: SyntaxNode, depth: number): Value {
    this.#used.add(constant);
    return this.valueOf(constant, depth + 1);
  }

  #call(node: SyntaxNode, depth: number): Value {
    const callee = node.firstChild;
    const list = node.getChild('ArgList');
    if (callee === null || list === null || !IDENTITY.test(this.#text(callee)) || this.#text(callee) === 'require')
      return this.#code(node);
    const items = this.#list(list, depth);
    return Array.isArray(items) && items.length === 1 ? (items[0] as Value) : items;
  }

  /** `() => ({…})`, or a function whose body is one `return`. */
  #returned(node: SyntaxNode, depth: number): Value {
    const body = node.lastChild;
    if (body === null) return this.#code(node);
    if (body.name !== 'Block') return this.valueOf(body, depth + 1);
    const statements = body.getChildren('ReturnStatement');
    const only = body.firstChild?.nextSibling;
    const value = statements[0]?.getChild('return')?.nextSibling;
    const simple = statements.length === 1 && only?.name === 'ReturnStatement' && value && value.name !== ';';
    return simple ? this.valueOf(value, depth + 1) : this.#code(node);
  }

  /** What stands in parentheses, behind `await`, or before `as` and `satisfies`. */
  #wrapped(node: SyntaxNode, depth: number): Value {
    if (node.name === 'BinaryExpression') {
      const keyword = node.firstChild?.nextSibling?.name;
      const typed = keyword === 'as' || keyword === 'satisfies';
      return typed && node.firstChild ? this.valueOf(node.firstChild, depth + 1) : this.#code(node);
    }
    const inner = node.firstChild?.nextSibling;
    return inner ? this.valueOf(inner, depth + 1) : this.#code(node);
  }

  #code(node: SyntaxNode): Code {
    return new Code(sameForFormatters(tokensOf(this.syntax, node.from, node.to)));
  }

  #text(node: SyntaxNode): string {
    return textOf(this.syntax, node);
  }
}

function unescaped(text: string): string {
  return text.slice(1, -1).replace(/\\(.)/g, '$1');
}

function numberText(text: string): string {
  const number = Number(text.replaceAll('_', ''));
  return Number.isFinite(number) ? String(number) : text;
}
