import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyPolicy } from '../../../src/core/brief/applyPolicy';
import { parseBrief } from '../../../src/core/brief/parse';
import { EMPTY_POLICY, POLICY_EXPECTATIONS, parsePolicy, policySchema } from '../../../src/core/brief/policy';
import { CountersignError } from '../../../src/core/errors';
import { SAMPLE } from './sample';
import { schemaPaths } from './schemaPaths';

const brief = parseBrief(SAMPLE, 'brief.md');
const policyOf = (text: string) => parsePolicy(text, 'policy.yaml');

function rejects(text: string, ...messages: string[]): void {
  assert.throws(
    () => policyOf(text),
    (error) => {
      assert.ok(error instanceof CountersignError);
      assert.equal(error.code, 'POLICY_INVALID');
      assert.deepEqual(error.message.split('\n'), messages);
      return true;
    },
  );
}

describe('parsePolicy', () => {
  it('reads every key', () => {
    const policy = policyOf(
      [
        'scope: { change: [src/**], avoid: [infra] }',
        'boundaries: [{ name: public-api, paths: [src/api/**] }]',
        'reviewers: [Reviewer <reviewer@example.com>]',
        'budget: { files: 5 }',
        'checks: [{ name: tests, run: make test }]',
        'setup: make deps',
        'review: { required: true }',
        'limits: { oversizeBytes: 100, deletedFiles: 3 }',
      ].join('\n'),
    );
    assert.deepEqual(policy, {
      countersign: 1,
      scope: { change: ['src/**'], avoid: ['infra'] },
      boundaries: [{ name: 'public-api', paths: ['src/api/**'], contains: [] }],
      reviewers: ['Reviewer <reviewer@example.com>'],
      budget: { files: 5 },
      checks: [{ name: 'tests', run: 'make test', timeout: 600 }],
      setup: 'make deps',
      review: { required: true },
      limits: { oversizeBytes: 100, deletedFiles: 3 },
    });
  });

  it('takes an empty file for no policy', () => {
    for (const text of ['', '\n', '# nothing yet\n', '{}']) assert.deepEqual(policyOf(text), EMPTY_POLICY);
  });

  it('has no key that names an agent or a command to run as one', () => {
    const keys = 'countersign, scope, boundaries, reviewers, budget, checks, setup, review, limits';
    rejects(
      'agent: codex\ncommand: make',
      `policy.yaml:1: agent: found an unknown key, expected one of ${keys}`,
      `policy.yaml:2: command: found an unknown key, expected one of ${keys}`,
    );
  });

  it('names every problem with its line', () => {
    rejects('scoop: 1', 'policy.yaml:1: scoop: found an unknown key, expected `scope`');
    rejects(
      'budget: { files: 0 }\nreviewers:\n  - somebody\n',
      'policy.yaml:1: budget.files: found a number (0), expected a whole number of files, at least 1',
      'policy.yaml:3: reviewers.0: found text ("somebody"), expected a person: `Name <email>`',
    );
    rejects('- a', 'policy.yaml:1: found a list of 1, expected `key: value` lines');
    rejects('setup: *x', 'policy.yaml:1: found an alias (`*x`), expected plain text, a list or a map');
    rejects(
      'scope:\n  avoid: [../x]\nboundaries:\n  - { name: a, paths: [/b] }\n  - { name: a, paths: [c] }',
      'policy.yaml:2: scope.avoid.0: the pattern `../x` contains `..`; it would leave the repository, expected a pattern',
      'policy.yaml:4: boundaries.0.paths.0: the pattern `/b` is absolute; paths start at the top of the repository, expected a pattern',
      'policy.yaml:5: boundaries.1.name: found a second `a`, expected a name of its own',
    );
    rejects(' '.repeat(256 * 1024 + 1), 'policy.yaml: the policy is larger than 256 KiB');
  });

  it('has an expectation in words for every key of the schema', () => {
    assert.deepEqual(
      schemaPaths(policySchema),
      Object.keys(POLICY_EXPECTATIONS)
        .filter((path) => path !== '')
        .sort(),
    );
  });

  it('throws nothing but POLICY_INVALID', () => {
    const piece = fc.constantFrom(
      'scope',
      'checks',
      ':',
      ' ',
      '\n',
      '- ',
      '[',
      ']',
      '{',
      '}',
      'name',
      'src/**',
      '"',
      '*',
      '!',
      '&',
      '#',
      '1',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(piece).map((parts) => parts.join('')),
        ),
        (text) => {
          try {
            policyOf(text);
          } catch (thrown) {
            assert.ok(thrown instanceof CountersignError && thrown.code === 'POLICY_INVALID', String(thrown));
          }
        },
      ),
    );
  });
});

