/**
 * The events of a task's journal, one schema each. The journal is the only truth; a task's state is the fold of its
 * events (`task/transition.ts`). A line on disk is `{ v, seq, at, ...event }`.
 */
import * as z from 'zod';
import { driftVerdictSchema } from './drift/report';
import { sentSchema } from './review/afterwards/sent';
import { checkStatusSchema } from './verify/verification';

const oid = z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/);
const text = (limit: number) => z.string().max(limit);

/** A folder that we made: deleting checks that it is still this one (never by name alone). */
export const folderSchema = z.object({ path: z.string(), dev: z.string(), ino: z.string() });
export type Folder = z.infer<typeof folderSchema>;

/** The places of one task, made when it is prepared. */
export const workspaceSchema = z.object({
  /** The agent's folder: the work tree of the private clone, whose git directory is `.git` inside it. */
  worktree: folderSchema,
  /** The shadow git directory: ours alone; snapshots are made through it. */
  shadow: folderSchema,
  base: oid,
  branch: z.string(),
  /** `shared`: the user's objects are read, and a sandbox keeps them read-only; `copied`: isolated against accidents only. */
  isolation: z.enum(['shared', 'copied']),
});
export type Workspace = z.infer<typeof workspaceSchema>;

export const snapshotSchema = z.object({ turn: z.number().int(), commit: oid, tree: oid });
export type Snapshot = z.infer<typeof snapshotSchema>;

/**
 * What an agent's token counts cover: the turn, the session so far, the last call to a model, a piece of an answer; `none`
 * where it reports none, `unknown` where nobody knows.
 */
export const coversSchema = z.enum(['turn', 'session', 'call', 'chunk', 'unknown', 'none']);
export type Covers = z.infer<typeof coversSchema>;

export const usageSchema = z.object({
  /** Known token counts by kind, as the agent reports them; what they mean is the profile's `usage` note. */
  tokens: z.record(z.string(), z.number()),
  /** Of the session so far, as the Agent Client Protocol has it (`usage_update`). */
  costUsd: z.number().nullable(),
  meaning: z.string(),
  /** Absent in journals of earlier versions. */
  covers: coversSchema.optional(),
});
export type Usage = z.infer<typeof usageSchema>;

export const stageSchema = z.enum(['queued', 'preparing', 'running', 'verifying', 'correcting', 'landing']);
export type Stage = z.infer<typeof stageSchema>;

export const errorSchema = z.object({ code: z.string(), message: text(20_000), fix: text(4_000) });

/** What a reviewer adds to a brief, with the reason; the brief itself stays as it was handed off. */
export const amendmentSchema = z.object({
  reason: text(4_000),
  /** Patterns that would have had to stand in `scope.change`. */
  change: z.array(z.string().max(8_192)),
  /** Boundaries that would have had to stand in `approval.allow`. */
  allow: z.array(z.string()),
});
export type Amendment = z.infer<typeof amendmentSchema>;

/** An amendment that a person gave while the agent worked, because it asked. `reason` is the agent's claim. */
export const grantSchema = amendmentSchema.extend({
  /** The permission request that it answers. */
  request: z.string(),
  turn: z.number().int(),
  /** The person who answered. */
  by: z.string(),
  /** RFC 3339. */
  at: z.string(),
});
export type Grant = z.infer<typeof grantSchema>;

/** A human's approval of exactly one tree, with every answer that it rests on. */
export const signoffSchema = z.object({
  by: z.object({ name: z.string(), email: z.string() }),
  at: z.string(),
  brief: z.string(),
  commit: oid,
  tree: oid,
  accepted: z.record(z.string(), text(4_000)),
  overridden: z.record(z.string(), text(4_000)),
  /** Findings that were answered by an amendment of the brief. */
  widened: z.record(z.string(), amendmentSchema).optional(),
  /** What people added to the brief while the agent worked; absent where nothing was. */
  granted: z.array(grantSchema).optional(),
  /** Of answered findings with several places: how many, and a digest of which. */
  places: z.record(z.string(), z.object({ count: z.number().int(), digest: z.string() })).optional(),
  checks: z.record(z.string(), checkStatusSchema),
  /** Digests of the receipts that it rests on (`verify/receipt.ts`); of earlier versions, none. */
  receipts: z.array(z.string()).max(5_000).optional(),
  drift: driftVerdictSchema,
  /** The second opinion that it rests on, where one was made or wanted; `standing` as `ReviewStanding`. */
  review: z
    .object({ agent: z.string().nullable(), standing: z.enum(['valid', 'stale', 'none', 'missing']) })
    .optional(),
  /** Criteria that a person accepted for this tree, by number. */
  criteria: z
    .array(
      z.object({
        criterion: z.number().int(),
        id: text(100),
        by: z.object({ name: z.string(), email: z.string() }),
        at: z.string(),
        reason: text(4_000),
      }),
    )
    .optional(),
});
export type Signoff = z.infer<typeof signoffSchema>;

