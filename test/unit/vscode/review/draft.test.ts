import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  answering,
  answerOf,
  type DraftEdit,
  EMPTY_DRAFT,
  grownBy,
  type ReviewDraft,
  reduceDraft,
  standingAnswer,
} from '../../../../src/vscode/review/draft';
import { ReviewDrafts } from '../../../../src/vscode/review/reviewDrafts';
import { draftFrom } from '../../../../src/vscode/review/storedDraft';
import { viewMark } from '../../../../src/vscode/review/viewMark';
import { OTHER_TREE, sampleFinding, sampleGroup, TREE } from '../../review/sample';
import { sampleChange } from './sample';

const drafted = (...edits: readonly DraftEdit[]): ReviewDraft => edits.reduce<ReviewDraft>(reduceDraft, EMPTY_DRAFT);
const looked = (turn: number, tree = TREE, findings: readonly string[] | null = null): DraftEdit => ({
  type: 'looked',
  turn,
  tree,
  findings: findings === null ? null : findings.map((id) => ({ id, places: [] })),
});

const F1 = sampleFinding();

/** A store as the editor's: what is read is a copy of what was written. */
function memory() {
  const kept = new Map<string, string>();
  return {
    kept,
    get: <T>(key: string) => (kept.has(key) ? (JSON.parse(kept.get(key)!) as T) : undefined),
    update: async (key: string, value: unknown) => {
      if (value === undefined) kept.delete(key);
      else kept.set(key, JSON.stringify(value));
    },
  };
}

