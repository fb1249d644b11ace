/** Matchers of RSpec, and the operators that `should` takes. */
import type { Strength } from '../../model';
import type { Said } from './assertions';
import { chainOf, constantTruth } from './chain';
import type { Source, Span } from './source';

/** RSpec documentation, "Built in matchers", by how much they say. */
const STRENGTHS: readonly (readonly [RegExp, Strength])[] = [
  [/^(?:eq|eql|equal|==|===|match_array|contain_exactly|be_nil|eq_html|match_snapshot)$/, 'exact'],
  [/^(?:be_true|be_false|be_truthy|be_falsy|be_falsey)$/, 'truth'],
  [/^(?:be_present|be_empty|exist|be_blank)$/, 'exists'],
];
const HOLE =
  /\b(?:anything|an_instance_of|instance_of|kind_of|a_kind_of|hash_including|array_including|a_hash_including|a_string_matching|any_args)\b/;
const RAISES = /^raise_(?:error|exception)$/;

/** `expect(about).to matcher`, in one form for every way to say it. */
export function matcherOf(source: Source, about: string, isNegative: boolean, span: Span): Said {
  const { name, expected, isOperator } = readMatcher(source, span);
  const canonical = isOperator && name === '==' ? `eq(${expected})` : source.compact(span);
  const text = `expect(${about}).${isNegative ? 'not_to' : 'to'}(${canonical})`;
  const subject = `expect(${about}).${isNegative ? 'not_to' : 'to'}(${isOperator && name === '==' ? 'eq' : name}(`;
  const strength = strengthOf(name, expected, isNegative);
  const isConstant = /^(?:true|false|nil|-?\d[\d.]*|"[^"]*"|:\w+)$/.test(about);
  const itself =
    strengthOf(name, '', false) === 'exact' && name !== 'be_nil' && about === expected && !about.includes('(');
  const isTrue =
    isConstant && ((about === 'true' && /^be_tru/.test(name)) || (about === 'false' && /^be_fals/.test(name)));
  return {
    text,
    subject: expected === '' ? text : subject,
    trivial: !isNegative && (itself || isTrue || (name === 'be' && about === expected && isConstant)),
    about: RAISES.test(name) ? `raises ${about}` : about,
    strength,
  };
}

interface Matcher {
  readonly name: string;
  readonly expected: string;
  readonly isOperator: boolean;
}

function readMatcher(source: Source, span: Span): Matcher {
  const sign = source.at(span.from);
  if (/^(?:==|===|=~|!=|<|>|<=|>=)$/.test(sign)) {
    return { name: sign, expected: source.compact({ from: span.from + 1, to: span.to }), isOperator: true };
  }
  const { links, to } = chainOf(source, span);
  const [first] = links;
  if (first === undefined) return { name: source.compact(span, 40), expected: '', isOperator: false };
  const rest = to < span.to ? source.compact({ from: to, to: span.to }) : '';
  // `be > 3`.
  if (rest !== '') return { name: `${first.name}${source.at(to)}`, expected: rest, isOperator: false };
  const args = first.args.map((arg) => source.compact(arg)).join(',');
  const isTrue = first.name === 'be' && first.args[0] !== undefined && constantTruth(source, first.args[0]) !== null;
  return {
    name: isTrue && /^(?:true|false)$/.test(args) ? `be_${args}` : first.name,
    expected: args,
    isOperator: false,
  };
}

function strengthOf(name: string, expected: string, isNegative: boolean): Strength {
  if (isNegative) return /^(?:be_nil|be_empty|raise_error|be_blank)$/.test(name) ? 'exists' : 'partial';
  if (RAISES.test(name)) return expected === '' ? 'exists' : 'partial';
  const known = name === 'be' && expected !== '' ? 'exact' : STRENGTHS.find(([form]) => form.test(name))?.[1];
  if (known === 'exact') return /^(?:true|false)$/.test(expected) ? 'truth' : HOLE.test(expected) ? 'loose' : 'exact';
  if (known !== undefined) return known;
  return expected === '' && /^be_[a-z]/.test(name) ? 'truth' : 'partial';
}
