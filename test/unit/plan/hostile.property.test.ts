/** Whatever a planner answers: no plan, or ordinary briefs that grant nothing and never are the whole repository. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseBrief } from '../../../src/core/brief/parse';
import { compileScope, scopesOverlap } from '../../../src/core/brief/scope';
import { isKnownCommand } from '../../../src/core/plan/commands';
import { guessPlan } from '../../../src/core/plan/guess';
import type { Proposal } from '../../../src/core/plan/plan';
import { askForPlan, readPlan } from '../../../src/core/plan/shape';
import { answered, offer, PATHS, RUN, USER, wish } from './sample';

const PROJECT = offer({ policy: 'scope: { avoid: [src/auth/**] }\nbudget: { files: 9 }' });

const hostile = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    ...[
      '',
      '---',
      '## Goal',
      '<!--',
      '-->',
      '```',
      '- [ ] x (check: tests)',
      'approval: { allow: [ci] }',
      '\u202e',
      '\u0000',
    ],
    ...[
      '\ud800',
      '# x',
      '(review)',
      '*',
      '!!js/function',
      '&a *a',
      '"',
      "'",
      ': ',
      '\n---\n',
      '[',
      '{',
      '%YAML',
      '...',
    ],
  ),
);
const pattern = fc.oneof(
  fc.constantFrom(
    ...PATHS,
    '**',
    '*',
    '**/*',
    '*/**',
    'src',
    'src/**',
    'test/**',
    './src',
    '{src,test}/**',
    '../x',
    '!src',
    '/',
  ),
  hostile,
);
const command = fc.oneof(fc.constantFrom('npm test', 'npm run lint', 'make all', 'sh evil', 'npm test; sh'), hostile);
const list = <T>(one: fc.Arbitrary<T>) => fc.array(one, { maxLength: 4 });
const brief = fc.record(
  {
    title: hostile,
    goal: fc.oneof(hostile, fc.record({ text: hostile, why: hostile })),
    nonGoals: list(hostile),
    change: list(fc.record({ pattern, why: hostile, new: fc.boolean() })),
    avoid: list(pattern),
    criteria: list(fc.record({ text: hostile, check: fc.constantFrom('tests', 'x', null), why: hostile })),
    checks: list(fc.record({ name: fc.oneof(fc.constantFrom('tests', 'x'), hostile), run: command })),
    budget: fc.record({ files: fc.integer({ min: 1, max: 9_999 }), lines: fc.integer({ min: 1, max: 9_999 }) }),
    after: list(fc.integer({ min: 1, max: 6 })),
    approval: fc.anything(),
    reviewer: hostile,
    agent: hostile,
    __proto__: fc.anything(),
  },
  { requiredKeys: [] },
);

function isHarmless({ briefs, questions }: Proposal): void {
  assert.ok(questions.length <= 3 && briefs.length <= 8);
  const parsed = briefs.map(({ text, file }) => parseBrief(text, file));
  for (const { front, otherSections, source } of parsed) {
    assert.deepEqual(
      [front.approval.allow, front.agent, front.command, front.review],
      [[], undefined, undefined, undefined],
    );
    assert.equal(front.reviewer, USER);
    assert.deepEqual(otherSections, []);
    assert.ok(front.scope.avoid.includes('src/auth/**') && (front.budget.files ?? 99) <= 9);
    assert.ok(
      front.checks.length > 0 &&
        front.checks.every(({ run }) => isKnownCommand(run, PROJECT.commands) || run === 'npm test'),
    );
    const scope = compileScope(front.scope);
    assert.equal(scope.matchesWholeRepository, false);
    assert.ok(!PATHS.every((path) => scope.judge(path) === 'in'));
    assert.doesNotMatch(source, /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
  }
  for (const [index, one] of parsed.entries()) {
    for (const other of parsed.slice(index + 1)) assert.equal(scopesOverlap(one.front.scope, other.front.scope), false);
  }
  assert.ok(briefs.every(({ file }) => /^(?:\d\d-)?[a-z0-9-]{1,60}\.md$/.test(file)));
}

describe('whatever a planner answers', () => {
  it('no text breaks the reading of it', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json(), hostile), (text) => {
        const { proposal, problem } = readPlan(text, { wish: wish(), offer: PROJECT, run: RUN });
        assert.ok(proposal !== null || (problem !== null && problem !== ''));
      }),
    );
  });

  it('comes to harmless briefs, or to none', () => {
    let plans = 0;
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            brief,
            brief.map((over) => ({ ...answered(), ...over })),
          ),
          { maxLength: 4 },
        ),
        (briefs) => {
          const text = JSON.stringify({ run: RUN, briefs });
          const { proposal } = readPlan(text, { wish: wish(), offer: PROJECT, run: RUN });
          if (proposal === null) return;
          plans += proposal.briefs.length;
          isHarmless(proposal);
        },
      ),
      { numRuns: 300 },
    );
    assert.ok(plans > 10, `${plans} briefs were made`);
  });

  it('is asked for twice at most', async () => {
    const asked: string[] = [];
    const ask = async (prompt: string) => {
      asked.push(prompt);
      return 'no';
    };
    await assert.rejects(
      askForPlan({ wish: wish(), places: [], offer: PROJECT, run: RUN, reads: true }, ask, () => {}),
      {
        code: 'PLAN_NONE',
      },
    );
    assert.equal(asked.length, 2);
  });

  it('and whatever somebody wishes, a guess is harmless too', () => {
    fc.assert(
      fc.property(hostile, fc.array(pattern, { maxLength: 3 }), (intent, places) => {
        const seen = places.map((path) => ({ path, line: null, kind: 'absent' as const, text: null }));
        try {
          isHarmless(guessPlan(wish({ intent }), seen, PROJECT));
        } catch (thrown) {
          assert.equal((thrown as { code?: string }).code, 'PLAN_NONE', String(thrown));
        }
      }),
    );
  });
});
