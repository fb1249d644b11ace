/** Holds the report's direct dependency changes against what an independent reading of both manifests says. */
import type { TreeReader } from '../../src/core/drift/diff';
import type { DependencyChange } from '../../src/core/drift/report';
import { readerOf } from './independent/readers';
import type { IndependentReader, Reading, Surroundings } from './independent/reading';
import type { Step } from './walk';

/** What the two readings say of one name in one manifest. */
export interface Difference {
  readonly commit: string;
  readonly manifest: string;
  readonly name: string;
  readonly kind: 'missed' | 'false';
}

export interface Comparison {
  /** Names that changed, by the independent reading. */
  readonly changes: number;
  readonly found: number;
  readonly differences: readonly Difference[];
  /** Manifests of which one side could be read by only one of the two. */
  readonly unread: number;
}

/** Compares one step, manifest by manifest. */
export async function compareStep({ commit, changes, report, reader }: Step): Promise<Comparison> {
  const differences: Difference[] = [];
  let expected = 0;
  let found = 0;
  let unread = 0;
  const text = async (oid: string | null) =>
    oid === null ? '' : new TextDecoder().decode((await reader.blob(oid))?.bytes ?? new Uint8Array());
  const around = { base: treeOf(reader, 'base'), head: treeOf(reader, 'head') };
  for (const { path, oldPath, oldOid, newOid } of changes) {
    // A renamed manifest is gone at one place and new at the other for neither of the two: its content is compared.
    const read = readerOf(path);
    if (read === null || (oldPath !== null && readerOf(oldPath) !== read) || oldOid === newOid) continue;
    const ours = report.dependencies.filter((change) => change.manifest === path && change.direct && isCommon(change));
    const isUnread = report.findings.some(
      ({ rule, severity, path: at }) => rule === 'deps/unparsed' && severity !== 'info' && at === path,
    );
    const before = await sideOf(read, await text(oldOid), around.base);
    const after = await sideOf(read, await text(newOid), around.head);
    if (before === null || after === null || isUnread) {
      unread++;
      continue;
    }
    const theirs = changedNames(before, after);
    const mine = new Set(ours.map(({ name }) => comparable(name)));
    expected += theirs.size;
    for (const name of theirs) {
      if (mine.has(name)) found++;
      else differences.push({ commit, manifest: path, name, kind: 'missed' });
    }
    for (const name of mine) {
      if (!theirs.has(name)) differences.push({ commit, manifest: path, name, kind: 'false' });
    }
  }
  return { changes: expected, found, differences, unread };
}

/** Groups that the independent reading looks at, too. */
function isCommon({ group, name }: DependencyChange): boolean {
  return (
    !/^(?:properties$|overrides|resolutions|pnpm\.|catalog|patch|replace|exclude|tool|toolchain|go$|packageManager)/.test(
      `${group ?? ''}`,
    ) || name === ''
  );
}

/** An empty file, or none, names nothing; what cannot be read is null. */
async function sideOf(read: IndependentReader, text: string, around: Surroundings): Promise<Reading | null> {
  if (text.trim() === '') return new Map();
  try {
    return await read(text, around);
  } catch {
    return null;
  }
}

function treeOf(reader: TreeReader, side: 'base' | 'head'): Surroundings {
  return {
    paths: () => reader.paths(side),
    text: async (path) => {
      const blob = await reader.at(side, path);
      return blob === null ? null : new TextDecoder().decode(blob.bytes);
    },
  };
}

function changedNames(before: Reading, after: Reading): ReadonlySet<string> {
  const names = [...before.keys(), ...after.keys()].filter((name) => before.get(name) !== after.get(name));
  return new Set(names.map(comparable));
}

const comparable = (name: string) => name.toLowerCase().replace(/[_.-]+/g, '-');
