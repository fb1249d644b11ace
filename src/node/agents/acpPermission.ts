/** Answers an agent's permission requests: by a policy where it can, by a person where it must. */
import {
  type Action,
  choosePermission,
  type PermissionChoice,
  type PermissionVerdict,
} from '../../core/agent/permission';
import type { AgentEvents, PermissionQuestion } from '../../core/ports/agents';
import type { AgentUpdate } from '../../core/ports/transcript';
import type { PermissionRequest } from './acpSchemas';
import type { ToolCalls } from './acpToolCalls';
import { headOf } from './headOf';

/** Requests of one turn that are decided and recorded one by one; an agent that goes on asking hears no. */
const MAX_REQUESTS = 1_000;
const MAX_WHAT = 4_000;
const MAX_WHY = 2_000;

interface PermissionDeskOptions {
  readonly turn: number;
  readonly decide: (action: Action) => PermissionVerdict;
  readonly calls: ToolCalls;
  readonly events: Pick<AgentEvents, 'decided' | 'ask'>;
  readonly update: (update: AgentUpdate) => void;
  /** Told when a person is asked and when the answer is there. */
  readonly waiting: (waits: boolean) => void;
  /** Aborted when the turn is being stopped: open questions are then answered with `cancelled`. */
  readonly signal: AbortSignal;
}

/** A request, read when it came: what the agent says of the same call later changes nothing about it. */
interface Matter {
  readonly request: string;
  readonly what: string;
  readonly verdict: PermissionVerdict;
  readonly options: readonly PermissionChoice[];
}

/** One question at a time: a task can wait for one answer. */
export class PermissionDesk {
  readonly #options: PermissionDeskOptions;
  #count = 0;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(options: PermissionDeskOptions) {
    this.#options = options;
  }

  /**
   * The id of the chosen option, or null for `cancelled`. What the policy decides is reported to `events.decided`; what
   * a person decides is on record by `events.ask`.
   */
  answer(request: PermissionRequest): Promise<string | null> {
    this.#count += 1;
    if (this.#count > MAX_REQUESTS) return Promise.resolve(choosePermission(request.options, false));
    const matter = this.#read(`${this.#options.turn}-${this.#count}`, request);
    const answer = this.#queue.then(() => this.#decide(matter));
    this.#queue = answer.catch(() => {});
    return answer;
  }

  /** What a decision needs of a request, without the megabytes of input that may have come with it. */
  #read(request: string, { toolCall, options }: PermissionRequest): Matter {
    const { decide, calls, update } = this.#options;
    const call = calls.update(toolCall);
    update(call);
    const action = calls.action(toolCall.toolCallId);
    const what = headOf(describe(action.kind, call.title, action.command), MAX_WHAT);
    return { request, what, verdict: onlyOnce(decide(action), options), options };
  }

  async #decide({ request, what, verdict, options }: Matter): Promise<string | null> {
    const { events, signal } = this.#options;
    if (signal.aborted) return null;
    if (verdict.decision === 'ask') {
      const answer = await this.#ask({ request, what, boundary: verdict.boundary });
      return answer === null ? null : choosePermission(options, answer.allow);
    }
    const allowed = verdict.decision === 'allow';
    const decision = allowed ? 'allowed' : 'refused';
    await events.decided({
      type: 'decided',
      request,
      what,
      decision,
      by: 'policy',
      why: verdict.why.slice(0, MAX_WHY),
    });
    return choosePermission(options, allowed);
  }

  async #ask(question: PermissionQuestion): Promise<{ allow: boolean } | null> {
    const { events, signal, waiting } = this.#options;
    waiting(true);
    try {
      return await Promise.race([events.ask(question), aborted(signal)]);
    } finally {
      waiting(false);
    }
  }
}

/** Where the agent offers no yes for just this once, the answer is no, without asking anybody. */
function onlyOnce(verdict: PermissionVerdict, options: readonly PermissionChoice[]): PermissionVerdict {
  const offered = options.some((option) => option.kind === 'allow_once');
  if (offered || verdict.decision === 'refuse') return verdict;
  return { decision: 'refuse', why: 'the agent offers no way to allow it just once', boundary: verdict.boundary };
}

function describe(kind: string, title: string, command: string | null): string {
  return command === null || title.includes(command) ? `${kind}: ${title}` : `${kind}: ${title}\n${command}`;
}

function aborted(signal: AbortSignal): Promise<null> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(null);
    else signal.addEventListener('abort', () => resolve(null), { once: true });
  });
}
