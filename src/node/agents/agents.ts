/** The agents of this machine behind the core's port. */
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { decidePermission, type PermissionRules } from '../../core/agent/permission';
import type { Brief } from '../../core/brief/brief';
import { exactPaths } from '../../core/brief/pattern';
import { compileScope } from '../../core/brief/scope';
import { fail } from '../../core/errors';
import type { AgentPort, TurnRequest } from '../../core/ports/agents';
import { makeFolder, removeFolder } from '../git/folders';
import { type Confinement, type ConfinementMode, describeConfinement, findConfinement } from '../process/confinement';
import { reapTask } from '../process/reap';
import { startConfined } from '../process/run';
import { runCommandTurn } from './commandAgent';
import { agentProfile, type CustomAgents, knownAgents } from './configuredAgents';
import { consult } from './consult';
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
  /** Private HOMEs of agents that are only asked something are made, and removed, below it. */
  readonly homes: string;
  /** The state directory: no agent sees anything of it but its own folders, wherever it lies. */
  readonly state: string;
  /** The boundary that a worktree-relative path belongs to, or null. */
  readonly boundaryOf: (path: string) => string | null;
  /** Who may reach the network: `agent` (those that speak ACP), `command`. Absent: `agent`. */
  readonly network?: readonly string[];
  readonly limits?: Partial<TurnLimits>;
  /** The built program of our tools (`dist/mcp.js`); absent: no agent is given any. */
  readonly toolProgram?: string;
}

/** The port that runs every known agent: the brief's command, and those that speak ACP. */
export function createAgents(options: AgentsOptions): AgentPort {
  const profileOf = (id: string) => agentProfile(id, options.custom?.());
  const surroundingsOf = async ({ wire }: AgentProfile, home: string): Promise<Surroundings> => ({
    confinement: await findConfinement(options.sandbox),
    start: startConfined,
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    home,
    state: options.state,
    toolProgram: options.toolProgram ?? null,
    network: (options.network ?? ['agent']).includes(wire === 'command' ? 'command' : 'agent'),
  });
  return {
    async confinement(agent) {
      const profile = profileOf(agent);
      if (profile.wire === 'acp' && locateAgent(profile) === null) notInstalled(profile);
      return describeConfinement(await findConfinement(options.sandbox));
    },

    takesTools: (agent) =>
      options.toolProgram !== undefined && (knownAgents(options.custom?.()).get(agent)?.tools ?? 'none') !== 'none',

    reporting: (agent) => knownAgents(options.custom?.()).get(agent)?.reports ?? null,

    async turn(request, events, signal) {
      const profile = profileOf(request.agent);
      const surroundings = await surroundingsOf(profile, options.homeOf(request.task));
      const turn: Turn = { request, events, signal };
      if (profile.wire === 'command') return runCommandTurn(turn, surroundings);
      if (!request.brief.front.approval.allow.includes('config')) {
        await refuseSteering(profile, request.worktree, surroundings.confinement);
      }
      // The protocol's library is loaded only by those who speak it.
      const { runAcpTurn } = await import('./acpAgent');
      const rules = permissionRules(request, options, events.tools !== undefined);
      const talk = { ...turn, request: { ...request, asked: request.brief.source, readOnly: false } };
      return runAcpTurn(profile, (action) => decidePermission(action, rules()), talk, surroundings);
    },

    async consult(request, signal) {
      const profile = profileOf(request.agent);
      const place = await makeFolder(options.homes, `${request.purpose}-${request.task}`);
      try {
        const surroundings = await surroundingsOf(profile, join(place.path, 'home'));
        await refuseSteering(profile, request.folder, surroundings.confinement);
        return await consult(profile, request, surroundings, signal);
      } finally {
        await removeFolder(place);
      }
    },

    async installed() {
      const own = Object.keys(options.custom?.() ?? {});
      const known = [...knownAgents(options.custom?.()).values()];
      const there = known.filter((profile) => profile.wire === 'acp' && locateAgent(profile) !== null);
      const ids = there.map(({ id }) => id);
      return [...ids.filter((id) => own.includes(id)), ...ids.filter((id) => !own.includes(id))];
    },

    reap: reapTask,
  };
}

/** The rules by the brief as it is when they are asked for: people may widen it meanwhile. */
function permissionRules(
  { brief, briefNow }: TurnRequest,
  { boundaryOf }: AgentsOptions,
  ownTools: boolean,
): () => PermissionRules {
  let known: { readonly brief: Brief; readonly rules: PermissionRules } | null = null;
  return () => {
    const now = briefNow?.() ?? brief;
    if (known?.brief !== now) known = { brief: now, rules: { ...rulesOf(now, boundaryOf), ownTools } };
    return known.rules;
  };
}

function rulesOf({ front }: Brief, boundaryOf: AgentsOptions['boundaryOf']): PermissionRules {
  const { scope, approval, checks, setup } = front;
  const meant = exactPaths(scope.change);
  return {
    scope: compileScope(scope),
    allow: approval.allow,
    commands: [...checks.map((check) => check.run), ...(setup === undefined ? [] : [setup])],
    // As drift has it: a file that the scope names letter by letter was meant.
    boundaryOf: (path) => (meant.has(path) ? null : boundaryOf(path)),
  };
}

/**
 * Throws AGENT_STEERED when the folder holds what would run or disarm the agent before anybody is asked. In a sandbox
 * that can reach no further than the agent itself, and teams commit such files: there the readiness of the brief names
 * them, and only an agent that trusts any folder is refused.
 */
async function refuseSteering(profile: AgentProfile, folder: string, confinement: Confinement): Promise<void> {
  if (confinement.kind === 'bwrap' && !profile.trustsFolder) return;
  const found: string[] = [];
  for (const path of profile.steering) {
    if ((await lstat(join(folder, path)).catch(() => null)) !== null) found.push(path);
  }
  if (found.length > 0) {
    fail('AGENT_STEERED', `${profile.name} obeys files of the repository without asking: ${found.join(', ')}`);
  }
}
