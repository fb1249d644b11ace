/** What else in a file, or in other changed ones, may have taken over what a case asserted. */
import type { Elsewhere } from './comparison';
import type { Assertion, TestFile } from './model';
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
  const gained = new Map<string, number>();
  const count = (assertions: readonly Assertion[], by: number) => {
    for (const { text, trivial, muted } of assertions) {
      if (!trivial && muted === undefined) gained.set(text, (gained.get(text) ?? 0) + by);
    }
  };
  for (const { assertions } of fresh) count(assertions, 1);
  for (const [was, is] of pairs) {
    const old = new Set(was.assertions.map(({ text }) => text));
    count(
      is.assertions.filter(({ text }) => !old.has(text)),
      1,
    );
  }
  const oldHelpers = new Set((before.helpers ?? []).flatMap(({ assertions }) => assertions.map(({ text }) => text)));
  for (const helper of after.helpers ?? [])
    count(
      helper.assertions.filter(({ text }) => !oldHelpers.has(text)),
      1,
    );
  const [own, now] = [helpersOf(before), helpersOf(after)];
  let lines: string | null = null;
  return {
    gained,
    born: fresh.filter(({ skip }) => skip === null).flatMap(({ assertions }) => assertions),
    freshLines: () => {
      lines ??= freshLines(old, text);
      return lines;
    },
    asserts: (name, side) => (side === 'before' ? own : now).get(name) ?? (changedHelpers.has(name) ? true : null),
  };
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