export const deliveryModeSchema = z.enum(['merge', 'squash', 'branch', 'none']);
export type DeliveryMode = z.infer<typeof deliveryModeSchema>;

export const landingSchema = z.object({
  mode: deliveryModeSchema,
  /** Full ref name that moves. */
  ref: z.string(),
  old: oid.nullable(),
  new: oid,
  tree: oid,
  /** The working tree that has the ref checked out, if any, and the paths to bring up to date in it. */
  checkout: z
    .object({ root: z.string(), gitDir: z.string(), staging: z.string(), paths: z.array(z.string()) })
    .nullable(),
});
export type Landing = z.infer<typeof landingSchema>;

export const repositorySchema = z.object({
  /** SHA-256 prefix of the real path of the common git directory: the key of its folder in the state directory. */
  id: z.string(),
  name: z.string(),
  /** Top of the working tree that the task was handed off from. */
  root: z.string(),
  commonDir: z.string(),
});
export type Repository = z.infer<typeof repositorySchema>;

/** Work that somebody else pushed, as a task takes it over. */
export const adoptionSchema = z.object({
  /** The turn that it becomes. */
  turn: z.number().int(),
  /** What people call it: a branch, a pull request, or the revision as it was typed. */
  name: text(1_024),
  /** Where it was found, so that it is known again when it moves: a full ref, here or on a remote; null for a bare commit. */
  ref: text(2_048).nullable(),
  commit: oid,
  tree: oid,
  /** How many commits it has beyond the base. */
  commits: z.number().int(),
  /** Who wrote them, as their commits say: text, and no proof of anything. */
  authors: z.array(z.object({ name: text(400), email: text(400) })).max(100),
});
export type Adoption = z.infer<typeof adoptionSchema>;

