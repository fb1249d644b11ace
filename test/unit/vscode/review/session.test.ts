import assert from 'node:assert/strict';
import { fail } from '../../../../src/core/errors';
import type { Packet } from '../../../../src/core/review/packet';
import type { Remark } from '../../../../src/core/review/remark';
import { hear, ReviewSession } from '../../../../src/vscode/late/reviewing';
import type { ReviewEditor } from '../../../../src/vscode/review/ports';
import { ReviewDrafts } from '../../../../src/vscode/review/reviewDrafts';
import { type Notice, noticeSchema } from '../../../../src/webview/review/messages';
import { NOTHING_YET, type PageState, reducePage } from '../../../../src/webview/review/pageState';
import { changedPlace, mentionedTest, mentions } from '../../review/criteria/material';
import { reviewFinding, sampleReview } from '../../review/reviewer/material';
import {
  OTHER_TREE,
  sampleBrief,
  sampleDrift,
  sampleFinding,
  sampleGroup,
  samplePacket,
  sampleTask,
  sampleVerification,
  TREE,
} from '../../review/sample';
import { plain } from '../sample';
import { corrected } from './corrected';
import { blockedPacket, PREVIEW, sampleChange } from './sample';

/** A review with the page at one end and a host at the other, which answers what a test lays down. */
class Review {
  packet: Packet = blockedPacket();
  readonly answers = new Map<string, unknown>([
    ['task/changes', { changes: [sampleChange()], omitted: 0, to: 1 }],
    ['task/preview-signoff', PREVIEW],
    ['task/preview-correction', { body: 'mend it', fixed: 'the scope' }],
  ]);
  readonly asked: [string, Record<string, unknown>][] = [];
  readonly ran: unknown[][] = [];
  readonly confirmed: string[] = [];
  remarks: readonly Remark[] = [];
  missing = false;
  agrees = true;
  visible = true;
  page: PageState = NOTHING_YET;
  opened: string[] = [];
  readonly drafts: ReviewDrafts;
  readonly session: ReviewSession;

  constructor(store = new Map<string, unknown>()) {
    this.drafts = new ReviewDrafts({
      get: <T>(key: string) => store.get(key) as T,
      update: async (key, value) => void store.set(key, JSON.parse(JSON.stringify(value ?? null))),
    });
    const host = {
      live: true,
      packet: async () => (this.missing ? fail('TASK_NOT_FOUND', 'there is no such task') : this.packet),
      person: async () => 'Developer <dev@example.com>',
      request: async (method: string, params: object) => {
        this.asked.push([method, { ...params }]);
        const answer = this.answers.get(method);
        if (answer instanceof Error) throw answer;
        return answer ?? {};
      },
    };
    const remarks = {
      list: () => this.remarks,
      markSent: async () => {
        this.remarks = [];
      },
    };
    this.session = new ReviewSession('T1', { host: host as never, drafts: this.drafts, remarks }, this.#editor());
  }

  /** What the page sends. */
  say(wish: object): Promise<void> {
    return hear(this.session, { v: 1, ...wish });
  }

  calls(method: string): Record<string, unknown>[] {
    return this.asked.filter(([own]) => own === method).map(([, params]) => params);
  }

  #editor(): ReviewEditor {
    const review = this;
    return {
      language: 'en',
      t: plain,
      trusted: true,
      get visible() {
        return review.visible;
      },
      post: (notice: Notice) => {
        const parsed = noticeSchema.parse(notice);
        review.page = reducePage(review.page, parsed);
        if (parsed.type === 'open') review.opened.push(parsed.form);
      },
      title: () => undefined,
      run: async (command, ...given) => void review.ran.push([command, ...given]),
      copyPacket: async () => void review.ran.push(['copy', null]),
      showBrief: async () => void review.ran.push(['brief', null]),
      showLog: async (check) => void review.ran.push(['log', check]),
      confirm: async (_question, detail) => {
        review.confirmed.push(detail);
        return review.agrees;
      },
      progress: (_title, work) => work(),
    };
  }
}

