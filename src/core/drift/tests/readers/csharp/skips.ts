/** How code of C# leaves a test. */
import { argumentsOf, before, type Chain, type TextOf } from '../fluent/chain';
import { constantTruth } from '../fluent/texts';

interface Skipped {
  readonly text: string;
  readonly conditional: boolean;
}

/** Calls that skip when their condition is this. */
const SKIPS: ReadonlyMap<string, boolean> = new Map([
  ['Assert.SkipWhen', true],
  ['Assert.SkipUnless', false],
  ['Skip.If', true],
  ['Skip.When', true],
  ['Skip.IfNot', false],
  ['Skip.Unless', false],
  ['Assume.That', false],
]);

/**
 * `Assert.Ignore()` and `Assert.Inconclusive()` of NUnit and MSTest, `Assert.Skip()` of xUnit 3, `Skip.If(x)` of
 * SkippableFact, `Assume.That(x)`; `nothing`: it is one that never skips. Null: it is none.
 */
export function skippedBy(chain: Chain, textOf: TextOf): Skipped | 'nothing' | null {
  const index = chain.links.findIndex(({ args }) => args !== null);
  const link = chain.links[index];
  if (link === undefined) return null;
  const receiver = before(chain, index, textOf);
  const text = textOf(chain.span, 80);
  const owner = receiver.slice(receiver.lastIndexOf('.') + 1);
  if (owner === 'Assert' && /^(?:Ignore|Inconclusive|Skip)$/.test(link.name)) return { text, conditional: false };
  if (owner === 'Skip' && link.name === 'Test') return { text, conditional: false };
  const skips = SKIPS.get(`${owner}.${link.name}`);
  if (skips === undefined) return null;
  const truth = constantTruth(argumentsOf(link, textOf)[0] ?? '');
  if (truth === null) return { text, conditional: true };
  return truth === skips ? { text, conditional: false } : 'nothing';
}
