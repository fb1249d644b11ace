import assert from 'node:assert/strict';
import fc from 'fast-check';
import { briefFromTemplate, type DraftFacts, draftBrief, draftPolicy, TEMPLATES } from '../../../src/core/brief/draft';
import { parseBrief } from '../../../src/core/brief/parse';
import { EMPTY_POLICY, type Policy, parsePolicy } from '../../../src/core/brief/policy';
import { assessReadiness, type ReadinessFacts } from '../../../src/core/brief/readiness';
import { SAMPLE, sampleWith } from './sample';

const FULL: DraftFacts = {
  testCommand: 'npm test',
  lintCommand: 'npm run lint',
  setup: 'npm ci',
  languages: ['TypeScript'],
  sourceFolders: ['src'],
  testFolders: ['test'],
  user: 'Reviewer <reviewer@example.com>',
};
const BARE: DraftFacts = {
  testCommand: null,
  lintCommand: null,
  setup: null,
  languages: [],
  sourceFolders: [],
  testFolders: [],
  user: null,
};

const NOTHING_KNOWN: ReadinessFacts = {
  paths: null,
  commandExists: () => null,
  liveTasks: [],
  policy: null,
  knownAgents: null,
};

const blocksOf = (text: string): string[] =>
  assessReadiness(parseBrief(text, 'draft.md'), NOTHING_KNOWN).flatMap(({ rule, severity }) =>
    severity === 'block' ? [rule] : [],
  );

describe('draftBrief', () => {
  it('lacks only the words of a person, whatever the template', () => {
    assert.deepEqual(
      TEMPLATES.map(({ id }) => id),
      ['feature', 'bugfix', 'codemod', 'dependency-update'],
    );
    for (const { id } of TEMPLATES) {
      const draft = draftBrief(FULL, id);
      assert.deepEqual(blocksOf(draft), ['readiness/no-goal'], id);
      assert.deepEqual(blocksOf(draft.replace('## Goal\n', '## Goal\nMake the client faster.\n')), [], id);
      assert.deepEqual(blocksOf(draftBrief(BARE, id)).sort(), [
        'readiness/no-check',
        'readiness/no-goal',
        'readiness/no-reviewer',
      ]);
    }
  });

  it('says what was found', () => {
    const { front } = parseBrief(draftBrief(FULL), 'b');
    assert.deepEqual(front.scope, { change: ['src/**', 'test/**'], avoid: [] });
    assert.deepEqual(
      front.checks.map(({ name, run }) => [name, run]),
      [
        ['tests', 'npm test'],
        ['lint', 'npm run lint'],
      ],
    );
    assert.equal(front.setup, 'npm ci');
    assert.equal(front.reviewer, FULL.user);
    assert.equal(parseBrief(draftBrief(FULL, 'codemod'), 'b').front.agent, 'command');
    assert.deepEqual(parseBrief(draftBrief(FULL, 'dependency-update'), 'b').front.approval.allow, ['dependencies']);
    assert.deepEqual(parseBrief(draftBrief({ ...BARE, languages: ['Go'] }), 'b').front.scope.change, ['**/*.{go}']);
  });

  it("takes the policy's defaults before what was found", () => {
    const policy = parsePolicy(
      'scope: { change: [lib/**], avoid: [infra] }\nsetup: make\nbudget: { files: 3 }\nchecks: [{ name: tests, run: make test, report: out.xml }]',
      'p',
    );
    const { front } = parseBrief(draftBrief({ ...FULL, policy }), 'b');
    assert.deepEqual(front.scope, { change: ['lib/**'], avoid: ['infra'] });
    assert.deepEqual(front.checks[0], policy.checks[0]);
    assert.deepEqual([front.checks.length, front.setup, front.budget.files], [2, 'make', 3]);
  });

  it('names a reviewer whom the policy allows, and a criterion that has words', () => {
    const reviewers = ['Lead <lead@example.com>', 'Other <other@example.com>'];
    const reviewerOf = (policy: Policy) => parseBrief(draftBrief({ ...FULL, policy }), 'b').front.reviewer;
    assert.equal(reviewerOf({ ...EMPTY_POLICY, reviewers }), 'Lead <lead@example.com>');
    assert.equal(reviewerOf({ ...EMPTY_POLICY, reviewers: [...reviewers, 'R <REVIEWER@example.com>'] }), FULL.user);
    assert.equal(reviewerOf(EMPTY_POLICY), FULL.user);
    const brief = parseBrief(draftBrief(FULL).replace('## Goal\n', '## Goal\nMake the client faster.\n'), 'b');
    const [placeholder] = brief.criteria;
    assert.deepEqual(placeholder?.proof, { kind: 'check', check: 'tests' });
    assert.deepEqual(
      assessReadiness(brief, NOTHING_KNOWN).map(({ rule, line }) => [rule, line]),
      [['readiness/empty-criterion', placeholder?.line]],
    );
  });

  it('parses whatever was found', () => {
    const text = fc
      .string({ unit: 'binary', minLength: 1 })
      .filter((value) => !/[\p{Cc}\p{Surrogate}]/u.test(value) && value.trim() !== '');
    const folder = text.filter((value) => !/[/]|^\.{1,2}$/.test(value) && value.length < 20);
    const facts = fc.record({
      testCommand: fc.option(text),
      lintCommand: fc.option(text),
      setup: fc.option(text),
      languages: fc.subarray(['Go', 'Python', 'C#']),
      sourceFolders: fc.array(folder, { maxLength: 3 }),
      testFolders: fc.constant([]),
      user: fc.constantFrom(null, 'O\'Neil: "x" <a@b.c>', '#1 <a@b.c>'),
    });
    fc.assert(
      fc.property(facts, fc.constantFrom(...TEMPLATES), (found, { id }) => {
        const { front } = parseBrief(draftBrief(found, id), 'draft.md');
        assert.equal(front.checks.find(({ name }) => name === 'tests')?.run, found.testCommand?.trim());
        assert.equal(front.reviewer ?? null, found.user);
        parsePolicy(draftPolicy(found), 'policy.yaml');
      }),
    );
  });

  it('knows its templates by name', () => {
    assert.throws(() => draftBrief(FULL, 'bugfx'), { code: 'USAGE', fix: 'try `bugfix`' });
  });
});

