/** Calls that may turn out to be tests: `scenario('…', () => { assert… })`. */
import type { SyntaxNode } from '@lezer/common';
import type { Syntax } from '../../../syntax/parse';
import type { CaseDraft } from '../drafts';
import { type Chain, isFunction, stringOf } from './chain';

/** Calls with a name and a function that are no tests, however much they assert. */
const NO_TEST =
  /^(?:on|once|off|mock|doMock|get|post|put|patch|delete|head|use|all|route|addEventListener|addListener|then|catch|stub|spyOn|replace|before|after|beforeEach|afterEach|beforeAll|afterAll|setup|teardown|step|task|intercept|command|add|register|set|define|from|emit|reduce|map|forEach|filter|every|some|find)$/i;

export interface Suspected {
  readonly name: string;
  readonly body: SyntaxNode;
}

/** The name and body of a call that is a test if it asserts; null for any other. */
export function suspectedIn(chain: Chain, syntax: Syntax): Suspected | null {
  const last = chain.steps.at(-1);
  const word = chain.steps.at(-2);
  if (last?.kind !== 'call' || last.args.length < 2) return null;
  const body = last.args.at(-1);
  const name = stringOf(syntax, last.args[0]);
  const called = word?.kind === 'member' ? word.name : chain.name;
  return name === null || !isFunction(body) || NO_TEST.test(called) ? null : { name, body };
}

interface Open {
  readonly to: number;
  readonly draft: CaseDraft;
  readonly body: SyntaxNode;
}

/** Suspected tests that the walk is still in. */
export class Suspects {
  readonly #open: Open[] = [];

  add(suspect: Open): void {
    this.#open.push(suspect);
  }

  /** Those that end before a position and did assert. */
  *settledBefore(from: number): Iterable<Open> {
    for (let last = this.#open.at(-1); last !== undefined && last.to <= from; last = this.#open.at(-1)) {
      this.#open.pop();
      if (last.draft.assertions.length > 0) yield last;
    }
  }
}
