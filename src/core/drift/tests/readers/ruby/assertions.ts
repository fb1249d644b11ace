/** The assertions of Ruby: minitest, test-unit, RSpec, and whatever is called assert. */
import type { Assertion, Strength } from '../../model';
import { before, type Chain, chainOf, constantTruth, type Link } from './chain';
import { matcherOf } from './matchers';
import type { Source, Span } from './source';

export type Said = Omit<Assertion, 'line' | 'muted' | 'guarded'>;

interface Meaning {
  readonly operands: number;
  /** Which of them is looked at. */
  readonly about: number;
  readonly strength: Strength;
}

const meanings = (names: string, operands: number, about: number, strength: Strength) =>
  names.split(' ').map((name): [string, Meaning] => [name, { operands, about, strength }]);

/** Minitest::Assertions, Test::Unit::Assertions and ActiveSupport's, without what they begin with. */
const ASSERTS: ReadonlyMap<string, Meaning> = new Map([
  ...meanings('equal same mock', 2, 1, 'exact'),
  ...meanings('nil', 1, 0, 'exact'),
  ...meanings('true false', 1, 0, 'truth'),
  ...meanings('empty not_nil not_empty', 1, 0, 'exists'),
  ...meanings('path_exists path_not_exist', 1, 0, 'exists'),
  ...meanings('not_equal not_same match no_match not_match instance_of kind_of not_kind_of in_delta', 2, 1, 'partial'),
  ...meanings('in_epsilon', 2, 1, 'partial'),
  ...meanings('includes include not_includes not_include respond_to not_respond_to', 2, 0, 'partial'),
  ...meanings('operator not_operator', 3, 0, 'partial'),
]);
const MUST: readonly (readonly [RegExp, Strength])[] = [
  [/^must_(?:equal|be_same_as|be_nil|output)$/, 'exact'],
  [/^must_be_(?:empty|truthy)$|^wont_be_(?:nil|empty)$/, 'exists'],
];
const RAISES = /^assert_(?:raises?|raise_with_message|raise_kind_of|raises_with_message|throws?|raise_message)$/;
const OWN = /^(?:assert|refute|expect|flunk)(?:_\w+[?!]?)?$/;

/** What an expression asserts, by itself and not by the code in its blocks. */
export function assertedBy(source: Source, span: Span): readonly Said[] {
  const chain = chainOf(source, span);
  const { links, root } = chain;
  const [first] = links;
  const isSelf = root !== null && source.compact(root, 10) === 'self';
  const should = links.findIndex(({ name }) => /^should(?:_not)?$/.test(name));
  if (should !== -1 && (should > 0 || root !== null || first?.called)) return shouldSaid(source, chain, should);
  const must = links.findIndex(({ name }) => /^(?:must|wont)_\w+$/.test(name));
  if (must !== -1 && (must > 0 || root !== null)) return [mustSaid(source, chain, must)];
  if (first === undefined || (root !== null && !isSelf)) return onReceiver(source, chain);
  if (root === null && /^(?:expect|is_expected)$/.test(first.name)) return expectSaid(source, chain);
  if (RAISES.test(first.name)) return [raisesSaid(source, first)];
  if (OWN.test(first.name) && (first.called || first.block !== null || first.name.length > 8)) {
    return [ownSaid(source, first)];
  }
  return onReceiver(source, chain);
}

function expectSaid(source: Source, chain: Chain): readonly Said[] {
  const [first] = chain.links as readonly [Link, ...Link[]];
  const about = aboutOf(source, first);
  const to = chain.links.findIndex(({ name }) => /^(?:to|to_not|not_to|to_eventually)$/.test(name));
  const link = chain.links[to];
  if (link !== undefined) {
    const [matcher] = link.args;
    return [matcherOf(source, about, /not/.test(link.name), matcher ?? { from: link.to, to: link.to })];
  }
  if (first.args.length === 0 && first.block === null) return [];
  const text = `expect(${about})`;
  return chain.links.length > 1 ? [] : [{ text, subject: text, trivial: true, about }];
}

