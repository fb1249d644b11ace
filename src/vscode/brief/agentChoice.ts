/** The agents to choose from, those that can start first. Pure. */
import type { PartialBrief } from '../../core/brief/partialBrief';
import { visible } from '../../core/visible';
import type { AgentListing } from '../../host/rpc/drafting';
import type { BriefForm, Field } from '../../webview/brief/messages';
import type { Translate } from '../translate';
import { dataAt, valueAt } from './formEdits';

export interface AgentsKnown {
  readonly agents: readonly AgentListing[];
  readonly default: string | null;
}

/** @param known null while nobody could be asked */
export function agentChoice(
  brief: PartialBrief,
  show: { scalar(key: string): Field },
  known: AgentsKnown | null,
  t: Translate,
): BriefForm['agent'] {
  const { value: chosen, problem, locked } = show.scalar('agent');
  const listed = known?.agents ?? [];
  return {
    chosen,
    options: [{ id: '', label: defaultWords(known, t), installed: true }, ...optionsOf(known, chosen)],
    // What is wrong with the choice is said beside it already.
    hint: problem !== '' && chosen === '' ? '' : hintOf(effective(brief, chosen, known), listed, known !== null, t),
    locked,
    problem,
  };
}

/**
 * Who gives the second opinion.
 *
 * @param known null while nobody could be asked
 */
export function reviewerChoice(
  brief: PartialBrief,
  show: { scalar(key: string): Field },
  known: AgentsKnown | null,
  t: Translate,
): BriefForm['reviewing'] {
  const { value: chosen, problem, locked } = show.scalar('review.agent');
  const command = valueAt(brief, 'review.command');
  return {
    chosen,
    options: [{ id: '', label: t('Nobody in particular'), installed: true }, ...optionsOf(known, chosen)],
    hint: problem === '' ? reviewerHint(brief, chosen === '' && command !== '' ? 'command' : chosen, known, t) : '',
    locked,
    problem,
  };
}

function reviewerHint(brief: PartialBrief, chosen: string, known: AgentsKnown | null, t: Translate): string {
  if (chosen === 'command') return t('The command runs in a checkout of the result, which it cannot write.');
  if (chosen !== '') {
    const hint = hintOf(chosen, known?.agents ?? [], known !== null, t);
    return hint === '' ? t('It reads the result, and cannot write or run anything.') : hint;
  }
  // That the brief says anything of it wants it.
  if (dataAt(brief.front, 'review') !== undefined) {
    return t('After the checks: who is configured, else another agent than the one that does the work.');
  }
  return t('Nobody is asked, unless your configuration or the policy wants it.');
}

function optionsOf(known: AgentsKnown | null, chosen: string): BriefForm['agent']['options'] {
  const listed = known?.agents ?? [];
  const options = listed.map(({ id, name, installed }) => ({ id, label: visible(name), installed }));
  const others = ['command', chosen].filter((id) => id !== '' && listed.every((agent) => agent.id !== id));
  return [
    ...options.filter(({ installed }) => installed),
    ...options.filter(({ installed }) => !installed),
    ...[...new Set(others)].map((id) => ({ id, label: visible(id), installed: id === 'command' || known === null })),
  ];
}

function defaultWords(known: AgentsKnown | null, t: Translate): string {
  if (known === null) return t('The default agent');
  if (known.default === null) return t('The default agent (none is configured)');
  const name = known.agents.find(({ id }) => id === known.default)?.name ?? known.default;
  return t('The default agent ({0})', visible(name));
}

/** The agent that would run. */
function effective(brief: PartialBrief, chosen: string, known: AgentsKnown | null): string | null {
  if (chosen !== '') return chosen;
  return valueAt(brief, 'command') === '' ? (known?.default ?? null) : 'command';
}

function hintOf(id: string | null, agents: readonly AgentListing[], isKnown: boolean, t: Translate): string {
  if (!isKnown) return '';
  if (id === null) return t('No default agent is configured: choose one.');
  if (id === 'command') return t('Runs the command below in the worktree; no model is asked.');
  const agent = agents.find((listed) => listed.id === id);
  if (agent === undefined) return t('This machine knows no agent of this name.');
  if (!agent.installed) return t('Not installed here. {0}', visible(agent.install));
  return visible(agent.signIn);
}
