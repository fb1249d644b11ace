/** The assertions of Python: `assert`, unittest's methods, pytest's contexts, mocks, numpy and whatever is called assert. */
import type { SyntaxNode } from '@lezer/common';
import { childrenOf, type Syntax, textOf } from '../../../syntax/parse';
import type { Assertion, Strength } from '../../model';
import type { Tokens } from '../tokens';
import { argumentsOf, calleeOf, constantTruth, unwrapped } from './nodes';

export type Found = Omit<Assertion, 'line' | 'muted' | 'guarded'> & { readonly node: SyntaxNode };

interface Reading {
  readonly syntax: Syntax;
  readonly tokens: Tokens;
}

interface Meaning {
  readonly operands: 0 | 1 | 2;
  readonly strength: Strength | null;
}

const meanings = (names: string, operands: Meaning['operands'], strength: Strength | null) =>
  names.split(' ').map((name): [string, Meaning] => [name, { operands, strength }]);

/** unittest.TestCase, and numpy, pandas and mock by their documentation. */
const CALLS: ReadonlyMap<string, Meaning> = new Map([
  ...meanings('assertEqual assertEquals assertIs assertAlmostEqual assertCountEqual assertListEqual', 2, 'exact'),
  ...meanings('assertDictEqual assertSetEqual assertTupleEqual assertSequenceEqual assertMultiLineEqual', 2, 'exact'),
  ...meanings('assert_equal assert_array_equal assert_allclose assert_almost_equal assert_frame_equal', 2, 'exact'),
  ...meanings('assert_series_equal assert_index_equal assert_array_almost_equal assert_approx_equal', 2, 'exact'),
  ...meanings('assertQuerySetEqual assertQuerysetEqual assertJSONEqual assertXMLEqual assertHTMLEqual', 2, 'exact'),
  ...meanings('assertNotEqual assertNotEquals assertIsNot assertIn assertNotIn assertIsInstance', 2, 'partial'),
  ...meanings(
    'assertNotIsInstance assertGreater assertGreaterEqual assertLess assertLessEqual assertRegex',
    2,
    'partial',
  ),
  ...meanings('assertNotRegex assertContains assertNotContains assertTemplateUsed assertRedirects', 2, 'partial'),
  ...meanings('assertTrue assertFalse assert_', 1, 'truth'),
  ...meanings('assertIsNone', 1, 'exact'),
  ...meanings('assertIsNotNone', 1, 'exists'),
  ...meanings('fail', 0, null),
]);
/** Methods of `unittest.mock.Mock`: what they look at is the mock. */
const MOCKS: ReadonlyMap<string, Strength> = new Map<string, Strength>([
  ['assert_called_with', 'exact'],
  ['assert_called_once_with', 'exact'],
  ['assert_has_calls', 'exact'],
  ['assert_awaited_with', 'exact'],
  ['assert_awaited_once_with', 'exact'],
  ['assert_called_once', 'exact'],
  ['assert_not_called', 'exact'],
  ['assert_any_call', 'partial'],
  ['assert_called', 'exists'],
  ['assert_awaited', 'exists'],
]);
const OWN = /^_?(?:assert|expect)(?:_|[A-Z]|$)/;
const RAISES =
  /(?:^|\.)(?:raises|warns|assertRaises|assertRaisesRegex|assertRaisesMessage|assertWarns|assertWarnsRegex|assertLogs|deprecated_call|RaisesGroup)$/;
const HOLE = /\b(?:mock\.)?ANY\b/;
const LONGEST_BLOCK = 500;

/** `assert a == b and c`: each part asserts something. */
export function assertedIn(statement: SyntaxNode, reading: Reading): readonly Found[] {
  const condition = childrenOf(statement).find(({ name }) => !/^(?:assert|Comment)$/.test(name));
  if (condition === undefined) return [];
  return conjuncts(condition).map((node) => {
    const text = `assert ${reading.tokens.compact(unwrapped(node))}`;
    return { node: statement, text, ...conditionOf(node, reading) };
  });
}

function conjuncts(node: SyntaxNode): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  let rest = unwrapped(node);
  for (let depth = 0; depth < 50 && rest.name === 'BinaryExpression' && rest.getChild('and') !== null; depth++) {
    const [left, right] = [rest.firstChild, rest.lastChild];
    if (left === null || right === null) break;
    found.unshift(right);
    rest = unwrapped(left);
  }
  return [rest, ...found];
}

type Said = Pick<Assertion, 'subject' | 'trivial' | 'about' | 'strength'>;

/** What a condition that must be true says. */
function conditionOf(node: SyntaxNode, { syntax, tokens }: Reading): Said {
  const inner = unwrapped(node);
  const about = tokens.compact(inner);
  const truth = constantTruth(syntax, inner);
  if (truth !== null) return { subject: `assert ${about}`, trivial: truth, about };
  if (inner.name === 'UnaryExpression' && inner.firstChild?.name === 'not' && inner.lastChild) {
    const operand = unwrapped(inner.lastChild);
    const isComparison = operand.name === 'BinaryExpression';
    return {
      subject: `assert ${about}`,
      trivial: false,
      about: tokens.compact(operand),
      strength: isComparison ? 'partial' : 'truth',
    };
  }
  if (inner.name === 'CallExpression') {
    const list = inner.getChild('ArgList');
    const hasArguments = list?.firstChild?.nextSibling?.name !== ')';
    return { subject: `assert ${about}`, trivial: false, about, strength: hasArguments ? 'partial' : 'truth' };
  }
  if (inner.name !== 'BinaryExpression')
    return { subject: `assert ${about}`, trivial: false, about, strength: 'truth' };
  return comparison(inner, about, { syntax, tokens });
}

