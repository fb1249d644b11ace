/** What a chain of calls asserts in Java and Kotlin. */
import { argumentsOf, before, type Chain, type Link, plain, type Said, type TextOf } from '../fluent/chain';
import { matched } from '../fluent/matchers';
import { compared, conditionSaid, hasHoles, operandsIn, strengthOf, throwing } from '../fluent/said';
import { bodyOfLambda, calleeIn, constantTruth, isLiteral, isString } from '../fluent/texts';
import {
  ASSERTS,
  CONTAINERS,
  FLUENT,
  FLUENT_HEADS,
  FLUENT_THROWS,
  type Meaning,
  NO_MORE,
  SHOULD,
  THROWS,
  VERIFIES,
} from './words';

/** How the file calls: by what it imports. */
export interface Dialect {
  /** JUnit 3 and 4 say the message first. */
  readonly messageFirst: boolean;
  /** TestNG says the actual value first. */
  readonly actualFirst: boolean;
}

/** What modules a file imports, and how it calls what asserts. */
export function dialectOf(imports: Iterable<string>): Dialect {
  const names = [...imports];
  const has = (form: RegExp) => names.some((name) => form.test(name));
  const isNew = has(/^org\.junit\.jupiter\b|^kotlin\.test\b/);
  return {
    messageFirst: !isNew && has(/^(?:org\.junit\b|junit\.framework\b)/),
    actualFirst: !isNew && has(/^org\.testng\b/),
  };
}

const RECEIVERS =
  /^(?:|(?:[\w.]+\.)?(?:Assert|Assertions|TestCase|this|super|Truth|AssertJUnit|Hamcrest|MatcherAssert|BDDAssertions|AssertionsForClassTypes|AssertionsForInterfaceTypes|Truth8|Assert\w*|softly|soft\w*|expect|errorCollector|collector|Mockito|BDDMockito|inOrder|\w*[oO]rder))$/;
const WEB =
  /^(?:andExpect|andExpectAll|expectNext|expectNextCount|expectNextMatches|expectError|expectErrorMatches|verifyComplete|verifyError|statusCode|expectStatus|expectBody)$/;

/** What can begin an assertion; everything else is not looked at any closer. */
const NAMES = /^(?:assert|expect|verify|coVerify|fail|that$|should|confirm|forAll|forEvery|withClue)/;

/** What stands before `that`. */
const ABOUT = /^(?:assertWithMessage|assert_|assertAbout|withMessage)$/;

/** Null: it asserts nothing that is known. */
export function jvmAssertions(chain: Chain, textOf: TextOf, dialect: Dialect): readonly Said[] | null {
  for (const [index, link] of chain.links.entries()) {
    if (link.args === null) continue;
    const { name } = link;
    if (/^should\w*$/.test(name) && index + (chain.root === null ? 0 : 1) > 0 && !/^should(?:Not)?Throw/.test(name)) {
      const isMockito = chain.links[index - 1]?.name === 'then';
      return isMockito ? verified(chain, index, textOf) : shouldCalled(chain, index, textOf);
    }
    if (WEB.test(name) && index > 0) return chain.links.slice(index).flatMap((each) => webSaid(each, textOf));
    if (!NAMES.test(name) || ABOUT.test(name)) continue;
    if (!RECEIVERS.test(before(chain, index, textOf)) && name !== 'that') continue;
    const said = headSaid(chain, index, textOf, dialect);
    if (said !== null) return said;
  }
  return null;
}

