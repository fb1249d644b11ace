/** The assertions in a chain of calls, whichever library they are of. */
import type { SyntaxNode } from '@lezer/common';
import type { Syntax } from '../../../syntax/parse';
import type { Assertion, Strength } from '../../model';
import { assertCall } from './asserts';
import { type Chain, constantTruth, leadingMembers, type Step, unwrapped } from './chain';
import { EXPECTATIONS, NEGATED, SILENT, withHoles } from './matchers';
import { type Call, conditionOf, type Found, plain, type Reading } from './reading';

const EXPECT = /^(?:expect|expectAsync|expectTypeOf|should)$/;
const HOLDERS = /^(?:chai|vitest|test|t|jest|ctx|context|playwright|globalThis)$/;
const NEVER_COUNTED =
  /^(?:assertions|hasAssertions|extend|configure|addEqualityTesters|setState|getState|any|anything|\w+Containing|stringMatching|closeTo|not)$/;

/** The assertions of one chain, in order; none for a chain that asserts nothing. */
export function assertionsIn(chain: Chain, reading: Reading): readonly Found[] {
  return expectation(chain, reading) ?? assertCall(chain, reading) ?? fluent(chain, reading);
}

/** `expect(x).toBe(y)`, `chai.expect(x)`, `expect.soft(x)`. */
function expectation(chain: Chain, reading: Reading): readonly Found[] | null {
  const { steps } = chain;
  const root = reading.imported.get(chain.name) ?? chain.name;
  const first = steps.findIndex(({ kind }) => kind === 'call');
  const members = leadingMembers(chain);
  const named = EXPECT.test(root)
    ? members
    : HOLDERS.test(root) && EXPECT.test(members[0] ?? '')
      ? members.slice(1)
      : null;
  const call = steps[first];
  if (named === null || call?.kind !== 'call') return null;
  const [verb] = named;
  if (verb !== undefined && NEVER_COUNTED.test(verb)) return [];
  if (verb === 'fail' || verb === 'unreachable') return [plain(chain, reading)];
  return [matched(chain, call, steps.slice(first + 1), reading)];
}

function matched(chain: Chain, call: Call, after: readonly Step[], reading: Reading): Found {
  const subject = call.args[0];
  const about = subject === undefined ? '' : reading.tokens.compact(unwrapped(subject));
  const said = verdict(after);
  const list = call.node.getChild('ArgList');
  const head = `${reading.tokens.compact({ from: chain.top.from, to: list?.from ?? call.node.to })}(${about})${said.path}`;
  const expected = said.call ? expectedOf(said.call, reading) : [];
  const compared = comparisonOf(subject, said, expected, reading);
  const strength = withHoles(compared?.strength ?? said.strength(expected), expected.join(','));
  return {
    node: chain.top,
    text: said.call ? `${head}(${expected.join(',')})` : head,
    subject: expected.length > 0 ? `${head}(…)` : head,
    trivial: said.isEmpty || holdsAnyway(subject, about, said, expected, reading.syntax),
    about: compared?.about ?? about,
    ...(strength === undefined ? {} : { strength }),
    ...(/Inline(?:Snapshot)?$|InlineSnapshot$/.test(said.name) ? { snapshot: true } : {}),
  };
}

interface Said {
  /** `.not.toBe` */
  readonly path: string;
  readonly name: string;
  readonly negated: boolean;
  readonly call: Call | null;
  /** Whether nothing is asserted: `expect(x)`, `expect(x).toBe` without a call. */
  readonly isEmpty: boolean;
  strength(expected: readonly string[]): Strength | undefined;
}

/** What follows `expect(x)`: the last matcher that means something. */
function verdict(after: readonly Step[]): Said {
  const members = after.filter((step) => step.kind === 'member');
  const known = members.findLast(({ name }) => EXPECTATIONS.has(name));
  const last =
    known ?? members.findLast(({ name }) => !SILENT.has(name) && !/^(?:catch|then|finally|withContext)$/.test(name));
  const at = last === undefined ? -1 : after.indexOf(last);
  const next = after[at + 1];
  const call = next?.kind === 'call' ? next : null;
  const negated = members.some(({ name }) => name === 'not');
  const name = last?.name ?? '';
  const isEmpty = last === undefined || (call === null && /^to[A-Z]/.test(name));
  return {
    path: members
      .slice(0, last === undefined ? members.length : members.indexOf(last) + 1)
      .map((step) => `.${step.name}`)
      .join(''),
    ...{ name, negated, call, isEmpty },
    strength: (expected) => {
      if (negated)
        return NEGATED.has(name) ? (NEGATED.get(name) ?? undefined) : EXPECTATIONS.has(name) ? 'partial' : undefined;
      if (
        /^(?:toBe|toEqual|toStrictEqual|equal|eql?|equals)$/.test(name) &&
        /^(?:true|false)$/.test(expected[0] ?? '')
      ) {
        return 'truth';
      }
      const meaning = EXPECTATIONS.get(name);
      return typeof meaning === 'function' ? meaning(expected.length) : meaning;
    },
  };
}

