import assert from 'node:assert/strict';
import { readPartialBrief } from '../../../../src/core/brief/partialBrief';
import { inspectBrief } from '../../../../src/core/brief/readiness';
import { type CheckTrial, trialOf } from '../../../../src/vscode/brief/checkRows';
import { keyOfFinding } from '../../../../src/vscode/brief/findingKeys';
import { type FormFacts, formOf } from '../../../../src/vscode/brief/form';
import { composeBrief } from '../../../../src/vscode/brief/newBrief';
import { fewOverlaps } from '../../../../src/vscode/brief/readinessWords';
import { noticeSchema } from '../../../../src/webview/brief/messages';

const t = (message: string, ...values: (string | number)[]) =>
  message.replace(/\{(\d)\}/g, (_, at) => `${values[Number(at)]}`);

const READY = `---
countersign: 1
scope: { change: [src/**], avoid: [src/auth/**] }
checks:
  - { name: tests, run: npm test }
approval: { allow: [ci, house-rule] }
reviewer: Reviewer <reviewer@example.com>
---
## Goal
Retry idempotent requests on 429.
## Acceptance criteria
- [ ] at most 3 retries (check: tests)
- [ ] never a POST
`;
const frame = {
  ...{ language: 'en', draft: 'file:///brief.md', applied: 3, file: 'a\u202eb.md', canUndo: false },
  ...{ saved: { words: 'Saved', dirty: false }, trouble: null, templates: [], other: '' },
};
const UNKNOWN = { paths: null, commandExists: () => null, liveTasks: [], policy: null, knownAgents: null };

function formFrom(text: string, facts: Partial<FormFacts> = {}) {
  const { findings } = inspectBrief(text, 'brief.md', UNKNOWN);
  const judgement = { findings, patterns: null, by: 'here' as const, why: 'not known' };
  const all = {
    judgement,
    isOld: false,
    agents: null,
    trials: new Map(),
    cannotRun: '',
    remedy: 'none' as const,
    busy: false,
    ...facts,
  };
  const form = formOf(text, frame, all, t);
  assert.ok(noticeSchema.safeParse({ type: 'form', form }).success);
  return form;
}

