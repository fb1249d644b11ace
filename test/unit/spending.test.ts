import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Covers, Usage } from '../../src/core/events';
import { countedTokens, grouped, overBudget, spentIn, spentWords } from '../../src/core/spending';

const usage = (covers: Covers, tokens: Record<string, number>, costUsd: number | null = null): Usage => ({
  tokens,
  costUsd,
  meaning: '',
  covers,
});

describe('what a turn used', () => {
  it('is the total that is told, else input and output, else the context as the least that it can be', () => {
    assert.equal(countedTokens({ inputTokens: 3, outputTokens: 4, totalTokens: 9 }), 9);
    assert.equal(countedTokens({ input_tokens: 3, output_tokens: 4 }), 7);
    assert.equal(countedTokens({ outputTokens: 4 }), 4);
    assert.equal(countedTokens({ context: 500 }), null);
    assert.deepEqual(spentIn(usage('unknown', { context: 500 }), null), { tokens: 500, usd: null, atLeast: true });
    assert.deepEqual(spentIn(null, null), { tokens: null, usd: null, atLeast: false });
  });

  it('is the difference where totals run on, and a total that went down began anew', () => {
    const before = usage('session', { total: 100 }, 1);
    assert.deepEqual(spentIn(usage('session', { total: 130 }, 1.5), before), { tokens: 30, usd: 0.5, atLeast: false });
    assert.equal(spentIn(usage('session', { total: 40 }), before).tokens, 40);
    assert.equal(spentIn(usage('turn', { total: 130 }), before).tokens, 130);
    assert.deepEqual(spentIn(usage('call', { total: 130 }), before), { tokens: 130, usd: null, atLeast: true });
  });

  it('is never negative, whatever was reported before', () => {
    const numbers = fc.dictionary(fc.constantFrom('total', 'inputTokens', 'output', 'context'), fc.nat());
    const covers = fc.constantFrom<Covers>('turn', 'session', 'call', 'chunk', 'unknown', 'none');
    const any = fc.record({ covers, numbers, cost: fc.option(fc.double({ min: 0, max: 1e6, noNaN: true })) });
    fc.assert(
      fc.property(any, any, (now, then) => {
        const { tokens, usd } = spentIn(
          usage(now.covers, now.numbers, now.cost),
          usage(then.covers, then.numbers, then.cost),
        );
        assert.ok((tokens ?? 0) >= 0 && (usd ?? 0) >= 0);
      }),
    );
  });
});

describe('a budget', () => {
  it('is passed by more than it, and by nothing that is not known', () => {
    const spent = { tokens: 1_001, usd: 0.5, atLeast: false };
    assert.equal(overBudget(spent, { tokens: 1_001, usd: 0.5 }), null);
    assert.equal(overBudget(spent, { tokens: 1_000, usd: null }), '1,001 tokens, over the budget of 1,000');
    assert.equal(overBudget(spent, { tokens: null, usd: 0.25 }), 'USD 0.50, over the budget of USD 0.25');
    assert.equal(overBudget({ tokens: null, usd: null, atLeast: false }, { tokens: 1, usd: 0.01 }), null);
  });

  it('is told in words', () => {
    assert.equal(spentWords({ tokens: 12_345, usd: 0.25, atLeast: true }), 'at least 12,345 tokens, USD 0.25');
    assert.equal(spentWords({ tokens: 1, usd: 0.0012, atLeast: false }), '1 token, USD 0.0012');
    assert.equal(spentWords({ tokens: null, usd: null, atLeast: false }), '');
    assert.deepEqual([999, 1_000, 1_234_567].map(grouped), ['999', '1,000', '1,234,567']);
  });
});
