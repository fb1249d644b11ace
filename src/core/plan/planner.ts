/** Who plans. */
import { fail } from '../errors';

export type Planner =
  | { readonly kind: 'agent'; readonly agent: string; readonly command: string | null }
  /** The brief is guessed from the repository; `why` says why nobody was asked, null where a person wants it so. */
  | { readonly kind: 'none'; readonly why: string | null };

export interface PlannerChoice {
  /** The id of an agent, `none`, or null where nobody was named. */
  readonly asked: string | null;
  /** Of the `command` agent. */
  readonly command: string | null;
  /** As the user's configuration says. */
  readonly configured: string | null;
  /** The agent of briefs that name none: another one plans, where one is there. */
  readonly worker: string | null;
  readonly installed: readonly string[];
}

/** What stands for no planner wherever one can be named. */
export const NO_PLANNER = 'none';

/** The planner asked for, the configured one, any installed agent, or none. Throws USAGE for what does not fit together. */
export function choosePlanner({ asked, command, configured, worker, installed }: PlannerChoice): Planner {
  if (command !== null && asked !== null && asked !== 'command') {
    fail('USAGE', `a command was given, and the planner \`${asked}\``, { fix: 'give one of them' });
  }
  const named = asked ?? (command === null ? configured : 'command');
  if (named === NO_PLANNER) return { kind: 'none', why: null };
  if (named === 'command') {
    if (command !== null) return { kind: 'agent', agent: named, command };
    fail('USAGE', 'the planner `command` needs a command', { fix: 'give it with --command CMD' });
  }
  const agent = named ?? installed.find((id) => id !== worker) ?? installed[0] ?? null;
  if (agent === null) return { kind: 'none', why: 'no agent is installed that could be asked (`countersign agents`)' };
  return { kind: 'agent', agent, command: null };
}
