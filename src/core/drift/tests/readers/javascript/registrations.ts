/** `describe`, `it` and their kind: what registers a group or a case, with everything that is said about it. */
import type { SyntaxNode } from '@lezer/common';
import { type Syntax, textOf } from '../../../syntax/parse';
import type { Tokens } from '../tokens';
import {
  type Chain,
  chainOf,
  constantTruth,
  isFunction,
  leadingMembers,
  propertiesOf,
  type Step,
  stringOf,
  unwrapped,
} from './chain';

export type Flag = 'skip' | 'focus';

/** What a name registers, before modifiers. */
export interface Root {
  readonly kind: 'case' | 'group';
  /** `xit`, `fdescribe`, or an alias of `it.skip`. */
  readonly flag: Flag | null;
  readonly conditional: boolean;
}

export interface Registration {
  readonly kind: 'case' | 'group';
  readonly name: string;
  /** The words that register: `it.skip`. */
  readonly words: string;
  readonly skip: 'always' | 'sometimes' | null;
  readonly focus: boolean;
  /** Null: registered without one. */
  readonly body: SyntaxNode | null;
  readonly options: SyntaxNode | null;
  /** The table of `it.each`. */
  readonly table: Step | null;
  readonly args: readonly SyntaxNode[];
}

const root = (kind: Root['kind'], flag: Flag | null = null): Root => ({ kind, flag, conditional: false });

/** The globals of Jest, Vitest, Mocha, Jasmine, node:test, Playwright and Cypress. */
const ROOTS: ReadonlyMap<string, Root> = new Map([
  ...['it', 'test', 'specify'].map((name) => [name, root('case')] as const),
  ...['fit', 'ftest'].map((name) => [name, root('case', 'focus')] as const),
  ...['xit', 'xtest', 'xspecify'].map((name) => [name, root('case', 'skip')] as const),
  ...['describe', 'context', 'suite', 'feature', 'ddescribe'].map((name) => [name, root('group')] as const),
  ...['fdescribe', 'fcontext'].map((name) => [name, root('group', 'focus')] as const),
  ...['xdescribe', 'xcontext'].map((name) => [name, root('group', 'skip')] as const),
]);
/** Objects whose member registers: `Deno.test`, `t.test`, `QUnit.module`. */
const HOLDERS = /^(?:Deno|QUnit|t|tap|test|it|mocha|vitest|jest|globalThis|self|window)$/;
const SKIPS = /^(?:skip|todo|fixme|failing|fails|fail|ignore|skipTest|pending)$/;
const FOCUSES = /^(?:only|focus)$/;
const CONDITIONS = /^(?:skipIf|runIf|todoIf|failsIf|if|skipUnless)$/;
const MODIFIERS =
  /^(?:each|for|concurrent|sequential|serial|parallel|shuffle|prop|effect|live|scoped|scopedLive|strict|test|it|describe|module|suite|sanitize|withTags|browser)$/;

/** Reads a chain as the registration of a case or group; null when it is none. */
export function registrationOf(
  chain: Chain,
  aliases: ReadonlyMap<string, Root>,
  syntax: Syntax,
  tokens: Tokens,
): Registration | null {
  const known = rootOf(chain, aliases, syntax);
  if (known === null) return null;
  const { members, kind } = known;
  if (
    members.some((name) => !SKIPS.test(name) && !FOCUSES.test(name) && !CONDITIONS.test(name) && !MODIFIERS.test(name))
  ) {
    return null;
  }
  const calls = consecutiveCalls(chain);
  const last = calls.at(-1);
  if (last?.kind !== 'call') return null;
  const parameter = calls.length > 1 ? (calls[0] ?? null) : null;
  const parts = partsOf(last.args, syntax);
  if (isOnlyParameter(members, calls.length) || (parts.nameNode === null && parts.body === null)) return null;
  const condition = members.some((name) => CONDITIONS.test(name)) ? conditionOf(members, parameter, syntax) : null;
  const flagged = members.some((name) => SKIPS.test(name)) || known.flag === 'skip';
  return {
    kind,
    name: parts.nameNode === null ? '' : nameOf(parts.nameNode, syntax, tokens),
    words: [chain.name === '' ? tokens.compact(chain.base, 80) : chain.name, ...leadingMembers(chain)].join('.'),
    skip: flagged ? (known.conditional ? 'sometimes' : 'always') : condition,
    focus: known.flag === 'focus' || members.some((name) => FOCUSES.test(name)),
    body: parts.body,
    options: parts.options,
    table: members.some((name) => name === 'each' || name === 'for') ? parameter : null,
    args: last.args,
  };
}

/** `test.skip()`, `test.fixme(condition, 'why')` inside a body or group: Playwright's way, and Vitest's context. */
export function inBodySkip(chain: Chain, syntax: Syntax): 'always' | 'sometimes' | null {
  const members = leadingMembers(chain);
  const call = chain.steps[members.length];
  const last = members.at(-1) ?? '';
  if (call?.kind !== 'call') return null;
  if (chain.name === 'pending' && members.length === 0) return 'always';
  if (members.length !== 1 || !SKIPS.test(last)) return null;
  if (!/^(?:this|t|ctx|context|test|it|task|tap|assert)$/.test(chain.name)) return null;
  if (call.args.some((node) => isFunction(node)) && !isFunction(call.args[0])) return null;
  const [first] = call.args;
  if (last === 'fail' && !/^(?:test|it)$/.test(chain.name)) return null;
  if (first === undefined || stringOf(syntax, first) !== null) return 'always';
  const truth = constantTruth(syntax, first);
  return truth === false ? null : truth === true || first.name === 'ObjectExpression' ? 'always' : 'sometimes';
}

