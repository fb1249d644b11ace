/** What a chain of calls asserts in C#. */
import { argumentsOf, before, type Chain, type Link, plain, type Said, type TextOf } from '../fluent/chain';
import { matched } from '../fluent/matchers';
import { compared, conditionSaid, hasHoles, operandsIn, throwing } from '../fluent/said';
import { bodyOfLambda, isLiteral, isString } from '../fluent/texts';
import { constrained } from './constraints';
import { received, verified } from './doubles';
import { ASSERTS, CLASSES, CONTAINERS, FLUENT, type Meaning, SHOULD, THROWS } from './words';

/** What can begin an assertion, or stands before one; everything else is not looked at any closer. */
const NAMES = /^(?:Should|Verify|Received|DidNotReceive|Must)/;
const OWNERS = /(?:Assert|^Should)$/;

/** Null: it asserts nothing that is known. */
export function csharpAssertions(chain: Chain, textOf: TextOf): readonly Said[] | null {
  for (const [index, link] of chain.links.entries()) {
    if (link.args === null) continue;
    if (!NAMES.test(link.name) && !OWNERS.test(chain.links[index - 1]?.name ?? '')) continue;
    const said = saidBy(chain, index, link, textOf);
    if (said !== null) return said;
  }
  return null;
}

function saidBy(chain: Chain, index: number, link: Link, textOf: TextOf): readonly Said[] | null {
  const { name, args } = link;
  const about = before(chain, index, textOf);
  if (name === 'Should' && args?.length === 0) {
    return matched({ head: `${about}.Should()`, about }, chain.links.slice(index + 1), textOf, FLUENT);
  }
  if (/^Should[A-Z]/.test(name) && about !== '') return [shouldly(link, about, textOf)];
  if (/^Verify(?:All|NoOtherCalls|Set|Get|Add|Remove)?$/.test(name)) return [verified(link, about, textOf)];
  if (/^(?:Received|DidNotReceive|ReceivedWithAnyArgs|DidNotReceiveWithAnyArgs)$/.test(name)) {
    return received(chain, index, textOf);
  }
  if (/^Must(?:Not)?HaveHappened/.test(name)) {
    const text = `${about}.${name}(${argumentsOf(link, textOf).join(',')})`;
    return [
      { text, subject: `${about}.${name}(`, trivial: false, about, strength: hasHoles(about) ? 'loose' : 'exact' },
    ];
  }
  if (about === 'Should' && /^(?:Not)?Throw(?:Async)?$/.test(name)) return [throwsSaid('Should', link, textOf)];
  return CLASSES.test(about) ? assertSaid(about, chain, index, textOf) : null;
}

function assertSaid(receiver: string, chain: Chain, index: number, textOf: TextOf): readonly Said[] {
  const link = chain.links[index] as Link;
  const { name, types } = link;
  const args = argumentsOf(link, textOf);
  if (CONTAINERS.test(name)) return [];
  if (name === 'Fail') return [plain('Assert.Fail(…)')];
  if (THROWS.test(name)) return [throwsSaid('Assert', link, textOf)];
  if (name === 'That') return constrained(args, chain.links.slice(index + 1), textOf);
  const known = ASSERTS.get(name);
  if (known === undefined) {
    return [plain(`${receiver}.${name}${types === '' ? '' : `<${types}>`}(${args.join(',')})`)];
  }
  // `StringAssert.Contains(value, part)` says it the other way round.
  const isTurned = /(?:String|Collection)Assert$/.test(receiver) && known.about === 'second';
  const meaning: Meaning = isTurned ? { ...known, about: 'first' } : known;
  return knownSaid({ name, types, args: operandsOf(args, meaning, types) }, meaning);
}

interface Called {
  readonly name: string;
  readonly types: string;
  readonly args: readonly string[];
}

function knownSaid({ name, types, args }: Called, meaning: Meaning): readonly Said[] {
  const [first = '', second = ''] = args;
  const { strength } = meaning;
  if (strength === 'truth') return conditionSaid(`Assert.${name}`, first, !/False$/.test(name));
  const written = `Assert.${name}${types !== '' && strength === 'partial' ? `<${types}>` : ''}`;
  if (meaning.operands === 1 || args.length < 2) {
    const isThere = strength === 'exists' && (first === 'this' || (isLiteral(first) && first !== 'null'));
    const trivial = isThere || (/Null$/.test(name) && strength === 'exact' && first === 'null');
    return [{ text: `${written}(${first})`, subject: `${written}(${first}`, trivial, about: first, strength }];
  }
  const [about, expected] = inOrder(first, second, meaning);
  // In one order, whatever the library's is.
  const operands = meaning.about === 'first' ? [about, expected] : [expected, about];
  const text = `${written}(${[...operands, ...args.slice(2)].join(',')})`;
  return [compared({ text, name: `Assert.${name}`, about, expected, strength })];
}

function inOrder(first: string, second: string, { about }: Meaning): readonly [string, string] {
  if (about === undefined) return operandsIn(first, second, true);
  return about === 'first' ? [first, second] : [second, first];
}

/** Without messages; a tolerance, a comparer or a precision stays. */
function operandsOf(args: readonly string[], { operands, about }: Meaning, types: string): readonly string[] {
  const count = operands === 2 && types !== '' && about === 'second' ? 1 : operands;
  const own = args
    .slice(0, count)
    .map((arg) =>
      arg.replace(/^(?:expected|actual|condition|value|object|collection|expectedSubstring|actualString):/, ''),
    );
  const more = args.slice(count).filter((arg) => !isString(arg) && !/^(?:message|userMessage|args):/.test(arg));
  return count === 2 ? [...own, ...more.slice(0, 1)] : own;
}

function throwsSaid(owner: string, link: Link, textOf: TextOf): Said {
  const { name, types } = link;
  const args = argumentsOf(link, textOf);
  const code = args.find((arg) => /=>/.test(arg)) ?? args.find((arg) => !/^typeof\(/.test(arg) && !isString(arg)) ?? '';
  const type = types !== '' ? types : (args.find((arg) => /^(?:typeof\(|Is\.|Throws\.)/.test(arg)) ?? '');
  const text = `${owner}.${name}${type === '' ? '' : `<${type.replace(/^typeof\((.*)\)$/, '$1')}>`}(${code})`;
  if (/Not/.test(name)) return { text, subject: text, trivial: false, about: bodyOfLambda(code), strength: 'exists' };
  return throwing(text, `${owner}.${name}`, type, code);
}

function shouldly(link: Link, about: string, textOf: TextOf): Said {
  const { name, types } = link;
  const all = argumentsOf(link, textOf);
  const args = all.filter((arg, at) => at === 0 || (!isString(arg) && !/^customMessage:/.test(arg)));
  const own = /^Should(?:BeTrue|BeFalse|BeNull|NotBeNull|BeEmpty|NotBeEmpty)$/.test(name) ? [] : args;
  const text = `${about}.${name}${types === '' ? '' : `<${types}>`}(${own.join(',')})`;
  const subject = `${about}.${name}(`;
  if (/^ShouldThrow/.test(name)) return { ...throwing(text, name, types, about), subject };
  if (/^Should(?:BeTrue|BeFalse)$/.test(name)) {
    const [only] = conditionSaid('Should', about, name === 'ShouldBeTrue');
    return { ...(only ?? plain(text)), text, subject };
  }
  const strength = SHOULD.find(([form]) => form.test(name))?.[1] ?? 'partial';
  return { ...compared({ text, name, about, expected: own[0] ?? '…', strength }), subject };
}
