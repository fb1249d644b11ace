/**
 * What the host and its clients say to each other: every method and notification once, for both ends. Whatever arrives
 * is parsed by these schemas; what does not fit is answered with RPC_INVALID and changes nothing.
 */
import * as z from 'zod';
import { transcriptLineSchema, updateSchema } from '../core/agent/transcript';
import { deliveryModeSchema, eventSchema } from '../core/events';
import { activitySchema, taskStateSchema, taskSummarySchema } from '../core/task/summary';
import { ADOPTING } from './rpc/adopting';
import { CLOSING } from './rpc/closing';
import { COUNTING } from './rpc/counting';
import { DRAFTING } from './rpc/drafting';
import { KEEPING } from './rpc/keeping';
import { READING } from './rpc/reading';
import { REVIEWING } from './rpc/reviewing';
import { SHAPING } from './rpc/shaping';
import { draft, id, named, nothing, path, person, prose, readinessSchema, wished } from './rpc/words';

/** Raised whenever an older client and a newer host (or the other way) could misunderstand each other. */
export const PROTOCOL = 2;

/** Bytes of one message, either way. The largest is a review packet with its log excerpts. */
export const MAX_MESSAGE_BYTES = 32 * 1024 * 1024;

/** A review packet as JSON: section 2 of the interface names its fields; clients that show it parse it further. */
const packetSchema = z.looseObject({ id: z.string(), state: z.string() });

const problemSchema = z.object({
  /** The task's id, as its folder is named. */
  id: z.string(),
  file: z.string(),
  code: z.string(),
  message: z.string(),
});

const helloSchema = z.object({ version: z.string().max(100), protocol: z.number().int() });

export const METHODS = {
  /** The first request of every client: within ten seconds, or the host hangs up. */
  hello: {
    params: helloSchema,
    result: helloSchema.extend({ pid: z.number().int(), startedAt: z.string() }),
  },
  'host/status': {
    params: nothing,
    result: z.object({
      pid: z.number().int(),
      version: z.string(),
      startedAt: z.string(),
      clients: z.number().int(),
      /** Tasks at work or waiting for their turn. */
      active: z.number().int(),
      /** All tasks that the host knows. */
      tasks: z.number().int(),
    }),
  },
  /** Throws HOST_BUSY while tasks are at work, unless forced: then they become `interrupted`. */
  'host/stop': { params: z.object({ force: z.boolean() }), result: nothing },

  'task/run': {
    params: z.object({
      repo: path,
      brief: draft,
      agent: z.string().max(200).optional(),
      /** The revision to start from; absent = what is checked out. */
      base: z.string().max(1_024).optional(),
      origin: z.enum(['human', 'machine']),
    }),
    result: z.object({ id, warnings: z.array(readinessSchema) }),
  },
  /** What the unfinished tasks of a repository may change. */
  'task/scopes': {
    params: z.object({ repo: path }),
    result: z.object({ tasks: z.array(z.object({ id, title: z.string(), change: z.array(z.string()) })) }),
  },
  'task/list': {
    params: z.object({ repo: path.optional() }),
    result: z.object({ tasks: z.array(taskSummarySchema), problems: z.array(problemSchema) }),
  },
  'task/show': { params: z.object(named), result: packetSchema },
  /** Lines with `seq` of at least `from`, at most `limit` and some megabytes; `next` is where to go on, null at the end so far. */
  'task/transcript': {
    params: z.object({ ...named, from: z.number().int().min(0), limit: z.number().int().min(1).max(10_000) }),
    result: z.object({ lines: z.array(transcriptLineSchema), next: z.number().int().nullable() }),
  },
  /** Whether this client hears of a task, and whether a person sits there who answers it. */
  'task/watch': {
    params: z.object({
      id,
      on: z.boolean(),
      answers: z.boolean().default(false),
      /** Whether it gets what the agent says (`task/update`), or only that a person is there. */
      updates: z.boolean().default(true),
      /** Seconds that a request waits for this client to come back after its connection ended: a window is reloaded. */
      grace: z.number().int().min(0).max(3_600).default(0),
    }),
    result: nothing,
  },
  'task/stop': { params: z.object(named), result: nothing },
  'task/resume': { params: z.object({ ...named, asItStands: z.boolean() }), result: nothing },
  'task/correct': {
    params: z.object({
      ...named,
      ...wished,
      /** What the person made of the composed text (`task/preview-correction`); it takes the place of all of the above. */
      body: prose.optional(),
      again: z.boolean(),
      by: person,
    }),
    result: nothing,
  },
  'task/signoff': {
    params: z.object({
      ...named,
      /** The tree that the person saw; absent = the one under review. Another one under review refuses. */
      tree: z.string().max(64).optional(),
      accept: z.record(z.string().max(200), z.string().max(4_000)),
      /** Findings that are answered by an amendment of the brief, with the reason. */
      widen: z.record(z.string().max(200), z.string().max(4_000)).default({}),
      override: z.record(z.string().max(200), z.string().max(4_000)),
      deliver: deliveryModeSchema,
      to: z.string().max(1_024).optional(),
    }),
    result: packetSchema,
  },
  'task/reject': { params: z.object({ ...named, reason: z.string().min(1).max(4_000), by: person }), result: nothing },
  'task/restore': { params: z.object(named), result: nothing },
  'task/answer': {
    params: z.object({ ...named, request: z.string().max(400), allow: z.boolean(), by: person }),
    result: nothing,
  },
  ...ADOPTING,
  ...DRAFTING,
  ...READING,
  ...KEEPING,
  ...REVIEWING,
  ...COUNTING,
  ...SHAPING,
  ...CLOSING,
} as const;

