/** What a chain of calls asserts in Swift: XCTest, Swift Testing, Nimble. */
import type { Strength } from '../../model';
import { argumentsOf, type Chain, type Link, plain, type Said, type TextOf } from '../fluent/chain';
import { compared, conditionSaid, isBroad, operandsIn, strengthOf } from '../fluent/said';
import { bodyOfLambda, constantTruth, isLiteral, isString } from '../fluent/texts';

interface Meaning {
  readonly operands: 1 | 2;
  readonly strength: Strength;
}

const meanings = (names: string, operands: 1 | 2, strength: Strength) =>
  names.split(' ').map((name): [string, Meaning] => [name, { operands, strength }]);

const XCT: ReadonlyMap<string, Meaning> = new Map([
  ...meanings('XCTAssertEqual XCTAssertIdentical', 2, 'exact'),
  ...meanings('XCTAssertNotEqual XCTAssertNotIdentical XCTAssertGreaterThan XCTAssertGreaterThanOrEqual', 2, 'partial'),
  ...meanings('XCTAssertLessThan XCTAssertLessThanOrEqual', 2, 'partial'),
  ...meanings('XCTAssert XCTAssertTrue XCTAssertFalse', 1, 'truth'),
  ...meanings('XCTAssertNil', 1, 'exact'),
  ...meanings('XCTAssertNotNil XCTUnwrap', 1, 'exists'),
]);
/** Where and how much is told, not what. */
const LABELLED = /^(?:file|line|sourceLocation|message|fileID|column):/;
const TOLERANCE = /^accuracy:/;

/** What can begin an assertion; everything else is not looked at any closer. */
const NAMES = /^(?:XCT|expect|require|fail$|wait|fulfillment$|assert[A-Z])/;

/** Null: it asserts nothing that is known. `isMacro`: a `#` stands before the first name. */
export function swiftAssertions(chain: Chain, textOf: TextOf, isMacro: boolean): readonly Said[] | null {
  const [link, second] = chain.links;
  if (link === undefined || link.args === null || chain.root !== null) {
    const isRecord = link?.name === 'Issue' && second?.name === 'record';
    return isRecord ? [plain('Issue.record(…)')] : null;
  }
  if (!NAMES.test(link.name)) return null;
  const args = argumentsOf(link, textOf).filter((arg) => !LABELLED.test(arg));
  const { name } = link;
  if (isMacro) return /^(?:expect|require)$/.test(name) ? macro(name, args) : null;
  if (name === 'XCTFail' || name === 'fail') return [plain(`${name}(…)`)];
  const known = XCT.get(name);
  if (known !== undefined) return xctest(name, known, args);
  if (/^XCTAssert(?:ThrowsError|NoThrow)$/.test(name)) return [thrown(name, args)];
  if (/^XCTAssert/.test(name)) return [plain(`${name}(${args.join(',')})`)];
  if (/^(?:expect|require|expecta)$/.test(name)) return nimble(chain, args, textOf);
  const isWait = /^(?:wait|fulfillment)$/.test(name) && /^(?:for|of):/.test(args[0] ?? '');
  if (isWait || name === 'waitForExpectations')
    return [plain(`${name}(${args.filter((arg) => !/^timeout:/.test(arg)).join(',')})`)];
  return /^assert[A-Z]/.test(name) ? [plain(`${name}(${args.join(',')})`)] : null;
}

function xctest(name: string, { operands, strength }: Meaning, args: readonly string[]): readonly Said[] {
  const [first = '', second = ''] = args;
  if (strength === 'truth') return conditionSaid(name, withoutTry(first), name !== 'XCTAssertFalse');
  if (operands === 1) {
    const about = withoutTry(first);
    const trivial =
      (name === 'XCTAssertNil' && about === 'nil') || (strength === 'exists' && isLiteral(about) && about !== 'nil');
    return [{ text: `${name}(${about})`, subject: `${name}(${about}`, trivial, about, strength }];
  }
  const tolerance = args.find((arg) => TOLERANCE.test(arg));
  const [about, expected] = operandsIn(withoutTry(first), withoutTry(second), false);
  const text = `${name}(${[withoutTry(first), withoutTry(second), ...(tolerance === undefined ? [] : [tolerance])].join(',')})`;
  return [compared({ text, name, about, expected, strength })];
}

function withoutTry(text: string): string {
  return text.replace(/^(?:try |await |try await |try! )/, '');
}

