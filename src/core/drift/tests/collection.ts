/** What a conftest.py keeps from being collected (pytest, "Customizing test collection" and "Hook reference"). */
import type { RawFinding } from '../report';
import { findingIn, lineOf } from './finding';
import type { Side } from './sides';
import { listed } from './texts';

/** `collect_ignore = ["a.py"]`, `collect_ignore_glob += [...]`, `collect_ignore.append("a.py")`; behind a condition if indented. */
const IGNORES =
  /^([ \t]*)collect_ignore(?:_glob)?(?:[ \t]*\+?=[ \t]*\[[^\]]{0,5000}|\.(?:append|extend|insert)\([^)\n]{0,500})/gm;
/** More statements than this are not read. */
const MOST_STATEMENTS = 100;
const HOOKS = /^def[ \t]+(pytest_ignore_collect|pytest_collection_modifyitems|pytest_runtest_setup)\b/gm;
const HIDES = /\bskip\w*|\bdeselect\w*|\bitems\b[ \t]*(?:\[:\][ \t]*=|\.(?:clear|remove|pop)\()|\breturn[ \t]+True\b/;
/** How far the body of a hook is read. */
const LONGEST_HOOK = 4_000;

interface Ignored {
  readonly line: number;
  readonly isSure: boolean;
}

/** Judges what a file named conftest.py leaves out now; `before` null: the file is new. */
export function judgeCollection(before: Side | null, after: Side | null): readonly RawFinding[] {
  if (after === null || !/(?:^|\/)conftest\.py$/.test(after.path)) return [];
  const [was, is] = [ignoredIn(before?.text ?? ''), ignoredIn(after.text)];
  const fresh = [...is].filter(([name]) => !was.has(name));
  const old = hooksIn(before?.text ?? '');
  const hooks = [...hooksIn(after.text)].filter(([name]) => !old.has(name));
  return [...ignoring(after, fresh), ...hooks.map(([name, line]) => hooking(after, name, line))];
}

function ignoring(after: Side, fresh: readonly (readonly [string, Ignored])[]): readonly RawFinding[] {
  const [first] = fresh;
  if (first === undefined) return [];
  const isSure = fresh.some(([, ignored]) => ignored.isSure);
  const names = listed(fresh.map(([name]) => name));
  const message = `pytest no longer collects ${fresh.length === 1 ? 'a path' : `${fresh.length} paths`}${isSure ? '' : ' on a condition'}`;
  const { line } = first[1];
  return [
    findingIn(after, { rule: 'tests/skipped', severity: isSure ? 'block' : 'warn', line, message, evidence: names }),
  ];
}

function hooking(after: Side, name: string, line: number): RawFinding {
  const message = `${name} may now keep tests from running`;
  return findingIn(after, { rule: 'tests/skipped', severity: 'warn', line, message, evidence: lineOf(after, line) });
}

function ignoredIn(text: string): ReadonlyMap<string, Ignored> {
  const found = new Map<string, Ignored>();
  for (const { 0: whole, 1: indent = '', index } of [...text.matchAll(IGNORES)].slice(0, MOST_STATEMENTS)) {
    const line = text.slice(0, index).split('\n').length;
    for (const [, name = ''] of whole.matchAll(/["']([^"'\n]{1,300})["']/g))
      found.set(name, { line, isSure: indent === '' });
  }
  return found;
}

/** Hooks that look as if they keep something from running, with their lines. */
function hooksIn(text: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { 1: name = '', index } of [...text.matchAll(HOOKS)].slice(0, MOST_STATEMENTS)) {
    const body = text.slice(index, index + LONGEST_HOOK).split(/\n(?=\S)/, 1)[0] ?? '';
    if (HIDES.test(body)) found.set(name, text.slice(0, index).split('\n').length);
  }
  return found;
}
