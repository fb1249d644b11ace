/** What the host does for the methods about briefs that are not handed off yet, and about the agents that could work. */
import { listAgents } from '../../node/agents/discover';
import type { TaskHandlers } from '../rpc';
import { factsAround } from './facts';
import { type InspectionDesk, inspectDraft } from './inspecting';
import type { TrialDesk } from './trialDesk';

export type DraftingHandlers = Pick<
  TaskHandlers,
  'brief/inspect' | 'brief/facts' | 'brief/try' | 'brief/try-stop' | 'agents/list' | 'agents/define'
>;

export function draftingHandlers(desk: InspectionDesk, trials: TrialDesk): DraftingHandlers {
  return {
    'brief/inspect': ({ repo, brief, agent }) => inspectDraft(desk, { folder: repo, brief, agent: agent ?? null }),
    'brief/facts': ({ repo }) => factsAround(desk, repo),
    'brief/try': (params, caller) => trials.run(params, caller),
    'brief/try-stop': async ({ trial }, caller) => {
      trials.stop(trial, caller);
      return {};
    },
    'agents/list': async ({ versions }) => {
      const agents = await listAgents(desk.agents.current, { versions });
      return {
        agents: agents.map((agent) => ({ ...agent, installed: agent.path !== null })),
        default: desk.defaultAgent,
      };
    },
    'agents/define': async ({ agents }) => ({ refused: [...(await desk.agents.define(agents))] }),
  };
}
