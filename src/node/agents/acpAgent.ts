/** Runs one turn of an ACP agent in a process of its own. */
import type { Action, PermissionVerdict } from '../../core/agent/permission';
import { CountersignError } from '../../core/errors';
import type { TurnOutcome } from '../../core/ports/agents';
import type { Confinement } from '../process/confinement';
import type { ConfinedSpec } from '../process/run';
import { AcpTurn } from './acpTurn';
import { prepareLaunch } from './launch';
import type { AgentProfile } from './profiles/profile';
import { TurnDeadline } from './timers';
import { openTools, type TurnTools } from './tools/turnTools';
import type { Surroundings, Talk } from './turn';

/**
 * Runs one turn; `decide` answers what the agent asks to do. `mode` is the mode of its own that it was put into, to read;
 * the outcome's `stop` is the agent's own stop reason, which proves nothing about the work; `cancelled`
 * or `timeout` when we stopped it, whatever the agent then said. Whatever happens, its processes are ended before this
 * returns or throws. Throws AGENT_NOT_INSTALLED, AGENT_PROTOCOL, AGENT_FAILED (it died, closed its output or refused),
 * AGENT_TIMEOUT (it does not answer).
 */
export async function runAcpTurn(
  profile: AgentProfile,
  decide: (action: Action) => PermissionVerdict,
  turn: Talk,
  surroundings: Surroundings,
): Promise<TurnOutcome & { readonly mode: string | null }> {
  const spec = await prepareLaunch(profile, turn.request, surroundings);
  const deadline = new TurnDeadline(turn.request.limit, turn.signal);
  const tools = await openTools(profile, turn, surroundings);
  try {
    if (deadline.reason !== null) return { stop: deadline.reason, exit: null, usage: null, survivors: [], mode: null };
    const { start, confinement, limits } = surroundings;
    const running = await start(confinement, withTools(spec, tools));
    const modes = turn.request.readOnly ? modesToRead(profile, confinement) : [];
    const conversation = new AcpTurn(
      { profile, decide, turn, limits, modes, servers: tools.servers },
      running,
      deadline,
    );
    tools.heard((waits) => conversation.wait(waits));
    try {
      const ended = await conversation.untilEnd();
      return { ...ended, exit: null, survivors: await running.stop(limits.grace), mode: conversation.mode };
    } catch (thrown) {
      throw withSurvivors(thrown, await running.stop(limits.grace));
    } finally {
      conversation.dispose();
      turn.events.wrote();
    }
  } finally {
    await tools.close();
    deadline.dispose();
  }
}

/** What holds an agent in our sandbox is the sandbox; some can do nothing there in a mode that starts one of their own. */
function modesToRead({ reading }: AgentProfile, { kind }: Confinement): readonly string[] {
  return kind === 'bwrap' && reading.unsandboxed === true ? [] : reading.modes;
}

function withTools(spec: ConfinedSpec, { args, readable }: TurnTools): ConfinedSpec {
  const command = 'file' in spec.command ? { ...spec.command, args: [...spec.command.args, ...args] } : spec.command;
  return { ...spec, command, readable: [...spec.readable, ...readable] };
}

/** A failure names the processes that it left behind. */
function withSurvivors(thrown: unknown, survivors: readonly string[]): unknown {
  if (survivors.length === 0 || !(thrown instanceof CountersignError)) return thrown;
  const { code, message, fix } = thrown;
  return new CountersignError(code, `${message}; still running: ${survivors.join(', ')}`, { fix, cause: thrown });
}