describe('the form of a brief', () => {
  it('shows what the file says', () => {
    const form = formFrom(READY);
    assert.equal(form.fields.goal?.value, 'Retry idempotent requests on 429.');
    assert.deepEqual(
      form.criteria.map(({ value, proof }) => [value, proof]),
      [
        ['at most 3 retries', 'check:tests'],
        ['never a POST', ''],
      ],
    );
    assert.deepEqual(
      form.change.map(({ value }) => value),
      ['src/**'],
    );
    assert.equal(form.checks[0]?.run.value, 'npm test');
    assert.deepEqual(
      form.boundaries.filter(({ allowed }) => allowed).map(({ name }) => name),
      ['ci', 'house-rule'],
    );
    assert.equal(form.file, 'a\\u{202e}b.md');
  });

  it('says what is ready and what is not, each in its place', () => {
    const ready = formFrom(READY);
    assert.equal(ready.readiness.words, 'Ready · 2 things to look at');
    assert.equal(ready.handOff.whyNot, '');
    assert.match(ready.criteria[1]?.problem ?? '', /nothing proves/);
    const lacking = formFrom(composeBrief(null, null, null));
    assert.equal(lacking.readiness.ready, false);
    assert.equal(lacking.readiness.words, '3 of 6 parts are ready · 1 thing to look at');
    assert.match(lacking.handOff.whyNot, /^Not ready: /);
    const old = formFrom(composeBrief(null, null, null), { isOld: true });
    assert.deepEqual(
      [ready, lacking, old].map(({ handOff }) => handOff.verdict),
      ['none', 'current', 'old'],
    );
    const parts = lacking.readiness.findings.map(({ key }) => key.split('.')[0]);
    assert.deepEqual([...new Set(parts)].sort(), ['checks', 'criteria', 'goal', 'reviewer']);
  });

  it('counts the other tasks that a wide scope meets, and tells only some', () => {
    const overlap = (message: string) => ({ rule: 'readiness/overlap', severity: 'warn' as const, message, line: 3 });
    const other = { ...overlap('else'), rule: 'readiness/no-check' };
    const said = (...messages: string[]) =>
      fewOverlaps([...messages.map(overlap), other], t).map(({ message }) => message);
    assert.deepEqual(said('a', 'b', 'c'), ['a', 'b', 'c', 'else']);
    assert.deepEqual(said('a', 'b', 'c', 'd', 'e'), [
      'a',
      'b',
      'the scope overlaps those of 3 more live tasks',
      'else',
    ]);
  });

  it('says where a text hides or reorders something', () => {
    const form = formFrom(READY.replace('on 429', 'on \u202e429').replace('src/**', 'src/\u200b**'));
    assert.match(form.fields.goal?.problem ?? '', /hides or reorders text: \\u\{202e\}/);
    assert.notEqual(form.change[0]?.problem, '');
  });

  it('says why nothing can be run', () => {
    const form = formFrom(READY, { cannotRun: 'not trusted' });
    assert.deepEqual([form.handOff.whyNot, form.checks[0]?.whyNot], ['not trusted', 'not trusted']);
    const busy = formFrom(composeBrief(null, null, null), { busy: true }).handOff;
    assert.deepEqual([busy.whyNot, busy.verdict], ['It is being handed off.', 'none']);
  });

  it('shows what the host knows of patterns and agents', () => {
    const patterns = [
      { pattern: 'src/**', kind: 'change' as const, files: 14, examples: ['src/a\u0007.ts'], problem: null },
      { pattern: 'src/auth/**', kind: 'avoid' as const, files: 0, examples: [], problem: null },
    ];
    const agent = { path: null, version: null, signIn: 'sign in', install: 'npm i -g x' };
    const agents = {
      default: 'b',
      agents: [
        { id: 'a', name: 'A', installed: false, ...agent },
        { id: 'b', name: 'B', installed: true, ...agent },
      ],
    };
    const form = formFrom(READY, { judgement: { findings: [], patterns, by: 'host', why: '' }, agents });
    assert.deepEqual([form.change[0]?.matches, form.avoid[0]?.matches], ['14 files', 'matches no file']);
    assert.deepEqual(form.change[0]?.examples, ['src/a\\u{7}.ts']);
    assert.deepEqual(
      form.agent.options.map(({ id }) => id),
      ['', 'b', 'a', 'command'],
    );
    assert.equal(form.agent.hint, 'sign in');
    const other = formFrom(READY.replace('scope:', 'agent: a\nscope:'), { agents });
    assert.equal(other.agent.hint, 'Not installed here. npm i -g x');
    const reviewing = (review: string) => formFrom(READY.replace('scope:', `${review}scope:`), { agents }).reviewing;
    assert.match(reviewing('').hint, /^Nobody is asked/);
    assert.match(reviewing('review: { required: true }\n').hint, /another agent than the one/);
    assert.equal(reviewing('review: { agent: b }\n').hint, 'sign in');
    assert.match(reviewing('review: { command: x }\n').hint, /cannot write/);
    const { chosen, options } = reviewing('review: { agent: mine }\n');
    assert.deepEqual([chosen, options.map(({ id }) => id)], ['mine', ['', 'b', 'a', 'command', 'mine']]);
  });

  it('shows a trial, and says when it is of an earlier command', () => {
    const result = {
      status: 'failed' as const,
      exit: 1,
      seconds: 4,
      counts: null,
      note: null,
      output: '\u001b[31mno',
      base: 'b',
      confinement: 'c',
    };
    const what = trialOf(readPartialBrief(READY, ''), 0);
    const trial = (over: Partial<CheckTrial>) =>
      formFrom(READY, { trials: new Map([['tests', { state: 'done', what, result, ...over } as CheckTrial]]) })
        .checks[0]!.trial;
    const done = trial({});
    assert.ok(done.state === 'done' && done.mark.words === 'Fails at base' && !done.details.includes('earlier'));
    assert.ok(done.state === 'done' && done.output === '\\u{1b}[31mno');
    const old = trial({ what: 'another' });
    assert.ok(old.state === 'done' && old.details.includes('of an earlier command'));
  });

  it('keeps what can be read of nonsense, locks the rest and says why', () => {
    const broken = formFrom(READY.replace('checks:', 'checks: [\n'));
    assert.notEqual(broken.unreadable, null);
    assert.equal(broken.fields.goal?.locked, '');
    assert.match(broken.fields.reviewer?.locked ?? '', /cannot be read \(line \d+\)/);
    assert.equal(broken.locked.criteria, '');
    for (const nonsense of ['', 'hello', '\0', '---\n', 'x'.repeat(300_000)]) {
      const form = formFrom(nonsense);
      assert.notEqual(form.unreadable, null);
      assert.notEqual(form.fields.goal?.locked, '');
      assert.notEqual(form.locked.criteria, '');
      assert.notEqual(form.handOff.whyNot, '');
    }
    const shape = formFrom(READY.replace('reviewer: Reviewer <reviewer@example.com>', 'reviewer: [a]'));
    assert.match(shape.fields.reviewer?.locked ?? '', /something else/);
    assert.equal(shape.unreadable, null);
  });
});

