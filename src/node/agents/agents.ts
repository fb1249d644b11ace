/** The agents of this machine behind the core's port. */
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { PermissionRules } from '../../core/agent/permission';
import { compileScope } from '../../core/brief/scope';
import { fail } from '../../core/errors';
import type { AgentPort, TurnRequest } from '../../core/ports';
import { type Confinement, type ConfinementMode, describeConfinement, findConfinement } from '../process/confinement';
import { reapTask } from '../process/reap';
import { startConfined } from '../process/run';
import { runCommandTurn } from './commandAgent';
import { agentProfile, type CustomAgents } from './configuredAgents';
import { locateAgent } from './discover';
import { notInstalled } from './launch';
import type { AgentProfile } from './profiles/profile';
import { DEFAULT_LIMITS, type Surroundings, type Turn, type TurnLimits } from './turn';

export interface AgentsOptions {
  /** The user's own agents as they are defined now: asked anew for every turn. */
  readonly custom?: () => CustomAgents;
  readonly sandbox: ConfinementMode;
  /**
   * The private HOME of a task's agents, kept as long as the task: a folder inside one that is the task's alone, because
   * settings that the agent must not write are put beside it.
   */
  readonly homeOf: (task: string) => string;
  /** The state directory: no agent sees anything of it but its own folders, wherever it lies. */
  readonly state: string;
  /** The boundary that a worktree-relative path belongs to, or null. */
  readonly boundaryOf: (path: string) => string | null;
  /** Who may reach the network: `agent` (those that speak ACP), `command`. Absent: `agent`. */
  readonly network?: readonly string[];
  readonly limits?: Partial<TurnLimits>;
}

/** The port that runs every known agent: the brief's command, and those that speak ACP. */
export function createAgents(options: AgentsOptions): AgentPort {
  const profileOf = (id: string) => agentProfile(id, options.custom?.());
  return {
    async confinement(agent) {
      const profile = profileOf(agent);
      if (profile.wire === 'acp' && locateAgent(profile) === null) notInstalled(profile);
      return describeConfinement(await findConfinement(options.sandbox));
    },

    async turn(request, events, signal) {
      const profile = profileOf(request.agent);
      const surroundings: Surroundings = {
        confinement: await findConfinement(options.sandbox),
        start: startConfined,
        limits: { ...DEFAULT_LIMITS, ...options.limits },
        home: options.homeOf(request.task),
        state: options.state,
        network: (options.network ?? ['agent']).includes(profile.wire === 'command' ? 'command' : 'agent'),
      };
      const turn: Turn = { request, events, signal };
      if (profile.wire === 'command') return runCommandTurn(turn, surroundings);
      await refuseSteering(profile, request, surroundings.confinement);
      // The protocol's library is loaded only by those who speak it.
      const { runAcpTurn } = await import('./acpAgent');
      return runAcpTurn(profile, permissionRules(request, options), turn, surroundings);
    },

    reap: reapTask,
  };
}

function permissionRules({ brief }: TurnRequest, { boundaryOf }: AgentsOptions): PermissionRules {
  const { scope, approval, checks, setup } = brief.front;
  return {
    scope: compileScope(scope),
    allow: approval.allow,
    commands: [...checks.map((check) => check.run), ...(setup === undefined ? [] : [setup])],
    boundaryOf,
  };
}

/**
 * Throws AGENT_STEERED when the folder holds what would run or disarm the agent before anybody is asked. In a sandbox
 * that can reach no further than the agent itself, and teams commit such files: there the readiness of the brief names
 * them, and only an agent that trusts any folder is refused.
 */
async function refuseSteering(
  profile: AgentProfile,
  { worktree, brief }: TurnRequest,
  confinement: Confinement,
): Promise<void> {
  if (brief.front.approval.allow.includes('config')) return;
  if (confinement.kind === 'bwrap' && !profile.trustsFolder) return;
  const found: string[] = [];
  for (const path of profile.steering) {
    if ((await lstat(join(worktree, path)).catch(() => null)) !== null) found.push(path);
  }
  if (found.length > 0) {
    fail('AGENT_STEERED', `${profile.name} obeys files of the repository without asking: ${found.join(', ')}`);
  }
}
