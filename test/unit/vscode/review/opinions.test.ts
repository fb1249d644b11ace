import assert from 'node:assert/strict';
import type { Packet } from '../../../../src/core/review/packet';
import type { Review } from '../../../../src/core/review/reviewer/review';
import { findingSpots } from '../../../../src/vscode/diff/findingSpots';
import { threadWords } from '../../../../src/vscode/diff/findingWords';
import { opinionOn } from '../../../../src/vscode/opinionWords';
import { standing, unanswered } from '../../../../src/vscode/pullRequest/request';
import { EMPTY_DRAFT, reduceDraft } from '../../../../src/vscode/review/draft';
import { decideOf } from '../../../../src/vscode/review/page/decide';
import { draftViewOf } from '../../../../src/vscode/review/page/draftView';
import { evidenceOf } from '../../../../src/vscode/review/page/evidence';
import { findingsOf } from '../../../../src/vscode/review/page/findings';
import { headOf } from '../../../../src/vscode/review/page/head';
import { opinionOf } from '../../../../src/vscode/review/page/opinion';
import { openDecisions, pickedOf } from '../../../../src/vscode/review/page/state';
import { reviewFinding, sampleReview } from '../../review/reviewer/material';
import { OTHER_TREE, sampleBrief, sampleDrift, sampleFinding, samplePacket, TREE } from '../../review/sample';
import { plain } from '../sample';
import { sampleState } from './sample';

const MAJOR = reviewFinding({ path: 'src/http/retry.ts' });
const NIT = reviewFinding({ id: 'rnit', severity: 'nit', criterion: null, clause: 'the goal', suggestion: null });

const reviewed = (more: Partial<Review> = {}): Packet =>
  samplePacket({ review: sampleReview({ findings: [MAJOR, NIT], ...more }) });
const required = (review: Review | null): Packet => {
  const brief = sampleBrief();
  return samplePacket({ review, brief: { ...brief, front: { ...brief.front, review: { required: true } } } });
};
const state = (packet: Packet, draft = EMPTY_DRAFT) => sampleState({ packet, draft });
const accepted = reduceDraft(EMPTY_DRAFT, { type: 'accept', finding: MAJOR.id, reason: 'as meant', tree: TREE });

describe('what a reviewer says, on the review page', () => {
  it('is to be decided like every finding where it is major, and is information where it is not', () => {
    const items = findingsOf(state(reviewed()), plain);
    assert.deepEqual(
      items.map(({ id, severity, asks, acceptNot, opens, reverts, amends }) => ({
        ...{ id, severity, asks, acceptNot, opens, reverts },
        amends: amends.length,
      })),
      [
        { id: MAJOR.id, severity: 'warn', asks: true, acceptNot: '', opens: true, reverts: false, amends: 0 },
        { id: 'rnit', severity: 'info', asks: false, acceptNot: '', opens: true, reverts: false, amends: 0 },
      ],
    );
    const [major, nit] = items;
    assert.equal(major?.place, 'src/http/retry.ts:3');
    assert.deepEqual([major?.message, major?.suggestion], ['the wait does not grow', 'Suggestion: double it']);
    assert.deepEqual([nit?.suggestion, major?.why], ['', '']);
    assert.equal(major?.evidence, 'wait(100 * count);');
    assert.equal(
      major?.about,
      'Opinion by Gemini CLI 1.0.0, which did not do the work · criterion 1: at most 3 retries',
    );
    assert.equal(nit?.about, 'Opinion by Gemini CLI 1.0.0, which did not do the work · about: the goal');
    const { items: decisions, title } = decideOf(state(reviewed()), plain);
    assert.deepEqual(
      [title, decisions.map(({ kind, id }) => `${kind} ${id}`)],
      ['Decide (1)', [`finding ${MAJOR.id}`]],
    );
    assert.equal(headOf(state(reviewed()), plain).count, '1 thing needs a decision');
  });

  it('says so when the executor judges itself', () => {
    const said = opinionOn(MAJOR.id, reviewed({ same: true }), plain);
    assert.equal(said?.about[0], 'Opinion by Gemini CLI 1.0.0, which did the work, too');
    assert.equal(opinionOn('f1', reviewed(), plain), null);
    assert.equal(opinionOn('f1', samplePacket(), plain), null);
    const command = { id: 'command', name: 'command', version: null };
    assert.equal(opinionOn(MAJOR.id, reviewed({ agent: command }), plain)?.by, "the brief's command");
  });

  it('goes into the correction until it is accepted, and then is answered', () => {
    assert.deepEqual(pickedOf(state(reviewed())).findings, [MAJOR.id]);
    const answered = state(reviewed(), accepted);
    assert.deepEqual([pickedOf(answered).findings, openDecisions(answered)], [[], []]);
    assert.deepEqual(
      draftViewOf(answered, 1, plain).accepted.map(({ id, reason }) => [id, reason]),
      [[MAJOR.id, 'as meant']],
    );
  });

  it('is gone where the review is of another tree, or is none; and an old one keeps nobody from signing off', () => {
    for (const review of [sampleReview({ findings: [MAJOR], tree: OTHER_TREE }), sampleReview({ none: 'it hung' })]) {
      const packet = samplePacket({ review });
      assert.deepEqual(findingsOf(state(packet), plain), []);
      const { stale, primary } = headOf(state(packet), plain);
      assert.deepEqual([stale, primary?.deed, primary?.why], ['', 'sign-off', '']);
    }
  });

  it('shows nothing that hides', () => {
    const evil = 'a\u202eb\u001b[2J';
    const finding = reviewFinding({ message: evil, quote: evil, suggestion: evil, criterion: null, clause: evil });
    const review = sampleReview({ findings: [finding], agent: { id: 'x', name: evil, version: null } });
    const packet = samplePacket({ review });
    const shown = JSON.stringify([findingsOf(state(packet), plain), decideOf(state(packet), plain)]);
    assert.doesNotMatch(shown, /\u202e|\\u001b/);
  });
});