describe('briefFromTemplate', () => {
  it("adds the reviewer to a team's own template and changes nothing else", () => {
    const template = sampleWith('reviewer: Reviewer <reviewer@example.com>\n', '');
    assert.equal(briefFromTemplate(template, 't.md', 'Reviewer <reviewer@example.com>'), SAMPLE);
    assert.equal(briefFromTemplate(SAMPLE, 't.md', 'Developer <dev@example.com>'), SAMPLE);
    assert.equal(briefFromTemplate(template, 't.md', null), template);
    assert.throws(() => briefFromTemplate('# x', 't.md', null), { code: 'BRIEF_FRONT_MATTER' });
  });
});

describe('draftPolicy', () => {
  it('binds nobody until somebody takes a note mark away', () => {
    const draft = draftPolicy(FULL);
    assert.deepEqual(parsePolicy(draft, 'p'), { ...EMPTY_POLICY, scope: { change: ['src/**', 'test/**'], avoid: [] } });
    const inForce = parsePolicy(draft.replace(/^# (budget|setup|checks|limits| {2}-)/gm, '$1'), 'p');
    assert.equal(inForce.setup, 'npm ci');
    assert.deepEqual(inForce.checks, [{ name: 'tests', run: 'npm test', timeout: 600 }]);
    assert.deepEqual(inForce.limits, { oversizeBytes: 5 * 1024 * 1024, deletedFiles: 20 });
    assert.equal(inForce.budget.files, 30);
    assert.deepEqual(parsePolicy(draftPolicy(BARE), 'p').scope.change, ['src/**']);
  });
});
