/** What every step of a task is given: the ports, one way to record events, and one way to tell who watches. */

import { amendBrief } from '../brief/amend';
import { applyPolicy } from '../brief/applyPolicy';
import type { Brief } from '../brief/brief';
import { parseBrief } from '../brief/parse';
import { type Policy, parsePolicy } from '../brief/policy';
import { POLICY_FILE } from '../brief/policyFile';
import { fail } from '../errors';
import type { TaskEvent } from '../events';
import type { AdoptionPort } from '../ports/adoption';
import type { AgentPort } from '../ports/agents';
import type { CheckPort } from '../ports/checks';
import type { LandingPort } from '../ports/landing';
import type { Clock } from '../ports/machine';
import type { TaskRecords } from '../ports/records';
import type { ObjectsPort, RepositoryPort } from '../ports/repository';
import type { AgentUpdate, TranscriptPort } from '../ports/transcript';
import type { WorkspacePort } from '../ports/workspace';
import { LiveScopes } from './liveScopes';
import type { Task } from './task';

export interface ControllerPorts {
  readonly records: TaskRecords;
  readonly repositories: RepositoryPort;
  readonly adoptions: AdoptionPort;
  readonly workspaces: WorkspacePort;
  readonly agents: AgentPort;
  readonly checks: CheckPort;
  readonly landings: LandingPort;
  readonly objects: ObjectsPort;
  readonly transcripts: TranscriptPort;
  readonly clock: Clock;
}

/** Told of everything that happens; must return at once and never throw. */
export interface Audience {
  event(task: Task, event: TaskEvent): void;
  update(task: string, update: AgentUpdate): void;
  progress(task: string, message: string): void;
  /** The task was deleted: nothing more comes of it. */
  deleted(task: string): void;
  /** Whether anybody is there who could answer a permission request of a task. */
  present(task: string): boolean;
}

/** What binds a task. */
export interface Terms {
  readonly brief: Brief;
  readonly policy: Policy | null;
}

/** How the user wants results to be reviewed, where a brief does not say. */
export interface ReviewSettings {
  /** The agent that reviews; null = another one than the agent that did the work, where one is there. */
  readonly agent: string | null;
  /** Every result is reviewed, also where neither brief nor policy asks for it. */
  readonly automatic: boolean;
}

/** Tasks whose terms are kept in memory: more than are ever at work. */
const TERMS_KEPT = 64;

export class TaskContext {
  private readonly known = new Map<string, Promise<Terms>>();
  readonly liveScopes: LiveScopes;

  constructor(
    readonly ports: ControllerPorts,
    readonly audience: Audience,
    readonly reviews: ReviewSettings = { agent: null, automatic: false },
  ) {
    this.liveScopes = new LiveScopes(ports.records);
  }

  /** Makes an event durable, then tells the audience. */
  async record(task: string, event: TaskEvent): Promise<Task> {
    const next = await this.ports.records.append(task, event);
    this.audience.event(next, event);
    return next;
  }

  say(task: string, update: AgentUpdate): void {
    this.ports.transcripts.add(task, update);
    this.audience.update(task, update);
  }

  /** A task was deleted. */
  forget(task: string): void {
    this.known.delete(task);
    this.audience.deleted(task);
  }

  /** The policy of a commit; null where there is none. Throws POLICY_INVALID. */
  async policy(repository: Task['repository'], commit: string): Promise<Policy | null> {
    const text = await this.ports.repositories.textAt(repository, commit, POLICY_FILE);
    return text === null ? null : parsePolicy(text, POLICY_FILE);
  }

  /**
   * What the task is worked and judged by: the brief as it was handed off, tightened by the policy of its base, and widened
   * by what people granted since. The one place where grants count.
   */
  async terms(task: Pick<Task, 'id' | 'repository' | 'base' | 'brief' | 'grants'>): Promise<Terms> {
    const { brief, policy } = await this.handedOff(task);
    return { brief: amendBrief(brief, task.grants), policy };
  }

  /** Brief and policy as they were at the hand-off. Neither ever changes, so both are read once. */
  handedOff(task: Pick<Task, 'id' | 'repository' | 'base' | 'brief'>): Promise<Terms> {
    const known = this.known.get(task.id);
    if (known !== undefined) return known;
    const reading = this.read(task);
    this.known.set(task.id, reading);
    reading.catch(() => this.known.delete(task.id));
    for (const oldest of this.known.keys()) {
      if (this.known.size <= TERMS_KEPT) break;
      this.known.delete(oldest);
    }
    return reading;
  }

  private async read(task: Pick<Task, 'id' | 'repository' | 'base' | 'brief'>): Promise<Terms> {
    const policy = await this.policy(task.repository, task.base);
    const parsed = parseBrief(await this.ports.records.brief(task.id), 'brief.md');
    if (parsed.hash !== task.brief) {
      fail('JOURNAL_CORRUPT', `${this.ports.records.folder(task.id)}/brief.md is not the brief that was handed off`);
    }
    return { brief: policy === null ? parsed : applyPolicy(parsed, policy).brief, policy };
  }
}