export const NOTIFICATIONS = {
  /** Something was journaled. To every client; kinds that come in floods arrive at most ten times a second a task. */
  'task/event': z.object({ id, state: taskStateSchema, event: eventSchema, at: z.string() }),
  /** What the agent just said and did, to those who watch the task; `skipped` counts updates that came too fast to send. */
  'task/update': z.object({ id, updates: z.array(updateSchema), skipped: z.number().int() }),
  /** What is under way, in a few words, to those who watch the task. */
  'task/progress': z.object({ id, message: z.string() }),
  /** The task was deleted: nothing more is heard of it. To every client. */
  'task/deleted': z.object({ id }),
  /** A sign of life of a task at work, to every client; at most one in two seconds a task. */
  'task/alive': z.object({ id, activity: activitySchema }),
  /** What a trial of a check is doing, to the client that began it. */
  'trial/progress': z.object({ trial: z.string(), message: z.string() }),
  /** What a planner is doing, to the client that asked it. */
  'plan/progress': z.object({ plan: z.string(), message: z.string() }),
} as const;

export type Method = keyof typeof METHODS;
/** What a caller gives: fields with defaults may be left out. */
export type ParamsIn<M extends Method> = z.input<(typeof METHODS)[M]['params']>;
/** What a handler gets. */
export type Params<M extends Method> = z.output<(typeof METHODS)[M]['params']>;
export type Result<M extends Method> = z.output<(typeof METHODS)[M]['result']>;

export type Notification = keyof typeof NOTIFICATIONS;
export type NotificationOf<N extends Notification> = z.output<(typeof NOTIFICATIONS)[N]>;

/** What may be sent: the sender keeps its records as they are. */
export type Sent<T> = T extends readonly (infer Item)[]
  ? readonly Sent<Item>[]
  : T extends object
    ? { readonly [K in keyof T]: Sent<T[K]> }
    : T;

/** Methods that the server answers itself; the rest are the tasks'. */
export type HostMethod = 'hello' | 'host/status' | 'host/stop' | 'task/watch';
export type TaskMethod = Exclude<Method, HostMethod>;

/** Who asked, for what goes on while they wait. */
export interface Caller {
  /** Tells this client alone. */
  notify<N extends Notification>(name: N, value: Sent<NotificationOf<N>>): void;
  /** Resolves when the client's connection has ended. */
  readonly closed: Promise<void>;
}

/** What the composer of the host gives to the server: one function a method. Whatever they throw reaches the caller. */
export type TaskHandlers = {
  readonly [M in TaskMethod]: (params: Params<M>, caller: Caller) => Promise<Sent<Result<M>>>;
};

/** Methods that stay the same in every protocol, so that any client can look at any host and stop it. */
export const TIMELESS: ReadonlySet<Method> = new Set<Method>(['hello', 'host/status', 'host/stop']);
