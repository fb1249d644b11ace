/** What a macro asserts in Rust: those of the standard library, insta, expect-test, proptest and approx. */
import type { Assertion, Strength } from '../../model';
import { comparisonIn, splitAt, unwrapped } from '../fluent/texts';

export type Said = Omit<Assertion, 'line' | 'muted' | 'guarded'>;

/** Macros by how much they say. Those of `debug_` do only in builds with checks. */
const MACROS: readonly (readonly [RegExp, Strength | undefined])[] = [
  [/^(?:debug_|prop_)?assert_eq$|^assert_(?:json|yaml|debug|display|compact_json|csv|toml|ron)?_?eq$/, 'exact'],
  [/^(?:debug_|prop_)?assert$/, 'truth'],
  [
    /^(?:debug_|prop_)?assert_ne$|^assert_(?:matches|lt|le|gt|ge|relative_eq|ulps_eq|abs_diff_eq|approx_eq|relative_ne)$/,
    'partial',
  ],
  [/^assert_(?:\w+_)?snapshot$|^expect$|^expect_file$/, 'exact'],
  [/^assert_(?:ok|err|some|none|ready|pending)\w*$/, 'exists'],
  [/^(?:assert_that|ensure|panic|unreachable)$/, undefined],
];
const SNAPSHOTS = /^(?:expect|expect_file|assert_(?:\w+_)?snapshot)$/;
/** What says that there is something and not what, and what says that there is nothing. */
const EXISTS = /\.(?:is_ok|is_some|is_err)\(\)$/;
const NOTHING = /\.(?:is_none|is_empty)\(\)$/;
/** A pattern that takes whatever is inside. */
const ANYTHING = /^(?:Ok|Err|Some)\((?:_|\.\.)\)\)?$/;
const LITERAL = /^(?:-?\d|["'`]|[bc]"|r#*"|true$|false$|None$|Some\(|Ok\(|Err\(|vec!|&?\[|String::from\()/;

export function isAsserting(name: string): boolean {
  return MACROS.some(([form]) => form.test(name)) && !/^(?:panic|unreachable|ensure)$/.test(name);
}

/** What a macro says, by the texts of its arguments. */
export function asserted(name: string, args: readonly string[]): readonly Said[] {
  const strength = MACROS.find(([form]) => form.test(name))?.[1];
  const [first = '', second] = args;
  if (SNAPSHOTS.test(name)) {
    const text = `${name}!(${args.join(',')})`;
    const isHeld = name === 'expect' || args.some((arg) => arg.startsWith('@'));
    const about = name.startsWith('expect') ? undefined : first;
    const subject = `${name}!(${about ?? ''}`;
    return [
      {
        text,
        subject,
        trivial: false,
        strength: 'exact',
        ...(about === undefined ? {} : { about }),
        ...(isHeld ? { snapshot: true } : {}),
      },
    ];
  }
  if (strength === 'truth') return splitAt(unwrapped(first), '&&').map((part) => conditionSaid(name, unwrapped(part)));
  const isComparison = /(?:eq|ne|lt|le|gt|ge)$/.test(name) && second !== undefined;
  if (!isComparison) {
    // A pattern is what is expected.
    const isPattern = name === 'assert_matches';
    const text = `${name}!(${(isPattern ? args.slice(0, 2) : [first]).join(',')})`;
    return [
      {
        text,
        subject: isPattern ? `${name}!(${first}` : text,
        about: first,
        trivial: false,
        ...(strength === undefined ? {} : { strength }),
      },
    ];
  }
  // Left is the actual value by custom, and where one side is a literal it is the other one.
  const [about, expected] = LITERAL.test(first) && !LITERAL.test(second) ? [second, first] : [first, second];
  const tolerance = args.slice(2).filter((arg) => /^(?:epsilon|max_relative|max_ulps)=/.test(arg));
  const isTruth = strength === 'exact' && /^(?:true|false)$/.test(expected);
  return [
    {
      text: `${name}!(${[first, second, ...tolerance].join(',')})`,
      subject: `${name}!(${about}`,
      about,
      trivial: /eq$/.test(name) && first === second && (!first.includes('(') || LITERAL.test(first)),
      ...(strength === undefined ? {} : { strength: isTruth ? ('truth' as const) : strength }),
    },
  ];
}

function conditionSaid(name: string, condition: string): Said {
  const text = `${name}!(${condition})`;
  const said = { text, subject: text, about: condition, trivial: condition === 'true' };
  if (said.trivial || condition === 'false') return said;
  if (splitAt(condition, '||').length > 1)
    return { ...said, trivial: /\|\|true$|^true\|\|/.test(condition), strength: 'partial' };
  const [, matched] = /^(?:std::)?matches!\(([^,]{1,300}),/.exec(condition) ?? [];
  if (matched !== undefined) {
    const strength = ANYTHING.test(condition.slice(condition.indexOf(',') + 1)) ? 'exists' : 'partial';
    return { ...said, subject: `${name}!(matches!(${matched}`, about: matched, strength };
  }
  if (EXISTS.test(condition))
    return { ...said, about: condition.replace(EXISTS, '').replace(/^!/, ''), strength: 'exists' };
  if (NOTHING.test(condition) && !condition.startsWith('!')) {
    return { ...said, about: condition.replace(NOTHING, ''), strength: 'exact' };
  }
  const comparison = comparisonIn(condition);
  if (comparison !== null) {
    const { left, operator, right } = comparison;
    const [about, expected] = LITERAL.test(left) && !LITERAL.test(right) ? [right, left] : [left, right];
    const strength = operator === '==' ? (/^(?:true|false)$/.test(expected) ? 'truth' : 'exact') : 'partial';
    const trivial = operator === '==' && left === right && !left.includes('(');
    return { ...said, subject: `${name}!(${about}${operator}`, about, trivial, strength };
  }
  const hasArguments = condition.endsWith(')') && !condition.endsWith('()');
  return { ...said, about: condition.replace(/^!/, ''), strength: hasArguments ? 'partial' : 'truth' };
}

/** Assertions in the tokens of a macro, which are no syntax. */
export function assertionsIn(text: string): readonly Said[] {
  const found = text.match(/\b(?:debug_|prop_)?assert(?:_\w+)?!\([^;]{0,300}/g) ?? [];
  return found.map((each) => ({ text: each, subject: each, trivial: /^assert!\(true\b/.test(each) }));
}