const shown = async (review = new Review()) => {
  await review.say({ type: 'ready' });
  return review;
};
const failing = (code: string, message: string) => Object.assign(new Error(message), { code, fix: 'do this' });

describe('a review on its page', () => {
  it('shows the packet, and says what it could not read', async () => {
    const review = new Review();
    for (const method of review.answers.keys()) review.answers.set(method, failing('INTERNAL', 'not built yet'));
    await shown(review);
    assert.equal(review.page.head?.verdict.words, 'Not ready');
    assert.match(review.page.evidence?.filesNote ?? '', /not built yet/);
    assert.equal(review.page.problems.page, '');
  });

  it('opens the evidence of a criterion, and takes a person’s word for the tree that was shown', async () => {
    const review = new Review();
    const tests = [[], [mentionedTest(), mentionedTest({ name: 'x', file: sampleChange().path })]];
    const file = sampleChange().path;
    const places = [changedPlace({ path: file, line: 7, criteria: [1], isTied: true }), changedPlace()];
    review.packet = samplePacket({ mentions: mentions({ tests, places }) });
    await shown(review);
    const evidence = review.page.evidence?.criteria[1]?.evidence.map(({ kind, name }) => [kind, name]);
    assert.deepEqual(evidence, [
      ['test', 'AC-1: stops'],
      ['test', 'x'],
      ['change', `${file}:7`],
    ]);
    for (const piece of [0, 1, 2, 9]) await review.say({ type: 'open-evidence', criterion: 1, piece });
    await review.say({ type: 'open-unexplained', index: 0 });
    const at = { task: 'T1', path: file, line: 7 };
    assert.deepEqual(review.ran, [
      ['log', 'tests'],
      ['countersign.openFileDiff', at],
      ['countersign.openFileDiff', at],
      ['countersign.openFileDiff', { task: 'T1', path: 'src/a.ts', line: 3 }],
    ]);

    await review.say({ type: 'text', field: 'criterion:1', text: 'half' });
    await review.say({ type: 'accept-criterion', criterion: 1, tree: OTHER_TREE, reason: 'read it' });
    assert.match(review.page.problems.page, /another tree is under review/);
    await review.say({ type: 'accept-criterion', criterion: 1, tree: TREE, reason: ' read it ' });
    await review.say({ type: 'accept-criterion', criterion: 1, tree: TREE, reason: '' });
    await review.say({ type: 'accept-criterion', criterion: 9, tree: TREE, reason: 'x' });
    const named = { id: 'T1', criterion: '2', tree: TREE };
    assert.deepEqual(review.calls('task/accept-criterion'), [
      { ...named, reason: 'read it' },
      { ...named, withdraw: true },
    ]);
    assert.equal(review.page.draft.texts['criterion:1'], undefined);
    assert.equal(review.page.said.text, 'Taken back.');
  });

  it('asks before there is a page, once, and again where the task went on between the answers', async () => {
    const review = new Review();
    review.session.prepare();
    assert.equal(review.calls('task/changes').length, 1);
    await shown(review);
    assert.equal(review.calls('task/changes').length, 1);
    assert.equal(review.page.files.items.length, 1);

    const late = new Review();
    late.answers.set('task/changes', { changes: [], omitted: 0, to: 2 });
    late.session.prepare();
    late.answers.set('task/changes', { changes: [sampleChange()], omitted: 0, to: 1 });
    await shown(late);
    assert.equal(late.page.files.items.length, 1);
  });

  it('says what it could not read before there was a page', async () => {
    const review = new Review();
    const { packet } = review;
    Object.defineProperty(review, 'packet', {
      configurable: true,
      get: () => {
        throw failing('HOST_UNREACHABLE', 'no host');
      },
    });
    review.session.prepare();
    await shown(review);
    assert.match(review.page.problems.page, /HOST_UNREACHABLE/);
    Object.defineProperty(review, 'packet', { value: packet });
    await review.session.look();
    assert.equal(review.page.problems.page, '');
  });

  it('does nothing for what is named and not there', async () => {
    const review = await shown();
    const before = review.asked.length;
    for (const wish of [
      { type: 'accept', id: 'gone', reason: 'x' },
      { type: 'open-finding', id: 'gone', place: 0 },
      { type: 'open-finding', id: 'f1', place: 1 },
      { type: 'widen', id: 'gone', reason: 'x' },
      { type: 'revert', id: 'gone' },
      { type: 'show-log', check: 7 },
      { type: 'open-file', list: 99, index: 0 },
      { type: 'view', list: 99, index: 0, on: true },
    ]) {
      await review.say(wish);
    }
    assert.deepEqual([review.asked.length, review.ran, review.page.draft.accepted], [before, [], []]);
  });

  it('opens what is named: the path is the host’s, never the page’s', async () => {
    const review = await shown();
    await review.say({ type: 'open-file', list: review.page.files.list, index: 0, path: '/etc/passwd' });
    await review.say({ type: 'open-finding', id: 'f1', place: 0 });
    await review.say({ type: 'brief-from-check', check: 0 });
    assert.deepEqual(review.ran, [
      ['countersign.openFileDiff', { task: 'T1', path: 'src/http/retry.ts' }],
      ['countersign.openFileDiff', { task: 'T1', path: 'src/config.ts', line: 12, finding: 'f1' }],
      ['countersign.newBriefFromFailingCheck', 'T1', 'tests'],
    ]);
  });

  it('answers a group for all of its places, opens each, and is open again when more come', async () => {
    const review = new Review();
    const paths = ['lib/a.ts', 'lib/b.ts', 'lib/c.ts', 'lib/d.ts'];
    review.packet = samplePacket({ drift: sampleDrift([sampleGroup(paths)]) });
    await shown(review);
    assert.deepEqual(
      [review.page.findings.items[0]?.place, review.page.findings.items[0]?.places],
      ['4 places', paths],
    );
    await review.say({ type: 'open-finding', id: 'g1', place: 3 });
    assert.deepEqual(review.ran.at(-1), ['countersign.openFileDiff', { task: 'T1', path: 'lib/d.ts', finding: 'g1' }]);
    await review.say({ type: 'revert', id: 'g1' });
    assert.deepEqual(review.calls('task/revert')[0]?.paths, paths);
    await review.say({ type: 'widen', id: 'g1', reason: 'it belongs to it' });
    assert.deepEqual(review.page.draft.accepted, [{ id: 'g1', reason: 'it belongs to it', note: '', widens: true }]);
    review.packet = samplePacket({ drift: sampleDrift([sampleGroup([...paths, 'lib/e.ts'])]) });
    await review.session.look();
    assert.deepEqual(review.page.draft.accepted, []);
    assert.deepEqual(review.page.draft.grown, [
      { id: 'g1', words: 'one more place than you answered: it is open again' },
    ]);
    assert.equal(review.page.draft.texts['widen:g1'], 'it belongs to it', 'the reason is offered again');
    assert.match(review.page.signoff?.why ?? '', /1 thing needs a decision/);
  });

  it('takes no answer that does not make sense, and says why', async () => {
    const review = new Review();
    const secret = sampleFinding({ id: 's1', rule: 'secrets/added', boundary: 'secrets' });
    const hook = sampleFinding({ id: 'h1', rule: 'git/hooks', path: null });
    review.packet = samplePacket({ drift: sampleDrift([secret, hook]) });
    await shown(review);
    const [h1, s1] = ['h1', 's1'].map((id) => review.page.findings.items.find((own) => own.id === id));
    assert.deepEqual([s1?.acceptNot === '', s1?.amends, s1?.reverts], [false, [], true]);
    assert.deepEqual([h1?.acceptNot, h1?.amends, h1?.reverts], ['', [], false]);
    assert.match(s1?.why ?? '', /credential/);
    for (const type of ['accept', 'widen']) await review.say({ type, id: 's1', reason: 'fine' });
    await review.say({ type: 'revert', id: 'h1' });
    assert.deepEqual([review.page.draft.accepted, review.calls('task/revert')], [[], []]);
  });

  it('keeps the draft beyond the page', async () => {
    const store = new Map<string, unknown>();
    const review = await shown(new Review(store));
    await review.say({ type: 'accept', id: 'f1', reason: 'needed' });
    await review.say({ type: 'text', field: 'reject', text: 'half a sen' });
    await review.say({ type: 'view', list: review.page.files.list, index: 0, on: true });
    const again = await shown(new Review(store));
    assert.deepEqual(again.page.draft.accepted, [{ id: 'f1', reason: 'needed', note: '', widens: false }]);
    assert.equal(again.page.draft.texts.reject, 'half a sen');
    assert.deepEqual(again.page.draft.viewed.files, [0]);
  });

  it('follows the draft when it changes on the diff', async () => {
    const review = await shown();
    await review.drafts.accept('T1', sampleFinding(), 'said on the diff', TREE);
    review.session.redraft();
    assert.equal(review.page.draft.accepted[0]?.reason, 'said on the diff');
  });

  it('opens a form once there is a page for it', async () => {
    const review = new Review();
    review.session.open('reject');
    assert.deepEqual(review.opened, []);
    await shown(review);
    assert.deepEqual(review.opened, ['reject']);
    review.session.hide();
    review.session.open('signoff');
    assert.deepEqual(review.opened, ['reject'], 'a hidden page forgets');
    await shown(review);
    assert.deepEqual(review.opened, ['reject', 'signoff']);
  });

  it('compares with the turn that was looked at last', async () => {
    const review = await shown();
    assert.deepEqual(review.calls('task/since'), []);
    const since = { turn: 2, changes: [], omitted: 0, appeared: [], gone: [], checks: [], dirtied: ['src/a.ts'] };
    review.answers.set('task/since', since);
    review.packet = { ...blockedPacket(), turn: 2, snapshot: { commit: 'c', tree: OTHER_TREE } };
    review.visible = false;
    await review.session.look();
    assert.equal(review.drafts.of('T1').seen, 1, 'what is hidden was not looked at');
    review.visible = true;
    await review.session.look();
    assert.deepEqual([review.drafts.of('T1').seen, review.drafts.of('T1').before], [2, 1]);
    assert.deepEqual(review.calls('task/since').at(-1), { id: 'T1', turn: 1 });
    assert.equal(review.page.since?.groups[0]?.title, 'Was clean, and is not any more');
    await review.say({ type: 'open-since' });
    assert.deepEqual(review.ran.at(-1), ['countersign.openAllChanges', { task: 'T1', from: 1 }]);
  });
});

