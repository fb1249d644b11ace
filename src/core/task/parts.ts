/** A task taken apart: what it is now (its status), and what it has gathered whatever its state (its facts). */
import type { Task, TaskFacts, TaskStatus } from './task';

/** Only what a task is, without what it has gathered: what `rejected` keeps and `restored` brings back. */
export function statusOf(task: Task): TaskStatus {
  switch (task.state) {
    case 'draft':
      return { state: task.state };
    case 'queued':
      return { state: task.state, next: task.next, prompt: task.prompt };
    case 'preparing':
      return { state: task.state };
    case 'running':
      return { state: task.state, turn: task.turn };
    case 'correcting':
      return { state: task.state, turn: task.turn, prompt: task.prompt };
    case 'verifying':
      return { state: task.state, turn: task.turn, snapshot: task.snapshot };
    case 'ready':
      return { state: task.state, turn: task.turn, snapshot: task.snapshot, verdict: task.verdict };
    case 'signed':
      return {
        state: task.state,
        turn: task.turn,
        snapshot: task.snapshot,
        verdict: task.verdict,
        signoff: task.signoff,
        landing: task.landing,
        refUpdated: task.refUpdated,
      };
    case 'delivered':
      return {
        state: task.state,
        turn: task.turn,
        snapshot: task.snapshot,
        verdict: task.verdict,
        signoff: task.signoff,
        mode: task.mode,
        ref: task.ref,
        commit: task.commit,
      };
    case 'rejected':
      return { state: task.state, reason: task.reason, was: task.was };
    case 'failed': {
      const { state, stage, turn, error, next, prompt } = task;
      return { state, stage, turn, error, next, prompt };
    }
    case 'interrupted': {
      const { state, stage, turn, cause, next, prompt } = task;
      return { state, stage, turn, cause, next, prompt };
    }
  }
}

/** Named one by one, so that nothing of the state that is left travels into the next. */
export function factsOf(task: Task): TaskFacts {
  return {
    id: task.id,
    slug: task.slug,
    title: task.title,
    repository: task.repository,
    brief: task.brief,
    base: task.base,
    target: task.target,
    branch: task.branch,
    agent: task.agent,
    reviewer: task.reviewer,
    origin: task.origin,
    createdAt: task.createdAt,
    updatedAt: task.updatedAt,
    workspace: task.workspace,
    session: task.session,
    agentVersion: task.agentVersion,
    confinement: task.confinement,
    turns: task.turns,
    corrections: task.corrections,
    snapshots: task.snapshots,
    evidence: task.evidence,
    reviewing: task.reviewing,
    accepted: task.accepted,
    lastTurn: task.lastTurn,
    usage: task.usage,
    drifting: task.drifting,
    asking: task.asking,
    refused: task.refused,
    grants: task.grants,
    reverting: task.reverting,
    takenOver: task.takenOver,
    handing: task.handing,
    handed: task.handed,
    adopted: task.adopted,
    adopting: task.adopting,
    archived: task.archived,
  };
}
