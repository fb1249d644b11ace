/**
 * Puts one question to an agent that may only read. Its folder is mounted read-only, its HOME is new and goes with it, and
 * what it asks to do beyond reading is refused. Without a sandbox nothing holds a program that does not ask: whoever made
 * the folder has to look whether it is still as it was.
 */
import { decideReading } from '../../core/agent/permission';
import { CountersignError, fail } from '../../core/errors';
import type { AgentEvents, Consultation, ConsultRequest } from '../../core/ports/agents';
import type { AgentUpdate } from '../../core/ports/transcript';
import { visible } from '../../core/visible';
import { describeConfinement } from '../process/confinement';
import type { ConfinedSpec } from '../process/run';
import { finish } from './commandAgent';
import { headOf } from './headOf';
import type { AgentProfile } from './profiles/profile';
import { StderrTail } from './stderrTail';
import { TurnDeadline } from './timers';
import type { Surroundings, Talk } from './turn';

/** UTF-16 units of an answer; who says more is ended. */
export const ANSWER_LIMIT = 256 * 1024;
const REFUSED_TOLD = 20;
const REFUSED_LENGTH = 400;
const PROGRESS_LENGTH = 200;

/** Throws AGENT_* and COMMAND_FAILED; whatever happens, no process is left when this returns or throws. */
export async function consult(
  profile: AgentProfile,
  request: ConsultRequest,
  surroundings: Surroundings,
  signal: AbortSignal,
): Promise<Consultation> {
  const answer = new Answer();
  const ended = AbortSignal.any([signal, answer.overflowing]);
  const { mode, ...outcome } =
    profile.wire === 'command'
      ? await askCommand(request, surroundings, answer, ended)
      : await askAcp(profile, request, surroundings, answer, ended);
  const held = describeConfinement(surroundings.confinement);
  const confinement = mode === null ? held : `${held}, in its mode \`${visible(mode)}\``;
  const stop = answer.overflowing.aborted && !signal.aborted ? 'too-long' : outcome.stop;
  return { ...outcome, stop, text: answer.text, confinement };
}

type Outcome = Omit<Consultation, 'text' | 'confinement'> & { readonly mode: string | null };

/** Gathers what was said, up to the limit. */
class Answer {
  readonly #overflow = new AbortController();
  readonly #parts: string[] = [];
  #length = 0;

  get overflowing(): AbortSignal {
    return this.#overflow.signal;
  }

  get text(): string {
    return this.#parts.join('');
  }

  add(text: string): void {
    const part = headOf(text, ANSWER_LIMIT - this.#length);
    this.#length += part.length;
    if (part !== '') this.#parts.push(part);
    if (part.length < text.length) this.#overflow.abort();
  }
}

async function askAcp(
  profile: AgentProfile,
  { task, prompt, folder, readable, hidden, limit, progress }: ConsultRequest,
  surroundings: Surroundings,
  answer: Answer,
  signal: AbortSignal,
): Promise<Outcome> {
  // The protocol's library is loaded only by those who speak it.
  const { runAcpTurn } = await import('./acpAgent');
  const refused: string[] = [];
  let agent: Outcome['agent'] = { name: profile.name, version: null };
  const events: AgentEvents = {
    update: (update) => {
      if (update.kind === 'text' && update.role === 'agent') answer.add(update.text);
      const words = wordsOf(update);
      if (words !== null) progress?.(`${profile.name}: ${words}`);
    },
    session: async (_session, facts) => {
      agent = facts;
    },
    decided: async ({ decision, what }) => {
      if (decision === 'refused' && refused.length < REFUSED_TOLD) refused.push(what.slice(0, REFUSED_LENGTH));
    },
    ask: async () => ({ allow: false, by: 'nobody' }),
    wrote: () => {},
  };
  const place = { task, worktree: folder, readable, hidden, readOnly: true };
  const talk: Talk = { request: { ...place, turn: 1, prompt, session: null, limit, asked: '' }, events, signal };
  const { stop, usage, survivors, mode } = await runAcpTurn(profile, decideReading, talk, surroundings);
  return { stop, usage, survivors, agent, refused, mode };
}

/** What a reader who waits wants to know; null for all else. */
function wordsOf(update: AgentUpdate): string | null {
  if (update.kind === 'tool') return visible(update.title).slice(0, PROGRESS_LENGTH);
  return update.kind === 'note' ? visible(update.text).slice(0, PROGRESS_LENGTH) : null;
}

async function askCommand(
  request: ConsultRequest,
  { confinement, start, limits, home, state, network }: Surroundings,
  answer: Answer,
  signal: AbortSignal,
): Promise<Outcome> {
  const shell = request.command ?? fail('BRIEF_INVALID', 'the `command` agent is asked, and there is no command');
  const deadline = new TurnDeadline(request.limit, signal);
  const none = { usage: null, agent: { name: 'command', version: null }, refused: [], mode: null };
  try {
    if (deadline.reason !== null) return { ...none, stop: deadline.reason, survivors: [] };
    const running = await start(confinement, specOf(request, { shell, home, state, network }));
    running.stdout.setEncoding('utf8');
    running.stdout.on('data', (text: string) => answer.add(text));
    const said = new StderrTail(running.stderr, () => {});
    running.stdin?.end(request.prompt);
    const { stop, exit, survivors } = await finish(running, deadline, limits.grace);
    await said.ended;
    if (stop === 'exit' && exit !== 0) throw failed(exit, said.lastLine);
    return { ...none, stop, survivors };
  } finally {
    deadline.dispose();
  }
}

function specOf(
  { task, folder, readable, hidden }: ConsultRequest,
  { shell, home, state, network }: Pick<Surroundings, 'home' | 'state' | 'network'> & { readonly shell: string },
): ConfinedSpec {
  return {
    ...{ task, command: { shell }, cwd: folder, env: {}, home, network, stdin: 'pipe' },
    writable: [],
    readable: [folder, ...readable],
    hidden: [state, ...hidden],
  };
}

function failed(exit: number | null, last: string): CountersignError {
  const how = exit === null ? 'ended on a signal' : `exited with ${exit}`;
  return new CountersignError('COMMAND_FAILED', `the command ${how}${last === '' ? '' : `: ${last}`}`);
}
