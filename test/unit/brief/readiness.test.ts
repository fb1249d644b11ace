import assert from 'node:assert/strict';
import { parseBrief } from '../../../src/core/brief/parse';
import { EMPTY_POLICY, parsePolicy } from '../../../src/core/brief/policy';
import {
  assessReadiness,
  inspectBrief,
  type ReadinessFacts,
  type ReadinessFinding,
  type Reporting,
} from '../../../src/core/brief/readiness';
import { SAMPLE, sampleWith } from './sample';

const NOTHING_KNOWN: ReadinessFacts = {
  paths: null,
  commandExists: () => null,
  liveTasks: [],
  policy: null,
  knownAgents: null,
};

function assess(source: string, facts: Partial<ReadinessFacts> = {}): ReadinessFinding[] {
  return assessReadiness(parseBrief(source, 'brief.md'), { ...NOTHING_KNOWN, ...facts });
}

/** Rule, severity and line of each finding, shortly. */
const brieflyOf = (findings: readonly ReadinessFinding[]): string[] =>
  findings.map(({ rule, severity, line }) => `${severity} ${rule.replace('readiness/', '')} ${line}`);

function finds(source: string, facts: Partial<ReadinessFacts>, ...expected: string[]): void {
  assert.deepEqual(brieflyOf(assess(source, facts)), expected);
}

