/** Tries, time and doubles: what a file sets besides its cases. */
import type { SyntaxNode } from '@lezer/common';
import { type Syntax, textOf } from '../../../syntax/parse';
import { raise } from '../drafts';
import { type Chain, leadingMembers, numberOf, propertiesOf, stringOf } from './chain';

const RETRIES = /^(?:retry|retries|retryTimes|runMode|openMode)$/;
const TIMEOUT = /^(?:timeout|testTimeout|hookTimeout|setTimeout|DEFAULT_TIMEOUT_INTERVAL)$/;
/** What keeps most of the module as it is. */
const PARTIAL = /\b(?:requireActual|importActual|importOriginal|actual|original)\b|spy:\s*true/;
const LONGEST_FACTORY = 4_000;

/** Tries and time in an options object. */
export function readOptions(syntax: Syntax, options: SyntaxNode | null, patience: Map<string, number>): void {
  if (options === null) return;
  for (const [name, value] of propertiesOf(syntax, options)) {
    const isNested = RETRIES.test(name) && value.name === 'ObjectExpression';
    if (isNested) readOptions(syntax, value, patience);
    else if (RETRIES.test(name)) raise(patience, 'retries', numberOf(syntax, value));
    else if (TIMEOUT.test(name)) raise(patience, 'timeout', endless(numberOf(syntax, value)));
  }
}

/** `this.timeout(n)`, `jest.setTimeout(n)`, `.retries(n)` anywhere in a chain. */
export function readPatience(syntax: Syntax, chain: Chain, patience: Map<string, number>): void {
  chain.steps.forEach((step, index) => {
    const next = chain.steps[index + 1];
    if (step.kind !== 'member' || next?.kind !== 'call') return;
    const isSetting = /^(?:this|jest|vi|vitest|test|it|describe|jasmine|suite|context|specify)$/.test(chain.name);
    if (!isSetting) return;
    const value = numberOf(syntax, next.args[0]);
    if (RETRIES.test(step.name)) raise(patience, 'retries', value);
    if (TIMEOUT.test(step.name)) raise(patience, 'timeout', endless(value));
    if (/^(?:setConfig|configure)$/.test(step.name)) readOptions(syntax, next.args[0] ?? null, patience);
  });
}

/** Mocha and Jasmine: 0 is no limit. */
function endless(value: number | null): number | null {
  return value === 0 ? Infinity : value;
}

/** The module that a chain replaces by a double; null for none, or for one that keeps most of it. */
export function mockOf(syntax: Syntax, chain: Chain): string | null {
  const [first] = leadingMembers(chain);
  const call = chain.steps.find((step) => step.kind === 'call');
  const isMock =
    (/^(?:jest|vi|vitest|rs)$/.test(chain.name) && /^(?:mock|doMock|setMock|unstable_mockModule)$/.test(first ?? '')) ||
    (/^(?:mock|t)$/.test(chain.name) && first === 'module') ||
    (/^(?:td|quibble)$/.test(chain.name) && /^replace(?:Esm)?$/.test(first ?? ''));
  if (!isMock || call === undefined) return null;
  const [name, factory] = call.args;
  const text =
    factory === undefined
      ? ''
      : textOf(syntax, { from: factory.from, to: Math.min(factory.to, factory.from + LONGEST_FACTORY) });
  if (PARTIAL.test(text)) return null;
  const literal = stringOf(syntax, name);
  // vi.mock(import('./a'))
  const imported =
    name === undefined || literal !== null ? null : /^import\(\s*(['"])([^'"]+)\1/.exec(textOf(syntax, name))?.[2];
  return literal ?? imported ?? null;
}