function expectedOf(call: Call, { tokens }: Reading): readonly string[] {
  return call.args.map((node) => tokens.compact(unwrapped(node)));
}

/** `expect(a === b).toBe(true)` compares `a` with `b`. */
function comparisonOf(
  subject: SyntaxNode | undefined,
  said: Said,
  expected: readonly string[],
  reading: Reading,
): Pick<Assertion, 'about' | 'strength'> | null {
  if (subject === undefined || said.strength(expected) !== 'truth') return null;
  return conditionOf(subject, reading);
}

/** Whether no change of the code could make it fail. */
function holdsAnyway(
  subject: SyntaxNode | undefined,
  about: string,
  said: Said,
  expected: readonly string[],
  syntax: Syntax,
): boolean {
  if (said.negated) return false;
  const truth = constantTruth(syntax, subject);
  const [wanted] = expected;
  const isEquality = /^(?:toBe|toEqual|toStrictEqual|equal|equals|eq|eql|eqls)$/.test(said.name);
  if (isEquality) return wanted !== undefined && wanted === about && !/[(]/.test(about);
  if (truth === null) return false;
  if (/^(?:toBeTruthy|ok|true|toBeTrue)$/.test(said.name)) return truth;
  if (/^(?:toBeFalsy|false|toBeFalse)$/.test(said.name)) return !truth;
  return /^(?:toBeDefined|exist|exists)$/.test(said.name) && truth;
}

/** Assertions at the end of a chain that began with something else: supertest, Cypress, Chai's `should`. */
function fluent(chain: Chain, reading: Reading): readonly Found[] {
  const { steps } = chain;
  const should = steps.findIndex(
    (step, index) => step.kind === 'member' && step.name === 'should' && steps[index + 1]?.kind === 'member',
  );
  if (should !== -1) return [property(chain, should, reading)];
  return steps.flatMap((step, index): Found[] => {
    const before = steps[index - 1];
    if (step.kind !== 'call' || before?.kind !== 'member') return [];
    const isCypress =
      before.name === 'should' ||
      (before.name === 'and' && steps.some(({ kind }, at) => kind === 'member' && at < index - 1));
    const isExpect = before.name === 'expect' || before.name === 'expectStatus' || before.name === 'expectJson';
    const isCypressWord = isCypress && (chain.name === 'cy' || before.name === 'should');
    if (!isExpect && !isCypressWord) return [];
    const texts = step.args.map((node) => reading.tokens.compact(node));
    // Whoever is called when it is done is not expected.
    const args = /^(?:done|cb|callback|next|end)$/.test(texts.at(-1) ?? '') ? texts.slice(0, -1) : texts;
    const first = args.length > 1 ? `${args[0]},…` : '…';
    return [
      {
        node: step.node,
        text: `.${before.name}(${args.join(',')})`,
        subject: `.${before.name}(${first})`,
        trivial: false,
      },
    ];
  });
}

/** `x.should.equal(y)`. */
function property(chain: Chain, at: number, reading: Reading): Found {
  const step = chain.steps[at];
  const object = step?.node.firstChild ?? chain.base;
  const about = reading.tokens.compact(unwrapped(object));
  const said = verdict(chain.steps.slice(at + 1));
  const expected = said.call ? expectedOf(said.call, reading) : [];
  const strength = withHoles(said.strength(expected), expected.join(','));
  const head = `${about}.should${said.path}`;
  return {
    node: chain.top,
    text: said.call ? `${head}(${expected.join(',')})` : head,
    subject: expected.length > 0 ? `${head}(…)` : head,
    trivial: said.isEmpty,
    about,
    ...(strength === undefined ? {} : { strength }),
  };
}