describe('a task that was deleted', () => {
  it('stays to be looked at, and nothing can be done with it', async () => {
    const review = await shown();
    review.missing = true;
    await review.session.look();
    const { head } = review.page;
    assert.match(head?.stale ?? '', /^The task was deleted/);
    for (const action of [head?.primary, ...(head?.others ?? [])]) assert.equal(action?.why, 'The task was deleted.');
  });
});

describe('how the task came about', () => {
  const history = {
    events: [
      { v: 1, seq: 1, at: '2026-01-02T03:04:05Z', type: 'turn-started', turn: 1, kind: 'work', confinement: 'none' },
      { v: 1, seq: 2, at: '2026-01-02T03:05:05Z', type: 'rejected', reason: 'no\u202e', by: 'Reviewer' },
    ],
    calls: [{ at: '2026-01-02T03:04:06Z', title: 'npm\u200b test', status: 'completed', paths: ['src/a.ts'] }],
    omitted: 3,
  };

  it('is read when somebody wants to see it, and anew at each stage', async () => {
    const review = await shown();
    assert.deepEqual([review.calls('task/history').length, review.page.history], [0, null]);
    review.answers.set('task/history', history);
    await review.say({ type: 'history' });
    assert.deepEqual(
      review.page.history?.events.map(({ value }) => value),
      ['turn 1 began', 'rejected by Reviewer: no\\u{202e}'],
    );
    assert.deepEqual(
      review.page.history?.calls.map(({ what, status, paths }) => [what, status, paths]),
      [['npm\\u{200b} test', 'completed', ['src/a.ts']]],
    );
    assert.match(review.page.history?.callsNote ?? '', /no evidence\. 3 earlier ones/);
    await review.session.look();
    assert.equal(review.calls('task/history').length, 1, 'nothing new');
    review.packet = { ...blockedPacket(), state: 'verifying' };
    await review.session.look();
    assert.equal(review.calls('task/history').length, 2);
  });

  it('says why it could not be read', async () => {
    const review = await shown();
    review.answers.set('task/history', new Error('gone'));
    await review.say({ type: 'history' });
    assert.match(review.page.history?.note ?? '', /could not be read: .*gone/);
  });
});