describe('assessReadiness', () => {
  it('finds nothing in a ready brief', () => {
    finds(SAMPLE, {});
    finds(SAMPLE, {
      paths: ['src/http/client.ts', 'package.json'],
      commandExists: () => true,
      liveTasks: [{ id: 't1', title: 'other', change: ['docs'] }],
      policy: EMPTY_POLICY,
      knownAgents: ['codex'],
    });
  });

  it('no-goal, short-goal, several-goals', () => {
    const goal = (text: string) => sampleWith('Retry idempotent requests when the server answers 429.', text);
    finds(goal('<!-- later -->'), {}, 'block no-goal 14');
    finds(goal('Retry on 429'), {}, 'warn short-goal 14');
    finds(goal('Add retries to the client and fix the login form'), {}, 'warn several-goals 14');
    finds(goal('Remove the old client. Then rename the new one.'), {}, 'warn several-goals 14');
    finds(goal('Add retries to the client, update the tests and document them'), {});
    finds(goal('Fix the addition of retries and the removal of timeouts'), {});
  });

  it('budget: of tokens and dollars that the agent does not report', () => {
    const [tokens, both] = ['budget: { tokens: 1000 }', 'budget: { tokens: 1000, usd: 2 }'];
    const withBudget = (budget: string) => SAMPLE.replace(/^budget: .*$/m, budget);
    const reporting = (tokens: Reporting['tokens'], usd: Reporting['usd']) => ({
      agent: 'codex',
      reportingOf: () => ({ tokens, usd }),
    });
    const line = SAMPLE.split('\n').findIndex((text) => text.startsWith('budget:')) + 1;
    assert.ok(line > 0);
    const finding = `warn budget ${line}`;
    finds(withBudget(both), reporting('session', 'yes'));
    finds(withBudget(both), reporting('none', 'no'), finding, finding);
    finds(withBudget(tokens), reporting('turn', 'no'), finding);
    finds(withBudget(both), reporting('call', 'unknown'), finding, finding);
    finds(SAMPLE, reporting('none', 'no'));
    finds(withBudget(both), {});
    const policy = parsePolicy(both, 'policy.yaml');
    const capped = assess(SAMPLE, { ...reporting('none', 'no'), policy });
    assert.deepEqual(
      capped.map(({ rule }) => rule),
      ['readiness/budget', 'readiness/budget'],
    );
    assert.match(capped[0]?.message ?? '', /`codex` reports no tokens, so the budget cannot hold/);
    finds(SAMPLE, { ...reporting('none', 'no'), agent: 'command', policy });
  });

  it('no-criteria, empty-criterion, unproven-criterion, unknown-check', () => {
    const last = '- [ ] a POST is never retried (review)';
    const both = `- [ ] at most 3 retries, with backoff (check: tests)\n${last}`;
    finds(sampleWith(both, '- [ ] (check: tests)\n- [ ]'), {}, 'block no-criteria 20');
    finds(sampleWith(last, '- [ ] (review)'), {}, 'warn empty-criterion 22');
    finds(sampleWith(last, '- [ ] it is nice'), {}, 'warn unproven-criterion 22');
    finds(sampleWith(last, '- [ ] no lint errors (check: lint)'), {}, 'block unknown-check 22');
    const policy = parsePolicy('checks: [{ name: lint, run: make lint }]', 'p');
    finds(sampleWith(last, '- [ ] no lint errors (check: lint)'), { policy });
  });

  it('no-check', () => {
    const checks = 'checks:\n  - { name: tests, run: npm test, timeout: 600, report: junit.xml }\n';
    const without = (put: string) => sampleWith(checks, put).replace('(check: tests)', '(review)');
    finds(without('checks: []\n'), {}, 'block no-check 9');
    finds(without(''), {}, 'block no-check 2');
    finds(without('checks: []\nunchecked: prose only\n'), {});
    finds(without(''), { policy: parsePolicy('checks: [{ name: lint, run: make lint }]', 'p') });
  });

  it('no-reviewer, reviewer-not-allowed', () => {
    finds(sampleWith('reviewer: Reviewer <reviewer@example.com>\n', ''), {}, 'block no-reviewer 2');
    const policy = (person: string) => parsePolicy(`reviewers: [${person}]`, 'p');
    finds(SAMPLE, { policy: policy('Developer <dev@example.com>') }, 'block reviewer-not-allowed 12');
    finds(SAMPLE, { policy: policy('Somebody <Reviewer@Example.com>') });
  });

  it('whole-repository, empty-scope', () => {
    const scope = (patterns: string) => sampleWith('[src/http/**, test/http/**]', patterns);
    finds(scope('["**"]'), {}, 'block whole-repository 6');
    finds(scope('["*", "*/**"]'), {}, 'block whole-repository 6');
    finds(SAMPLE, { paths: ['src/auth/a.ts', 'Src/http/a.ts'] }, 'warn empty-scope 6');
    finds(SAMPLE, { paths: ['test/http/a.ts'] });
  });

  it('sensitive-area, by files, by patterns and by policy', () => {
    const [found] = assess(sampleWith('[src/http/**, test/http/**]', '\n  - test\n  - src'), {
      paths: ['src/UserLogin.ts', 'src/auth/x.ts', 'src/http/session.ts', 'src/a.ts', 'test/a.ts'],
    });
    assert.deepEqual(found, {
      rule: 'readiness/sensitive-area',
      severity: 'warn',
      message: '`src/UserLogin.ts` and 1 more in scope: auth, needs tight human review',
      line: 8,
    });
    for (const [pattern, area] of [
      ['src/payments/**', 'billing'],
      ['lib/crypto', 'security'],
      ['db/migrations/*', 'migrations'],
      ['packages/oauth/**', 'auth'],
    ] as const) {
      const [only, ...more] = assess(sampleWith('[src/http/**, test/http/**]', `[x, ${pattern}]`));
      assert.deepEqual([only?.rule, more.length], ['readiness/sensitive-area', 0]);
      assert.match(only!.message, new RegExp(`is ${area}: needs tight human review`));
    }
    const policy = parsePolicy('boundaries: [{ name: wire, paths: [src/http/wire/**] }]', 'p');
    finds(SAMPLE, { policy, paths: ['src/http/wire/a.ts'] }, 'warn sensitive-area 6');
    finds(SAMPLE, { policy, paths: ['src/http/a.ts'] });
  });

  it('overlap', () => {
    const task = (...change: string[]) => [{ id: 't1', title: 'Other', change }];
    finds(SAMPLE, { liveTasks: task('src/**/*.ts') }, 'warn overlap 6');
    finds(SAMPLE, { liveTasks: task('src/auth/**', 'docs') });
  });

  it('command-not-found', () => {
    const none = { commandExists: () => false };
    finds(SAMPLE, none, 'warn command-not-found 4', 'warn command-not-found 10');
    finds(
      sampleWith('setup: npm ci', 'agent: command\ncommand: sed -i x').replace('npm test', './run.sh --all'),
      { ...none, paths: ['run.sh', 'src/http/a'] },
      'warn command-not-found 5',
    );
    finds(sampleWith('npm test', '$RUNNER'), { commandExists: (program) => program === 'npm' });
  });

  it('unknown-boundary', () => {
    const grant = sampleWith('allow: []', 'allow: [dependancies, public-api]');
    const policy = parsePolicy('boundaries: [{ name: public-api, paths: [x] }]', 'p');
    const [found, ...more] = assess(grant, { policy });
    assert.deepEqual([found?.rule, found?.line, more.length], ['readiness/unknown-boundary', 11, 0]);
    assert.match(found!.message, /did you mean `dependencies`\?/);
  });

  it('unknown-agent, agent-steering', () => {
    const codex = sampleWith('setup: npm ci', 'agent: codex');
    const paths = ['src/http/a.ts', '.codex/config.toml', 'docs/AGENTS.md'];
    finds(codex, { knownAgents: ['gemini'] }, 'warn unknown-agent 4');
    finds(codex, { paths }, 'block agent-steering 4');
    finds(codex.replace('allow: []', 'allow: [config]'), { paths }, 'warn agent-steering 4');
    finds(SAMPLE, { paths }, 'warn agent-steering null');
    finds(SAMPLE, { paths, agent: 'codex' }, 'block agent-steering null');
    finds(sampleWith('setup: npm ci', 'command: make'), { paths });
    for (const path of [
      'CLAUDE.md',
      '.cursor/rules/x.mdc',
      'opencode.json',
      '.mcp.json',
      '.qwen/settings.json',
      '.gemini/settings.json',
    ]) {
      finds(SAMPLE, { paths: ['src/http/a.ts', path] }, 'warn agent-steering null');
    }
    finds(SAMPLE, { paths: ['src/http/a.ts', 'src/agents.ts', 'docs/claude.txt'] });
  });

  it('policy: says where the policy overruled the brief', () => {
    const policy = parsePolicy('budget: { files: 3, lines: 900 }\nchecks: [{ name: tests, run: make }]', 'p');
    finds(SAMPLE, { policy }, 'warn policy 8', 'warn policy 10');
  });
});

