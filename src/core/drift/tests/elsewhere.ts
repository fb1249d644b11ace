/** What else in a file, or in other changed ones, may have taken over what a case asserted. */
import type { Elsewhere } from './comparison';
import type { Assertion, TestCase, TestFile } from './model';
import type { Pairing } from './pairing';
import type { Side } from './sides';
import { freshLines } from './texts';

/** Gathers it of two sides of a file; `changedHelpers` are functions that assert, in all changed files. */
export function elsewhereOf(
  { file: before, text: old }: Side,
  { file: after, text }: Side,
  { pairs, fresh }: Pairing,
  changedHelpers: ReadonlySet<string>,
): Elsewhere {
  const oldHelpers = new Set((before.helpers ?? []).flatMap(({ assertions }) => assertions.map(({ text }) => text)));
  const born = [
    ...fresh.filter(runs).flatMap(({ assertions }) => assertions),
    ...pairs.filter(([, is]) => runs(is)).flatMap(([was, is]) => added(was, is)),
  ].filter(counts);
  const inHelpers = (after.helpers ?? [])
    .flatMap(({ assertions }) => assertions)
    .filter((each) => counts(each) && !oldHelpers.has(each.text));
  const gained = new Map<string, number>();
  for (const { text } of [...born, ...inHelpers]) gained.set(text, (gained.get(text) ?? 0) + 1);
  const [own, now] = [helpersOf(before), helpersOf(after)];
  let lines: string | null = null;
  return {
    gained,
    born,
    freshLines: () => {
      lines ??= freshLines(old, text);
      return lines;
    },
    asserts: (name, side) => (side === 'before' ? own : now).get(name) ?? (changedHelpers.has(name) ? true : null),
  };
}

function runs({ skip, conditional }: TestCase): boolean {
  return skip === null || conditional;
}

function counts({ trivial, muted }: Assertion): boolean {
  return !trivial && muted === undefined;
}

function added(was: TestCase, is: TestCase): readonly Assertion[] {
  const old = new Set(was.assertions.map(({ text }) => text));
  return is.assertions.filter(({ text }) => !old.has(text));
}

/** Functions of a file, and whether they assert, by themselves or by one that they call. */
function helpersOf(file: TestFile): ReadonlyMap<string, boolean> {
  const named = (file.helpers ?? []).filter(({ name }) => name !== '');
  const direct = new Map(
    named.map(({ name, assertions }) => [
      name,
      assertions.some(({ trivial, muted }) => !trivial && muted === undefined),
    ]),
  );
  const calls = (body: string) =>
    [...body.matchAll(/([\p{L}_$][\p{L}\p{N}_$]*)\(/gu)].some(([, name]) => direct.get(name ?? '') === true);
  return new Map(named.map(({ name, body }) => [name, direct.get(name) === true || calls(body ?? '')]));
}
