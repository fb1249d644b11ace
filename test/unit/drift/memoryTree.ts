/** Two trees in memory, their difference and a reader over both: what git gives the engine, without git. */
import { createHash } from 'node:crypto';
import type { Brief, FrontMatter } from '../../../src/core/brief/brief';
import { frontMatterSchema } from '../../../src/core/brief/brief';
import {
  type AddedLine,
  type BlobContent,
  type Change,
  NO_OBSERVATIONS,
  type RunObservations,
  type TreeReader,
} from '../../../src/core/drift/diff';
import { computeDrift } from '../../../src/core/drift/drift';
import type { DriftPolicy } from '../../../src/core/drift/input';
import type { DriftReport } from '../../../src/core/drift/report';
import { scanSecrets } from '../../../src/node/secrets/scan';

/** A file: text or bytes; or with a mode (`120000` = link, `160000` = gitlink). Numbers are sizes of huge files. */
export type Entry = string | Uint8Array | { readonly mode: string; readonly content: string | Uint8Array };
export type Tree = Readonly<Record<string, Entry>>;

interface Blob {
  readonly mode: string;
  readonly oid: string;
  readonly bytes: Uint8Array;
}

const LIMIT = 5 * 1024 * 1024;

const blobOf = (entry: Entry): Blob => {
  const { mode, content } =
    typeof entry === 'string' || entry instanceof Uint8Array ? { mode: '100644', content: entry } : entry;
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const oid = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
  return { mode, oid, bytes };
};

const linesOf = (bytes: Uint8Array): string[] => {
  if (bytes.length === 0) return [];
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
};

/** Added lines as a multiset difference: enough for rules that look at one line at a time. */
const added = (before: Uint8Array, after: Uint8Array): AddedLine[] => {
  const left = new Map<string, number>();
  for (const line of linesOf(before)) left.set(line, (left.get(line) ?? 0) + 1);
  return linesOf(after).flatMap((text, index) => {
    const count = left.get(text) ?? 0;
    if (count === 0) return [{ line: index + 1, text }];
    left.set(text, count - 1);
    return [];
  });
};

export class MemoryTrees implements TreeReader {
  readonly secrets = scanSecrets;
  readonly #base: ReadonlyMap<string, Blob>;
  readonly #head: ReadonlyMap<string, Blob>;
  readonly #blobs = new Map<string, Blob>();
  readonly changes: readonly Change[];
  /** Every oid that was asked for. */
  readonly reads: string[] = [];

  /** `renames` maps new paths to old ones, as git's similarity search would. */
  constructor(base: Tree, head: Tree, renames: Readonly<Record<string, string>> = {}) {
    this.#base = new Map(Object.entries(base).map(([path, entry]) => [path, blobOf(entry)]));
    this.#head = new Map(Object.entries(head).map(([path, entry]) => [path, blobOf(entry)]));
    for (const blob of [...this.#base.values(), ...this.#head.values()]) {
      if (blob.mode !== '160000') this.#blobs.set(blob.oid, blob);
    }
    this.changes = this.#diff(renames);
  }

  async blob(oid: string, maxBytes = LIMIT): Promise<BlobContent | null> {
    this.reads.push(oid);
    const found = this.#blobs.get(oid);
    if (!found) return null;
    const tooLarge = found.bytes.length > maxBytes;
    return { oid, size: found.bytes.length, bytes: found.bytes.subarray(0, maxBytes), tooLarge };
  }

  async at(side: 'base' | 'head', path: string): Promise<BlobContent | null> {
    const found = (side === 'base' ? this.#base : this.#head).get(path);
    return found ? this.blob(found.oid) : null;
  }

  async paths(side: 'base' | 'head'): Promise<readonly string[]> {
    return [...(side === 'base' ? this.#base : this.#head).keys()].sort();
  }

  async addedLines(change: Change): Promise<readonly AddedLine[]> {
    const before = this.#blobs.get(change.oldOid ?? '')?.bytes ?? new Uint8Array();
    return added(before, this.#blobs.get(change.newOid ?? '')?.bytes ?? new Uint8Array());
  }

  #diff(renames: Readonly<Record<string, string>>): readonly Change[] {
    const moved = new Set(Object.values(renames));
    const paths = [...new Set([...this.#base.keys(), ...this.#head.keys()])].sort();
    return paths.flatMap((path) => {
      const oldPath = renames[path] ?? null;
      if (moved.has(path) && !this.#head.has(path)) return [];
      const before = this.#base.get(oldPath ?? path);
      const after = this.#head.get(path);
      if (before?.oid === after?.oid && before?.mode === after?.mode && oldPath === null) return [];
      return [change(path, oldPath, before, after)];
    });
  }
}

const change = (path: string, oldPath: string | null, before: Blob | undefined, after: Blob | undefined): Change => ({
  status: statusOf(oldPath, before, after),
  path,
  oldPath,
  oldMode: before?.mode ?? null,
  newMode: after?.mode ?? null,
  oldOid: before?.oid ?? null,
  newOid: after?.oid ?? null,
  insertions: after ? added(before?.bytes ?? new Uint8Array(), after.bytes).length : 0,
  deletions: before ? added(after?.bytes ?? new Uint8Array(), before.bytes).length : 0,
});

const statusOf = (oldPath: string | null, before: Blob | undefined, after: Blob | undefined): Change['status'] => {
  if (oldPath !== null) return 'R';
  if (!before) return 'A';
  if (!after) return 'D';
  return before.mode.slice(0, 3) === after.mode.slice(0, 3) ? 'M' : 'T';
};

export interface BriefParts {
  readonly change?: readonly string[];
  readonly avoid?: readonly string[];
  readonly allow?: readonly string[];
  readonly budget?: FrontMatter['budget'];
  readonly keep?: Partial<NonNullable<FrontMatter['keep']>>;
}

export const briefWith = ({
  change = ['src/**'],
  avoid = [],
  allow = [],
  budget = {},
  keep,
}: BriefParts = {}): Brief => ({
  source: '',
  hash: '0'.repeat(64),
  title: 'A brief',
  front: frontMatterSchema.parse({ countersign: 1, scope: { change, avoid }, keep, budget, approval: { allow } }),
  goal: 'Do it.',
  nonGoals: [],
  criteria: [],
  context: '',
  otherSections: [],
  lines: {},
});

export interface Case extends BriefParts {
  readonly base: Tree;
  readonly head: Tree;
  readonly renames?: Readonly<Record<string, string>>;
  readonly observations?: Partial<RunObservations>;
  readonly policy?: DriftPolicy | null;
}

export const driftOf = async (given: Case): Promise<DriftReport> => {
  const reader = new MemoryTrees(given.base, given.head, given.renames);
  return computeDrift({
    brief: briefWith(given),
    base: '1'.repeat(40),
    head: null,
    tree: '2'.repeat(40),
    changes: reader.changes,
    reader,
    observations: { ...NO_OBSERVATIONS, ...given.observations },
    policy: given.policy ?? null,
  });
};

/** `severity rule path`, one a finding: what most tests compare. */
export const said = (report: Pick<DriftReport, 'findings'>): string[] =>
  report.findings.map(({ severity, rule, path }) => `${severity} ${rule} ${path ?? '-'}`);