describe('a correction from the page', () => {
  it('is composed of what is ticked, sent as edited, and by whom git names', async () => {
    const review = await shown();
    review.remarks = [{ path: 'a.ts', line: 3, text: 'why?' }];
    review.session.remark();
    await review.say({ type: 'compose', anew: false });
    assert.deepEqual(review.calls('task/preview-correction'), [
      { id: 'T1', findings: ['f1'], justify: [], remarks: [{ path: 'a.ts', line: 3, text: 'why?' }] },
    ]);
    assert.equal(review.page.correction?.body, 'mend it');
    await review.say({ type: 'correction-text', text: 'mend it, please' });
    await review.say({ type: 'send-correction', again: false });
    assert.deepEqual(review.calls('task/correct'), [
      {
        ...{ id: 'T1', findings: ['f1'], justify: [], remarks: [{ path: 'a.ts', line: 3, text: 'why?' }] },
        ...{ body: 'mend it, please', again: false, by: 'Reviewer <reviewer@example.com>' },
      },
    ]);
    assert.equal(review.page.correction?.body, '');
    assert.deepEqual(review.remarks, [], 'they were carried');
  });

  it('is not composed over what a person wrote', async () => {
    const review = await shown();
    await review.say({ type: 'compose', anew: false });
    await review.say({ type: 'correction-text', text: 'mine' });
    await review.say({ type: 'justify', id: 'f1', on: true });
    await review.say({ type: 'compose', anew: false });
    assert.deepEqual([review.page.correction?.body, review.page.correction?.outdated], ['mine', true]);
    await review.say({ type: 'compose', anew: true });
    assert.deepEqual([review.page.correction?.body, review.page.correction?.earlier], ['mend it', true]);
    await review.say({ type: 'take-back' });
    assert.equal(review.page.correction?.body, 'mine');
  });

  it('that is refused says why in the form, and loses nothing', async () => {
    const review = await shown();
    review.answers.set('task/correct', failing('CORRECTION_SPENT', 'the task had 1 of 1 correction'));
    await review.say({ type: 'compose', anew: false });
    await review.say({ type: 'send-correction', again: false });
    assert.match(review.page.problems.correction, /CORRECTION_SPENT: the task had 1 of 1/);
    assert.equal(review.page.correction?.body, 'mend it');
    assert.equal(review.page.busy, null);
  });
});

