/** The assertions of PHP: PHPUnit, Pest, phpspec, Codeception, Mockery, Prophecy, and whatever is called assert. */

import type { SyntaxNode } from '@lezer/common';
import { childrenOf } from '../../../syntax/parse';
import type { Assertion, Strength } from '../../model';
import { type Chain, compactOf, constantTruth, type Link, type Reading, unwrapped } from './nodes';

export type Said = Omit<Assertion, 'line' | 'muted' | 'guarded'>;

interface Meaning {
  /** How many arguments say something: the next one is a message. */
  readonly operands: number;
  /** Which of them is looked at. */
  readonly about: number;
  readonly strength: Strength;
}

const meanings = (names: string, operands: number, about: number, strength: Strength) =>
  names.split(' ').map((name): [string, Meaning] => [name, { operands, about, strength }]);

/** PHPUnit manual, "Assertions", without `assert` in front. */
const METHODS: ReadonlyMap<string, Meaning> = new Map([
  ...meanings('Same Equals EqualsCanonicalizing EqualsIgnoringCase JsonStringEqualsJsonString', 2, 1, 'exact'),
  ...meanings('XmlStringEqualsXmlString FileEquals StringEqualsFile JsonFileEqualsJsonFile', 2, 1, 'exact'),
  ...meanings('JsonStringEqualsJsonFile XmlFileEqualsXmlFile XmlStringEqualsXmlFile ObjectEquals', 2, 1, 'exact'),
  ...meanings('EqualXMLStructure ArrayIsEqualToArrayOnlyConsideringListOfKeys', 2, 1, 'partial'),
  ...meanings('NotSame NotEquals InstanceOf NotInstanceOf Contains NotContains ContainsEquals', 2, 1, 'partial'),
  ...meanings('NotContainsEquals ContainsOnly ContainsOnlyInstancesOf Count NotCount SameSize', 2, 1, 'partial'),
  ...meanings('ArrayHasKey ArrayNotHasKey ArraySubset ObjectHasProperty ObjectHasAttribute', 2, 1, 'partial'),
  ...meanings('ClassHasAttribute GreaterThan GreaterThanOrEqual LessThan LessThanOrEqual', 2, 1, 'partial'),
  ...meanings('StringContainsString StringNotContainsString StringContainsStringIgnoringCase', 2, 1, 'partial'),
  ...meanings('StringStartsWith StringEndsWith StringStartsNotWith StringEndsNotWith InternalType', 2, 1, 'partial'),
  ...meanings('MatchesRegularExpression DoesNotMatchRegularExpression RegExp NotRegExp', 2, 1, 'partial'),
  ...meanings('StringMatchesFormat StringMatchesFormatFile', 2, 1, 'partial'),
  ...meanings('EqualsWithDelta', 3, 1, 'partial'),
  ...meanings('That', 2, 0, 'partial'),
  ...meanings('True False NotTrue NotFalse', 1, 0, 'truth'),
  ...meanings('Null', 1, 0, 'exact'),
  ...meanings('NotNull NotEmpty Empty FileExists DirectoryExists FileDoesNotExist', 1, 0, 'exists'),
  ...meanings('FileNotExists IsReadable IsWritable DirectoryDoesNotExist', 1, 0, 'exists'),
  ...meanings('IsArray IsString IsInt IsBool IsFloat IsObject IsCallable IsNumeric IsIterable', 1, 0, 'partial'),
  ...meanings('IsNotArray IsList Json Nan Infinite Finite', 1, 0, 'partial'),
]);
/** Whoever PHPUnit's methods are called on. */
const OWN = /^(?:\$this|self|static|parent|(?:.*\\)?(?:Assert|PHPUnit_Framework_Assert))$/;
/** Pest documentation, "Expectations". */
const MATCHERS: readonly (readonly [RegExp, Strength])[] = [
  [/^(?:toBe|toEqual|toEqualCanonicalizing|toMatchArray|toBeNull|toMatchSnapshot)$/, 'exact'],
  [/^(?:toBeTrue|toBeFalse|toBeTruthy|toBeFalsy|toBeEmpty)$/, 'truth'],
];
const SPEC_EXACT = /^should(?:Be|Return|BeLike|Equal|BeEqualTo|IterateAs|YieldLike)$/;
const LIMITS = /^(?:once|twice|times|never|atLeast|atMost|with|withArgs|withNoArgs|between)$/;

