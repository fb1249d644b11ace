/** Who could give a second opinion on a task, to choose from. Pure. */
import { visible } from '../../core/visible';
import type { AgentListing } from '../../host/rpc/drafting';
import type { Translate } from '../translate';

export interface ReviewerItem {
  readonly label: string;
  readonly description: string;
  /** Null: whoever brief and configuration name, else another than the one that did the work. */
  readonly agent: string | null;
}

/**
 * The default first, then the agents that are installed, the one that did the work last. Empty where there is nothing to
 * choose: none or one is installed.
 *
 * @param worker the agent of the task; null when it is not known
 */
export function reviewersToChoose(
  agents: readonly Pick<AgentListing, 'id' | 'name' | 'installed'>[],
  worker: string | null,
  t: Translate,
): readonly ReviewerItem[] {
  const here = agents.filter(({ id, installed }) => installed && id !== 'command');
  if (here.length < 2) return [];
  const others = here.filter(({ id }) => id !== worker);
  const own = here.filter(({ id }) => id === worker);
  return [
    {
      label: t('The default reviewer'),
      description: t('as the brief or your configuration says, else another agent than the one that did the work'),
      agent: null,
    },
    ...others.map(({ id, name }) => ({ label: visible(name), description: name === id ? '' : visible(id), agent: id })),
    ...own.map(({ id, name }) => ({ label: visible(name), description: t('it did the work'), agent: id })),
  ];
}
