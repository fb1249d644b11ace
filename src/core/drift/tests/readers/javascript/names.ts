/** What a file's own names stand for: imports, tables, aliases of `it`. */
import type { SyntaxNode } from '@lezer/common';
import { childrenOf, type Syntax, textOf } from '../../../syntax/parse';
import { chainOf, stringOf, unwrapped } from './chain';
import { aliasOf, type Root } from './registrations';

const ASSERTION_LIBRARY = /(?:^|[/@:-])(?:assert|chai|power-assert|asserts?|expect|should)(?:$|[/.-])|\/assert\//;
const TEST_LIBRARY =
  /^(?:node:test|vitest|@jest\/globals|mocha|bun:test|@playwright\/test|@effect\/vitest|jasmine|@std\/testing\/bdd)$/;
const KNOWN = /^(?:it|test|specify|describe|suite|context)$/;

export class Names {
  /** Module to the names that it is known by here. */
  readonly imports = new Map<string, string[]>();
  /** Names from assertion libraries, with what they are called there. */
  readonly assertions = new Map<string, string>();
  readonly aliases = new Map<string, Root>();
  readonly #tables = new Map<string, SyntaxNode>();
  readonly #syntax: Syntax;

  constructor(syntax: Syntax) {
    this.#syntax = syntax;
  }

  /** `import a, { b as c } from 'm'`. */
  importFrom(declaration: SyntaxNode): void {
    const module = stringOf(this.#syntax, declaration.getChild('String') ?? undefined);
    if (module === null) return;
    const own: string[] = this.imports.get(module) ?? [];
    this.imports.set(module, own);
    const add = (local: string, name: string) => {
      own.push(local);
      this.#bind(module, local, name);
    };
    for (const child of childrenOf(declaration)) {
      if (child.name === 'VariableDefinition') add(textOf(this.#syntax, child), 'default');
      if (child.name !== 'ImportGroup') continue;
      let name = '';
      for (const part of childrenOf(child)) {
        const text = textOf(this.#syntax, part);
        if (part.name === 'VariableName') name = text;
        if (part.name === 'VariableDefinition') {
          add(text, name === '' ? text : name);
          name = '';
        }
        if (part.name === ',') name = '';
      }
    }
  }

  /** `const a = require('m')`, `const rows = […]`, `const maybe = it.skip`. */
  declare(declaration: SyntaxNode): void {
    const children = childrenOf(declaration);
    children.forEach((child, index) => {
      if (child.name !== 'Equals') return;
      const target = children.slice(0, index).findLast(({ name }) => /Definition$|Pattern$/.test(name));
      const value = children[index + 1];
      if (target !== undefined && value !== undefined) this.#assign(target, value);
    });
  }

  /** The elements of an array literal, or of one that a name stands for; null when it is neither. */
  elementsOf(node: SyntaxNode): readonly SyntaxNode[] | null {
    const inner = asserted(unwrapped(node));
    if (inner.name === 'ArrayExpression') {
      const elements = childrenOf(inner).filter(({ name }) => !/^(?:[[\],]|.*Comment)$/.test(name));
      return elements.some(({ name }) => name === 'Spread') ? null : elements;
    }
    if (inner.name === 'ObjectExpression') return inner.getChildren('Property');
    if (inner.name === 'CallExpression') {
      const chain = chainOf(this.#syntax, inner);
      const [member, call] = chain.steps;
      const isEntries =
        chain.name === 'Object' && member?.kind === 'member' && /^(?:entries|keys|values)$/.test(member.name);
      return isEntries && call?.kind === 'call' && call.args[0] ? this.elementsOf(call.args[0]) : null;
    }
    if (inner.name !== 'VariableName') return null;
    const table = this.#tables.get(textOf(this.#syntax, inner));
    return table === undefined ? null : this.elementsOf(table);
  }

  #assign(target: SyntaxNode, value: SyntaxNode): void {
    const inner = asserted(unwrapped(value));
    const name = textOf(this.#syntax, target);
    if (inner.name === 'ArrayExpression' || inner.name === 'ObjectExpression') this.#tables.set(name, inner);
    const alias = target.name === 'VariableDefinition' ? aliasOf(value, this.aliases, this.#syntax) : null;
    if (alias !== null) this.aliases.set(name, alias);
    if (inner.name === 'CallExpression' || inner.name === 'MemberExpression') this.#required(target, inner);
  }

  #required(target: SyntaxNode, value: SyntaxNode): void {
    const chain = chainOf(this.#syntax, value);
    const [call] = chain.steps;
    if (!/^(?:require|import)$/.test(chain.name) || call?.kind !== 'call') return;
    const module = stringOf(this.#syntax, call.args[0]);
    if (module === null) return;
    const locals = target.name === 'VariableDefinition' ? [target] : patternNames(target);
    const names = locals.map((local) => textOf(this.#syntax, local));
    this.imports.set(module, [...(this.imports.get(module) ?? []), ...names]);
    for (const name of names) this.#bind(module, name, target.name === 'VariableDefinition' ? 'default' : name);
  }

  #bind(module: string, local: string, name: string): void {
    if (ASSERTION_LIBRARY.test(module)) {
      this.assertions.set(local, name === 'default' ? (/chai/.test(module) ? 'chai' : 'assert') : asAssertion(name));
    }
    if (!TEST_LIBRARY.test(module) || local === name || !KNOWN.test(name)) return;
    const kind = /^(?:it|test|specify)$/.test(name) ? 'case' : 'group';
    this.aliases.set(local, { kind, flag: null, conditional: false });
  }
}

/** `import { equal } from 'node:assert'` is called without its object. */
function asAssertion(name: string): string {
  if (/^(?:expect|should|assert|strict|fail)/.test(name)) return name === 'strict' ? 'assert' : name;
  return `assert${name[0]?.toUpperCase() ?? ''}${name.slice(1)}`;
}

/** `[…] as const`, `[…] satisfies T`. */
function asserted(node: SyntaxNode): SyntaxNode {
  const isCast =
    node.name === 'BinaryExpression' && (node.getChild('as') !== null || node.getChild('satisfies') !== null);
  return isCast && node.firstChild !== null ? node.firstChild : node;
}

function patternNames(pattern: SyntaxNode): readonly SyntaxNode[] {
  return pattern.getChildren('PatternProperty').flatMap((property) => {
    const name = property.getChild('VariableDefinition');
    return name === null ? [] : [name];
  });
}