/** What a chain of calls asserts, in order. */
export function assertedBy(chain: Chain, reading: Reading): readonly Said[] {
  const { root, links, node } = chain;
  const on = root === null ? '' : compactOf(reading, root, 300);
  const [first] = links;
  if (first === undefined) return [];
  if (root === null && first.name === 'expect' && first.args?.[0]) return expectations(first.args[0], links, reading);
  if (OWN.test(on) || root === null) {
    const own = ownAssertion(first, on, reading);
    if (own !== null) return [own];
  }
  if (on === '$I' && /^(?:see|dontSee|assert|can|cant|expect)[A-Z]?/.test(first.name)) return [plain(node, reading)];
  if (isDouble(links)) return [doubled(chain, reading)];
  const from = links.findIndex(({ name, args }) => args !== null && /^assert[A-Z]/.test(name));
  if (from !== -1) return called(chain, from, reading);
  const last = links.at(-1);
  if (/^should(?:Not)?[A-Z]/.test(last?.name ?? '') && last?.args) return [specified(chain, last, reading)];
  return [];
}

function plain(node: Pick<SyntaxNode, 'from' | 'to'>, reading: Reading): Said {
  const text = compactOf(reading, node);
  return { text, subject: text, trivial: false };
}

function ownAssertion({ name, args }: Link, on: string, reading: Reading): Said | null {
  if (args === null) return null;
  const texts = args.map((arg) => compactOf(reading, arg));
  if (/^expect(?:Exception|Deprecation|Warning|Notice|Error|Output|UserDeprecation)/.test(name) && on !== '') {
    const about = name.replace(/^expect/, '').replace(/(?:Matches|RegExp|Message\w*|Code|Object)$/, '');
    return { text: `${name}(${texts.join(',')})`, subject: `${name}(`, trivial: false, about: `throws ${about}` };
  }
  if (name === 'expectNotToPerformAssertions') return { text: name, subject: name, trivial: true };
  if (name === 'fail' && on !== '') return { text: 'fail()', subject: 'fail()', trivial: false };
  if (!/^assert(?:[A-Z]|$)/.test(name)) return null;
  const known = METHODS.get(name.slice('assert'.length));
  if (name === 'assert' && args[0]) return { text: `assert(${texts[0]})`, ...conditionOf(args[0], true, reading) };
  if (known === undefined || args.length === 0) {
    const text = `${name}(${texts.join(',')})`;
    return { text, subject: text, trivial: false };
  }
  return known.strength === 'truth' ? truth(name, args[0], reading) : compared(name, known, texts);
}

function truth(name: string, node: SyntaxNode | undefined, reading: Reading): Said | null {
  if (node === undefined) return null;
  const wanted = name === 'assertTrue' || name === 'assertNotFalse';
  const said = conditionOf(node, wanted, reading);
  const text = `${name}(${compactOf(reading, node)})`;
  return { text, ...said, subject: text };
}

function compared(name: string, { operands, about: at, strength }: Meaning, texts: readonly string[]): Said {
  const own = texts.slice(0, operands);
  const about = own[at] ?? own[0] ?? '';
  const expected = operands > 1 ? (own[0] ?? '') : '';
  const isExact = strength === 'exact' && operands > 1;
  const isTrue = isExact && /^(?:true|false)$/i.test(expected);
  const isHole = isExact && /\banything\(\)/.test(expected);
  const other = own.map((text, index) => (index === at ? text : '…')).join(',');
  return {
    text: `${name}(${own.join(',')})`,
    subject: operands > 1 ? `${name}(${other})` : `${name}(${about})`,
    trivial: isExact ? about === expected && !about.includes('(') : isTriviallyThere(name, about),
    about,
    strength: isTrue ? 'truth' : isHole ? 'loose' : strength,
  };
}

function isTriviallyThere(name: string, about: string): boolean {
  if (name === 'assertNull') return /^null$/i.test(about);
  return /^assertNot(?:Null|Empty)$/.test(name) && /^(?:true|[1-9]\d*|"[^"]+"|'[^']+')$/i.test(about);
}

