import assert from 'node:assert/strict';
import { type TaskSummary, taskStateSchema } from '../../../src/core/task/summary';
import { ABILITIES, type Ability, contextOf } from '../../../src/vscode/tasks/abilities';
import { GROUPS, groupOf, groupTasks, isAtWork, waitingTasks } from '../../../src/vscode/tasks/groups';
import { keepSame } from '../../../src/vscode/tasks/keepSame';
import { labelOf } from '../../../src/vscode/tasks/labels';
import { pauseBefore } from '../../../src/vscode/tasks/pace';
import { statusOf } from '../../../src/vscode/tasks/statusWords';
import { elapsed } from '../../../src/vscode/tasks/times';
import { groupWords, reviewedWords, stateWords, verdictWords, waitingWords } from '../../../src/vscode/tasks/words';
import { plain, sampleSummary } from './sample';

const NOW = Date.parse('2026-01-02T04:00:00Z');
const STATES = taskStateSchema.options;
const label = (change: Partial<TaskSummary>, several = false) => labelOf(sampleSummary(change), NOW, several, plain);

describe('groups of tasks', () => {
  it('puts every state where a person looks for it', () => {
    const by = Object.fromEntries(
      GROUPS.map((group) => [group, STATES.filter((state) => groupOf(sampleSummary({ state }), NOW) === group)]),
    );
    assert.deepEqual(by, {
      'needs-you': ['ready', 'failed', 'interrupted'],
      running: ['preparing', 'running', 'verifying', 'correcting'],
      queued: ['draft', 'queued'],
      done: ['signed', 'delivered', 'rejected'],
      earlier: [],
      archived: [],
    });
  });

  it('tells this week from before, and puts aside what is archived unless it is at work or asks', () => {
    const week = 7 * 24 * 60 * 60 * 1_000;
    const decided = sampleSummary({ state: 'delivered', updatedAt: new Date(NOW - week).toISOString() });
    assert.equal(groupOf(decided, NOW), 'done');
    assert.equal(groupOf(decided, NOW + 1), 'earlier');
    const archived = (change: Partial<TaskSummary>) => groupOf(sampleSummary({ archived: true, ...change }), NOW);
    assert.equal(archived({ state: 'ready' }), 'archived');
    assert.equal(archived({ state: 'delivered' }), 'archived');
    assert.equal(archived({ state: 'queued' }), 'queued');
    assert.equal(archived({ state: 'running', asking: true }), 'needs-you');
    assert.deepEqual(waitingTasks([sampleSummary({ archived: true })]), []);
  });

  it('puts a task that asks with those that need a person, and it is still at work', () => {
    const asking = { state: 'running', asking: true } as const;
    assert.equal(groupOf(sampleSummary(asking), NOW), 'needs-you');
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
      groupTasks(tasks, NOW).map(({ group, tasks: own }) => [group, own.map(({ id }) => id)]),
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
    assert.equal(label({}).description, 'ready, clean · 30 min ago · codex');
    assert.equal(label({ state: 'running', verdict: null }).description, 'running · 56 min · codex');
    assert.equal(label({}, true).description, 'ready, clean · 30 min ago · codex · example');
    assert.equal(label({}).spoken, 'Retry on 429, ready, clean, 30 min ago, codex');
    assert.equal(label({ asking: true, state: 'running' }).icon.id, 'question');
    const read = label({ reviewing: true });
    assert.deepEqual([read.icon.id, read.description], ['sync~spin', 'being reviewed, clean · 30 min ago · codex']);
    assert.match(label({ state: 'verifying', verdict: null, reviewing: true }).description, /^being reviewed · /);
    assert.notEqual(label({ state: 'failed' }).icon.id, label({ verdict: 'blocked' }).icon.id);
  });

  it('say of adopted work where it came from and who wrote it, instead of an agent', () => {
    const authors = ['Ann\u202e', 'Bo', 'Cy', 'Di', 'Ed', 'Flo'];
    const adopted = { name: 'origin/top\u0007ic', authors };
    const shown = label({ agent: 'adopted', adopted });
    assert.equal(shown.description, 'ready, clean · 30 min ago · from origin/top\\u{7}ic');
    assert.match(shown.tooltip, /^Adopted from origin\/top\\u\{7\}ic, by Ann\\u\{202e\}, Bo, Cy, Di, Ed and 1 more$/m);
    assert.doesNotMatch(shown.tooltip, /^Agent:/m);
    const corrected = label({ agent: 'codex', adopted });
    assert.match(corrected.description, /codex$/);
    assert.match(corrected.tooltip, /^Agent: codex\nAdopted from/m);
  });

  it('give a verdict where a snapshot was judged, and tell of drift while it happens', () => {
    const said = (change: Partial<TaskSummary>) => label(change).description.split(' · ').slice(0, 2);
    const running = (drifting: TaskSummary['drifting']) => said({ state: 'running', verdict: 'blocked', drifting });
    assert.deepEqual(running(null), ['running', '56 min']);
    assert.deepEqual(running({ verdict: 'clean', files: 0, flagged: 0 }), ['running', '56 min']);
    assert.deepEqual(running({ verdict: 'clean', files: 1, flagged: 0 }), ['running', '1 file so far']);
    assert.deepEqual(running({ verdict: 'blocked', files: 3, flagged: 1 }), ['running', '3 files, 1 flagged so far']);
    assert.deepEqual(running({ verdict: 'attention', files: 3, flagged: 0 }), [
      'running',
      '3 files, needs attention so far',
    ]);
    assert.deepEqual(said({ state: 'interrupted', verdict: 'clean' }), ['interrupted', '30 min ago']);
    assert.deepEqual(said({ state: 'rejected', verdict: 'attention' }), ['rejected, needs attention', '30 min ago']);
  });

  it('tell the last sign of life of a task at work, and after a minute that there was none', () => {
    const at = (seconds: number) => ({ at: new Date(NOW - seconds * 1_000).toISOString(), words: 'npm\u0007 test' });
    const said = (seconds: number, change: Partial<TaskSummary> = {}) =>
      label({ state: 'running', verdict: null, activity: at(seconds), ...change });
    assert.equal(said(59).description, 'running · 56 min · codex · npm\\u{7} test');
    assert.equal(said(125).description, 'running · 56 min · no sign of life for 2 min · codex · npm\\u{7} test');
    assert.match(said(125).tooltip, /^Last sign of life: npm\\u\{7\} test, 2 min ago$/m);
    assert.doesNotMatch(said(125, { asking: true }).description, /sign of life|npm/);
    assert.doesNotMatch(said(125, { state: 'ready' }).description, /sign of life|npm/);
    const long = label({ state: 'running', activity: { at: at(0).at, words: 'x'.repeat(400) } });
    assert.ok(long.description.length < 120 && long.description.endsWith('…'), long.description);
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

  it('count time in its largest whole unit, below a minute in steps, and a clock that was set back as none', () => {
    const minute = 60_000;
    const times = [-5, 0, 19_999, minute - 1, minute, 59 * minute, 60 * minute, 61 * minute, 601 * minute];
    assert.deepEqual(
      [...times, 47 * 60 * minute, 48 * 60 * minute, Number.NaN].map((time) => elapsed(time, plain)),
      ['0 s', '0 s', '10 s', '50 s', '1 min', '59 min', '1 h', '1 h 1 min', '10 h', '47 h', '2 days', '0 s'],
    );
  });

  it('say of what changed within a minute that it was just now', () => {
    assert.match(label({ updatedAt: new Date(NOW - 59_000).toISOString() }).description, /^ready, clean · just now · /);
    assert.match(label({ updatedAt: new Date(NOW - 60_000).toISOString() }).description, / · 1 min ago · /);
  });

  it('sum up who waits', () => {
    const tasks = [
      sampleSummary({}),
      sampleSummary({}),
      sampleSummary({ state: 'failed' }),
      sampleSummary({ state: 'running' }),
    ];
    assert.equal(waitingWords(tasks, plain), '2 ready for review, 1 failed');
    assert.equal(waitingWords([], plain), '');
  });
});

describe('what can be done with a task', () => {
  /** Without what every task of an agent has. */
  const able = (change: Partial<TaskSummary>) => {
    const words = contextOf(sampleSummary(change)).split(' ');
    assert.equal(words.pop(), 'transcript');
    return words;
  };

  it('follows from its state', () => {
    assert.deepEqual(able({ state: 'running' }), ['task', 'stop']);
    assert.deepEqual(able({ state: 'queued' }), ['task', 'stop', 'reject']);
    const rest = ['reject', 'checkout', 'archive', 'delete'];
    assert.deepEqual(able({ state: 'ready' }), ['task', 'review', 'takeOver', ...rest]);
    assert.deepEqual(able({ state: 'ready', takenOver: true }), ['task', 'review', 'handIn', ...rest]);
    assert.deepEqual(able({ state: 'ready', reviewing: true }), ['task', 'stop', 'reject', 'checkout']);
    assert.deepEqual(able({ state: 'rejected' }), ['task', 'restore', 'checkout', 'archive', 'delete']);
    assert.deepEqual(able({ state: 'delivered', archived: true }), ['task', 'checkout', 'unarchive', 'delete']);
    const broken = ['task', 'resume', 'resumeAsItStands', 'reject', 'checkout', 'archive', 'delete'];
    assert.deepEqual(able({ state: 'failed' }), broken);
    assert.deepEqual(able({ state: 'interrupted' }), broken);
    const noTurn = ['task', 'resume', 'reject', 'archive', 'delete'];
    assert.deepEqual(able({ state: 'failed', turns: 0 }), noTurn);
  });

  it('is not to read a transcript where no agent has said anything, nor to take its folder for an agent’s work', () => {
    const adopted = { name: 'topic', authors: ['Ann'] };
    const words = (change: Partial<TaskSummary>) =>
      contextOf(sampleSummary({ agent: 'adopted', adopted, ...change })).split(' ');
    assert.deepEqual(words({ state: 'verifying' }), ['task', 'stop']);
    assert.deepEqual(words({ state: 'failed' }), ['task', 'resume', 'reject', 'checkout', 'archive', 'delete']);
    assert.ok(words({ agent: 'codex' }).includes('transcript'), 'an agent has corrected it');
  });

  it('is to answer it when it asks', () => {
    const question = { request: 'r1', what: 'write outside', boundary: null };
    assert.deepEqual(able({ state: 'running', asking: true, question }), ['task', 'answer', 'stop']);
  });

  it('is something in every state, and never two that exclude each other', () => {
    const excluding: readonly (readonly [Ability, Ability])[] = [
      ['stop', 'resume'],
      ['stop', 'delete'],
      ['archive', 'unarchive'],
      ['reject', 'restore'],
    ];
    for (const state of STATES) {
      for (const archived of [false, true]) {
        const task = sampleSummary({ state, archived });
        assert.ok(
          Object.values(ABILITIES).some((fits) => fits(task)),
          state,
        );
        for (const [one, other] of excluding) assert.ok(!(ABILITIES[one](task) && ABILITIES[other](task)), state);
      }
    }
  });
});

describe('the status bar', () => {
  const said = (...changes: Partial<TaskSummary>[]) => statusOf(changes.map(sampleSummary), plain);

  it('counts what waits and what runs, and says nothing when there is neither', () => {
    assert.equal(said({ state: 'delivered' }), null);
    assert.deepEqual(said({}, {}, { state: 'running' }), {
      text: '$(checklist) 2 to review · 1 running',
      spoken: 'Countersign: 2 ready for review, 1 running',
      alarming: false,
    });
    assert.equal(said({ state: 'running' })?.text, '$(sync~spin) 1 running');
    assert.equal(
      said({}, { state: 'running' }, { state: 'queued' })?.text,
      '$(checklist) 1 to review · 1 running · 1 queued',
    );
    assert.equal(said({ state: 'queued' })?.text, '$(clock) 1 queued');
    assert.equal(said({}, { state: 'failed' })?.text, '$(checklist) 2 need you');
    assert.equal(said({ state: 'running', asking: true })?.text, '$(checklist) 1 needs you');
  });

  it('alarms only when something blocks or failed', () => {
    assert.equal(said({ verdict: 'attention' })?.alarming, false);
    assert.equal(said({ verdict: 'blocked' })?.alarming, true);
    assert.equal(said({ state: 'failed' })?.alarming, true);
    assert.equal(said({ state: 'failed', archived: true }), null);
  });
});

describe('a list that is asked for anew', () => {
  it('keeps what did not change as the same objects, and itself when nothing did', () => {
    const old = [sampleSummary({ id: 'a' }), sampleSummary({ id: 'b' })];
    assert.equal(keepSame(old, structuredClone(old)), old);
    const fresh = keepSame(old, [sampleSummary({ id: 'b' }), sampleSummary({ id: 'a', state: 'failed' })]);
    assert.deepEqual([fresh[0] === old[1], fresh[1] === old[0], fresh[1]?.state], [true, false, 'failed']);
  });

  it('is asked for soon, at most three times a second, and less often where it takes long', () => {
    assert.equal(pauseBefore(10_000, 5), 150);
    assert.equal(pauseBefore(0, 5), 350);
    assert.equal(pauseBefore(250, 5), 150);
    assert.equal(pauseBefore(0, 1_000), 5_000);
  });
});

describe('how a second opinion ended', () => {
  const words = (change: Partial<Parameters<typeof reviewedWords>[0]>) =>
    reviewedWords({ agent: 'gemini', none: null, major: 0, minor: 0, nit: 0, ...change }, plain);

  it('is said in a sentence, and nothing is never called clean', () => {
    assert.equal(words({}), 'gemini found nothing to object to.');
    assert.equal(words({ major: 2, nit: 1 }), 'gemini found 2 major, 0 minor, 1 nits.');
    assert.equal(words({ none: 'it an\u202eswered with prose' }), 'No second opinion: it an\\u{202e}swered with prose');
  });
});
