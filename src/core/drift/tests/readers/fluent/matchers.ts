/** Libraries that put what is looked at first and matchers behind it: AssertJ, Truth, Assertk, Strikt, FluentAssertions. */
import type { Strength } from '../../model';
import { argumentsOf, type Link, type Said, type TextOf } from './chain';
import { conditionSaid, isBroad, strengthOf } from './said';
import { isLiteral } from './texts';

export interface Vocabulary {
  /** Words for people. */
  readonly described: RegExp;
  /** What goes to a part of what is looked at. */
  readonly navigates: RegExp;
  /** What goes back to the whole. */
  readonly again: RegExp;
  /** What changes how the next matcher compares. */
  readonly modifies: RegExp;
  readonly strengths: readonly (readonly [RegExp, Strength])[];
  /** A matcher that says a condition is true or false. */
  readonly truth: (name: string) => boolean | null;
  /** A matcher that says what is thrown, by its type. */
  readonly throws?: RegExp;
  /** Matchers whose arguments behind the first are words for people. */
  readonly reasons?: true;
}

interface Looked {
  /** As it is written: `assertThat(x)`, `x.Should()`. */
  readonly head: string;
  readonly about: string;
}

/** One assertion for each matcher; nothing but a head asserts nothing. */
export function matched(
  { head, about: whole }: Looked,
  links: readonly Link[],
  textOf: TextOf,
  words: Vocabulary,
): Said[] {
  const said: Said[] = [];
  let about = whole;
  let modifiers = '';
  for (const link of links) {
    const { name } = link;
    if (words.described.test(name)) continue;
    if (words.again.test(name)) {
      about = whole;
      modifiers = '';
    } else if (words.navigates.test(name)) about = `${about}.${part(link, textOf)}`;
    else if (link.args === null || words.modifies.test(name)) modifiers += `.${part(link, textOf)}`;
    else {
      said.push(...matcherSaid({ head, about }, modifiers, link, textOf, words));
      modifiers = '';
    }
  }
  return said.length > 0 ? said : [{ text: head, subject: head, trivial: true, about }];
}

function part(link: Link, textOf: TextOf): string {
  const { name, types, args } = link;
  return args === null ? name : `${name}${types === '' ? '' : `<${types}>`}(${argumentsOf(link, textOf).join(',')})`;
}

function matcherSaid(
  { head, about }: Looked,
  modifiers: string,
  link: Link,
  textOf: TextOf,
  words: Vocabulary,
): readonly Said[] {
  const { name, types } = link;
  const all = argumentsOf(link, textOf);
  const args = words.reasons === true ? withoutReasons(all) : all;
  const path = head.includes(about) || modifiers !== '' ? `${head}${modifiers}` : `${head}→${about}`;
  const text = `${path}.${name}${types === '' ? '' : `<${types}>`}(${args.join(',')})`;
  const subject = `${path}.${name}(`;
  const truth = words.truth(name);
  if (truth !== null) {
    const parts = conditionSaid(head, about, truth);
    // Each part of a conjunction is an assertion, as it is for assertTrue.
    return parts.map((each) => ({ ...each, text: parts.length === 1 ? text : each.text, subject: each.text }));
  }
  if (words.throws?.test(name)) {
    const strength = isBroad(types === '' ? (args[0] ?? '') : types) ? 'exists' : 'partial';
    return [{ text, subject, trivial: false, about: `throws ${about}`, strength }];
  }
  const known = words.strengths.find(([form]) => form.test(name))?.[1];
  const strength = known ?? (args.length > 0 || types !== '' ? 'partial' : 'truth');
  const [expected] = args;
  const isValue = strength === 'exact' && args.length === 1 && expected !== undefined;
  const trivial = isValue && expected === about && (!about.includes('(') || isLiteral(about));
  const held = isValue ? strengthOf(expected, about) : strength;
  const loosened = held === 'exact' && /gnor|xclud/.test(modifiers) ? 'loose' : held;
  return [{ text, subject, trivial: trivial || isTriviallyThere(strength, about), about, strength: loosened }];
}

/** A value that is written down is there, and is no null. */
function isTriviallyThere(strength: Strength, about: string): boolean {
  return strength === 'exists' && (about === 'this' || (isLiteral(about) && !/^(?:null|nil)$/.test(about)));
}

function withoutReasons(args: readonly string[]): readonly string[] {
  const reason = args.findIndex((arg, index) => index > 0 && /^\$?@?"/.test(arg));
  return reason === -1 ? args : args.slice(0, reason);
}