/** What a condition says that must be true, or false. */
function conditionOf(node: SyntaxNode, wanted: boolean, reading: Reading): Omit<Said, 'text'> {
  const inner = unwrapped(node);
  const whole = compactOf(reading, inner);
  const known = constantTruth(reading, inner);
  if (known !== null) return { subject: whole, trivial: known === wanted, about: whole };
  const operator = inner.name === 'BinaryExpression' ? inner.getChild('CompareOp') : null;
  const [left] = childrenOf(inner);
  const right = inner.lastChild;
  if (operator === null || left === undefined || right === null) {
    const strength = /^is[A-Z_]\w*\(|^(?:in_array|array_key_exists|isset|str_\w+|preg_\w+)\(|\binstanceof\b/.test(whole)
      ? 'partial'
      : inner.name === 'BinaryExpression'
        ? 'partial'
        : 'truth';
    return { subject: whole, trivial: false, about: whole, strength };
  }
  const sign = compactOf(reading, operator);
  const about = compactOf(reading, unwrapped(left));
  const expected = compactOf(reading, unwrapped(right));
  const isSame = sign === '==' || sign === '===';
  const isTruth = isSame && /^(?:true|false)$/i.test(expected);
  return {
    subject: `${about}${sign}`,
    trivial: isSame && wanted && about === expected && !about.includes('('),
    about,
    strength: isTruth ? 'truth' : isSame && wanted ? 'exact' : 'partial',
  };
}

/** `expect($a)->not->toBe(5)->and($b)->toBeTrue()`: one for each matcher. */
export function expectations(looked: SyntaxNode, links: readonly Link[], reading: Reading): readonly Said[] {
  const said: Said[] = [];
  const whole = compactOf(reading, looked);
  let about = whole;
  let modifiers = '';
  for (const { name, args } of links.slice(1)) {
    const texts = (args ?? []).map((arg) => compactOf(reading, arg));
    if (name === 'and' && texts[0] !== undefined) [about, modifiers] = [texts[0], ''];
    else if (args === null || !/^to[A-Z]/.test(name)) modifiers += `->${name}${args === null ? '' : `(${texts})`}`;
    else {
      said.push(expectation(about, modifiers, name, texts));
      modifiers = '';
    }
  }
  if (said.length > 0) return said;
  return [{ text: `expect(${whole})`, subject: `expect(${whole})`, trivial: true, about }];
}

function expectation(about: string, modifiers: string, name: string, texts: readonly string[]): Said {
  const head = `expect(${about})${modifiers}`;
  const isNot = /->not\b/.test(modifiers);
  const known = MATCHERS.find(([form]) => form.test(name))?.[1] ?? 'partial';
  const [expected = ''] = texts;
  const isTruth = known === 'exact' && /^(?:true|false)$/i.test(expected);
  const strength: Strength = isNot ? (/^toBe(?:Null|Empty)$/.test(name) ? 'exists' : 'partial') : known;
  const isConstant = name === 'toBeTrue' ? /^true$/i.test(about) : name === 'toBeFalse' && /^false$/i.test(about);
  return {
    text: `${head}->${name}(${texts.join(',')})`,
    subject: `${head}->${name}(`,
    trivial: !isNot && (isConstant || (known === 'exact' && expected === about && !about.includes('('))),
    about: name === 'toThrow' ? `throws ${about}` : about,
    strength: isTruth && !isNot ? 'truth' : strength,
  };
}

/** `$m->expects($this->once())->method('x')`, `$m->shouldReceive('x')->once()`, `$m->x()->shouldBeCalled()`. */
function isDouble(links: readonly Link[]): boolean {
  return links.some(
    ({ name, args }) =>
      args !== null &&
      (/^(?:shouldHaveReceived|shouldNotHaveReceived|shouldNotReceive|shouldBeCalled\w*|shouldNotBeCalled)$/.test(
        name,
      ) ||
        name === 'expects' ||
        (name === 'shouldReceive' && links.some((other) => LIMITS.test(other.name)))),
  );
}

/** What a double is asked for, without what it answers. */
function doubled({ links, node }: Chain, reading: Reading): Said {
  const answer = links.findIndex(({ name }) => /^(?:will|andReturn|andThrow)/.test(name));
  const to = answer > 0 ? (links[answer - 1]?.to ?? node.to) : node.to;
  return plain({ from: node.from, to }, reading);
}

/** `$response->assertStatus(200)->assertSee('x')`: each is one, of what stands before the first. */
function called({ links, node }: Chain, from: number, reading: Reading): readonly Said[] {
  const end = links[from - 1]?.to ?? node.firstChild?.from ?? node.from;
  const before = from === 0 ? rootText(node, links, reading) : compactOf(reading, { from: node.from, to: end });
  return links.slice(from).flatMap(({ name, args }) => {
    if (args === null || !/^assert[A-Z]/.test(name)) return [];
    const text = `${before}->${name}(${args.map((arg) => compactOf(reading, arg)).join(',')})`;
    return [{ text, subject: `${before}->${name}(`, trivial: false }];
  });
}

function rootText(node: SyntaxNode, links: readonly Link[], reading: Reading): string {
  const whole = compactOf(reading, { from: node.from, to: links[0]?.to ?? node.to }, 300);
  return whole.slice(0, Math.max(0, whole.indexOf(links[0]?.name ?? '')));
}

function specified(chain: Chain, { name, args }: Link, reading: Reading): Said {
  const before = chain.links.at(-2)?.to ?? chain.root?.to ?? chain.node.from;
  const about = compactOf(reading, { from: chain.node.from, to: before });
  const texts = (args ?? []).map((arg) => compactOf(reading, arg)).join(',');
  const strength: Strength = SPEC_EXACT.test(name) ? (/^(?:true|false)$/i.test(texts) ? 'truth' : 'exact') : 'partial';
  const subject = `${about}->${name}(`;
  return { text: `${subject}${texts})`, subject, trivial: false, about, strength };
}
