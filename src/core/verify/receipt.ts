/**
 * Receipts: each run of a check as a small record in one canonical form, known by its digest. A sign-off names the digests
 * that it rests on; the records travel in git notes, so that anybody can hold the two against each other offline.
 */
import * as z from 'zod';
import { sha256Hex } from '../hash';
import { checkStatusSchema, countsSchema } from './checkStatus';
import type { CheckRun } from './columns';
import type { CheckResult, Verification } from './verification';

/** `again`: a further run at the result's tree; `folder`: in a copy of the agent's folder. */
const runColumnSchema = z.enum(['base', 'result', 'again', 'overlay', 'folder']);
export type RunColumn = z.infer<typeof runColumnSchema>;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const receiptSchema = z.strictObject({
  schema: z.literal(1),
  task: z.string(),
  check: z.string(),
  command: z.string(),
  /** Hash of the brief as it was handed off. */
  brief: z.string(),
  column: runColumnSchema,
  /** Tree of the folder before the check, and after it. */
  tree: z.string(),
  treeAfter: z.string().nullable(),
  /** Names of the variables that it was given, never their values. */
  environment: z.array(z.string()),
  confinement: z.string(),
  exit: z.number().int().nullable(),
  status: checkStatusSchema,
  counts: countsSchema.nullable(),
  /** SHA-256 of what it printed, and of its tests by name. */
  log: sha256,
  results: sha256.nullable(),
  started: z.string(),
  seconds: z.number(),
});
export type Receipt = z.infer<typeof receiptSchema>;

/** Characters of a note that are read, and receipts in it. */
const NOTE_MOST = 4 * 1024 * 1024;
const RECEIPTS_MOST = 5_000;

/** The one text of a receipt: JSON without white space, keys in order. */
export function canonicalReceipt(receipt: Receipt): string {
  const ordered = (value: object) => Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  return JSON.stringify(ordered({ ...receipt, counts: receipt.counts === null ? null : ordered(receipt.counts) }));
}

/** SHA-256 of the canonical form. */
export function digestOfReceipt(receipt: Receipt): string {
  return sha256Hex(canonicalReceipt(receipt));
}

/** One digest for a list of them, whatever their order. */
export function digestOfReceipts(digests: readonly string[]): string {
  return sha256Hex([...new Set(digests)].sort().join('\n'));
}

/** A receipt for each run of a verification, in the order of its checks. What was not run has none. */
export function receiptsOf(task: string, verification: Verification): readonly Receipt[] {
  const { brief, confinement, environment = [], startedAt } = verification;
  return runsOf(verification).map(
    ({ check, column, run }): Receipt => ({
      schema: 1,
      task,
      check: check.name,
      command: check.command,
      brief,
      column,
      tree: run.tree,
      treeAfter: run.treeAfter,
      environment,
      confinement,
      exit: run.exit,
      status: run.status,
      counts: run.counts,
      log: run.log.sha256,
      results: run.results?.sha256 ?? null,
      started: run.startedAt ?? startedAt,
      seconds: run.seconds,
    }),
  );
}

/** The files that the receipts of a verification name by digest: what each run printed, and its tests by name. */
export function evidenceFilesOf(
  verification: Verification,
): readonly { readonly path: string; readonly sha256: string }[] {
  return runsOf(verification).flatMap(({ run: { log, results } }) => [log, ...(results == null ? [] : [results])]);
}

function runsOf({ checks }: Verification) {
  return checks.flatMap((check) => {
    const at = (column: RunColumn, run: Run) => ({ check, column, run });
    const { base, overlay, attempts = [], folder } = check;
    return [
      ...(base?.kind === 'ran' ? [at('base', base.run)] : []),
      at('result', check),
      ...attempts.map((run) => at('again', run)),
      ...(overlay?.kind === 'ran' ? [at('overlay', overlay.run)] : []),
      ...(folder === undefined ? [] : [at('folder', folder.run)]),
    ];
  });
}

/** What a run of any column has in common. */
type Run = Pick<CheckResult | CheckRun, 'tree' | 'treeAfter' | 'exit' | 'status' | 'counts' | 'seconds'> & {
  readonly log: { readonly path: string; readonly sha256: string };
  readonly results?: { readonly path: string; readonly sha256: string } | null | undefined;
  readonly startedAt?: string | undefined;
};

/** The receipts as a note: one canonical form a line. */
export function receiptNote(receipts: readonly Receipt[]): string {
  return `${['Countersign receipts', '', ...receipts.map(canonicalReceipt)].join('\n')}\n`;
}

/** A note that holds ours as well: what others wrote there stays, and ours is not written twice. */
export function withReceipts(note: string | null, receipts: readonly Receipt[]): string {
  const there = new Set(receiptsIn(note ?? '').map(digestOfReceipt));
  const missing = receipts.filter((receipt) => !there.has(digestOfReceipt(receipt)));
  if (missing.length === 0 && note !== null) return note;
  const kept = (note ?? '').trimEnd();
  return `${kept === '' ? '' : `${kept}\n\n`}${receiptNote(missing)}`;
}

/**
 * The receipts of a note, each once: lines in the canonical form and no others. What stands between them is passed over.
 * Never throws.
 */
export function receiptsIn(note: string): readonly Receipt[] {
  const found = new Map<string, Receipt>();
  for (const line of note.slice(0, NOTE_MOST).split('\n')) {
    if (!line.startsWith('{') || found.size >= RECEIPTS_MOST) continue;
    const receipt = readReceipt(line);
    if (receipt !== null) found.set(line, receipt);
  }
  return [...found.values()];
}

function readReceipt(line: string): Receipt | null {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return null;
  }
  const parsed = receiptSchema.safeParse(json);
  return parsed.success && canonicalReceipt(parsed.data) === line ? parsed.data : null;
}