describe('the place of a finding', () => {
  const keysOf = (text: string) => {
    const brief = readPartialBrief(text, 'brief.md');
    const facts = {
      ...UNKNOWN,
      commandExists: () => false,
      paths: ['src/auth/login.ts', 'AGENTS.md'],
      knownAgents: ['x'],
    };
    return Object.fromEntries(
      inspectBrief(text, 'brief.md', facts).findings.map((finding) => [
        `${finding.rule.replace('readiness/', '')}`,
        keyOfFinding(finding, brief),
      ]),
    );
  };

  it('is the field that mends it', () => {
    const text = READY.replace('scope:', 'agent: nobody\nsetup: make\nscope:').replace(
      '(check: tests)',
      '(check: none)',
    );
    assert.deepEqual(keysOf(text.replace('avoid: [src/auth/**]', 'avoid: []').replace(/on 429\./, '')), {
      'agent-steering': 'agent',
      'command-not-found': 'checks.0.run',
      'sensitive-area': 'scope.change.0',
      'short-goal': 'goal',
      'unknown-agent': 'agent',
      'unknown-boundary': 'approval',
      'unknown-check': 'criteria.0',
      'unproven-criterion': 'criteria.1',
    });
  });

  it('is found by the line where the rule does not say it', () => {
    const key = (from: string, to: string) => keysOf(READY.replace(from, to)).unparsable;
    assert.equal(key('name: tests,', 'name: "a b",'), 'checks.0.name');
    assert.equal(key('[src/**]', '[/abs]'), 'scope.change.0');
    assert.equal(key('Reviewer <reviewer@example.com>', 'me'), 'reviewer');
    assert.equal(key('scope:', 'budget: { files: no }\nscope:'), 'budget.files');
    assert.equal(key('scope:', 'budget: { usd: no }\nscope:'), 'budget.usd');
    assert.equal(key('scope:', 'review: { minutes: 0 }\nscope:'), 'review.minutes');
    assert.equal(key('scope:', 'review: { agent: command }\nscope:'), 'review.agent');
    assert.equal(key('scope:', 'review: 7\nscope:'), 'review.agent');
    assert.equal(key('countersign: 1', 'countersign: 2'), '');
    assert.equal(key('scope:', 'nonsense: 1\nscope:'), '');
  });
});
