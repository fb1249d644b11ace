/** `@Test` and `@Suite` of Swift Testing, whose traits are arguments. */
import type { Mark } from '../drafts';
import { type Annotation, type Marks, numberIn } from '../fluent/annotations';

/** What one attribute says of the function or type that it stands on. */
export function readAttribute(attribute: Annotation): Marks {
  const { name, text } = attribute;
  const isOurs = name === 'Test' || name === 'Suite';
  const values = isOurs ? attribute.args.flatMap((arg) => arg.values.map((value) => ({ name: arg.name, value }))) : [];
  const traits = values.filter((each) => each.name === 'value').map(({ value }) => value);
  const marks = traits.map((trait) => skipOf(trait, attribute)).filter((mark) => mark !== null);
  return {
    isTest: name === 'Test',
    skip: marks.find(({ conditional }) => !conditional) ?? marks[0] ?? null,
    rows: rowsOf(attribute),
    tables: [],
    provides: null,
    expects: null,
    retries: null,
    timeout: timeoutOf(traits),
    text,
  };
}

function skipOf(trait: string, { name, line }: Annotation): Mark | null {
  const text = `@${name}(${trait})`.slice(0, 80);
  if (/^\.(?:disabled|enabled)\(if:/.test(trait) || /^\.disabled\(.*\)\{/.test(trait)) {
    const isNever = trait === '.enabled(if:false)' || /^\.disabled\(if:true\b/.test(trait);
    const isAlways = /^\.enabled\(if:true\b/.test(trait) || /^\.disabled\(if:false\b/.test(trait);
    return isAlways ? null : { text, line, conditional: !isNever };
  }
  return /^\.disabled\b/.test(trait) ? { text, line, conditional: false } : null;
}

/** `arguments: [1, 2, 3]`: a list, or anything else. */
function rowsOf({ name, args }: Annotation): readonly string[] | null | undefined {
  const rows = name === 'Test' ? args.find((arg) => arg.name === 'arguments') : undefined;
  if (rows === undefined) return undefined;
  const [only = ''] = rows.values;
  return rows.values.length > 1 || /^[-\d"(.]/.test(only) ? rows.values : null;
}

function timeoutOf(traits: readonly string[]): number | null {
  const [, unit, value] =
    /^\.timeLimit\(\.(minutes|seconds)\((\d{1,6})\)\)$/.exec(
      traits.find((trait) => /^\.timeLimit/.test(trait)) ?? '',
    ) ?? [];
  const amount = numberIn(value ?? null);
  return amount === null ? null : amount * (unit === 'minutes' ? 60_000 : 1_000);
}
