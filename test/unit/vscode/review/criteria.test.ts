import assert from 'node:assert/strict';
import type { Criterion } from '../../../../src/core/brief/brief';
import type { PacketMaterial } from '../../../../src/core/review/packet';
import { criteriaOf, unexplainedOf } from '../../../../src/vscode/review/page/criteria';
import { evidenceOf } from '../../../../src/vscode/review/page/evidence';
import { headOf } from '../../../../src/vscode/review/page/head';
import type { ReviewState } from '../../../../src/vscode/review/page/state';
import { evidenceSchema } from '../../../../src/webview/review/model';
import { changedPlace, mentionedTest, mentions } from '../../review/criteria/material';
import { reviewFinding, sampleReview } from '../../review/reviewer/material';
import { HASH, OTHER_TREE, sampleBrief, samplePacket, sampleTask, TREE } from '../../review/sample';
import { plain } from '../sample';
import { PREVIEW, sampleState } from './sample';

const CRITERIA: readonly Criterion[] = [
  { text: 'RETRY-1: stops', proof: { kind: 'check', check: 'tests' }, line: 1 },
  { text: 'waits', proof: { kind: 'none' }, line: 2 },
  { text: 'is fast', proof: { kind: 'review' }, line: 3 },
];
const BY = { name: 'Ann', email: 'ann@example.com' };
const word = (more: object = {}) => ({
  ...{ criterion: 2, id: 'AC-2', tree: TREE, brief: HASH, by: BY, at: '2026-01-02T03:04:05Z', reason: 'tried it' },
  ...more,
});

const packetOf = (more: Partial<PacketMaterial> = {}) =>
  samplePacket({ brief: sampleBrief({ criteria: CRITERIA }), ...more });
const shown = (more: Partial<PacketMaterial> = {}, state: Partial<ReviewState> = {}) =>
  criteriaOf(sampleState({ packet: packetOf(more), ...state }), plain);

