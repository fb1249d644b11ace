/**
 * What a turn cost, as far as the agent says. The same words mean different things in different agents (the last call,
 * the turn, a running total): the numbers are kept as they came, with the profile's note of what they mean.
 */
import type { Usage } from '../../core/events';
import { type Spent, spentIn } from '../../core/spending';
import { isRecord, type PromptResult } from './acpSchemas';

/** Kinds of tokens that are kept, and fields that are looked at in one message. */
const MAX_KINDS = 50;
const MAX_FIELDS = 20;

/** What the numbers of an agent mean: its profile's words. */
export interface UsageMeaning {
  readonly usage: string;
  readonly reports: { readonly tokens: NonNullable<Usage['covers']> };
}

export class UsageMeter {
  readonly #meaning: UsageMeaning;
  /** What the session had reported before this turn. */
  #before: Usage | null = null;
  #told = false;
  #tokens: Record<string, number> = {};
  #context: number | null = null;
  #costUsd: number | null = null;

  constructor(meaning: UsageMeaning) {
    this.#meaning = meaning;
  }

  /**
   * From here on it is the turn's: what an agent told while it loaded its session is where running totals begin.
   *
   * @param before what the loaded session had reported in an earlier turn; null for a new one
   */
  begin(before: Usage | null): void {
    const told = this.total();
    this.#before = told === null ? before : { ...told, costUsd: told.costUsd ?? before?.costUsd ?? null };
    this.#tokens = {};
    this.#context = null;
    this.#costUsd = null;
  }

  /** What this turn used so far; null when nothing was told since it was asked last, because updates come in floods. */
  news(): Spent | null {
    if (!this.#told) return null;
    this.#told = false;
    return spentIn(this.total(), this.#before);
  }

  /** A `usage_update`: the size of the context, and the cost of the session where it is told in dollars. */
  seen({ used, cost }: { used?: number | undefined; cost?: { amount: number; currency: string } | undefined }): void {
    this.#told = true;
    if (used !== undefined) this.#context = used;
    if (cost?.currency.toUpperCase() === 'USD') this.#costUsd = cost.amount;
  }

  /** The `_meta` of a chunk, where Qwen tells its usage. */
  chunk(meta: unknown): void {
    if (isRecord(meta) && isRecord(meta.usage)) this.#take(meta.usage);
  }

  /** The answer to a prompt: `usage`, or in `_meta` `usage` or Gemini's `quota.token_count`. */
  answered({ usage, _meta }: PromptResult): void {
    const quota = isRecord(_meta?.quota) ? _meta.quota.token_count : undefined;
    for (const numbers of [quota, _meta?.usage, usage]) if (isRecord(numbers)) this.#take(numbers);
  }

  /** Null when the agent said nothing. */
  total(): Usage | null {
    const tokens = { ...this.#tokens, ...(this.#context === null ? {} : { context: this.#context }) };
    if (Object.keys(tokens).length === 0 && this.#costUsd === null) return null;
    return { tokens, costUsd: this.#costUsd, meaning: this.#meaning.usage, covers: this.#meaning.reports.tokens };
  }

  #take(numbers: Record<string, unknown>): void {
    this.#told = true;
    for (const [name, value] of Object.entries(numbers).slice(0, MAX_FIELDS)) {
      if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) continue;
      const known = Object.hasOwn(this.#tokens, name) || Object.keys(this.#tokens).length < MAX_KINDS;
      if (known && name.length <= 100) this.#tokens[name] = value;
    }
  }
}
