/** A task on one line: what lists show, and what is remembered of tasks at rest without reading their journals. */
import * as z from 'zod';
import type { DriftVerdict } from '../drift/report';
import { driftVerdictSchema } from '../drift/report';
import type { Task, TaskStatus } from './task';

export const taskStateSchema = z.enum([
  'draft',
  'queued',
  'preparing',
  'running',
  'verifying',
  'ready',
  'correcting',
  'signed',
  'delivered',
  'rejected',
  'failed',
  'interrupted',
]);

/** The last sign of life of a task at work, kept by the running host alone. */
export const activitySchema = z.object({ at: z.string(), words: z.string().max(400) });
export type Activity = z.infer<typeof activitySchema>;

export const taskSummarySchema = z.object({
  id: z.string(),
  slug: z.string(),
  title: z.string(),
  state: taskStateSchema,
  /** Of the snapshot under review; while the agent works, of what it has written so far; null when nothing is known. */
  verdict: driftVerdictSchema.nullable(),
  /** `adopted` while the work is what somebody else pushed. */
  agent: z.string(),
  branch: z.string(),
  repository: z.object({ id: z.string(), name: z.string(), root: z.string() }),
  reviewer: z.string().nullable(),
  origin: z.enum(['human', 'machine']),
  turns: z.number().int(),
  /** A permission request waits for a human. */
  asking: z.boolean(),
  /** What the waiting request asks for; null when none waits. */
  question: z
    .object({
      request: z.string(),
      what: z.string(),
      boundary: z.string().nullable(),
      /** A yes adds to the brief, for the whole task. */
      amends: z.boolean().optional(),
    })
    .nullable(),
  /** Drift seen while the agent works; null when none is known. `flagged` counts paths with a finding, up to twenty. */
  drifting: z
    .object({ verdict: driftVerdictSchema, files: z.number().int(), flagged: z.number().int().default(0) })
    .nullable(),
  activity: activitySchema.nullable().default(null),
  /** A reviewer reads what is under review. */
  reviewing: z.boolean().default(false),
  /** A person goes on with it by hand. */
  takenOver: z.boolean().default(false),
  /** Put aside by a person: lists show it apart. */
  archived: z.boolean().default(false),
  /** Where work of others was adopted from; null for an agent's own. */
  adopted: z
    .object({ name: z.string(), authors: z.array(z.string()) })
    .nullable()
    .default(null),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type TaskSummary = z.infer<typeof taskSummarySchema>;

export function summarize(task: Task): TaskSummary {
  const { id, name, root } = task.repository;
  return {
    id: task.id,
    slug: task.slug,
    title: task.title,
    state: task.state,
    verdict: verdictOf(task) ?? liveVerdict(task),
    agent: task.agent,
    branch: task.branch,
    repository: { id, name, root },
    reviewer: task.reviewer,
    origin: task.origin,
    turns: task.turns,
    asking: task.asking !== null,
    question: task.asking === null ? null : questionOf(task.asking),
    drifting: task.drifting === null ? null : driftingOf(task.drifting),
    activity: null,
    reviewing: task.reviewing !== null,
    takenOver: task.takenOver !== null,
    archived: task.archived,
    adopted: adoptedOf(task),
    createdAt: task.createdAt,
    updatedAt: task.updatedAt,
  };
}

function adoptedOf({ adopted, adopting }: Task): TaskSummary['adopted'] {
  const last = adopting ?? adopted;
  return last === null ? null : { name: last.name, authors: last.authors.map(({ name }) => name) };
}

function questionOf({ request, what, boundary, amendment }: NonNullable<Task['asking']>) {
  return { request, what, boundary, ...(amendment === undefined ? {} : { amends: true }) };
}

function driftingOf({ verdict, files, paths }: NonNullable<Task['drifting']>) {
  return { verdict, files, flagged: paths.length };
}

/** While the agent writes, the drift that was seen last; it says nothing about work that broke off. */
function liveVerdict(task: Task): DriftVerdict | null {
  const atWork = task.state === 'running' || task.state === 'correcting' || task.state === 'verifying';
  return atWork ? (task.drifting?.verdict ?? null) : null;
}

function verdictOf(status: TaskStatus): DriftVerdict | null {
  switch (status.state) {
    case 'ready':
    case 'signed':
    case 'delivered':
      return status.verdict;
    case 'rejected':
      return verdictOf(status.was);
    case 'draft':
    case 'queued':
    case 'preparing':
    case 'running':
    case 'correcting':
    case 'verifying':
    case 'failed':
    case 'interrupted':
      return null;
  }
}
