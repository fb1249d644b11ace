/**
 * Answers what the agent of one turn asks through its tools. Everything that it says is a claim and is shown as one;
 * everything that it gets is bounded, and ends with the turn.
 */
import { readCall, type ToolCall } from '../../agent/tools/calls';
import { ANSWER_LENGTH, type ToolAnswer } from '../../agent/tools/tools';
import type { Check } from '../../brief/brief';
import { fail, toCountersignError } from '../../errors';
import { kindOfPlace } from '../../plan/offer';
import type { AgentTools } from '../../ports/agents';
import type { CheckResult } from '../../verify/verification';
import { visible } from '../../visible';
import type { TaskContext } from '../context';
import type { Answer } from '../permissionDesk';
import type { Task } from '../task';
import { type ApprovalLimits, Approvals } from './approvals';
import { briefWords } from './briefWords';
import { type CheckRunLimits, CheckRuns } from './checkRuns';
import { scopeAnswers, scopeWords } from './scopeAnswers';
import { type Question, readWish } from './wishes';

/** A minute is what most clients wait. */
const PATIENCE_MS = 45_000;

export const TOOL_LIMITS: ApprovalLimits & CheckRunLimits = { questions: 5, runs: 10, patienceMs: PATIENCE_MS };

/** Puts a question on record and to whoever is there; on a yes the amendment is on record before this resolves. */
export type AskPerson = (question: Question & { readonly request: string }, signal: AbortSignal) => Promise<Answer>;

const TITLE_LENGTH = 1_000;
const PATHS_SHOWN = 100;

export class ToolDesk implements AgentTools {
  readonly #context: TaskContext;
  readonly #task: Task;
  readonly #worktree: string;
  readonly #ended = new AbortController();
  readonly #signal: AbortSignal;
  readonly #approvals: Approvals;
  readonly #runs: CheckRuns;
  #calls = 0;
  #folders: Promise<readonly string[]> | null = null;

  /** @param task as its turn began */
  constructor(context: TaskContext, task: Task, ask: AskPerson, signal: AbortSignal, limits = TOOL_LIMITS) {
    this.#context = context;
    this.#task = task;
    this.#worktree = task.workspace?.worktree.path ?? fail('INTERNAL', `task ${task.id} has no folder`);
    this.#signal = AbortSignal.any([signal, this.#ended.signal]);
    const put = (question: Question, ordinal: number) =>
      ask({ ...question, request: `tool-${task.turns}-${ordinal}` }, this.#signal);
    this.#approvals = new Approvals(put, limits);
    this.#runs = new CheckRuns((check) => this.#rehearse(check), limits);
  }

  /** Answers one call; `waiting` is told when a person is waited for. Never rejects. */
  async call(tool: string, input: unknown, waiting: (waits: boolean) => void): Promise<ToolAnswer> {
    if (this.#ended.signal.aborted) return { code: 'FAILED', text: 'The turn is over.' };
    const call = readCall(tool, input);
    const told = this.#telling(call, tool);
    told('in_progress');
    const answer = 'code' in call ? call : await this.#answer(call, waiting);
    told(answer.code === null ? 'completed' : 'failed');
    return { ...answer, text: capped(answer.text) };
  }

  /** The turn is over: what a person was asked is refused, what runs is stopped. Resolves when both are done. */
  async end(): Promise<void> {
    this.#ended.abort();
    await Promise.all([this.#approvals.end(), this.#runs.end()]);
  }

  async #answer(call: ToolCall, waiting: (waits: boolean) => void): Promise<ToolAnswer> {
    try {
      const { ports } = this.#context;
      const task = await ports.records.get(this.#task.id);
      const terms = await this.#context.terms(task);
      switch (call.tool) {
        case 'brief':
          return { code: null, text: briefWords(terms.brief, task.grants) };
        case 'check_scope':
          return { code: null, text: scopeWords(scopeAnswers(call.input.paths, terms, this.#worktree)) };
        case 'request_approval': {
          const known = await this.#paths();
          const question = readWish(call.input, terms, this.#worktree, (path) =>
            kindOfPlace({ path, line: null }, known),
          );
          return 'code' in question ? question : await this.#approvals.request(question, waiting);
        }
        case 'run_check':
          return await this.#runs.run(call.input.name, terms.brief.front.checks);
      }
    } catch (thrown) {
      return { code: 'FAILED', text: visible(toCountersignError(thrown).message) };
    }
  }

  /** Paths of the base; none where it cannot be read. */
  #paths(): Promise<readonly string[]> {
    const { repository, base } = this.#task;
    this.#folders ??= this.#context.ports.repositories.pathsAt(repository, base).catch(() => []);
    return this.#folders;
  }

  async #rehearse(check: Check): Promise<CheckResult> {
    const { workspaces, checks } = this.#context.ports;
    const { id, slug, repository, workspace, base } = this.#task;
    if (workspace === null) fail('INTERNAL', `task ${id} has no folder`);
    const { tree } = await workspaces.look(id, workspace, this.#signal);
    const { brief } = await this.#context.terms(this.#task);
    const alone = { ...brief, front: { ...brief.front, checks: [check] } };
    const snapshot = { commit: base, tree };
    const progress = (message: string) => this.#context.audience.progress(id, `for the agent: ${message}`);
    const request = { task: id, slug, repository, workspace, snapshot, brief: alone };
    const { checks: results } = await checks.rehearse(request, progress, this.#signal);
    return results[0] ?? fail('INTERNAL', `the check ${check.name} gave no result`);
  }

  /** Tells the transcript of a call: as it begins, and as it ends. */
  #telling(call: ToolCall | ToolAnswer, tool: string): (status: string) => void {
    this.#calls += 1;
    const { id, turns } = this.#task;
    const line = { kind: 'tool', call: `countersign-${turns}-${this.#calls}` } as const;
    const paths = 'tool' in call && 'paths' in call.input ? (call.input.paths ?? []) : [];
    const title = visible(`countersign ${tool.slice(0, 64)}${'tool' in call ? detailOf(call) : ''}`);
    const shown = { title: title.slice(0, TITLE_LENGTH), paths: paths.slice(0, PATHS_SHOWN).map(visible) };
    return (status) => this.#context.say(id, { ...line, ...shown, status });
  }
}

function detailOf(call: ToolCall): string {
  switch (call.tool) {
    case 'brief':
      return '';
    case 'check_scope':
      return `: ${call.input.paths.slice(0, 5).join(', ')}`;
    case 'request_approval':
      return `: ${call.input.boundary ?? (call.input.paths ?? []).join(', ')}, because: ${call.input.reason}`;
    case 'run_check':
      return `: ${call.input.name}`;
  }
}

function capped(text: string): string {
  return text.length <= ANSWER_LENGTH ? text : `${text.slice(0, ANSWER_LENGTH)}\n[cut]`;
}