function headSaid(chain: Chain, index: number, textOf: TextOf, dialect: Dialect): readonly Said[] | null {
  const link = chain.links[index] as Link;
  const { name } = link;
  const rest = chain.links.slice(index + 1);
  if (FLUENT_HEADS.test(name)) return fluent(chain, index, textOf);
  if (FLUENT_THROWS.test(name)) {
    const [code = ''] = argumentsOf(link, textOf);
    const head = `${name}(${code})`;
    return matched({ head, about: bodyOfLambda(code) }, rest, textOf, FLUENT).map((each) => ({
      ...each,
      about: `throws ${(each.about ?? '').replace(/^throws /, '')}`,
      trivial: false,
    }));
  }
  if (/^assertThat\w*Exception\w*$|^assertThatExceptionOfType$/.test(name)) return exceptionSaid(chain, index, textOf);
  if (VERIFIES.test(name)) return verified(chain, index, textOf);
  if (NO_MORE.test(name))
    return [plain(`${name.replace('verifyZero', 'verifyNo')}(${argumentsOf(link, textOf).join(',')})`)];
  if (CONTAINERS.test(name)) return [];
  if (THROWS.test(name)) return [throwsSaid(link, textOf)];
  if (name === 'fail' || name === 'failBecauseExceptionWasNotThrown') return [plain(`${name}(…)`)];
  const known = ASSERTS.get(name);
  if (known !== undefined) return knownSaid(link, known, textOf, dialect);
  return /^assert[A-Z]/.test(name) ? [plain(textOf({ from: link.span.from, to: link.span.to }))] : null;
}

function knownSaid(link: Link, meaning: Meaning, textOf: TextOf, dialect: Dialect): readonly Said[] {
  const { name, types } = link;
  const args = operandsOf(argumentsOf(link, textOf), meaning, dialect);
  const [first = '', second = ''] = args;
  const generic = types !== '' && meaning.operands === 1 ? `<${types}>` : '';
  if (meaning.strength === 'truth') return conditionSaid(name, bodyOfLambda(first), name !== 'assertFalse');
  if (meaning.operands === 1) {
    const text = `${name}${generic}(${args.join(',')})`;
    const trivial =
      (name === 'assertNull' && first === 'null') ||
      (name === 'assertNotNull' && (first === 'this' || (isLiteral(first) && first !== 'null')));
    const isTyped = name === 'assertNotNull' && args.length > 1;
    return [
      { text, subject: `${name}(${first}`, trivial, about: first, strength: isTyped ? 'partial' : meaning.strength },
    ];
  }
  const isFirst = meaning.about === 'first';
  const [about, expected] = isFirst ? [first, second] : operandsIn(first, second, !dialect.actualFirst);
  // In one order, whatever the library's is.
  const text = `${name}(${[...(isFirst ? [about, expected] : [expected, about]), ...args.slice(2)].join(',')})`;
  return [compared({ text, name, about, expected, strength: meaning.strength })];
}

/** Without messages; a tolerance stays. */
function operandsOf(written: readonly string[], { operands }: Meaning, { messageFirst }: Dialect): readonly string[] {
  // Kotlin can say which is which.
  const args = written
    .filter((arg) => !/^(?:message|lazyMessage)=/.test(arg))
    .map((arg) => arg.replace(/^(?:expected|actual|condition|value|block)=(?!=)/, ''));
  const isMessageFirst =
    messageFirst &&
    args.length > operands &&
    (args.length > operands + 1 || isMessage(args[0] ?? '') || !isTolerance(args[operands]));
  const said = isMessageFirst ? args.slice(1) : args;
  const own = said.slice(0, operands);
  return said.length > operands && operands === 2 && isTolerance(said[2]) ? [...own, said[2] as string] : own;
}

