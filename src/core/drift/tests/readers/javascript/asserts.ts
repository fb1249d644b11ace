/** `assert` and its kind: node:assert, Chai, AVA, tap, QUnit, `@std/assert`, and a project's own by their name. */
import type { SyntaxNode } from '@lezer/common';
import { type Syntax, textOf } from '../../../syntax/parse';
import { type Chain, constantTruth, leadingMembers, unwrapped } from './chain';
import { ASSERTS, withHoles } from './matchers';
import { type Call, conditionOf, type Found, plain, type Reading } from './reading';

const ASSERT_ROOTS = /^(?:assert|t|tap|chai|QUnit|sinon|a)$/;
/** Functions of a project's own, by the two words that everybody uses. */
const OWN = /^(?:assert|expect)[A-Z_]/;

/** `assert(x)`, `assert.equal(x, y)`, `t.is(x, y)`, `assertEquals(x, y)`, `fail()`. */
export function assertCall(chain: Chain, reading: Reading): readonly Found[] | null {
  const { steps } = chain;
  const call = steps.find((step) => step.kind === 'call');
  if (call === undefined) return null;
  const members = leadingMembers(chain);
  const root = reading.imported.get(chain.name) ?? chain.name;
  const last = members.at(-1) ?? '';
  if (root === 'fail' && members.length === 0) return [plain(chain, reading)];
  const name = assertionName(root, members);
  if (name === 'ok')
    return conjuncts(call.args[0], reading.syntax).map((subject) => compared(chain, call, name, subject, reading));
  if (name !== null) return [compared(chain, call, name, call.args[0], reading)];
  const isOwn = OWN.test(last === '' ? root : last) || root === 'assertType' || (root === 'fc' && last === 'assert');
  return isOwn ? [plain(chain, reading)] : null;
}

/** The key of `ASSERTS`, `ok` for a bare `assert`; null for no assertion of a library. */
function assertionName(root: string, members: readonly string[]): string | null {
  const path = members.filter((name) => !/^(?:strict|assert|legacy)$/.test(name));
  const isRoot = ASSERT_ROOTS.test(root) || members.at(-2) === 'assert';
  if (root === 'assert' && path.length === 0) return 'ok';
  if (members.at(-1) === 'assert' && path.length === 0 && isRoot) return 'ok';
  const own = /^assert([A-Z]\w*)$/.exec(root)?.[1];
  if (own !== undefined && members.length === 0) return knownAssert(own[0]?.toLowerCase() + own.slice(1));
  if (!isRoot || path.length !== 1 || (root === 'chai' && members[0] !== 'assert')) return null;
  const name = path[0] ?? '';
  if (root === 'sinon') return members[0] === 'assert' ? name : null;
  if (root === 'assert' || members.includes('assert')) return name === 'expect' || name === 'async' ? null : name;
  return knownAssert(name);
}

function knownAssert(name: string): string | null {
  return ASSERTS.has(name) ? name : null;
}

/** `assert(a && b)` says two things. */
function conjuncts(node: SyntaxNode | undefined, syntax: Syntax): readonly (SyntaxNode | undefined)[] {
  const found: SyntaxNode[] = [];
  let rest = node;
  for (let depth = 0; depth < 50 && rest !== undefined; depth++) {
    const inner: SyntaxNode = unwrapped(rest);
    const operator = inner.name === 'BinaryExpression' ? inner.getChild('LogicOp') : null;
    const [left, right] = [inner.firstChild, inner.lastChild];
    if (operator === null || left === null || right === null || textOf(syntax, operator) !== '&&') break;
    found.unshift(right);
    rest = left;
  }
  return rest === undefined ? [node] : [rest, ...found];
}

function compared(chain: Chain, call: Call, name: string, subject: SyntaxNode | undefined, reading: Reading): Found {
  const { tokens, syntax } = reading;
  const { operands, meaning } = ASSERTS.get(name) ?? { operands: call.args.length >= 2 ? 2 : 1, meaning: null };
  const head = tokens.compact({ from: chain.top.from, to: call.node.getChild('ArgList')?.from ?? chain.top.to });
  const operandNodes = subject === undefined ? [] : [subject, ...call.args.slice(1, operands)];
  const args = operandNodes.map((node) => tokens.compact(unwrapped(node)));
  const [about = '', wanted] = args;
  const strength = typeof meaning === 'function' ? meaning(args.length) : (meaning ?? undefined);
  const isTruth = strength === 'truth' && subject !== undefined;
  const condition = isTruth ? conditionOf(subject, reading) : { about, strength };
  const isFalse = /^(?:notOk|isFalse|falsy|false|isNotOk)$/.test(name);
  const truth = constantTruth(syntax, subject);
  const trivial =
    name === 'pass' ||
    (isTruth && truth === !isFalse) ||
    (isTruth && isAlwaysTrue(subject, about, reading)) ||
    (strength === 'exact' && wanted !== undefined && wanted === about && !about.includes('(')) ||
    (strength === 'exists' && operands === 1 && truth === true);
  const comparesTruth = strength === 'exact' && /^(?:true|false)$/.test(wanted ?? '');
  const left = comparesTruth && subject !== undefined ? conditionOf(subject, reading) : condition;
  const held = withHoles(left.strength, wanted ?? '');
  return {
    node: chain.top,
    text: `${head}(${args.join(',')})`,
    subject: args.length > 1 ? `${head}(${about},…)` : `${head}(${about})`,
    trivial,
    about: left.about,
    ...(held === undefined ? {} : { strength: held }),
  };
}

/** `x === x`, `y || true`. */
function isAlwaysTrue(node: SyntaxNode, about: string, { tokens }: Reading): boolean {
  const inner = unwrapped(node);
  if (/\|\|(?:true|1)$/.test(about)) return true;
  if (inner.name !== 'BinaryExpression' || inner.getChild('CompareOp') === null) return false;
  const [left, right] = [inner.firstChild, inner.lastChild];
  if (left === null || right === null || !/^[=]/.test(tokens.compact(inner.getChild('CompareOp') ?? inner)))
    return false;
  const text = tokens.compact(left);
  return text === tokens.compact(right) && !text.includes('(');
}