describe('the second opinion on the page', () => {
  const tile = (packet: Packet) =>
    headOf(state(packet), plain)
      .tiles.find(({ label }) => label === 'Review')
      ?.facts.at(-1)?.words;
  const opinion = (packet: Packet) => opinionOf(state(packet), plain)!;

  it('says who gave it, what it found, and what could not be shown', () => {
    const dropped = ['it is not there', 'it is not there', 'no line 9'].map((why) => ({
      what: 'finding' as const,
      why,
    }));
    const unseen = { hunks: 1, lines: 2, paths: ['a.ts'] };
    const unexplained = [{ path: 'b.ts', line: 4, why: 'nobody asked for it' }];
    const packet = reviewed({ dropped, unseen, unexplained, refused: ['write b.ts'] });
    const shown = opinion(packet);
    assert.equal(shown.mark.words, '1 major, 1 nit');
    assert.equal(
      shown.lead,
      'by Gemini CLI 1.0.0, which did not do the work · 12 s · of tree 1111111111 · confined by bubblewrap',
    );
    assert.deepEqual(shown.notes.slice(1), [
      '3 things that it said could not be shown, and were dropped: it is not there (2 times); no line 9',
      'It was not shown 2 changed lines of a.ts; it could read them.',
      'It asked for more than to read, and was refused: write b.ts',
    ]);
    assert.deepEqual(shown.unexplained, [], 'it stands beside the criteria');
    const old = opinion(reviewed({ unexplained, tree: OTHER_TREE }));
    assert.deepEqual(old.unexplained, [{ label: 'b.ts:4', value: 'nobody asked for it' }]);
    assert.deepEqual([shown.asks, shown.askWords, shown.overrides], [true, 'Ask again', false]);
    assert.equal(tile(packet), 'Gemini CLI 1.0.0: 1 major, 1 nit');
    assert.equal(tile(reviewed({ findings: [] })), 'Gemini CLI 1.0.0: nothing to object to');
  });

  it('says why there is none, and that an old one says nothing', () => {
    const none = samplePacket({ review: sampleReview({ none: 'it answered with prose' }) });
    assert.equal(opinion(none).lead, 'it answered with prose · asked: Gemini CLI 1.0.0');
    assert.equal(tile(none), 'Gemini CLI 1.0.0: no review');
    const nobody = samplePacket({ review: sampleReview({ none: 'nobody is there', agent: null }) });
    assert.equal(opinion(nobody).lead, 'nobody is there');
    const old = samplePacket({ review: sampleReview({ tree: OTHER_TREE }) });
    assert.match(opinion(old).notes[0]!, /says nothing of it/);
    assert.match(tile(old)!, /^Gemini CLI 1.0.0: stale/);
    assert.equal(tile(samplePacket()), 'no reviewer model ran');
    assert.equal(opinion(samplePacket()).askWords, 'Ask a reviewer');
  });

  it('stands beside the proof of a criterion, and does not change it', () => {
    const places = [{ path: 'test/a.ts', line: 2 }];
    const because = 'nothing tells a POST\u202e apart';
    const criteria = [{ criterion: 1, proof: 'unproven' as const, because, places }];
    const [first, second] = evidenceOf(state(reviewed({ criteria })), plain).criteria;
    assert.equal(first?.mark.words, 'proven');
    assert.equal(first?.proposed, 'The reviewer holds it unproven: nothing tells a POST\\u{202e} apart · test/a.ts:2');
    assert.equal(second?.proposed, '');
  });

  it('can be stopped while it is made, and keeps the task from being signed off meanwhile', () => {
    const packet = { ...samplePacket(), reviewing: { agent: 'gemini' } };
    const shown = opinion(packet);
    assert.deepEqual([shown.asks, shown.stops, shown.mark.words], [false, true, 'gemini reads it now']);
    assert.equal(tile(packet), 'gemini reads it now');
    assert.match(headOf(state(packet), plain).primary?.why ?? '', /^A reviewer reads it now/);
  });

  it('can be asked for of what is ready only, and not in a workspace that nobody trusts', () => {
    assert.equal(opinion({ ...samplePacket(), state: 'running' }).asks, false);
    assert.equal(opinionOf(state({ ...samplePacket(), snapshot: null }), plain), null);
    const untrusted = opinionOf(sampleState({ trusted: false }), plain);
    assert.match(untrusted?.why ?? '', /not trusted/);
  });
});