describe("a reviewer's draft", () => {
  it('keeps an answer with the tree that it was given at, and takes it back when the reason is empty', () => {
    const answered = drafted({ type: 'accept', finding: 'f1', reason: '  needed here ', tree: TREE });
    assert.deepEqual(answered.accepted, { f1: { reason: 'needed here', tree: TREE } });
    assert.deepEqual(reduceDraft(answered, { type: 'accept', finding: 'f1', reason: ' \n', tree: TREE }).accepted, {});
  });

  it('takes own names only, whatever a check is called', () => {
    assert.equal(answerOf(EMPTY_DRAFT.overridden, 'constructor'), null);
    const overridden = drafted({ type: 'override', check: '__proto__', reason: 'flaky', tree: TREE });
    assert.deepEqual(answerOf(draftFrom(JSON.parse(JSON.stringify(overridden))).overridden, '__proto__'), {
      reason: 'flaky',
      tree: TREE,
    });
  });

  it('asks to justify until the finding is accepted', () => {
    const asking = drafted({ type: 'justify', finding: 'f1', on: true }, { type: 'justify', finding: 'f1', on: true });
    assert.deepEqual(asking.justify, ['f1']);
    assert.deepEqual(reduceDraft(asking, { type: 'accept', finding: 'f1', reason: 'fine', tree: TREE }).justify, []);
  });

  it('remembers the turn before the newest one that was looked at', () => {
    assert.deepEqual([drafted(looked(1)).seen, drafted(looked(1)).before], [1, null]);
    const two = drafted(looked(1), { type: 'since', turn: 1 }, looked(2));
    assert.deepEqual([two.seen, two.before, two.since], [2, 1, null]);
    // An older turn, and the same again, change nothing.
    assert.equal(reduceDraft(two, looked(1)), two);
    assert.equal(reduceDraft(two, looked(2)), two);
  });

  it('drops the answer to a finding that is gone, and offers its reason again', () => {
    const answered = drafted({ type: 'accept', finding: 'f1', reason: 'fine', tree: TREE }, looked(1));
    assert.deepEqual(reduceDraft(answered, looked(2, OTHER_TREE, ['f1'])).accepted, answered.accepted);
    const gone = reduceDraft(answered, looked(2, OTHER_TREE, ['f9']));
    assert.deepEqual(gone.accepted, {});
    assert.deepEqual(gone.texts, { 'accept:f1': 'fine' });
    // Without a drift report nobody knows what is gone.
    assert.deepEqual(reduceDraft(answered, looked(2, OTHER_TREE)).accepted, answered.accepted);
  });

  it('throws no edited text away when it is composed anew', () => {
    const composed = { type: 'composed', body: 'one', fixed: 'scope', basis: 'a' } as const;
    const edited = drafted(composed, { type: 'correction-text', text: 'mine' });
    assert.deepEqual([edited.correction?.body, edited.correction?.edited], ['mine', true]);
    const again = reduceDraft(edited, { ...composed, body: 'two', basis: 'b' });
    assert.deepEqual(
      [again.correction?.body, again.correction?.edited, again.correction?.earlier],
      ['two', false, 'mine'],
    );
    const third = reduceDraft(again, { ...composed, body: 'three', basis: 'c' });
    assert.equal(third.correction?.earlier, 'mine');
    const back = reduceDraft(third, { type: 'take-back' });
    assert.deepEqual([back.correction?.body, back.correction?.edited, back.correction?.earlier], ['mine', true, null]);
    assert.ok(back.correction!.edition > third.correction!.edition, 'the page shows it');
  });

  it('is no edit when the same text comes again: the page saves on every blur', () => {
    const composed = drafted({ type: 'composed', body: 'one', fixed: '', basis: 'a' });
    assert.equal(reduceDraft(composed, { type: 'correction-text', text: 'one' }), composed);
  });

  it('keeps texts that were begun, the latest of very many', () => {
    const texts = Array.from({ length: 250 }, (_, at): DraftEdit => ({ type: 'text', field: `f${at}`, text: 'x' }));
    const kept = drafted(...texts).texts;
    assert.equal(Object.keys(kept).length, 200);
    assert.ok('f249' in kept);
    assert.deepEqual(drafted(texts[0]!, { type: 'text', field: 'f0', text: '' }).texts, {});
  });

  it('marks a file as viewed by what is in it', () => {
    const mark = viewMark(sampleChange());
    assert.notEqual(viewMark(sampleChange({ newOid: 'c'.repeat(40) })), mark);
    assert.notEqual(viewMark(sampleChange({ newMode: '100755' })), mark);
    assert.equal(viewMark(sampleChange({ oldOid: 'd'.repeat(40), insertions: 1 })), mark);
    assert.deepEqual(drafted({ type: 'view', mark, on: true }, { type: 'view', mark, on: true }).viewed, [mark]);
    assert.deepEqual(drafted({ type: 'view', mark, on: true }, { type: 'view', mark, on: false }).viewed, []);
  });
});

describe('a drafted answer to a group', () => {
  const paths = Array.from({ length: 412 }, (_, index) => `lib/f${index}.ts`);
  const group = (count: number) => sampleGroup(paths.slice(0, count));
  const answer = answering(group(400), { reason: 'the formatter', tree: TREE });
  const given = drafted(answer).accepted;

  it('stands for the places that it was given for, and fewer, in another tree too', () => {
    assert.equal(standingAnswer(given, group(400))?.reason, 'the formatter');
    assert.equal(standingAnswer(given, group(399))?.reason, 'the formatter');
    assert.deepEqual(draftFrom(JSON.parse(JSON.stringify({ accepted: given }))).accepted, given);
  });

  it('is open again when places came, and says how many', () => {
    assert.equal(standingAnswer(given, group(412)), null);
    assert.equal(grownBy(given, group(412)), 12);
    const again = drafted(answer, answering(group(412), { reason: 'all of them', tree: OTHER_TREE })).accepted;
    assert.equal(standingAnswer(again, group(412))?.reason, 'all of them');
  });

  it('goes with its places when a correction leaves so few that they stand apart', () => {
    const left = [0, 7].map((at) => sampleFinding({ id: `p${at}`, path: `lib/f${at}.ts` }));
    const after = reduceDraft(drafted(answer), { type: 'looked', turn: 2, tree: OTHER_TREE, findings: left });
    for (const finding of left) assert.equal(standingAnswer(after.accepted, finding)?.reason, 'the formatter');
    assert.equal(standingAnswer(after.accepted, sampleFinding({ id: 'new' })), null);
    assert.deepEqual(after.texts, {});
  });

  it('that was kept broken covers nothing', () => {
    const broken = { g1: { reason: 'x', tree: TREE, places: 'all' } };
    assert.deepEqual(draftFrom({ accepted: broken }).accepted, {});
  });

  it('amends the brief where the reviewer said so', async () => {
    const drafts = new ReviewDrafts(memory());
    await drafts.edit('T1', answering(group(400), { reason: 'it belongs to it', tree: TREE, widens: true }));
    assert.deepEqual(drafts.reasons('T1', TREE, [group(400)]), {
      accept: {},
      widen: { g1: 'it belongs to it' },
      override: {},
    });
    assert.deepEqual(drafts.reasons('T1', TREE, [group(401)]).widen, {}, 'one more place');
    assert.deepEqual(drafts.answerOf('T1', group(401)), { reason: null, widens: false, grown: 1, included: null });
  });
});