describe('applyPolicy', () => {
  it('leaves a brief alone when there is nothing to tighten', () => {
    assert.deepEqual(applyPolicy(brief, EMPTY_POLICY), { brief, notes: [] });
  });

  it('adds what is avoided, caps the budget, requires checks and fills in the setup', () => {
    const policy = policyOf(
      'scope: { avoid: [src/auth/**, infra] }\nbudget: { files: 5, lines: 1000 }\nsetup: make\nchecks: [{ name: tests, run: make test }, { name: lint, run: make lint }]',
    );
    const own = { ...brief, front: { ...brief.front, budget: { files: 12 } } };
    const costly = { ...brief, front: { ...brief.front, budget: { tokens: 100, usd: 3 } } };
    const cheap = applyPolicy(costly, policyOf('budget: { tokens: 500, usd: 1.5 }'));
    assert.deepEqual(cheap.brief.front.budget, { tokens: 100, usd: 1.5 });
    assert.deepEqual(
      cheap.notes.map(({ kind, path }) => `${kind} ${path}`),
      ['overruled budget.usd'],
    );
    const { brief: tightened, notes } = applyPolicy(own, policy);
    assert.deepEqual(tightened.front.scope, { change: brief.front.scope.change, avoid: ['src/auth/**', 'infra'] });
    assert.deepEqual(tightened.front.budget, { files: 5, lines: 1000 });
    assert.deepEqual(tightened.front.checks, policy.checks);
    assert.equal(tightened.front.setup, 'npm ci');
    assert.equal(tightened.hash, brief.hash);
    assert.equal(tightened.source, brief.source);
    assert.deepEqual(
      notes.map(({ kind, path }) => `${kind} ${path}`),
      ['added scope.avoid', 'overruled budget.files', 'added budget.lines', 'overruled checks.0.run', 'added checks'],
    );
    const { setup: _, ...withoutSetup } = brief.front;
    assert.equal(applyPolicy({ ...brief, front: withoutSetup }, policy).brief.front.setup, 'make');
  });

  it('can want a review, and leaves it to the brief who gives it', () => {
    const policy = policyOf('review: { required: true }');
    const review = { agent: 'gemini', required: false };
    const { brief: tightened, notes } = applyPolicy({ ...brief, front: { ...brief.front, review } }, policy);
    assert.deepEqual(tightened.front.review, { agent: 'gemini', required: true });
    assert.deepEqual(
      notes.map(({ path }) => path),
      ['review'],
    );
    assert.deepEqual(applyPolicy(tightened, policy), { brief: tightened, notes: [] });
    assert.deepEqual(applyPolicy(brief, policy).brief.front.review, { required: true });
    assert.throws(() => policyOf('review: { agent: gemini }'), { code: 'POLICY_INVALID' });
  });

  it('never loosens, and does nothing the second time', () => {
    const budget = fc.record(
      { files: fc.integer({ min: 1, max: 99 }), minutes: fc.integer({ min: 1, max: 99 }) },
      { requiredKeys: [] },
    );
    const patterns = fc.subarray(['a', 'b/**', 'c/*']);
    fc.assert(
      fc.property(budget, budget, patterns, patterns, (ownBudget, cap, ownAvoid, avoid) => {
        const own = {
          ...brief,
          front: { ...brief.front, budget: ownBudget, scope: { ...brief.front.scope, avoid: ownAvoid } },
        };
        const policy = { ...EMPTY_POLICY, budget: cap, scope: { change: ['**'], avoid } };
        const { brief: tightened } = applyPolicy(own, policy);
        for (const key of ['files', 'minutes'] as const) {
          const limits = [ownBudget[key], cap[key]].filter((limit) => limit !== undefined);
          assert.equal(tightened.front.budget[key], limits.length === 0 ? undefined : Math.min(...limits));
        }
        assert.deepEqual(new Set(tightened.front.scope.avoid), new Set([...ownAvoid, ...avoid]));
        assert.deepEqual(tightened.front.scope.change, own.front.scope.change);
        assert.deepEqual(applyPolicy(tightened, policy), { brief: tightened, notes: [] });
      }),
    );
  });
});
