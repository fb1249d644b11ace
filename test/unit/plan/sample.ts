/** A small project, and answers about it. */

import { parsePolicy } from '../../../src/core/brief/policy';
import { detectProject } from '../../../src/core/brief/project';
import { knownCommands } from '../../../src/core/plan/commands';
import { holdAnswer } from '../../../src/core/plan/hold';
import type { Offer } from '../../../src/core/plan/offer';
import { type Proposal, type Wish, wishSchema } from '../../../src/core/plan/plan';
import { readPlan } from '../../../src/core/plan/shape';

export const RUN = '5f0c2f5e-run';
export const PACKAGE =
  '{ "scripts": { "test": "node --test", "lint": "biome check ." }, "devDependencies": { "vitest": "3" } }';
export const PATHS: readonly string[] = [
  ...['package.json', 'package-lock.json', 'README.md', 'Makefile', 'docs/http.md', '.github/workflows/ci.yml'],
  ...['src/http/client.ts', 'src/http/retry.ts', 'src/http/generated/api.ts', 'src/auth/login.ts', 'src/index.ts'],
  ...['test/http/client.test.ts', 'test/http/retry.test.ts', 'test/auth/login.test.ts'],
];

export const USER = 'Developer <dev@example.com>';

/** @param policy text of the team's policy */
export function offer({
  paths = PATHS,
  policy,
  packageJson = PACKAGE,
  makefile = 'all: build\nbuild:\n\tcc x.c\n',
}: {
  readonly paths?: readonly string[];
  readonly policy?: string;
  readonly packageJson?: string;
  readonly makefile?: string;
} = {}): Offer {
  const files = paths.map((path) => (path === 'package.json' ? { path, text: packageJson } : { path }));
  const facts = {
    ...detectProject(files),
    user: USER,
    policy: policy === undefined ? null : parsePolicy(policy, 'policy.yaml'),
  };
  return { facts, paths, commands: knownCommands({ paths, packageJson, makefile, exact: [] }), live: [] };
}

export function wish(over: Partial<Wish> = {}): Wish {
  return { ...wishSchema.parse({ intent: 'Retry idempotent requests on 429' }), ...over };
}

/** One brief as a model would answer it. */
export function answered(over: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    title: 'Retry on 429',
    goal: { text: 'Idempotent requests are sent again when the server answers 429.', why: 'the client gives up today' },
    nonGoals: [{ text: 'a queue of requests', why: 'it is another feature' }],
    change: [
      { pattern: 'src/http/**', why: 'the client lives there' },
      { pattern: 'test/http/**', why: 'its tests' },
    ],
    avoid: [{ pattern: 'src/http/generated/**', why: 'it is generated' }],
    criteria: [
      { text: 'at most 3 retries, with backoff', check: 'tests', why: 'else it never ends' },
      { text: 'a POST is never sent again', check: null, why: 'it is not idempotent' },
    ],
    checks: [{ name: 'tests', run: 'npm test', timeout: 300, why: 'the tests of the client' }],
    budget: { files: 6, lines: 200, minutes: 20 },
    after: [],
    ...over,
  };
}

export function said(briefs: readonly unknown[], more: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({ run: RUN, questions: [], briefs, ...more });
}

/** What a text comes to; throws the problem where it is no plan. */
export function proposed(text: string, given: { readonly wish?: Wish; readonly offer?: Offer } = {}): Proposal {
  const held = readPlan(text, { wish: given.wish ?? wish(), offer: given.offer ?? offer(), run: RUN });
  if (held.proposal === null) throw new Error(held.problem);
  return held.proposal;
}

export function problem(text: string, given: { readonly wish?: Wish; readonly offer?: Offer } = {}): string {
  const held = readPlan(text, { wish: given.wish ?? wish(), offer: given.offer ?? offer(), run: RUN });
  if (held.proposal !== null)
    throw new Error(`it is a plan: ${JSON.stringify(held.proposal.briefs.map(({ title }) => title))}`);
  return held.problem;
}

export { holdAnswer };
