/** What a call asserts in Go: testify, gocheck, quicktest, Gomega, and the conditions before `t.Errorf`. */
import type { Assertion, Strength } from '../../model';
import { compared, conditionSaid, operandsIn } from '../fluent/said';
import { calleeIn } from '../fluent/texts';

export type Said = Omit<Assertion, 'line' | 'muted' | 'guarded'>;

interface Meaning {
  readonly operands: number;
  readonly strength: Strength;
}

const meanings = (names: string, operands: number, strength: Strength) =>
  names.split(' ').map((name): [string, Meaning] => [name, { operands, strength }]);

/** testify's packages assert and require. */
const KNOWN: ReadonlyMap<string, Meaning> = new Map([
  ...meanings('Equal EqualValues Exactly JSONEq YAMLEq Same EqualExportedValues ElementsMatch', 2, 'exact'),
  ...meanings('NotEqual NotEqualValues NotSame Contains NotContains Subset NotSubset Len Greater', 2, 'partial'),
  ...meanings(
    'GreaterOrEqual Less LessOrEqual Regexp NotRegexp ErrorIs ErrorAs ErrorContains IsType Implements',
    2,
    'partial',
  ),
  ...meanings('InDelta InEpsilon WithinDuration InDeltaSlice', 3, 'loose'),
  ...meanings('EqualError', 2, 'partial'),
  ...meanings('Nil Empty Zero NoError', 1, 'exact'),
  ...meanings('NotEmpty NotZero', 1, 'partial'),
  ...meanings('NotNil Error FileExists DirExists', 1, 'exists'),
  ...meanings('Panics NotPanics Positive Negative', 1, 'partial'),
  ...meanings('True False', 1, 'truth'),
]);
/** What is looked at stands first, not the expected value. */
const ACTUAL_FIRST =
  /^(?:Contains|NotContains|Subset|NotSubset|Len|Greater\w*|Less\w*|ErrorIs|ErrorAs|ErrorContains|EqualError)$/;

const ERRORS = /^(?:Error|ErrorIs|ErrorAs|ErrorContains|EqualError)$/;

/** Whether a method name is one that asserts in a suite or through `is := assert.New(t)`. */
export function isKnown(method: string): boolean {
  return KNOWN.has(method.replace(/(?<=.)f$/, ''));
}

/** `assert.Equal(t, expected, actual, message)`; a suite's and `is` of `is := assert.New(t)` leave the `t` out. */
export function librarySaid(method: string, args: readonly string[]): readonly Said[] {
  const own = args.filter((arg, at) => at > 0 || !/^(?:t|tb|b|c|s\.T\(\)|suite\.T\(\))$/.test(arg));
  const name = method.replace(/(?<=.)f$/, '');
  const known = KNOWN.get(name);
  if (known === undefined) {
    const [about = ''] = own;
    return [{ text: `.${method}(${own.join(',')})`, subject: `.${method}(${about}`, about, trivial: false }];
  }
  const operands = own.slice(0, known.operands);
  const [first = '', second = ''] = operands;
  const text = `.${name}(${operands.join(',')})`;
  if (known.strength === 'truth') {
    return conditionSaid(`.${name}`, first, name === 'True')
      .map((said) => ({ ...said, text: `.${name}(${first})` }))
      .slice(0, 1);
  }
  if (known.operands === 1) {
    return [
      {
        text,
        subject: `.${name}(${first}`,
        about: ERRORS.test(name) ? `error ${first}` : first,
        trivial: first === 'nil' && name === 'Nil',
        strength: known.strength,
      },
    ];
  }
  const [looked, expected] = ACTUAL_FIRST.test(name) ? [first, second] : operandsIn(first, second, true);
  // That something failed is another claim than that it did not.
  const about = ERRORS.test(name) ? `error ${looked}` : looked;
  return [compared({ text, name: `.${name}`, about, expected, strength: known.strength })];
}

/** `Expect(x).To(Equal(y))`: `receiver` is what the method is called on. */
export function gomegaSaid(receiver: string, method: string, matcher: string): Said {
  const head = receiver.replace(/^\w+\.(?=Expect|Eventually|Consistently|Ω)/, '');
  const about = calleeIn(head) === head ? head : head.slice(calleeIn(head).length + 1, -1);
  const name = calleeIn(matcher);
  const isNot = /^(?:ToNot|NotTo|ShouldNot)$/.test(method);
  const text = `${head}.${method === 'ToNot' ? 'NotTo' : method}(${matcher})`;
  return { text, subject: `${head}.${method}(${name}`, about, trivial: false, strength: gomegaStrength(name, isNot) };
}

function gomegaStrength(matcher: string, isNot: boolean): Strength {
  if (/^HaveOccurred$/.test(matcher)) return isNot ? 'exact' : 'exists';
  if (/^(?:BeNil|BeEmpty|BeZero)$/.test(matcher)) return isNot ? 'exists' : 'exact';
  if (isNot) return 'partial';
  if (/^(?:Equal|BeEquivalentTo|BeIdenticalTo|ConsistOf|MatchJSON|MatchYAML|Succeed)$/.test(matcher)) return 'exact';
  return /^(?:BeTrue|BeFalse)$/.test(matcher) ? 'truth' : 'partial';
}

interface Failing {
  /** `got:=f(1)` before the condition, or ``. */
  readonly before: string;
  readonly condition: string;
}

/** `if got := f(1); got != 2 { t.Errorf(…) }` says what it wants in its condition. */
export function failureSaid({ before, condition }: Failing): Said {
  const [said] = conditionSaid('if', condition, false);
  const text = `if ${before === '' ? '' : `${before};`}${condition}`;
  const [, name, value] = /^(\w+)(?:,\s?\w+)?:=(.*)$/s.exec(before) ?? [];
  const looked = said?.about ?? condition;
  const about = name !== undefined && value !== undefined && looked === name ? value : looked;
  const isComparison = said?.strength === 'exact' || said?.strength === 'partial';
  return {
    text,
    subject: isComparison ? `if ${about} …` : text,
    trivial: said?.trivial ?? false,
    about,
    ...(said?.strength === undefined ? {} : { strength: said.strength }),
  };
}