function thrown(name: string, args: readonly string[]): Said {
  const [code = '', ...rest] = args;
  const about = bodyOfLambda(withoutTry(code));
  const text = `${name}(${[about, ...rest.filter((arg) => !isString(arg))].join(',')})`;
  if (name === 'XCTAssertNoThrow') return { text, subject: text, trivial: false, about, strength: 'exists' };
  return {
    text,
    subject: `${name}(…)`,
    trivial: false,
    about: `throws ${about}`,
    strength: rest.some((arg) => arg.startsWith('{')) ? 'partial' : 'exists',
  };
}

/** `#expect(a == b)`, `#expect(throws: E.self) { … }`, `try #require(x)`. */
function macro(name: string, args: readonly string[]): readonly Said[] {
  const [first = ''] = args;
  const [, type] = /^throws:(.*)$/s.exec(first) ?? [];
  if (type !== undefined || /^(?:performing|processExitsWith):/.test(first)) {
    const code = withoutTry(bodyOfLambda(args.find((arg) => arg.startsWith('{')) ?? '').replace(/^performing:/, ''));
    const text = `#${name}(${first}){${code}}`;
    if (type === 'Never.self') return [{ text, subject: text, trivial: false, about: code, strength: 'exists' }];
    const strength = isBroad(type ?? '') || type === '(any Error).self' ? 'exists' : 'partial';
    return [{ text, subject: `#${name}(throws`, trivial: false, about: `throws ${code}`, strength }];
  }
  if (first === '') return [];
  const condition = withoutTry(first);
  // `#require(x)` unwraps what may be nil.
  const isUnwrap = name === 'require' && /^[\w.?!]+(?:\(.*\))?$/s.test(condition) && constantTruth(condition) === null;
  return conditionSaid(`#${name}`, condition, true).map((said) =>
    isUnwrap ? { ...said, strength: 'exists' as const } : said,
  );
}

const EXACT = /^(?:equal|be|beIdenticalTo|beNil|beEmpty|matchError)$/;
const TRUTHS = /^be(?:True|Truthy|False|Falsy)$/;

/** `expect(x).to(equal(y))`. */
function nimble({ links }: Chain, args: readonly string[], textOf: TextOf): readonly Said[] | null {
  const about = bodyOfLambda(args.filter((arg) => !isString(arg) || args.length === 1).at(-1) ?? '');
  const head = `expect(${about})`;
  const rest = links
    .slice(1)
    .filter((link) => link.args !== null && /^(?:to|toNot|notTo|toEventually\w*|toAlways|toNever)$/.test(link.name));
  return rest.length === 0 ? null : rest.map((link) => matcherSaid(head, about, link, textOf));
}

function matcherSaid(head: string, about: string, link: Link, textOf: TextOf): Said {
  const [matcher = ''] = argumentsOf(link, textOf);
  const isNot = /[nN]ot|Never/.test(link.name);
  const name = /^\w+/.exec(matcher)?.[0] ?? '';
  const verb = link.name === 'notTo' ? 'toNot' : link.name;
  const text = `${head}.${verb}(${matcher})`;
  const said = { text, subject: `${head}.${verb}(${name}`, trivial: false, about };
  if (/^throw/.test(name)) {
    const isAny = /^throw\w*\(\)$/.test(matcher);
    return { ...said, about: `throws ${withoutTry(about)}`, strength: isAny ? 'exists' : 'partial' };
  }
  if (TRUTHS.test(name)) {
    const [only] = conditionSaid(head, about, /True|Truthy/.test(name) !== isNot);
    return { ...(only ?? said), text, subject: said.subject };
  }
  if (isNot) return { ...said, strength: /^be(?:Nil|Empty)$/.test(name) ? 'exists' : 'partial' };
  if (!EXACT.test(name)) return { ...said, strength: 'partial' };
  const expected = matcher.slice(name.length + 1, -1);
  const trivial = expected !== '' && expected === about && (!about.includes('(') || isLiteral(about));
  return { ...said, trivial, strength: expected === '' ? 'exact' : strengthOf(expected, about) };
}

/** Nimble's `expect(x) == y`. */
export function operatorSaid(about: string, operator: string, expected: string): Said {
  const text = `expect(${about})${operator}${expected}`;
  const subject = `expect(${about})${operator}`;
  if (operator === '==' || operator === '===') {
    return { ...compared({ text, name: 'expect', about, expected, strength: 'exact' }), subject };
  }
  const strength = operator === '!=' && expected === 'nil' ? 'exists' : 'partial';
  return { text, subject, trivial: false, about, strength };
}