describe('a review that is required and not there', () => {
  const override = reduceDraft(EMPTY_DRAFT, { type: 'override', check: 'review', reason: 'read it', tree: TREE });

  it('is a decision, which an override of the tree under review answers', () => {
    for (const review of [null, sampleReview({ none: 'it hung' })]) {
      const packet = required(review);
      assert.deepEqual(
        openDecisions(state(packet)).map(({ kind, id }) => `${kind} ${id}`),
        ['evidence review'],
      );
      const [item] = decideOf(state(packet), plain).items;
      assert.match(item?.what ?? '', /^A second opinion is required: n/);
      assert.equal(opinionOf(state(packet), plain)?.overrides, true);
      assert.deepEqual(
        draftViewOf(state(packet, override), 1, plain).overridden.map(({ id, reason }) => [id, reason]),
        [['review', 'read it']],
      );
      assert.deepEqual(openDecisions(state(packet, override)), []);
      const old = reduceDraft(EMPTY_DRAFT, { type: 'override', check: 'review', reason: 'x', tree: OTHER_TREE });
      assert.equal(openDecisions(state(packet, old)).length, 1);
      assert.equal(draftViewOf(state(packet, old), 1, plain).texts['override:review'], 'x');
    }
  });

  it('can be overridden for a pull request, too, and only where it is required', () => {
    const answers = { accept: {}, widen: {}, override: { review: 'read it' } };
    assert.equal(unanswered(required(null), { ...answers, override: {} }).length, 1);
    assert.deepEqual(unanswered(required(null), answers), []);
    assert.deepEqual(standing(required(null), answers).override, answers.override);
    assert.deepEqual(standing(samplePacket(), answers).override, {});
  });
});

describe('what a reviewer says, on the diff', () => {
  it('stands at its line, beside the findings of the drift, also where these are old', () => {
    const review = sampleReview({ findings: [MAJOR] });
    const packet = samplePacket({ review, drift: sampleDrift([sampleFinding()]) });
    const ids = (of: Packet) => findingSpots(of, [], { from: 'base', to: 1 }).map(({ id, line }) => [id, line]);
    assert.deepEqual(ids(packet), [
      [MAJOR.id, 2],
      ['f1', 11],
    ]);
    assert.deepEqual(ids({ ...packet, stale: ['drift'] }), [[MAJOR.id, 2]]);
    assert.deepEqual(ids({ ...packet, review: { ...packet.review!, stale: true } }), [['f1', 11]]);
  });

  it('is answered there, and says whose it is', () => {
    const [finding] = findingSpots(reviewed(), [], { from: 'base', to: 1 });
    const words = threadWords(
      {
        finding: finding!.finding,
        answer: { reason: null, widens: false, grown: 0, included: null },
        signed: null,
        open: true,
        said: opinionOn(MAJOR.id, reviewed(), plain),
      },
      plain,
    );
    assert.equal(words.label, 'Warning · an opinion · review/major · in the correction');
    assert.equal(words.by, 'Gemini CLI 1.0.0');
    assert.equal(words.context, 'finding open unanswered included');
    assert.match(
      words.body,
      /^the wait does not grow\n\nSuggestion&#58; double it\n\nOpinion by .* did not do the work/,
    );
    assert.match(words.body, /criterion 1/);
  });
});