export const eventSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('created'),
    id: z.string(),
    slug: z.string(),
    title: text(200),
    repository: repositorySchema,
    brief: z.string(),
    base: oid,
    /** Full ref of the branch that was checked out at hand-off, and so the default target; null when detached. */
    target: z.string().nullable(),
    branch: z.string(),
    agent: z.string(),
    reviewer: z.string().nullable(),
    origin: z.enum(['human', 'machine']),
  }),
  /** Work of others becomes the next turn of a task that no agent has worked on, or that adopted it before. */
  adoptionSchema.extend({ type: z.literal('adopted') }),
  z.object({ type: z.literal('queued') }),
  z.object({ type: z.literal('preparing') }),
  z.object({ type: z.literal('prepared'), workspace: workspaceSchema, seconds: z.number() }),
  z.object({
    type: z.literal('turn-started'),
    turn: z.number().int(),
    kind: z.enum(['work', 'correction']),
    /** How the agent's processes are confined. */
    confinement: z.string(),
  }),
  z.object({
    type: z.literal('session'),
    session: z.string().nullable(),
    agent: z.object({ name: z.string(), version: z.string().nullable() }),
  }),
  z.object({
    type: z.literal('asked'),
    request: z.string(),
    what: text(4_000),
    boundary: z.string().nullable(),
    /** What a yes adds to the brief; absent where it only lets the agent do one thing. */
    amendment: amendmentSchema.optional(),
  }),
  /** A person's yes to a request that asked for an amendment: from now on the task is judged by the wider brief. */
  z.object({ type: z.literal('amended'), request: z.string(), by: z.string(), amendment: amendmentSchema }),
  z.object({
    type: z.literal('decided'),
    request: z.string(),
    what: text(4_000),
    decision: z.enum(['allowed', 'refused']),
    /** `policy`, `nobody` (nobody there to answer), or the person who answered. */
    by: z.string(),
    why: text(2_000),
  }),
  z.object({
    type: z.literal('drifting'),
    verdict: driftVerdictSchema,
    files: z.number().int(),
    paths: z.array(z.string()).max(20),
  }),
  z.object({
    type: z.literal('turn-ended'),
    turn: z.number().int(),
    stop: z.string(),
    exit: z.number().int().nullable(),
    seconds: z.number(),
    usage: usageSchema.nullable(),
    /** Processes that could not be killed, described; normally empty. */
    survivors: z.array(z.string()),
  }),
  /** What a turn had cost when it broke off; of one that ended, `turn-ended` says it. */
  z.object({ type: z.literal('spent'), turn: z.number().int(), seconds: z.number(), usage: usageSchema }),
  z.object({ type: z.literal('snapshot'), snapshot: snapshotSchema }),
  z.object({
    type: z.literal('verified'),
    tree: oid,
    file: z.string(),
    checks: z.record(z.string(), checkStatusSchema),
  }),
  z.object({
    type: z.literal('drift'),
    tree: oid,
    file: z.string(),
    verdict: driftVerdictSchema,
    block: z.number().int(),
    warn: z.number().int(),
    info: z.number().int(),
    /** Findings that block or warn, by rule. Absent in journals of earlier versions. */
    rules: z.record(z.string().max(200), z.number().int()).optional(),
  }),
  z.object({
    type: z.literal('review-started'),
    tree: oid,
    /** Who is asked; null when nobody could be found. */
    agent: z.string().nullable(),
    /** The person who asked for it, or what wants it: `brief`, `policy`, `configuration`. */
    by: text(400),
  }),
  z.object({
    type: z.literal('reviewed'),
    tree: oid,
    file: z.string(),
    agent: z.string().nullable(),
    /** Why there is no review; null when there is one. */
    none: text(4_000).nullable(),
    major: z.number().int(),
    minor: z.number().int(),
    nit: z.number().int(),
    /** What the reviewer said and could not show. */
    dropped: z.number().int(),
    seconds: z.number(),
    /** Of all its answers; absent where nobody was asked. */
    usage: usageSchema.nullable().optional(),
    /** Of a task that was ready already: its verdict from now on. */
    verdict: driftVerdictSchema.optional(),
  }),
  /** A named person's word that a criterion is met, or (`reason` null) that it is not said any more. */
  z.object({
    type: z.literal('criterion-accepted'),
    tree: oid,
    brief: z.string(),
    /** From 1, as in the brief. */
    criterion: z.number().int().min(1),
    id: text(100),
    by: z.object({ name: text(400), email: text(400) }),
    reason: text(4_000).nullable(),
    /** The task's verdict from now on. */
    verdict: driftVerdictSchema,
  }),
  z.object({ type: z.literal('ready'), turn: z.number().int(), verdict: driftVerdictSchema, snapshot: snapshotSchema }),
  z.object({
    type: z.literal('correction-requested'),
    turn: z.number().int(),
    by: z.string(),
    prompt: text(200_000),
    again: z.boolean(),
    /** Who is to work from now on, where that is another agent than before: of work that was adopted. */
    agent: z.string().optional(),
    /** What it asks for, one by one. Absent in journals of earlier versions. */
    sent: sentSchema.optional(),
  }),
  /** A person takes paths back to the base: a turn of its own, without the agent. */
  z.object({
    type: z.literal('reverted'),
    turn: z.number().int(),
    /** Every path that changes, both sides of a rename; together far below what a line of the journal holds. */
    paths: z.array(z.string().max(8_192)).min(1).max(20_000),
    by: z.string(),
    /** They were split off, for a brief of their own: the commit that holds them. */
    split: oid.optional(),
  }),
  /** A person goes on by hand, in a clean folder of the tree under review. */
  z.object({
    type: z.literal('taken-over'),
    turn: z.number().int(),
    tree: oid,
    by: text(400),
    folder: folderSchema,
  }),
  /** What they left there is a turn of its own. */
  z.object({ type: z.literal('handed-in'), turn: z.number().int(), by: text(400), message: text(4_000).optional() }),
  /** They leave it as it was. */
  z.object({ type: z.literal('given-up'), by: text(400) }),
  z.object({ type: z.literal('signed'), signoff: signoffSchema }),
  z.object({ type: z.literal('landing'), landing: landingSchema }),
  z.object({ type: z.literal('ref-updated'), ref: z.string(), new: oid }),
  z.object({ type: z.literal('landing-abandoned'), why: text(4_000) }),
  z.object({
    type: z.literal('delivered'),
    mode: deliveryModeSchema,
    ref: z.string().nullable(),
    commit: oid.nullable(),
    kept: z.array(z.string()),
  }),
  z.object({ type: z.literal('rejected'), reason: text(4_000), by: z.string() }),
  z.object({ type: z.literal('restored') }),
  z.object({ type: z.literal('failed'), stage: stageSchema, error: errorSchema }),
  z.object({ type: z.literal('interrupted'), stage: stageSchema, cause: z.enum(['host-died', 'stopped']) }),
  z.object({ type: z.literal('resumed'), how: z.enum(['go-on', 'as-it-stands']) }),
  z.object({ type: z.literal('cleaned'), folders: z.array(z.string()) }),
  /** Put aside by a person, or taken back. */
  z.object({ type: z.literal('archived'), on: z.boolean() }),
]);

export type TaskEvent = z.infer<typeof eventSchema>;
export type EventOf<T extends TaskEvent['type']> = Extract<TaskEvent, { type: T }>;

/** A line of the journal. */
export const journalLineSchema = z.intersection(
  z.object({ v: z.literal(1), seq: z.number().int().min(1), at: z.iso.datetime({ offset: true }) }),
  eventSchema,
);
export type JournalLine = z.infer<typeof journalLineSchema>;
