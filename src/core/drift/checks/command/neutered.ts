/**
 * `checks/command` for entries that no check of the brief reaches, but that people and pipelines run by their well known
 * names: made to succeed whatever happens, emptied, or removed.
 */

import { plainShell } from '../../../shell/commands';
import { mapConcurrently } from '../../concurrent';
import type { Change } from '../../diff';
import type { RuleContext } from '../../input';
import type { RawFinding } from '../../report';
import { differenceOf, linesOnlyIn } from '../lines';
import { loweredOptions } from '../options';
import { reasonOf, type Sides } from '../sides';
import { isWellKnown, verifies } from '../verifying';
import type { Entries, Entry } from './reference';
import { NOT_A_WORKSPACE } from './resolve';
import { SOURCES } from './sources';
import { doesNothing, swallowsFailure } from './swallow';

const READS_AT_ONCE = 4;
const NONE: Entries = { entries: new Map() };
const NEUTRALIZABLE = ['npm', 'deno', 'composer', 'make', 'just', 'task', 'tox', 'pythonTasks'] as const;

/** Findings for every changed file of entries, those in `reached` left out: `checks/command` has looked at them. */
export async function judgeNeutered(
  { changes }: RuleContext,
  sides: Sides,
  reached: ReadonlySet<string>,
): Promise<readonly RawFinding[]> {
  const known = changes.filter(({ status }) => status !== 'D').flatMap(sourcesOf);
  const read = await mapConcurrently(known, READS_AT_ONCE, async ({ change, source, read: readEntries }) => {
    const isNew = change.status === 'A';
    const before = isNew ? NONE : await entriesOf(sides, 'base', change.oldPath ?? change.path, readEntries);
    const after = await entriesOf(sides, 'head', change.path, readEntries);
    return before === null || after === null ? [] : [{ path: change.path, source, before, after }];
  });
  const files = read.flat();
  const come = new Set(files.filter(({ path }) => !NOT_A_WORKSPACE.test(path)).flatMap(textsThatCame));
  return files.flatMap(({ path, source, before, after }) => {
    const noun = SOURCES[source].noun;
    return [...before.entries].flatMap(([name, entry]): readonly RawFinding[] => {
      if (name === '' || reached.has(`${path} ${name}`)) return [];
      const now = after.entries.get(name) ?? null;
      // What went to a file of another folder is there still.
      const how = now === null && come.has(entry.text) ? null : neutering(name, entry, after, source === 'make');
      if (how === null) return now === null ? [] : loweredIn(path, name, entry, now);
      return [
        {
          rule: 'checks/command',
          path,
          line: now?.line ?? null,
          message: `The ${noun} ${name} of ${path} ${how}.`,
          evidence: `${name}: ${differenceOf(entry.text, now?.text ?? null)}`,
        },
      ];
    });
  });
}

/** Texts of entries that a file did not have before. */
function textsThatCame({ before, after }: { readonly before: Entries; readonly after: Entries }): readonly string[] {
  const had = new Set([...before.entries.values()].map(({ text }) => text));
  return [...after.entries.values()].map(({ text }) => text).filter((text) => !had.has(text));
}

/** Numbers that its command asks for, and asks less. */
function loweredIn(path: string, name: string, entry: Entry, now: Entry): readonly RawFinding[] {
  return loweredOptions(entry.commands.join('\n'), now.commands.join('\n')).map(({ option, before, after }) => ({
    rule: 'checks/threshold',
    path,
    line: now.line,
    message: `${name} of ${path} asks for less: ${option} ${after === null ? 'is gone' : `went from ${before} to ${after}`}.`,
    evidence: `${name}: ${option} ${before} → ${after ?? '(none)'}`,
  }));
}

function sourcesOf(change: Change) {
  const name = change.path.slice(change.path.lastIndexOf('/') + 1);
  return NEUTRALIZABLE.flatMap((source) =>
    SOURCES[source].files.filter(([file]) => file === name).map(([, read]) => ({ change, source, read })),
  );
}

/** A file that cannot be read is told of where configurations are judged. */
async function entriesOf(
  sides: Sides,
  side: 'base' | 'head',
  path: string,
  read: (text: string, path: string) => Entries | Promise<Entries>,
): Promise<Entries | null> {
  try {
    const text = await sides.text(side, path);
    return text === null ? null : await read(text, path);
  } catch (error) {
    reasonOf(error);
    return null;
  }
}

/** What was done to an entry, in words, or null. */
function neutering(name: string, entry: Entry, after: Entries, isMake: boolean): string | null {
  const now = after.entries.get(name);
  if (now === undefined) return isWellKnown(name) ? removal(name, entry, after) : null;
  if (now.text === entry.text) return null;
  const wasNothing = entry.commands.every(doesNothing) && entry.needs.length === 0;
  if (isWellKnown(name) && !wasNothing && now.commands.every(doesNothing) && now.needs.length === 0)
    return 'does nothing any more';
  return swallowing(name, entry, now, isMake);
}

/** Removed, unless it goes on under another name or as parts: then whoever calls it by the old name sees it fail. */
function removal(name: string, entry: Entry, after: Entries): string | null {
  if (entry.text === '' || entry.commands.every(doesNothing)) return null;
  const others = [...after.entries].map(([, other]) => other.text);
  const part = [...after.entries.keys()].some((other) => other.startsWith(`${name}:`) || other.startsWith(`${name}-`));
  return part || others.some((text) => text.includes(entry.text)) ? null : 'was removed';
}

function swallowing(name: string, entry: Entry, now: Entry, isMake: boolean): string | null {
  const known = isWellKnown(name);
  const before = entry.text.split('\n').map(plainShell);
  for (const line of linesOnlyIn(now.text, entry.text)) {
    const command = line.replace(/^[@+-]+\s*/, '');
    if (!known && !verifies(command)) continue;
    if (isMake && /^@?-/.test(line) && before.some((old) => old.replace(/^@\s*/, '') === command)) {
      return `ignores failures now: ${line}`;
    }
    const construct = swallowsFailure(command);
    if (construct === null || before.some((old) => swallowsFailure(old) === construct)) continue;
    // A new command that forgives its own failure takes nothing away from those that were there.
    const stem = command.slice(0, command.indexOf(construct.split(' ')[0] ?? construct)).trim();
    if (
      before.some((old) => stem !== '' && old.replace(/^@\s*/, '').startsWith(stem.slice(0, 200))) ||
      (known && (!now.text.includes('\n') || verifies(command)))
    ) {
      return `succeeds now whatever it finds: ${construct}`;
    }
  }
  return null;
}