function comparison(node: SyntaxNode, whole: string, { syntax, tokens }: Reading): Said {
  const [left, right] = [node.firstChild, node.lastChild];
  const words = childrenOf(node)
    .slice(1, -1)
    .filter(({ name }) => /^(?:CompareOp|is|not|in|or|and|ArithOp)$/.test(name))
    .map((word) => textOf(syntax, word));
  const operator = words.join(' ');
  if (left === null || right === null || /^(?:or|and)$/.test(operator) || node.getChild('CompareOp') === null) {
    const isComparison = /^(?:is|is not|in|not in)$/.test(operator);
    if (!isComparison || left === null || right === null) {
      const isTrivial = operator === 'or' && right !== null && constantTruth(syntax, right) === true;
      return { subject: `assert ${whole}`, trivial: isTrivial, about: whole, strength: 'partial' };
    }
  }
  const about = tokens.compact(unwrapped(left));
  const expected = tokens.compact(unwrapped(right));
  const trivial = /^(?:==|is|<=|>=)$/.test(operator) && about === expected && !about.includes('(');
  return { subject: `assert ${about}${operator}…`, trivial, about, strength: strengthOf(operator, expected) };
}

function strengthOf(operator: string, expected: string): Strength {
  if (operator === 'is not' && expected === 'None') return 'exists';
  if (operator !== '==' && operator !== 'is') return operator === '!=' && expected === 'None' ? 'exists' : 'partial';
  if (/^(?:True|False)$/.test(expected)) return 'truth';
  return withHoles(expected);
}

function withHoles(expected: string): Strength {
  if (!HOLE.test(expected)) return 'exact';
  return /^(?:mock\.)?ANY$/.test(expected) ? 'exists' : 'loose';
}

/** `self.assertEqual(a, b)`, `m.assert_called_once_with(x)`, `assert_that(x)`, `expect(x).to_be(…)`. */
export function assertionOf(call: SyntaxNode, reading: Reading): Found | null {
  const { syntax, tokens } = reading;
  const { name, list } = calleeOf(syntax, call);
  const last = name.slice(name.lastIndexOf('.') + 1);
  if (RAISES.test(name)) return raising(call, reading);
  if (last === 'fail' && /^(?:self|pytest|cls)\.fail$/.test(name)) return { node: call, ...plain(call, reading) };
  const callee = call.firstChild;
  const mock = MOCKS.get(last);
  if (mock !== undefined && callee?.name === 'MemberExpression' && callee.firstChild) {
    const about = tokens.compact(callee.firstChild);
    const text = tokens.compact(call);
    return {
      node: call,
      text,
      subject: `${about}.${last}(…)`,
      trivial: false,
      about,
      strength: mock === 'exact' ? withHoles(text) : mock,
    };
  }
  const known = last === 'fail' ? undefined : CALLS.get(last);
  if (known !== undefined)
    return { node: call, ...compared(last, known, argumentsOf(syntax, list).positional, reading) };
  const isFluent = /^(?:expect|assert_that|assertThat)\(/.test(name);
  return isFluent || OWN.test(last) ? { node: call, ...plain(call, reading) } : null;
}

function compared(
  name: string,
  { operands, strength }: Meaning,
  args: readonly SyntaxNode[],
  reading: Reading,
): Omit<Found, 'node'> {
  const { tokens, syntax } = reading;
  const texts = args.slice(0, operands).map((node) => tokens.compact(unwrapped(node)));
  const text = `${name}(${texts.join(',')})`;
  const [about = '', expected = ''] = texts;
  const [first] = args;
  if (operands === 1 && strength === 'truth' && first !== undefined) {
    const said = conditionOf(first, reading);
    const truth = constantTruth(syntax, first);
    return {
      text,
      ...said,
      subject: `${name}(${about})`,
      trivial: name === 'assertFalse' ? truth === false : said.trivial,
    };
  }
  if (operands < 2)
    return {
      text,
      subject: text,
      trivial: name === 'assertIsNone' && about === 'None',
      about,
      ...(strength ? { strength } : {}),
    };
  const isExact = strength === 'exact';
  const itself = isExact && about === expected && !about.includes('(');
  const held = isExact && /^(?:True|False)$/.test(expected) ? 'truth' : isExact ? withHoles(expected) : strength;
  return { text, subject: `${name}(${about},…)`, trivial: itself, about, ...(held ? { strength: held } : {}) };
}

/** `with pytest.raises(X, match=…):` looks at its block, a call at what it calls. */
function raising(call: SyntaxNode, { syntax, tokens }: Reading): Omit<Found, 'node'> & { node: SyntaxNode } {
  const { name, list } = calleeOf(syntax, call);
  const { positional, keywords } = argumentsOf(syntax, list);
  const [what, ...rest] = positional.map((node) => tokens.compact(node));
  const block = call.parent?.name === 'WithStatement' ? call.parent.getChild('Body') : null;
  const about = block === null ? rest.join(',') : tokens.compact(block, LONGEST_BLOCK);
  const isBroad = (what === undefined || /^(?:Base)?Exception$/.test(what)) && !keywords.has('match');
  return {
    node: call,
    text: tokens.compact(call),
    subject: `${name}(…)`,
    trivial: false,
    about: `${/warn|deprecated|Log/i.test(name) ? 'warns' : 'raises'} ${about}`,
    strength: isBroad ? 'exists' : 'partial',
  };
}

function plain(call: SyntaxNode, { tokens }: Reading): Omit<Found, 'node'> {
  const text = tokens.compact(call);
  return { text, subject: text, trivial: false };
}