describe('inspectBrief', () => {
  const inspect = (source: string | Uint8Array) => inspectBrief(source, 'brief.md', NOTHING_KNOWN);

  it('gives brief and findings when it parses', () => {
    const { brief, error, findings } = inspect(SAMPLE);
    assert.deepEqual([brief?.title, error, findings], ['Retry idempotent requests on 429', null, []]);
  });

  it('gives a blocking finding for each problem when it does not', () => {
    const { brief, error, findings } = inspect(
      sampleWith('[src/http/**, test/http/**]', '[]').replace('## Goal', '## Gaol').replace('files: 12', 'files: x'),
    );
    assert.deepEqual([brief, error?.code], [null, 'BRIEF_INVALID']);
    assert.deepEqual(brieflyOf(findings), ['block no-scope 6', 'block unparsable 8', 'block no-goal 14']);
    assert.deepEqual(brieflyOf(inspect(sampleWith('## Acceptance criteria', '## Other')).findings), [
      'block no-criteria 14',
    ]);
    assert.deepEqual(brieflyOf(inspect('').findings), ['block unparsable null']);
    const [placed] = inspect('# no front matter').findings;
    assert.deepEqual([placed?.line, placed?.message.startsWith('found text')], [1, true]);
    assert.deepEqual(brieflyOf(inspect(Uint8Array.of(0xff)).findings), ['block unparsable 1']);
  });
});
