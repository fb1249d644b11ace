/** What the numbers that agents report come to. Agents count differently; here it is made comparable, or said not to be. */
import type { Usage } from './events';

/** Of one turn. Null = not known. */
export interface Spent {
  readonly tokens: number | null;
  readonly usd: number | null;
  /** The tokens are a part of what the turn used: the agent tells those of single calls, or the size of its context. */
  readonly atLeast: boolean;
}

const NOTHING_KNOWN: Spent = { tokens: null, usd: null, atLeast: false };

/**
 * What a turn used by the agent's own report.
 *
 * @param before what the same session had reported before the turn; null for a session that began with it
 */
export function spentIn(usage: Usage | null, before: Usage | null): Spent {
  if (usage === null) return NOTHING_KNOWN;
  const usd = usage.costUsd === null ? null : since(usage.costUsd, before?.costUsd ?? 0);
  const counted = countedTokens(usage.tokens);
  if (counted !== null) {
    const running = usage.covers === 'session' ? countedTokens(before?.tokens ?? {}) : null;
    return { tokens: since(counted, running ?? 0), usd, atLeast: usage.covers === 'call' || usage.covers === 'chunk' };
  }
  // Everything in the context was read or written at least once.
  const context = usage.tokens.context ?? null;
  return { tokens: context, usd, atLeast: context !== null };
}

/** What two conversations used together, by the agents' own reports; null where neither told. */
export function usageOfBoth(one: Usage | null, other: Usage | null): Usage | null {
  if (one === null || other === null) return one ?? other;
  const tokens = { ...one.tokens };
  for (const [kind, count] of Object.entries(other.tokens)) tokens[kind] = (tokens[kind] ?? 0) + count;
  const costUsd = one.costUsd === null && other.costUsd === null ? null : (one.costUsd ?? 0) + (other.costUsd ?? 0);
  return { ...other, tokens, costUsd };
}

/** A running total that is smaller than it was has begun anew. */
function since(now: number, then: number): number {
  return now >= then ? now - then : now;
}

/** The names of kinds of tokens, in lower case and letters only, as agents spell them. */
const TOTAL = ['totaltokens', 'total', 'totaltokencount'];
const INPUT = ['inputtokens', 'input', 'prompttokens', 'prompttokencount'];
const OUTPUT = ['outputtokens', 'output', 'completiontokens', 'candidatestokencount'];

/** The total that is told, else what went in and came out; null when neither is told. */
export function countedTokens(tokens: Usage['tokens']): number | null {
  const kinds = new Map(
    Object.entries(tokens).map(([name, count]) => [name.toLowerCase().replace(/[^a-z]/g, ''), count]),
  );
  const first = (names: readonly string[]) => names.map((name) => kinds.get(name)).find((count) => count !== undefined);
  const total = first(TOTAL);
  if (total !== undefined) return total;
  const [input, output] = [first(INPUT), first(OUTPUT)];
  return input === undefined && output === undefined ? null : (input ?? 0) + (output ?? 0);
}

/** `12,345 tokens`, `at least 12,345 tokens`, `USD 0.25`; empty when nothing is known. */
export function spentWords({ tokens, usd, atLeast }: Spent): string {
  const parts = [
    tokens === null ? [] : [`${atLeast ? 'at least ' : ''}${tokenWords(tokens)}`],
    usd === null ? [] : [usdWords(usd)],
  ];
  return parts.flat().join(', ');
}

/** `12,345 tokens`. */
export function tokenWords(tokens: number): string {
  return `${grouped(tokens)} ${tokens === 1 ? 'token' : 'tokens'}`;
}

/** `USD 0.25`; below a cent with four decimals. */
export function usdWords(usd: number): string {
  return `USD ${usd > 0 && usd < 0.01 ? usd.toFixed(4) : usd.toFixed(2)}`;
}

/** A whole number with its thousands apart, the same everywhere. */
export function grouped(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** What a turn used beyond its budget, in words; null while it is within. */
export function overBudget(
  spent: Spent,
  limits: { readonly tokens: number | null; readonly usd: number | null },
): string | null {
  const { tokens, usd, atLeast } = spent;
  if (limits.tokens !== null && tokens !== null && tokens > limits.tokens) {
    return `${atLeast ? 'at least ' : ''}${tokenWords(tokens)}, over the budget of ${grouped(limits.tokens)}`;
  }
  if (limits.usd !== null && usd !== null && usd > limits.usd) {
    return `${usdWords(usd)}, over the budget of ${usdWords(limits.usd)}`;
  }
  return null;
}
