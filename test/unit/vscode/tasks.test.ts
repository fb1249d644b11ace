import assert from 'node:assert/strict';
import { type TaskSummary, taskStateSchema } from '../../../src/core/task/summary';
import { GROUPS, groupOf, groupTasks, isAtWork, waitingTasks } from '../../../src/vscode/tasks/groups';
import { elapsed, groupWords, labelOf, stateWords, verdictWords, waitingWords } from '../../../src/vscode/tasks/labels';
import { plain, sampleSummary } from './sample';

const NOW = Date.parse('2026-01-02T04:00:00Z');
const STATES = taskStateSchema.options;
const label = (change: Partial<TaskSummary>, several = false) => labelOf(sampleSummary(change), NOW, several, plain);

describe('groups of tasks', () => {
  it('puts every state where a person looks for it', () => {
    const by = Object.fromEntries(
      GROUPS.map((group) => [group, STATES.filter((state) => groupOf({ state, asking: false }) === group)]),
    );
    assert.deepEqual(by, {
      'needs-you': ['ready', 'failed', 'interrupted'],
      running: ['preparing', 'running', 'verifying', 'correcting'],
      queued: ['draft', 'queued'],
      done: ['signed', 'delivered', 'rejected'],
    });
  });

  it('puts a task that asks with those that need a person, and it is still at work', () => {
    const asking = { state: 'running', asking: true } as const;
    assert.equal(groupOf(asking), 'needs-you');
    assert.equal(isAtWork(asking), true);
    assert.equal(isAtWork({ state: 'ready' }), false);
  });

  it('leaves out empty groups and shows what changed last first', () => {
    const tasks = [
      sampleSummary({ id: 'done', state: 'delivered' }),
      sampleSummary({ id: 'old', updatedAt: '2026-01-02T03:00:00Z' }),
      sampleSummary({ id: 'new', updatedAt: '2026-01-02T03:30:00Z' }),
    ];
    assert.deepEqual(
      groupTasks(tasks).map(({ group, tasks: own }) => [group, own.map(({ id }) => id)]),
      [
        ['needs-you', ['new', 'old']],
        ['done', ['done']],
      ],
    );
    assert.deepEqual(
      waitingTasks(tasks).map(({ id }) => id),
      ['old', 'new'],
    );
  });
});

describe('labels of tasks', () => {
  it('say state, verdict, agent and time in words', () => {
    assert.equal(label({}).description, 'ready, clean · codex · 30 min ago');
    assert.equal(label({ state: 'running', verdict: null }).description, 'running · codex · 56 min');
    assert.equal(label({}, true).description, 'ready, clean · codex · 30 min ago · example');
    assert.equal(label({}).spoken, 'Retry on 429, ready, clean, codex, 30 min ago');
    assert.equal(label({ asking: true, state: 'running' }).icon.id, 'question');
  });

  it('give a verdict where a snapshot was judged, and tell of drift while it happens', () => {
    const said = (change: Partial<TaskSummary>) => label(change).description.split(' · ')[0];
    assert.equal(said({ state: 'running', verdict: 'clean' }), 'running');
    assert.equal(said({ state: 'running', verdict: 'blocked' }), 'running, blocked so far');
    assert.equal(said({ state: 'interrupted', verdict: 'clean' }), 'interrupted');
    assert.equal(said({ state: 'rejected', verdict: 'attention' }), 'rejected, needs attention');
  });

  it('have words for every state, verdict and group, none twice', () => {
    const words = [
      ...STATES.map((state) => stateWords({ state, asking: false }, plain)),
      ...(['clean', 'attention', 'blocked'] as const).map((verdict) => verdictWords(verdict, plain)),
    ];
    assert.equal(new Set(words).size, words.length);
    assert.equal(new Set(GROUPS.map((group) => groupWords(group, plain))).size, GROUPS.length);
  });

  it('tell a clean result from one that is not by more than colour', () => {
    const icons = (['clean', 'attention', 'blocked'] as const).map((verdict) => label({ verdict }).icon.id);
    assert.equal(new Set(icons).size, 3);
  });

  it('spell out what would be obeyed or hidden', () => {
    const shown = label({ title: 'a\u202eb\nc', agent: 'x\u001b[2J' });
    assert.equal(shown.label, 'a\\u{202e}b\\nc');
    assert.match(shown.description, /x\\u\{1b\}\[2J/);
    assert.match(shown.tooltip, /^a\\u\{202e\}b\\nc\n/);
  });

  it('count time in its largest whole unit, and a clock that was set back as none', () => {
    const minute = 60_000;
    const times = [-5, 0, minute - 1, minute, 59 * minute, 60 * minute, 47 * 60 * minute, 48 * 60 * minute, Number.NaN];
    assert.deepEqual(
      times.map((time) => elapsed(time, plain)),
      [
        'under a minute',
        'under a minute',
        'under a minute',
        '1 min',
        '59 min',
        '1 h',
        '47 h',
        '2 days',
        'under a minute',
      ],
    );
  });

  it('sum up who waits', () => {
    const tasks = [
      sampleSummary({}),
      sampleSummary({}),
      sampleSummary({ state: 'failed' }),
      sampleSummary({ state: 'running' }),
    ];
    assert.equal(waitingWords(tasks, plain), '2 ready, 1 failed');
    assert.equal(waitingWords([], plain), '');
  });
});