describe('a sign-off from the page', () => {
  const ready = async () => {
    const review = await shown();
    await review.say({ type: 'accept', id: 'f1', reason: 'needed' });
    await review.say({ type: 'override', check: 0, reason: 'flaky' });
    return review;
  };

  it('says what it will do, asks, and names the tree that was shown', async () => {
    const review = await ready();
    await review.say({ type: 'delivery', mode: 'squash', to: ' release ' });
    await review.say({ type: 'sign-off', tree: review.page.head!.tree });
    assert.deepEqual(review.confirmed, [
      'Signs off tree 1111111111 as Reviewer <reviewer@example.com> and puts it on main as one commit; your working tree gets the change.',
    ]);
    assert.deepEqual(review.calls('task/signoff'), [
      {
        ...{ id: 'T1', tree: TREE, accept: { f1: 'needed' }, widen: {}, override: { tests: 'flaky' } },
        ...{ deliver: 'squash', to: 'release' },
      },
    ]);
  });

  it('does nothing when the person steps back, and asks nothing when no branch moves', async () => {
    const review = await ready();
    review.agrees = false;
    await review.say({ type: 'sign-off', tree: TREE });
    assert.deepEqual(review.calls('task/signoff'), []);
    await review.say({ type: 'delivery', mode: 'none', to: 'x' });
    await review.say({ type: 'sign-off', tree: TREE });
    assert.equal(review.confirmed.length, 1);
    assert.deepEqual(review.calls('task/signoff')[0]?.deliver, 'none');
    assert.equal('to' in review.calls('task/signoff')[0]!, false);
  });

  it('is refused for another tree than the one that was shown, and while something is open', async () => {
    const review = await ready();
    await review.say({ type: 'sign-off', tree: OTHER_TREE });
    assert.match(review.page.problems.signoff, /SIGNOFF_REFUSED: another tree is under review/);
    await review.say({ type: 'accept', id: 'f1', reason: '' });
    await review.say({ type: 'sign-off', tree: TREE });
    assert.match(review.page.problems.signoff, /1 thing needs a decision first/);
    assert.deepEqual(review.calls('task/signoff'), []);
  });

  it('is refused as the host refuses it: not me, or a machine’s draft', async () => {
    const review = await ready();
    const refusal = { code: 'SIGNOFF_IDENTITY', message: 'you are not the reviewer', fix: 'sign as the reviewer' };
    review.answers.set('task/preview-signoff', { ...PREVIEW, refusal });
    await review.session.look();
    assert.equal(review.page.signoff?.why, 'you are not the reviewer. sign as the reviewer');
    await review.say({ type: 'sign-off', tree: TREE });
    assert.deepEqual(review.calls('task/signoff'), []);
  });

  it('carries what was said to the reviewer’s findings, and why it is signed off without a review', async () => {
    const finding = reviewFinding({ path: 'src/http/retry.ts' });
    const brief = sampleBrief();
    const wanted = { ...brief, front: { ...brief.front, review: { required: true } } };
    const review = new Review();
    review.packet = samplePacket({ review: sampleReview({ findings: [finding] }) });
    await shown(review);
    await review.say({ type: 'open-finding', id: finding.id, place: 0 });
    assert.deepEqual(review.ran.pop(), [
      'countersign.openFileDiff',
      { task: 'T1', path: 'src/http/retry.ts', line: 3, finding: finding.id },
    ]);
    await review.say({ type: 'accept', id: finding.id, reason: 'as meant' });
    await review.say({ type: 'sign-off', tree: TREE });
    assert.deepEqual(review.calls('task/signoff').at(-1)?.accept, { [finding.id]: 'as meant' });
    assert.deepEqual(review.calls('task/signoff').at(-1)?.override, {});

    const missing = new Review();
    missing.packet = samplePacket({ brief: wanted });
    await shown(missing);
    assert.equal(missing.page.evidence?.opinion?.overrides, true);
    await missing.say({ type: 'ask-review' });
    assert.deepEqual(missing.ran, [['countersign.askForReview', 'T1']]);
    await missing.say({ type: 'sign-off', tree: TREE });
    assert.match(missing.page.problems.signoff, /1 thing needs a decision first/);
    await missing.say({ type: 'override-review', reason: 'I read all of it' });
    await missing.say({ type: 'sign-off', tree: TREE });
    assert.deepEqual(missing.calls('task/signoff').at(-1)?.override, { review: 'I read all of it' });
  });

  it('asks for the reviewer’s finding in the correction, by its id', async () => {
    const finding = reviewFinding();
    const review = new Review();
    review.packet = samplePacket({ review: sampleReview({ findings: [finding] }) });
    await shown(review);
    await review.say({ type: 'compose', anew: false });
    await review.say({ type: 'send-correction', again: false });
    assert.deepEqual(review.calls('task/correct').at(-1)?.findings, [finding.id]);
  });

  it('opens the evidence of what a correction asked for, and nothing that is not there', async () => {
    const review = new Review();
    review.packet = corrected();
    await shown(review);
    assert.equal(review.page.afterwards?.items.length, 4);
    await review.say({ type: 'open-corrected', of: 'items', place: 2 });
    assert.deepEqual(review.ran.pop(), ['countersign.openFileDiff', { task: 'T1', path: 'package.json' }]);
    await review.say({ type: 'open-corrected', of: 'items', place: 99 });
    await review.say({ type: 'open-corrected', of: 'items', place: 1 });
    assert.deepEqual(review.ran, []);
    for (const type of ['take-over', 'hand-in', 'give-up'] as const) await review.say({ type });
    assert.deepEqual(review.ran, [
      ['countersign.takeOver', 'T1'],
      ['countersign.handIn', 'T1'],
      ['countersign.giveUp', 'T1'],
    ]);
  });

  it('leaves a pull request to the command that makes one', async () => {
    const review = await ready();
    await review.say({ type: 'delivery', mode: 'pull-request', to: '' });
    assert.equal(review.calls('task/preview-signoff').at(-1)?.deliver, 'branch');
    await review.say({ type: 'sign-off', tree: TREE });
    await review.say({ type: 'delivery', mode: 'pull-request', to: ' retry ' });
    assert.equal(review.calls('task/preview-signoff').at(-1)?.to, 'retry');
    await review.say({ type: 'sign-off', tree: TREE });
    assert.deepEqual(review.ran, [
      ['countersign.createPullRequest', { task: 'T1', tree: TREE }],
      ['countersign.createPullRequest', { task: 'T1', tree: TREE, to: 'retry' }],
    ]);
    assert.deepEqual(review.calls('task/signoff'), []);
  });
});

