/** `tests/snapshot`: recorded output that was rewritten. New entries are no loss, and neither is another place. */
import { hasNewContent } from '../changes';
import { mapConcurrently } from '../concurrent';
import type { Change } from '../diff';
import type { RuleContext } from '../input';
import type { RawFinding } from '../report';
import { placesOf } from './testPaths';
import { listed } from './texts';

const READS_AT_ONCE = 16;
/** More bytes of a snapshot than this are compared as a whole. */
const LONGEST_SNAPSHOT = 4_000_000;
/** More files than this are one finding. */
const MOST_FILES = 3;

interface Rewritten {
  readonly path: string;
  /** Names of entries that changed or went; empty for a file that is one entry. */
  readonly entries: readonly string[];
  readonly gone: boolean;
}

/** Reads both sides of every changed snapshot. `deletedTests` are gone as files, and their snapshots with them. */
export async function judgeSnapshots(
  context: RuleContext,
  deletedTests: ReadonlySet<string>,
): Promise<readonly RawFinding[]> {
  const changed = context.changes.filter((change) => placesOf(change)[0]?.kind === 'snapshot');
  const moved = new Set(
    context.changes.filter((change) => change.status === 'A' && isSnapshot(change)).map(({ newOid }) => newOid),
  );
  const candidates = changed.filter(
    (change) => change.status !== 'A' && !isMoved(change, moved) && !wentWithTest(change, deletedTests),
  );
  const judged = await mapConcurrently(candidates, READS_AT_ONCE, (change) => compare(change, context));
  return findings(judged.flatMap((each) => (each === null ? [] : [each])));
}

function isSnapshot(change: Change): boolean {
  return placesOf(change)[1]?.kind === 'snapshot';
}

function isMoved({ status, oldOid }: Change, moved: ReadonlySet<string | null>): boolean {
  return status === 'D' && moved.has(oldOid);
}

function wentWithTest({ status, path }: Change, deletedTests: ReadonlySet<string>): boolean {
  return status === 'D' && [...ownersOf(path)].some((owner) => deletedTests.has(owner));
}

/** The test files that a snapshot may belong to, as Jest, Vitest, node:test and syrupy name them. */
function ownersOf(path: string): readonly string[] {
  const folders = path.split('/');
  const name = folders.pop() ?? '';
  const base = name.replace(/\.(?:snap|snapshot|ambr)$/, '');
  const inside = folders.at(-1) ?? '';
  const outer = folders.slice(0, -1);
  const join = (parts: readonly string[], last: string) => [...parts, last].join('/');
  return [
    join(folders, base),
    ...(/^__snapshots__$/.test(inside) ? [join(outer, base), join(outer, `${base}.py`)] : []),
    ...(/-snapshots$/.test(inside) ? [join(outer, inside.replace(/-snapshots$/, ''))] : []),
  ];
}

async function compare(change: Change, { reader }: RuleContext): Promise<Rewritten | null> {
  const path = change.oldPath ?? change.path;
  if (change.status === 'D') return { path, entries: [], gone: true };
  if (!hasNewContent(change)) return null;
  const [before, after] = [await read(change.oldOid), await read(change.newOid)];
  if (before === null || after === null) return { path: change.path, entries: [], gone: false };
  const [was, is] = [entriesOf(before), entriesOf(after)];
  if (was === null || is === null)
    return sameText(before, after) ? null : { path: change.path, entries: [], gone: false };
  const lost = [...was].filter(([name, value]) => is.get(name) !== value);
  const fresh = new Set([...is].filter(([name]) => !was.has(name)).map(([, value]) => value));
  // An entry of the same content under another name was renamed.
  const rewritten = lost.filter(([name, value]) => is.has(name) || !fresh.has(value)).map(([name]) => name);
  return rewritten.length === 0 ? null : { path: change.path, entries: rewritten, gone: false };

  async function read(oid: string | null): Promise<string | null> {
    const blob = oid === null ? null : await reader.blob(oid, LONGEST_SNAPSHOT);
    return blob === null || blob.tooLarge ? null : new TextDecoder('utf-8').decode(blob.bytes).replaceAll('\r\n', '\n');
  }
}

function sameText(before: string, after: string): boolean {
  return before.trim() === after.trim();
}

/** Entries of a file that holds many, by name; null for a file that is one. */
function entriesOf(text: string): ReadonlyMap<string, string> | null {
  if (/^exports\[`/m.test(text)) return split(text, /^exports\[`(.*)`\] = /);
  return /^# name: /m.test(text) ? split(text, /^# name: (.*)$/) : null;
}

function split(text: string, heading: RegExp): ReadonlyMap<string, string> {
  const entries = new Map<string, string[]>();
  let current: string[] = [];
  for (const line of text.split('\n')) {
    const match = heading.exec(line);
    if (match !== null) {
      current = [];
      entries.set(match[1] ?? '', current);
    }
    current.push(match === null ? line : line.slice(match[0].length));
  }
  return new Map([...entries].map(([name, lines]) => [name, lines.join('\n').trim()]));
}

function findings(rewritten: readonly Rewritten[]): readonly RawFinding[] {
  if (rewritten.length > MOST_FILES) {
    const paths = rewritten.map(({ path }) => path);
    const message = `${paths.length} snapshot files were rewritten; the first paths are the evidence.`;
    return [{ rule: 'tests/snapshot', path: null, message, evidence: listed(paths) }];
  }
  return rewritten.map(({ path, entries, gone }): RawFinding => {
    if (gone)
      return { rule: 'tests/snapshot', path, message: `The snapshot ${path} is gone.`, evidence: 'snapshot deleted' };
    const what =
      entries.length === 0 ? 'The snapshot was rewritten' : `${entries.length} of its entries changed or went`;
    const evidence = entries.length === 0 ? 'snapshot rewritten' : listed(entries);
    return { rule: 'tests/snapshot', path, message: `${what}.`, evidence };
  });
}