/** What an alias stands for: `const maybe = onWindows ? it.skip : it`. */
export function aliasOf(node: SyntaxNode, aliases: ReadonlyMap<string, Root>, syntax: Syntax, depth = 0): Root | null {
  const inner = unwrapped(node);
  if (depth > 5) return null;
  if (inner.name === 'ConditionalExpression') {
    const branches = [inner.firstChild?.nextSibling?.nextSibling, inner.lastChild];
    const [yes, no] = branches.map((branch) => (branch ? aliasOf(branch, aliases, syntax, depth + 1) : null));
    if (!yes || !no) return null;
    const flag = yes.flag ?? no.flag;
    return { kind: yes.kind, flag, conditional: flag !== null && yes.flag !== no.flag };
  }
  if (inner.name !== 'VariableName' && inner.name !== 'MemberExpression') return null;
  const chain = chainOf(syntax, inner);
  const known = rootOf(chain, aliases, syntax);
  if (known === null || chain.steps.some(({ kind }) => kind !== 'member')) return null;
  const { members, kind, conditional } = known;
  if (members.some((name) => !SKIPS.test(name) && !FOCUSES.test(name) && !MODIFIERS.test(name))) return null;
  const flag = members.some((name) => SKIPS.test(name))
    ? 'skip'
    : members.some((name) => FOCUSES.test(name))
      ? 'focus'
      : known.flag;
  return { kind, flag, conditional };
}

function rootOf(
  chain: Chain,
  aliases: ReadonlyMap<string, Root>,
  syntax: Syntax,
): (Root & { members: readonly string[] }) | null {
  const members = leadingMembers(chain);
  if (chain.base.name === 'ParenthesizedExpression') {
    const alias = aliasOf(chain.base, aliases, syntax);
    return alias === null ? null : { ...alias, members };
  }
  const own = aliases.get(chain.name) ?? ROOTS.get(chain.name);
  if (own !== undefined) {
    const isGroup = members.some((name) => name === 'describe' || name === 'suite' || name === 'module');
    return { ...own, kind: isGroup ? 'group' : own.kind, members };
  }
  if (!HOLDERS.test(chain.name)) return null;
  const [first = '', ...rest] = members;
  const held = ROOTS.get(first) ?? (first === 'module' ? root('group') : null);
  if (held !== null && held !== undefined) return { ...held, members: rest };
  const isRunner = chain.name === 'QUnit' || chain.name === 'tap' || chain.name === 't';
  return isRunner && (SKIPS.test(first) || FOCUSES.test(first)) ? { ...root('case'), members } : null;
}

/** The calls directly after the leading members: `each(table)` and `('name', fn)`. */
function consecutiveCalls(chain: Chain): readonly Step[] {
  const start = leadingMembers(chain).length;
  const end = chain.steps.findIndex(({ kind }, index) => index >= start && kind === 'member');
  return chain.steps.slice(start, end === -1 ? undefined : end);
}

function isOnlyParameter(members: readonly string[], calls: number): boolean {
  return calls < 2 && members.some((name) => /^(?:each|for|prop)$/.test(name) || CONDITIONS.test(name));
}

interface Parts {
  readonly nameNode: SyntaxNode | null;
  readonly body: SyntaxNode | null;
  readonly options: SyntaxNode | null;
}

function partsOf(args: readonly SyntaxNode[], syntax: Syntax): Parts {
  const [first, ...rest] = args;
  if (first?.name === 'ObjectExpression') {
    const properties = propertiesOf(syntax, first);
    const method = first.getChildren('Property').find((each) => each.getChild('Block') !== null);
    return {
      nameNode: properties.get('name') ?? null,
      body: properties.get('fn') ?? method ?? rest[0] ?? null,
      options: first,
    };
  }
  const isNamed = first !== undefined && !isFunction(first);
  const others = isNamed ? rest : args;
  const options = others.find(({ name }) => name === 'ObjectExpression') ?? null;
  const body =
    others.find((node) => isFunction(node)) ??
    others.find(({ name }) => name !== 'ObjectExpression' && name !== 'Number' && name !== 'ArrayExpression') ??
    null;
  if (!isNamed) return { nameNode: null, body, options };
  const isName = stringOf(syntax, first) !== null || body !== null;
  return { nameNode: isName ? first : null, body, options };
}

function conditionOf(
  members: readonly string[],
  parameter: Step | null,
  syntax: Syntax,
): 'always' | 'sometimes' | null {
  const truth = parameter?.kind === 'call' ? constantTruth(syntax, parameter.args[0]) : null;
  if (truth === null) return 'sometimes';
  return truth === members.some((name) => /^(?:skipIf|todoIf|failsIf)$/.test(name)) ? 'always' : null;
}

function nameOf(node: SyntaxNode, syntax: Syntax, tokens: Tokens): string {
  const literal = stringOf(syntax, node);
  return (literal ?? (tokens.compact(node, 300) || textOf(syntax, node))).slice(0, 300);
}
