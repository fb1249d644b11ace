/** Whether two assertions claim the opposite of each other, whatever the library calls it. */
import type { Assertion } from './model';

/** What turns a claim into its opposite, and what stands there without it; what is negated twice is not. */
const TURNS: readonly (readonly [RegExp, string])[] = [
  // `.not.`, ` not in`, `is not`, `assert not x`, `not_to`, `to_not`, `assert_not_nil`.
  [/(?:[._ ]|\b)(?:not|never)(?=[._ ]|\b)[._ ]?/g, ' '],
  // `NotContains`, `doesNotContain`, `assertNotIn`, `notEqual`, `toNotBe`.
  [/(?:does|do|did)?not(?=[A-Z])|(?:[Dd]oes|[Dd]o|[Dd]id)?Not(?=[A-Z(])/g, ''],
  [/\brefute|\bassert_ne(?=!)/g, 'assert'],
  [/(?:Falsy|False|false|falsy|falsey)(?=\()/g, 'true'],
  [/Undefined(?=\()/g, 'Defined'],
  [/[Ee]xclude(?=s?\()/g, 'include'],
  [/!==?/g, '=='],
  [/(?<=^|[(,&|])!/g, ''],
];

/** Ways of writing the same claim. */
const SAME: readonly (readonly [RegExp, string])[] = [
  [/assert_eq(?=!)/g, 'assert'],
  [/truthy(?=\()/gi, 'true'],
  [/===/g, '=='],
  [/(contain|include|throw|equal)s|(match)es/gi, '$1$2'],
  [/[\s._]+/g, ''],
];

const STRINGS = /("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')/;

/** Whether `now` claims what `was` denied, of the same thing and the same value. */
export function isOpposite(was: Assertion, now: Assertion): boolean {
  const [a, b] = [claimIn(was.text), claimIn(now.text)];
  return a.text === b.text && a.isTurned !== b.isTurned;
}

function claimIn(text: string): { readonly text: string; readonly isTurned: boolean } {
  let turns = 0;
  const parts = text.split(STRINGS).map((part, at) => {
    if (at % 2 === 1) return part.slice(1, -1);
    let rest = part;
    for (const [turn, without] of TURNS) {
      rest = rest.replace(turn, () => {
        turns++;
        return without;
      });
    }
    for (const [form, same] of SAME) rest = rest.replace(form, same);
    return rest.toLowerCase();
  });
  return { text: parts.join('"'), isTurned: turns % 2 === 1 };
}
