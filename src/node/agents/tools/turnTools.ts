/** Our tools for one turn: the line, the server that the agent starts, and what its sandbox shows of them. */
import { toCountersignError } from '../../../core/errors';
import type { AgentProfile } from '../profiles/profile';
import type { Surroundings, Talk } from '../turn';
import { ToolLine } from './toolLine';
import { asConfiguration, type ToolServer, toolServer } from './toolServer';

export interface TurnTools {
  /** For the session, and for the command line: one of the two. */
  readonly servers: readonly ToolServer[];
  readonly args: readonly string[];
  readonly readable: readonly string[];
  /** Who hears from now on that a person is waited for. */
  heard(waiting: (waits: boolean) => void): void;
  close(): Promise<void>;
}

const NONE: TurnTools = { servers: [], args: [], readable: [], heard: () => undefined, close: async () => undefined };

/** Opens the tools of a turn; none where the turn offers none or the agent takes none. Never throws: the work matters more. */
export async function openTools(
  profile: AgentProfile,
  { events }: Pick<Talk, 'events'>,
  { state, toolProgram }: Pick<Surroundings, 'state' | 'toolProgram'>,
): Promise<TurnTools> {
  const { tools } = events;
  if (tools === undefined || toolProgram === null || profile.tools === 'none') return NONE;
  let hear: (waits: boolean) => void = () => undefined;
  const note = (text: string) => events.update({ kind: 'note', text });
  try {
    const line = await ToolLine.open({ state, tools, waiting: (waits) => hear(waits), closed: note });
    const { server, readable } = toolServer(toolProgram, line);
    return {
      servers: profile.tools === 'session' ? [server] : [],
      args: profile.tools === 'session' ? [] : [profile.tools.option, asConfiguration(server)],
      readable,
      heard: (waiting) => {
        hear = waiting;
      },
      close: () => line.close(),
    };
  } catch (thrown) {
    note(`the agent has no tools of ours in this turn: ${toCountersignError(thrown).message}`);
    return NONE;
  }
}