function isMessage(text: string): boolean {
  return isString(text) || /^String\.format\(/.test(text);
}

function isTolerance(text: string | undefined): boolean {
  return (
    text !== undefined &&
    /^(?:-?[\d.]|.{0,40}(?:delta|eps|tol|EPS|DELTA|TOL|precision|absolute))/i.test(text) &&
    !isMessage(text)
  );
}

function throwsSaid(link: Link, textOf: TextOf): Said {
  const { name, types } = link;
  const args = argumentsOf(link, textOf);
  const lambda = args.find((arg) => /^(?:\(\)->|\{)|::/.test(arg) && !arg.endsWith('::class')) ?? args.at(-1) ?? '';
  const type = types !== '' ? types : (args.find((arg) => /\.class$|::class/.test(arg)) ?? '');
  const shown = type === '' ? '' : `<${type.replace(/(?:\.class|::class)$/, '')}>`;
  const text = `${name}${shown}(${lambda})`;
  if (/Not/.test(name)) return { text, subject: text, trivial: false, about: bodyOfLambda(lambda), strength: 'exists' };
  return throwing(text, name, type, lambda);
}

/** `assertThat(x).…`, and Hamcrest's `assertThat(reason, x, matcher)`. */
function fluent(chain: Chain, index: number, textOf: TextOf): readonly Said[] {
  const link = chain.links[index] as Link;
  const rest = chain.links.slice(index + 1);
  const args = argumentsOf(link, textOf);
  const isHamcrest = rest.length === 0 && args.length >= 2;
  if (isHamcrest) {
    const [about = '', matcher = ''] = args.slice(-2);
    return [hamcrest(about, matcher)];
  }
  const [about = '', condition] = args;
  if (rest.length === 0 && isString(about) && condition === undefined) return [];
  return matched({ head: `assertThat(${about})`, about }, rest, textOf, FLUENT);
}

/** Hamcrest's matchers, by their names. */
function hamcrest(about: string, matcher: string): Said {
  const text = `assertThat(${about},${matcher})`;
  const inner = matcher.replace(/^(?:Matchers|CoreMatchers|org\.hamcrest\.\w+)\./, '').replace(/^is\((.*)\)$/, '$1');
  const name = /^\w+(?=\()/.exec(inner)?.[0] ?? '';
  const subject = `assertThat(${about},${name}(`;
  const said = { text, subject, about, trivial: /^(?:anything|any)\(/.test(inner) };
  if (/^(?:notNullValue|not\(nullValue)/.test(inner)) return { ...said, strength: 'exists' };
  if (
    /^(?:nullValue|equalTo|sameInstance|contains|containsInAnyOrder|arrayContaining|equalToCompressingWhiteSpace|empty)$/.test(
      name,
    )
  ) {
    const expected = inner.slice(name.length + 1, -1);
    const strength = strengthOf(expected, about);
    return { ...said, strength, trivial: expected === about && !about.includes('(') };
  }
  const isValue =
    inner !== matcher &&
    (name === '' ||
      !/^(?:not|any\w*|instanceOf|greater\w*|less\w*|contains\w*|startsWith|endsWith|has\w+|allOf|either|both|every\w*|closeTo|matches\w*|in|oneOf)$/.test(
        name,
      ));
  if (!isValue) return { ...said, strength: 'partial' };
  return {
    ...said,
    strength: constantTruth(inner) !== null ? 'truth' : 'exact',
    trivial: inner === about && !about.includes('('),
  };
}

/** `assertThatExceptionOfType(X.class).isThrownBy(() -> f())`. */
function exceptionSaid(chain: Chain, index: number, textOf: TextOf): readonly Said[] {
  const head = chain.links[index] as Link;
  const rest = chain.links.slice(index + 1);
  const thrown = rest.find(({ name }) => name === 'isThrownBy');
  if (thrown === undefined) return [];
  const [code = ''] = argumentsOf(thrown, textOf);
  const type = argumentsOf(head, textOf)[0] ?? head.name.replace(/^assertThat/, '');
  const about = `throws ${bodyOfLambda(code)}`;
  const others = rest.filter((link) => link !== thrown && link.args !== null && !FLUENT.described.test(link.name));
  return [
    throwing(`${head.name}(${type}).isThrownBy(${code})`, head.name, type, code),
    ...others.map((link): Said => {
      const args = argumentsOf(link, textOf).join(',');
      return {
        text: `${about}.${link.name}(${args})`,
        subject: `${about}.${link.name}(`,
        trivial: false,
        about,
        strength: 'partial',
      };
    }),
  ];
}

/** `verify(mock, times(1)).call(x)`, `then(mock).should().call(x)`, and MockK's `verify { mock.call(x) }`. */
function verified(chain: Chain, index: number, textOf: TextOf): readonly Said[] {
  const head = chain.links[index] as Link;
  const rest = chain.links.slice(index + 1);
  const args = argumentsOf(head, textOf);
  const block = args.at(-1) ?? '';
  if (block.startsWith('{')) {
    const calls = block.slice(1, -1);
    const how = args.slice(0, -1).filter((arg) => !/^(?:exactly=1|timeout=.*)$/.test(arg));
    const text = `verify${how.length === 0 ? '' : `(${how.join(',')})`}{${calls}}`;
    const about = `verify ${calleeIn(calls)}`;
    const strength = callStrength(how.join(','), calls);
    return [{ text, subject: `verify{${calleeIn(calls)}(`, trivial: calls === '', about, strength }];
  }
  const isThen = head.name === 'should';
  const mock = isThen ? (argumentsOf(chain.links[index - 1] as Link, textOf)[0] ?? '') : (args[0] ?? '');
  const how = (isThen ? args : args.slice(1))
    .filter((arg) => !/^(?:Mockito\.)?(?:times\(1\)|timeout\(\d+\)|description\(.*\))$/.test(arg))
    .join(',');
  const [call] = rest;
  const about = `verify(${mock})`;
  if (call === undefined) return [{ text: about, subject: about, trivial: !isThen, about }];
  const called = argumentsOf(call, textOf).join(',');
  const text = `verify(${how === '' ? mock : `${mock},${how}`}).${call.name}(${called})`;
  return [
    {
      text,
      subject: `${about}.${call.name}(`,
      trivial: false,
      about: `${about}.${call.name}`,
      strength: callStrength(how, called),
    },
  ];
}

function callStrength(how: string, called: string) {
  if (/atLeast|atMost/.test(how)) return 'partial';
  return hasHoles(called) ? 'loose' : 'exact';
}

function shouldCalled(chain: Chain, index: number, textOf: TextOf): readonly Said[] {
  const link = chain.links[index] as Link;
  return shouldSaid(link.name, before(chain, index, textOf), argumentsOf(link, textOf).join(','));
}

/** `x shouldBe y`. */
export function shouldSaid(name: string, about: string, expected: string): readonly Said[] {
  const matcher = /^(?:should|shouldNot)$/.test(name) ? (/^\w+/.exec(expected)?.[0] ?? '') : '';
  const text = expected === '' ? `${about}.${name}()` : `${about} ${name} ${expected}`;
  const subject = `${about} ${name} ${matcher}`;
  if (/^should(?:BeTrue|BeFalse)$/.test(name) || (name === 'shouldBe' && constantTruth(expected) !== null)) {
    const holds = name === 'shouldBeTrue' || constantTruth(expected) === true;
    const [only] = conditionSaid('should', about, holds);
    return [
      {
        text,
        subject,
        trivial: only?.trivial ?? false,
        about: only?.about ?? about,
        strength: only?.strength ?? 'truth',
      },
    ];
  }
  if (name === 'shouldNotBe' && expected === 'null')
    return [{ text, subject, trivial: false, about, strength: 'exists' }];
  const strength = SHOULD.find(([form]) => form.test(name))?.[1] ?? 'partial';
  const isBe = strength === 'exact' && expected !== '';
  return [{ ...compared({ text, name, about, expected: isBe ? expected : '…', strength }), subject }];
}

function webSaid(link: Link, textOf: TextOf): readonly Said[] {
  if (link.args === null || !WEB.test(link.name)) return [];
  const text = `${link.name}(${argumentsOf(link, textOf).join(',')})`;
  return [{ text, subject: text.replace(/\([^()]*\)\)?$/, '('), trivial: false }];
}
