/** What the turns of a task used, in the packet and in words. */
import type { Brief } from '../brief/brief';
import type { TaskEvent } from '../events';
import { grouped, overBudget, spentWords, tokenWords, usdWords } from '../spending';
import type { Packet } from './packetSchema';
import { EXECUTOR, TurnFold } from './turns';

/** Turns that a packet carries, the newest. */
const TURNS_TOLD = 200;
/** Turns that are put in words before the rest is counted. */
const TURNS_SHOWN = 10;

export function spendingOf(history: readonly TaskEvent[], { front: { budget } }: Brief): Packet['spending'] {
  const fold = new TurnFold();
  for (const event of history) fold.add(event);
  const limits = { tokens: budget.tokens ?? null, usd: budget.usd ?? null };
  return fold.turns.slice(-TURNS_TOLD).map(({ turn, agent, role, seconds, spent, usage }) => ({
    ...{ turn, agent, role, seconds },
    ...spent,
    meaning: usage?.meaning ?? '',
    over: role === EXECUTOR ? overBudget(spent, limits) : null,
  }));
}

/** The budget of one turn in tokens and dollars; empty where there is none. */
export function costBudgetWords({ budget: { tokens, usd } }: Pick<Packet, 'budget'>): string {
  return [tokens === undefined ? [] : [tokenWords(tokens)], usd === undefined ? [] : [usdWords(usd)]]
    .flat()
    .join(' and ');
}

/** One line a turn; empty where no agent told anything and no budget asks for it. */
export function spendingWords(packet: Pick<Packet, 'spending' | 'budget'>): readonly string[] {
  const { spending, budget } = packet;
  const limited = budget.tokens !== undefined || budget.usd !== undefined;
  if (!limited && spending.every(({ tokens, usd }) => tokens === null && usd === null)) return [];
  const lines = spending.slice(-TURNS_SHOWN).map((turn) => turnWords(turn, budget));
  const rest = spending.length - lines.length;
  return rest > 0 ? [`${grouped(rest)} earlier turns`, ...lines] : lines;
}

function turnWords(turn: Packet['spending'][number], budget: Packet['budget']): string {
  const who = turn.role === EXECUTOR ? '' : `${turn.role} ${turn.agent}, `;
  const when = turn.turn === null ? '' : `turn ${turn.turn}: `;
  const used = spentWords(turn) || 'the agent told nothing';
  const untold = turn.role === EXECUTOR ? unheld(turn, budget) : '';
  const over = turn.over === null ? untold : `; ${turn.over}`;
  return `${who}${when}${used}${turn.meaning === '' ? '' : ` (${turn.meaning})`}${over}`;
}

/** Which budget nothing was told for. */
function unheld({ tokens, usd }: Packet['spending'][number], budget: Packet['budget']): string {
  const unknown = [
    budget.tokens !== undefined && tokens === null ? ['tokens'] : [],
    budget.usd !== undefined && usd === null ? ['dollars'] : [],
  ].flat();
  return unknown.length === 0 ? '' : `; the budget of ${unknown.join(' and ')} could not be held`;
}