function aboutOf(source: Source, { name, args, block, from, to }: Link): string {
  if (name === 'is_expected') return 'subject';
  if (args[0] !== undefined) return source.compact(args[0]);
  return block === null ? source.compact({ from, to }) : `{${source.compact(source.inside(block), 500)}}`;
}

/** `x.should eq(5)`, `x.should == 5`, `should validate(…)`: as `expect(x).to`. */
function shouldSaid(source: Source, chain: Chain, index: number): readonly Said[] {
  const link = chain.links[index] as Link;
  const isNegative = link.name === 'should_not';
  const raw = before(source, chain, index);
  const about = raw === '' ? 'subject' : raw.replace(/^(?:lambda|proc|->)(?=\{)/, '');
  const [matcher] = link.args;
  if (matcher !== undefined) return [matcherOf(source, about, isNegative, matcher)];
  const rest = { from: chain.to, to: chain.span.to };
  return rest.from < rest.to ? [matcherOf(source, about, isNegative, rest)] : [];
}

function mustSaid(source: Source, chain: Chain, index: number): Said {
  const { name, args, from, to } = chain.links[index] as Link;
  const about = unwrapped(before(source, chain, index));
  const subject = `expect(${about}).${name}(`;
  const expected = args[0] === undefined ? '' : source.compact(args[0]);
  const text = `expect(${about}).${source.compact({ from, to })}`;
  const known = MUST.find(([form]) => form.test(name))?.[1] ?? 'partial';
  const isEqual = name === 'must_equal';
  return {
    text,
    subject,
    trivial: isEqual && expected === about && !about.includes('('),
    about: /raise/.test(name) ? `raises ${about}` : about,
    strength: isEqual && /^(?:true|false)$/.test(expected) ? 'truth' : known,
  };
}

/** `_(x)`, `value(x)` and `expect(x)` are x. */
function unwrapped(text: string): string {
  return /^(?:_|value|expect)[({]/.test(text) ? text.replace(/^\w+[({]/, '').slice(0, -1) : text;
}

function raisesSaid(source: Source, { name, args, block }: Link): Said {
  const texts = args.map((arg) => source.compact(arg));
  const looked = block === null ? '' : source.compact(source.inside(block), 500);
  const isBroad = texts.length === 0 || /^(?:Exception|StandardError)$/.test(texts[0] ?? '');
  const subject = `${/raise/.test(name) ? 'assert_raises' : name}(…`;
  const strength: Strength = isBroad && texts.length < 2 ? 'exists' : 'partial';
  return {
    text: `${name}(${texts.join(',')}){${looked}}`,
    subject,
    trivial: false,
    about: `raises ${looked}`,
    strength,
  };
}

function ownSaid(source: Source, { name, args, from, to, block }: Link): Said {
  const [, verb = '', what = ''] = /^(assert|refute|expect|flunk)_?(\w*[?!]?)$/.exec(name) ?? [];
  const isNegative = verb === 'refute' || (what.startsWith('not') && what.length === 3);
  const [first] = args;
  const texts = args.map((arg) => source.compact(arg));
  if ((what === '' || what === 'not') && first !== undefined && verb !== 'flunk') {
    return { text: `${name}(${texts[0]})`, ...conditionOf(source, first, !isNegative) };
  }
  if (what === 'predicate' && first !== undefined) {
    const about = `${texts[0]}.${(texts[1] ?? '').replace(/^:/, '')}`;
    return {
      text: `${name}(${texts.slice(0, 2).join(',')})`,
      subject: `${name}(${about}`,
      trivial: false,
      about,
      strength: 'truth',
    };
  }
  const known = verb === 'expect' ? undefined : ASSERTS.get(what);
  if (known === undefined || texts.length === 0) {
    const text = source.compact(block === null ? { from, to } : { from, to: block });
    const inner = block === null ? '' : `{${source.compact(source.inside(block), 300)}}`;
    return { text: `${text}${inner}`, subject: `${text}${inner}`, trivial: false };
  }
  return compared(name, known, texts, isNegative);
}

function compared(
  name: string,
  { operands, about: at, strength }: Meaning,
  texts: readonly string[],
  isNegative: boolean,
): Said {
  const own = texts.slice(0, operands);
  const about = own[at] ?? own[0] ?? '';
  const [expected = ''] = own;
  const isExact = strength === 'exact' && operands > 1;
  const isTruth = isExact && /^(?:true|false)$/.test(expected);
  const other = own.map((text, index) => (index === at ? text : '…')).join(',');
  const held: Strength = isTruth ? 'truth' : strength;
  return {
    text: `${name}(${own.join(',')})`,
    subject: operands > 1 ? `${name}(${other})` : `${name}(${about})`,
    trivial: !isNegative && (isExact ? about === expected && !about.includes('(') : isTriviallyTrue(name, about)),
    about,
    strength: isNegative ? (/_(?:nil|empty)$/.test(name) ? 'exists' : 'partial') : held,
  };
}

function isTriviallyTrue(name: string, about: string): boolean {
  if (/_(?:true|false)$/.test(name)) return name.endsWith(`_${about}`);
  return name === 'assert_nil' && about === 'nil';
}

/** What a condition says that must hold, or must not. */
function conditionOf(source: Source, span: Span, wanted: boolean): Omit<Said, 'text'> {
  const whole = source.compact(span);
  const truth = constantTruth(source, span);
  const subject = `${wanted ? 'assert' : 'refute'}(${whole})`;
  if (truth !== null) return { subject, trivial: truth === wanted, about: whole };
  const at = operatorIn(source, span);
  if (at !== null) {
    const sign = source.at(at);
    const about = source.compact({ from: span.from, to: at });
    const expected = source.compact({ from: at + 1, to: span.to });
    const isSame = sign === '==' && wanted;
    const isTruth = isSame && /^(?:true|false)$/.test(expected);
    const isJoined = /^(?:&&|\|\||and|or|\?)$/.test(sign);
    return {
      subject: isJoined ? subject : `assert ${about}${sign}`,
      trivial:
        (isSame && about === expected && !about.includes('(')) || (sign === '||' && expected === 'true' && wanted),
      about: isJoined ? whole : about,
      strength: isTruth ? 'truth' : isSame ? 'exact' : 'partial',
    };
  }
  const chain = chainOf(source, span);
  const last = chain.links.at(-1);
  if (last !== undefined && chain.to === span.to && last.name === 'nil?') {
    const about = before(source, chain, chain.links.length - 1);
    return { subject, trivial: false, about, strength: wanted ? 'exact' : 'exists' };
  }
  const isAsked = last !== undefined && /\?$/.test(last.name) && last.args.length > 0;
  return { subject, trivial: false, about: whole, strength: isAsked ? 'partial' : 'truth' };
}

/** The weakest operator of an expression. */
function operatorIn(source: Source, { from, to }: Span): number | null {
  let found: number | null = null;
  for (let at = from; at < to; at = source.past(at)) {
    const sign = source.at(at);
    if (/^(?:&&|\|\||and|or|\?)$/.test(sign)) return at;
    if (found === null && /^(?:==|!=|===|=~|!~|<|>|<=|>=)$/.test(sign)) found = at;
  }
  return found;
}

/** `response.assert_ok`, `x.expects(:y).once`: known to assert, and no more. */
function onReceiver(source: Source, { links, span, to }: Chain): readonly Said[] {
  const answer = links.findIndex(({ name }) => /^(?:returns|yields|raises|and_return)$/.test(name));
  const isDouble = links.some(({ name, called }) => name === 'expects' && called);
  if (!isDouble && !links.some(({ name }, index) => index > 0 && /^assert_\w+$/.test(name))) return [];
  const end = isDouble && answer > 0 ? (links[answer - 1]?.to ?? to) : to;
  const text = source.compact({ from: span.from, to: end });
  return [{ text, subject: text, trivial: false }];
}
