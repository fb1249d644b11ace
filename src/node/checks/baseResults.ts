/**
 * What checks said at the trees that tasks began from, kept for the next task that begins there. No task can write what
 * another one gets: the files checked out are the base's alone, and the store is in no sandbox. Where nothing keeps a task
 * out of it, only what this process wrote itself is believed.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { jsonOf } from '../../core/json';
import { testResultsSchema } from '../../core/verify/results';
import { checkResultSchema } from '../../core/verify/verification';
import { readRegularFile } from '../git/regularFile';
import { writeFileAtomic } from '../store/atomicFile';
import { type CheckOutcome, keepResults, testedBy } from './checkRun';

/** Largest output that is kept, in bytes; a check that prints more runs again. */
const MAX_LOG_BYTES = 4 * 1024 * 1024;
const MAX_ENTRY_BYTES = 64 * 1024 * 1024;
/** Results that are kept; the one that was not used for longest goes first. */
const MAX_ENTRIES = 200;

const entrySchema = z.object({
  v: z.literal(1),
  result: checkResultSchema,
  report: testResultsSchema.omit({ check: true, tree: true }).nullable(),
  /** What it printed, base64. */
  log: z.string(),
});

/** Everything that a result at a base depends on. */
export interface BaseKey {
  readonly tree: string;
  readonly setup: string | null;
  readonly command: string;
  readonly reports: readonly string[];
  readonly timeout: number;
  readonly confinement: string;
  readonly network: readonly string[];
  /** Names of the variables that the check is given. */
  readonly environment: readonly string[];
}

export class BaseResults {
  readonly #root: string;
  /** Digests of what this process wrote. */
  readonly #own = new Map<string, string>();

  constructor(root: string) {
    this.#root = root;
  }

  /**
   * The kept result, with its output and its tests written as evidence into the task's folder; null when there is none to
   * be believed.
   *
   * @param check its name in this task's brief
   */
  async find(key: BaseKey, check: string, folder: string): Promise<CheckOutcome | null> {
    const file = this.#fileOf(key);
    const bytes = await readRegularFile(file, MAX_ENTRY_BYTES);
    if (bytes === null) return null;
    if (key.confinement !== 'bwrap' && this.#own.get(file) !== digestOf(bytes)) return null;
    const entry = entrySchema.safeParse(jsonOf(bytes.toString('utf8')));
    if (!entry.success) return null;
    const { result, report, log } = entry.data;
    const { tree } = key;
    const name = `evidence/${check}-${tree}.log`;
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(path, Buffer.from(log, 'base64'), { mode: 0o600 });
    const now = new Date();
    await utimes(file, now, now).catch(() => undefined);
    const results = report === null ? null : await keepResults({ folder, tree }, check, report);
    return {
      result: { ...result, name: check, results, log: { ...result.log, path: name } },
      tested: testedBy(result.status, report),
      report,
    };
  }

  /** Keeps what says something of the tree; a check that did not run or end may do so another time. */
  async keep(key: BaseKey, { result, report }: CheckOutcome, folder: string): Promise<void> {
    if ((result.status !== 'passed' && result.status !== 'failed') || result.log.bytes > MAX_LOG_BYTES) return;
    const log = await readFile(join(folder, result.log.path)).catch(() => null);
    if (log === null) return;
    const text = JSON.stringify({ v: 1, result, report: kept(report), log: log.toString('base64') });
    const file = this.#fileOf(key);
    await mkdir(this.#root, { recursive: true, mode: 0o700 });
    await writeFileAtomic(file, text);
    this.#own.set(file, digestOf(text));
    await this.#evict();
  }

  #fileOf(key: BaseKey): string {
    const { tree, setup, command, reports, timeout, confinement } = key;
    const parts = [tree, setup, command, reports, timeout, confinement, key.network, key.environment];
    return join(this.#root, `${digestOf(JSON.stringify(parts))}.json`);
  }

  async #evict(): Promise<void> {
    const names = (await readdir(this.#root)).filter((name) => /^[0-9a-f]{64}\.json$/.test(name));
    if (names.length <= MAX_ENTRIES) return;
    const entries = await Promise.all(
      names.map(async (name) => ({ name, used: (await stat(join(this.#root, name)).catch(() => null))?.mtimeMs ?? 0 })),
    );
    for (const { name } of entries.sort((a, b) => b.used - a.used).slice(MAX_ENTRIES)) {
      await rm(join(this.#root, name), { force: true });
      this.#own.delete(join(this.#root, name));
    }
  }
}

function kept(report: CheckOutcome['report']) {
  if (report === null) return null;
  const { format, counts, tests, unlisted } = report;
  return { format, counts, tests, unlisted };
}

function digestOf(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