describe('the criteria on the page', () => {
  it('have an id, a state in words, and evidence of every kind', () => {
    const tests = [
      [
        mentionedTest({ status: 'failed', before: 'passed' }),
        mentionedTest({ before: 'failed' }),
        mentionedTest({ before: 'passed' }),
        mentionedTest({ before: null }),
        mentionedTest({ status: 'vanished', before: 'passed' }),
      ],
    ];
    const [first] = shown({
      mentions: mentions({ tests, places: [changedPlace({ criteria: [0] })] }),
      review: sampleReview({ findings: [reviewFinding()] }),
    });
    assert.deepEqual([first?.id, first?.text, first?.mark.words], ['RETRY-1', 'stops', 'unproven']);
    assert.deepEqual(
      first?.evidence.map(({ kind, name, mark, check }) => [kind, name, mark.words, mark.tone, check]),
      [
        ['check', 'tests', 'passed', 'good', 0],
        ['test', 'AC-1: stops', 'failed, passed before', 'bad', null],
        ['test', 'AC-1: stops', 'passed, failed before', 'good', null],
        ['test', 'AC-1: stops', 'passed, as before', 'good', null],
        ['test', 'AC-1: stops', 'passed', 'good', null],
        ['test', 'AC-1: stops', 'gone, passed before', 'bad', null],
        ['change', 'src/a.ts:3', 'names it', 'plain', null],
        ['finding', 'src/retry.ts:3', 'speaks against it', 'careful', null],
      ],
    );
  });

  it('miss no check that cannot have run yet', () => {
    const piece = (state: 'running' | 'ready') => {
      const packet = { ...packetOf({ verification: null }), state };
      return criteriaOf(sampleState({ packet }), plain)[0]?.evidence[0]?.mark;
    };
    assert.deepEqual([piece('running')?.words, piece('running')?.tone], ['not run yet', 'plain']);
    assert.deepEqual([piece('ready')?.words, piece('ready')?.tone], ['did not run', 'bad']);
  });

  it('can be accepted where nothing proves them, with the words of a proposal to begin with', () => {
    const criteria = [
      { criterion: 2, proof: 'proven' as const, because: 'the test', places: [] },
      { criterion: 3, proof: 'unproven' as const, because: 'no test', places: [] },
    ];
    const all = shown({ review: sampleReview({ criteria }) });
    assert.deepEqual(
      all.map(({ accepts, begin, withdraws, why }) => [accepts, begin, withdraws, why]),
      [
        [false, '', false, ''],
        [true, 'the test', false, ''],
        [true, '', false, ''],
      ],
    );
    const doubted = [{ criterion: 1, proof: 'unproven' as const, because: 'no test', places: [] }];
    assert.equal(shown({ review: sampleReview({ criteria: doubted }) })[0]?.accepts, true);
    const running = shown({ task: sampleTask({ state: 'running' }) });
    assert.ok(running.every(({ accepts, withdraws }) => !accepts && !withdraws));
    assert.equal(running[1]?.mark.words, 'not proven yet');
  });

  it('say why they cannot be accepted now', () => {
    const why = (state: Partial<ReviewState>) => shown({}, state)[1]?.why ?? '';
    assert.match(why({ trusted: false }), /not trusted/);
    assert.match(why({ live: false }), /host has ended/);
    assert.match(why({ busy: 'Signing off' }), /Signing off/);
    assert.match(why({ signoff: { kind: 'known', value: { ...PREVIEW, by: null } } }), /Git does not say who you are/);
    const read = shown({ task: sampleTask({ reviewing: { agent: 'gemini' } }) });
    assert.match(read[1]?.why ?? '', /A reviewer reads it now/);
  });

  it('show a person’s word, and that it was for another tree', () => {
    const [, given] = shown({ task: sampleTask({ accepted: [word()] }) });
    assert.deepEqual([given?.mark.words, given?.mark.tone], ['accepted by a person', 'good']);
    assert.deepEqual([given?.accepted, given?.stale], ['Accepted by Ann <ann@example.com>: tried it', '']);
    assert.deepEqual([given?.accepts, given?.withdraws, given?.begin], [true, true, 'tried it']);
    const [, old] = shown({ task: sampleTask({ accepted: [word({ tree: OTHER_TREE })] }) });
    assert.deepEqual([old?.mark.words, old?.begin], ['unproven', 'tried it']);
    assert.match(old?.stale ?? '', /^Given for tree 2222222222/);
  });

  it('are counted at the top: a word is no proof', () => {
    const facts = (more: Partial<PacketMaterial> = {}) =>
      headOf(sampleState({ packet: packetOf(more) }), plain)
        .tiles.find(({ label }) => label === 'Criteria')
        ?.facts.map(({ words }) => words);
    assert.deepEqual(facts(), ['1 of 3 proven', '1 without evidence', '1 for your eyes']);
    assert.deepEqual(facts({ task: sampleTask({ accepted: [word()] }) }), [
      ...['1 of 3 proven', '1 accepted by a person', '1 for your eyes'],
    ]);
  });

  it('spell out what others hide, in a shape that the page takes', () => {
    const evil = 'a\u202eb\u001b[2J';
    const packet = packetOf({
      mentions: mentions({
        tests: [[mentionedTest({ name: evil, check: 'tests' })]],
        places: [changedPlace({ path: evil, criteria: [0], isTied: true }), changedPlace({ path: evil })],
      }),
      review: sampleReview({
        findings: [reviewFinding({ path: evil, message: evil })],
        unexplained: [{ path: evil, line: 1, why: evil }],
      }),
      task: sampleTask({ accepted: [word({ reason: evil, by: { name: evil, email: evil } })] }),
    });
    const evidence = evidenceSchema.parse(evidenceOf(sampleState({ packet }), plain));
    assert.doesNotMatch(JSON.stringify(evidence), /\u202e|\\u001b/);
    assert.match(JSON.stringify(evidence.criteria), /u\{202e\}/);
  });
});

describe('changes that serve no criterion, on the page', () => {
  const changes = (more: Partial<PacketMaterial>) => unexplainedOf(packetOf(more), plain);

  it('are named with who says so, and counted', () => {
    const places = [changedPlace({ isTied: true, criteria: [0] }), changedPlace({ path: 'src/b.ts', line: 9 })];
    const review = sampleReview({ unexplained: [{ path: 'src/c.ts', line: null, why: 'nobody asked' }] });
    assert.deepEqual(changes({ mentions: mentions({ tests: [[]], places }), review }), {
      lead: '2 changed places serve no criterion, by the ids in it and as the reviewer sees it. It blocks nothing.',
      items: [
        { place: 'src/c.ts', detail: 'nobody asked (Gemini CLI 1.0.0)' },
        { place: 'src/b.ts:9', detail: '2 changed lines' },
      ],
      more: '',
    });
    const many = [places[0]!, ...Array.from({ length: 60 }, (_, line) => changedPlace({ line }))];
    assert.equal(changes({ mentions: mentions({ tests: [[]], places: many }) })?.more, '10 more are not shown.');
  });

  it('say that nobody looked, or that there is none', () => {
    assert.equal(changes({}), null);
    assert.match(
      changes({ mentions: mentions({ tests: [[]], places: [changedPlace()] }) })?.lead ?? '',
      /^Nobody tied/,
    );
    assert.match(changes({ review: sampleReview() })?.lead ?? '', /^Every change serves a criterion, as the reviewer/);
  });
});
