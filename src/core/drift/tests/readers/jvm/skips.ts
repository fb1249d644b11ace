/** How code of Java and Kotlin leaves a test, and what catches a failed assertion. */
import { argumentsOf, before, type Chain, type TextOf } from '../fluent/chain';
import { bodyOfLambda, constantTruth } from '../fluent/texts';

/** What a failed assertion is caught by: it is an `Error`, no `Exception`. */
export const SWALLOWED =
  /\b(?:Throwable|Error|AssertionError|AssertionFailedError|MultipleFailuresError|ComparisonFailure)\b/;
/** What hands a failure on. */
export const HANDS_ON =
  /\b(?:throw|fail|assert\w*|verify\w*|should\w*|addError|collector|errors?|exit|failures?|rethrow|set|add|completeExceptionally|onError|ref|countDown)\b/i;
export const ENVIRONMENT = /\bSystem\s*\.\s*(?:getenv|getProperty)\b|\bSystemUtils\.|\bOS\.|\bPlatform\./;

const ASSUMES = /^(?:assume\w*|abort)$/;

interface Skipped {
  readonly text: string;
  /** Null: it skips nothing. */
  readonly conditional: boolean | null;
}

/** `assumeTrue(x)` of JUnit, AssertJ and TestNG; null: the chain is no assumption. */
export function skippedBy(chain: Chain, textOf: TextOf): Skipped | null {
  const [first, second] = chain.links;
  const link = first?.args === null ? second : first;
  if (link === undefined || link.args === null || !ASSUMES.test(link.name)) return null;
  const receiver = before(chain, chain.links.indexOf(link), textOf);
  if (!/^(?:|(?:[\w.]+\.)?(?:Assume|Assumptions|AssertionsKt|BDDAssumptions))$/.test(receiver)) return null;
  const text = textOf(chain.span, 80);
  if (link.name === 'abort') return { text, conditional: false };
  const args = argumentsOf(link, textOf);
  const truths = args.map((arg) => constantTruth(bodyOfLambda(arg))).filter((truth) => truth !== null);
  const [truth] = truths;
  if (truth === undefined || !/^assume(?:True|False)$/.test(link.name)) return { text, conditional: true };
  return { text, conditional: truth === (link.name === 'assumeTrue') ? null : false };
}
