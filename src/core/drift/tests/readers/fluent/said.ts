/** What an assertion says, put together from the texts of its parts. */
import type { Strength } from '../../model';
import type { Said } from './chain';
import { bodyOfLambda, comparisonIn, constantTruth, isLiteral, splitAt, unwrapped } from './texts';

/** Matchers of arguments that take whatever comes. */
const HOLES =
  /\b(?:any|anyOrNull|anyInt|anyLong|anyString|anyList|anyMap|anySet|anyBoolean|anyDouble|anyVararg|isA|notNull|nonNull|argThat|match|allAny|Mockito\.any\w*|ArgumentMatchers\.\w+)(?:<[^>]{0,80}>)?\(|\b(?:It\.Is\w*|Arg\.(?:Any|Is)|A<[^>]{0,80}>\.(?:_|Ignored|That))/;
const NOTHING = /^(?:null|nil|Nil|null!)$/;
const BROAD = /^(?:(?:java\.lang\.|System\.|kotlin\.)?(?:Exception|Throwable|RuntimeException|Error)|any Error|Any)?$/;

/** How much a value that must be met says. */
export function strengthOf(expected: string, about: string): Strength {
  const truth = constantTruth(expected);
  if (truth !== null) return partSaid('', about, truth).strength ?? 'truth';
  return HOLES.test(expected) ? 'loose' : 'exact';
}

export function hasHoles(text: string): boolean {
  return HOLES.test(text);
}

export function isBroad(type: string): boolean {
  return BROAD.test(type.replace(/(?:::class|\.class|\.self|\.java)+$/, '').replace(/^typeof\((.*)\)$/, '$1'));
}

interface Compared {
  /** As it is written, without message. */
  readonly text: string;
  /** What the text begins with, before its operands: `assertEquals`. */
  readonly name: string;
  readonly about: string;
  readonly expected: string;
  readonly strength: Strength;
}

/** `assertEquals(expected, actual)` and its kind. */
export function compared({ text, name, about, expected, strength }: Compared): Said {
  const isThere = strength === 'partial' && /Not/.test(name) && NOTHING.test(expected);
  const held = strength === 'exact' ? strengthOf(expected, about) : isThere ? 'exists' : strength;
  const itself = about === expected && (!about.includes('(') || isLiteral(about));
  const trivial = strength === 'exact' && (itself || (isLiteral(about) && isLiteral(expected) && about === expected));
  return { text, subject: `${name}(${about},…)`, trivial, about, strength: held };
}

/** Which of two operands is looked at: the second where the first is expected, unless only the other is a value. */
export function operandsIn(
  first: string,
  second: string,
  expectedFirst: boolean,
): readonly [about: string, expected: string] {
  const [expected, about] = expectedFirst ? [first, second] : [second, first];
  const isTurned = isLiteral(about) ? !isLiteral(expected) : isNamed(about) && !isNamed(expected);
  return isTurned ? [expected, about] : [about, expected];
}

/** Whether a name says that it holds what is expected. */
function isNamed(text: string): boolean {
  return /^(?:expected|want)(?:[A-Z_]\w*)?$/.test(text);
}

/** A condition that must be true, or false: each part between `&&` asserts something. */
export function conditionSaid(name: string, condition: string, holds: boolean): readonly Said[] {
  const inner = unwrapped(condition);
  const parts = holds ? splitAt(inner, '&&') : [inner];
  return parts.map((part) => ({ text: `${name}(${part})`, ...partSaid(name, unwrapped(part), holds) }));
}

function partSaid(name: string, part: string, holds: boolean): Omit<Said, 'text'> {
  const truth = constantTruth(part);
  if (truth !== null) return { subject: `${name}(${part})`, trivial: truth === holds, about: part };
  const sides = splitAt(part, '||');
  if (sides.length > 1) {
    const trivial = holds && sides.some((side) => constantTruth(side) === true);
    return { subject: `${name}(${part})`, trivial, about: part, strength: 'partial' };
  }
  const comparison = comparisonIn(part);
  if (comparison !== null) return compares(name, comparison, holds);
  if (part.startsWith('!')) return partSaid(name, unwrapped(part.slice(1)), !holds);
  const isOfType = /\b(?:instanceof|is|as\?)\b/.test(part);
  const hasArguments = part.endsWith(')') && !part.endsWith('()');
  const strength = isOfType || hasArguments ? 'partial' : 'truth';
  return { subject: `${name}(${part})`, trivial: false, about: part, strength };
}

function compares(
  name: string,
  { left, operator, right }: NonNullable<ReturnType<typeof comparisonIn>>,
  holds: boolean,
) {
  const [about, expected] = operandsIn(unwrapped(left), unwrapped(right), false);
  const isEquality = operator === '==' || operator === '!=';
  const isEqual = (operator === '==') === holds;
  // Whether two are equal is known as well when it must be false; what a failure is reported on is a claim of its own.
  const isFlipped = !holds && operator === '==' && name !== 'if';
  const subject = `${name}(${about}${operator}…)`;
  if (!isEquality) return { subject, trivial: false, about, strength: 'partial' as const };
  const trivial = isEqual && about === expected && (!about.includes('(') || isLiteral(about));
  if (NOTHING.test(expected))
    return { subject, trivial, about, strength: isEqual ? ('exact' as const) : ('exists' as const) };
  const truth = constantTruth(expected);
  if (truth !== null) return { ...partSaid(name, about, truth === isEqual), subject };
  return {
    subject,
    trivial,
    about,
    strength: isEqual || isFlipped ? strengthOf(expected, about) : ('partial' as const),
  };
}

/** A piece of code that must throw; `type` `` for anything. */
export function throwing(text: string, name: string, type: string, code: string): Said {
  const about = `throws ${bodyOfLambda(code)}`;
  return { text, subject: `${name}(…)`, trivial: false, about, strength: isBroad(type) ? 'exists' : 'partial' };
}