describe('other decisions from the page', () => {
  it('reject with a reason only, and revert a file by the name of the finding', async () => {
    const review = await shown();
    await review.say({ type: 'reject', reason: '  ' });
    assert.match(review.page.problems.reject, /a rejection needs a reason/);
    await review.say({ type: 'reject', reason: ' solved upstream ' });
    assert.deepEqual(review.calls('task/reject'), [
      { id: 'T1', reason: 'solved upstream', by: 'Reviewer <reviewer@example.com>' },
    ]);
    await review.say({ type: 'revert', id: 'f1' });
    assert.deepEqual(review.calls('task/revert')[0]?.paths, ['src/config.ts']);
  });

  it('answer the permission that is asked for, and no other', async () => {
    const review = new Review();
    const asking = { type: 'asked', request: 'r1', what: 'may I?', boundary: null } as const;
    review.packet = samplePacket({
      task: sampleTask({ state: 'running', asking }),
      drift: sampleDrift(),
      verification: sampleVerification(),
    });
    // There is nothing to sign off yet, and so nobody who would.
    review.answers.set('task/preview-signoff', failing('TASK_STATE', 'it is running'));
    await shown(review);
    await review.say({ type: 'answer', request: 'r2', allow: true });
    await review.say({ type: 'answer', request: 'r1', allow: false });
    assert.deepEqual(review.calls('task/answer'), [
      { id: 'T1', request: 'r1', allow: false, by: 'Developer <dev@example.com>' },
    ]);
  });
});
