/** NUnit's `Assert.That(x, Is.EqualTo(y))`, and TUnit's `Assert.That(x).IsEqualTo(y)`. */
import type { Link, Said, TextOf } from '../fluent/chain';
import { matched } from '../fluent/matchers';
import { conditionSaid, isBroad, strengthOf } from '../fluent/said';
import { bodyOfLambda, calleeIn, isLiteral, isString } from '../fluent/texts';
import { FLUENT } from './words';

const THERE = /^(?:Is\.Not\.(?:Null|Empty)|Has\.Count\.GreaterThan\(0\)|Is\.Not\.Null\.And\.Not\.Empty)$/;
const EQUAL = /^Is\.(?:EqualTo|SameAs|EquivalentTo)\(/;

/** What `Assert.That` says, with the links behind it. */
export function constrained(args: readonly string[], rest: readonly Link[], textOf: TextOf): readonly Said[] {
  const [about = '', constraint = ''] = args;
  if (rest.length > 0) return matched({ head: `Assert.That(${about})`, about }, rest, textOf, FLUENT);
  if (constraint === '' || isString(constraint) || constraint.startsWith('()=>')) {
    return conditionSaid('Assert.That', about, true);
  }
  const text = `Assert.That(${about},${constraint})`;
  const said = { text, subject: `Assert.That(${about},${calleeIn(constraint)}`, about, trivial: false };
  if (/^Throws\b/.test(constraint)) {
    const type = /<([^>]{1,100})>|(\w+Exception)\b/.exec(constraint);
    const strength = isBroad(type?.[1] ?? type?.[2] ?? '') ? 'exists' : 'partial';
    return [{ ...said, about: `throws ${bodyOfLambda(about)}`, strength }];
  }
  if (/^Is\.(?:True|False)$/.test(constraint)) {
    const [only] = conditionSaid('Assert.That', about, constraint === 'Is.True');
    return [{ ...said, ...(only ?? {}), text, subject: said.subject }];
  }
  if (THERE.test(constraint)) return [{ ...said, strength: 'exists' }];
  if (/^Is\.(?:Null|Empty|Zero)$/.test(constraint)) {
    return [{ ...said, strength: 'exact', trivial: about === 'null' && constraint === 'Is.Null' }];
  }
  if (!EQUAL.test(constraint)) return [{ ...said, strength: 'partial' }];
  const expected = constraint.replace(EQUAL, '').replace(/\)$/, '');
  const trivial = expected === about && (!about.includes('(') || isLiteral(about));
  return [{ ...said, trivial, strength: strengthOf(expected, about) }];
}