describe('the drafts of reviews', () => {
  it('survive what keeps them, and tell who listens', async () => {
    const store = memory();
    const drafts = new ReviewDrafts(store);
    const heard: string[] = [];
    const listening = drafts.onDidChange((task) => heard.push(task));
    await drafts.edit('T1', looked(1), { type: 'accept', finding: 'f1', reason: 'fine', tree: TREE });
    assert.deepEqual(new ReviewDrafts(store).of('T1'), drafts.of('T1'));
    assert.deepEqual(drafts.answerOf('T1', F1), { reason: 'fine', widens: false, grown: 0, included: null });
    listening.dispose();
    await drafts.include('T1', 'f1', true);
    assert.deepEqual(drafts.answerOf('T1', F1), { reason: 'fine', widens: false, grown: 0, included: true });
    assert.deepEqual(heard, ['T1']);
    await drafts.forget('T1');
    assert.deepEqual(drafts.of('T1'), EMPTY_DRAFT);
    assert.equal(store.kept.size, 0);
  });

  it('give reasons for a sign-off of the tree that they were given at only, whatever was looked at last', async () => {
    const drafts = new ReviewDrafts(memory());
    await drafts.edit('T1', looked(1), { type: 'override', check: 'tests', reason: 'flaky', tree: TREE });
    await drafts.accept('T1', F1, 'fine', TREE);
    assert.deepEqual(drafts.reasons('T1', TREE, [F1]), {
      accept: { f1: 'fine' },
      widen: {},
      override: { tests: 'flaky' },
    });
    // A correction made another tree, and nobody has looked at it yet.
    assert.deepEqual(drafts.reasons('T1', OTHER_TREE, [F1]), { accept: { f1: 'fine' }, widen: {}, override: {} });
    await drafts.edit('T1', looked(2, OTHER_TREE));
    assert.deepEqual(drafts.reasons('T1', OTHER_TREE, [F1]), { accept: { f1: 'fine' }, widen: {}, override: {} });
    await drafts.accept('T1', F1, null, OTHER_TREE);
    assert.deepEqual(drafts.reasons('T1', OTHER_TREE, [F1]).accept, {});
  });

  it('read whatever is stored as a draft', () => {
    fc.assert(
      fc.property(fc.anything(), (stored) => {
        const draft = draftFrom(stored);
        assert.deepEqual(draftFrom(JSON.parse(JSON.stringify(draft))), draft);
      }),
    );
    const half = {
      accepted: { f1: { reason: 'x', tree: TREE }, f2: 7 },
      delivery: { mode: 'push', to: '' },
      seen: '1',
    };
    assert.deepEqual(draftFrom(half), { ...EMPTY_DRAFT, accepted: { f1: { reason: 'x', tree: TREE } } });
  });
});
