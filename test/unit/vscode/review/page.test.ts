import assert from 'node:assert/strict';
import type { Packet } from '../../../../src/core/review/packet';
import { EMPTY_DRAFT, reduceDraft } from '../../../../src/vscode/review/draft';
import { correctionOf } from '../../../../src/vscode/review/page/correction';
import { decideOf } from '../../../../src/vscode/review/page/decide';
import { draftViewOf } from '../../../../src/vscode/review/page/draftView';
import { evidenceOf } from '../../../../src/vscode/review/page/evidence';
import { filesOf, rankedChanges } from '../../../../src/vscode/review/page/files';
import { findingsOf } from '../../../../src/vscode/review/page/findings';
import { headOf } from '../../../../src/vscode/review/page/head';
import { comparedTurn, sinceOf } from '../../../../src/vscode/review/page/since';
import { openDecisions, pickedOf, type ReviewState, type SinceTurn } from '../../../../src/vscode/review/page/state';
import {
  ADOPTED_TASK,
  OTHER_TREE,
  sampleCheck,
  sampleDrift,
  sampleFinding,
  sampleGroup,
  samplePacket,
  sampleTask,
  sampleVerification,
  TREE,
} from '../../review/sample';
import { plain } from '../sample';
import { blockedPacket, knownChanges, sampleChange, sampleState } from './sample';

const head = (change: Partial<ReviewState> = {}) => headOf(sampleState(change), plain);
const inState = (state: string, more: Partial<Packet> = {}) => ({
  packet: { ...samplePacket({ task: sampleTask({ state }) }), ...more },
});
const tile = (label: string, change: Partial<ReviewState> = {}) =>
  head(change)
    .tiles.find((own) => own.label === label)
    ?.facts.map(({ words }) => words);
const accepted = (finding: string, tree = TREE) =>
  reduceDraft(EMPTY_DRAFT, { type: 'accept', finding, reason: 'fine', tree });

describe('the top of the review page', () => {
  it('says that it is not ready, and how many things need a decision', () => {
    const { verdict, count, primary, others } = head({ packet: blockedPacket() });
    assert.deepEqual(verdict, { tone: 'bad', symbol: '✗', words: 'Not ready' });
    assert.equal(count, '2 things need a decision');
    assert.equal(primary?.deed, 'correct');
    const signoff = others.find(({ deed }) => deed === 'sign-off');
    assert.equal(signoff?.why, '2 things need a decision first');
  });

  it('counts what is answered as answered, and then leads to the sign-off', () => {
    const half = { packet: blockedPacket(), draft: accepted('f1') };
    assert.equal(head(half).count, '1 thing needs a decision');
    const draft = reduceDraft(half.draft, { type: 'override', check: 'tests', reason: 'flaky', tree: TREE });
    const whole = head({ ...half, draft });
    assert.deepEqual([whole.verdict.words, whole.count], ['Ready: everything is answered', '2 decisions are taken']);
    assert.deepEqual([whole.primary?.deed, whole.primary?.why], ['sign-off', '']);
  });

  it('does not count an override of another tree, and counts an accepted finding that is the same', () => {
    const draft = reduceDraft(accepted('f1', OTHER_TREE), {
      type: 'override',
      check: 'tests',
      reason: 'flaky',
      tree: OTHER_TREE,
    });
    const state = sampleState({ packet: blockedPacket(), draft });
    assert.deepEqual(
      openDecisions(state).map(({ id }) => id),
      ['tests'],
    );
    const view = draftViewOf(state, 3, plain);
    assert.match(view.accepted[0]?.note ?? '', /earlier revision/);
    assert.deepEqual(view.overridden, []);
    assert.equal(view.texts['override:0'], 'flaky', 'the reason is offered again');
  });

  it('tells of adopted work where it came from, and offers no transcript of an agent', () => {
    const packet = (state: string, agent = 'adopted') =>
      samplePacket({ task: sampleTask({ ...ADOPTED_TASK, state, agent }) });
    const about = evidenceOf(sampleState({ packet: packet('ready') }), plain).about.map(({ label, value }) => [
      label,
      value,
    ]);
    assert.deepEqual(
      about.filter(([label]) => /Agent|Adopted|Written/.test(label!)),
      [
        ['Agent', 'none: the work was adopted'],
        ['Adopted from', 'origin/topic\\u{202e}'],
        ['Adopted commit', 'd'.repeat(40)],
        ['Written by', '2 commits by Ann <b>, Bo'],
      ],
    );
    assert.match(head({ packet: packet('ready') }).revision, /^adopted from origin\/topic\\u\{202e\} · turn 1 · tree/);
    assert.equal(head({ packet: packet('ready') }).hasTranscript, false);
    assert.match(head({ packet: packet('verifying') }).others[0]?.does ?? '', /^Ends the checks/);
    const broken = head({ packet: packet('failed') });
    assert.match(broken.primary?.does ?? '', /checks are made again/);
    assert.deepEqual(
      broken.others.map(({ deed }) => deed),
      ['reject'],
    );
    const corrected = { packet: packet('ready', 'codex') };
    assert.equal(head(corrected).hasTranscript, true);
    assert.equal(evidenceOf(sampleState(corrected), plain).hasTranscript, true);
  });

  it('says in words what a clean task has', () => {
    const { verdict, count, primary } = head();
    assert.deepEqual(verdict, { tone: 'good', symbol: '✓', words: 'Ready' });
    assert.equal(count, '1 of 2 criteria proven, nothing to answer');
    assert.equal(primary?.deed, 'sign-off');
  });

  it('has one primary action that fits the state', () => {
    const primary = (state: string) => head(inState(state)).primary?.deed ?? null;
    assert.deepEqual(
      ['queued', 'running', 'ready', 'signed', 'delivered', 'rejected', 'failed', 'interrupted'].map(primary),
      [null, null, 'sign-off', 'sign-off', null, 'restore', 'resume', 'resume'],
    );
    const others = (state: string) => head(inState(state)).others.map(({ deed }) => deed);
    assert.deepEqual(others('running'), ['stop']);
    assert.deepEqual(others('failed'), ['as-it-stands', 'reject']);
    assert.deepEqual(others('delivered'), []);
  });

  it('shows in full what the agent asks', () => {
    const asking = { type: 'asked', request: 'r1', what: 'run `rm -rf build`?', boundary: null } as const;
    const shown = head({ packet: samplePacket({ task: sampleTask({ state: 'running', asking }) }) });
    assert.deepEqual(shown.asking, {
      request: 'r1',
      question: 'run `rm -rf build`?',
      allow: 'Allow this once',
      why: '',
    });
    assert.equal(shown.verdict.words, 'The agent asks for permission');
  });

  it('says of a question whose yes adds to the brief that it counts for the task', () => {
    const amendment = { reason: 'why', change: ['other.txt'], allow: [] };
    const asking = { type: 'asked', request: 'r1', what: 'change other.txt', boundary: null, amendment } as const;
    const shown = head({ packet: samplePacket({ task: sampleTask({ state: 'running', asking }) }) });
    assert.equal(shown.asking?.allow, 'Allow for this task');
  });

  it('says a thing once: what the verdict or the outcome tells is no reason too', () => {
    const state = (name: string) => inState(name, { reasons: ['it is so'] });
    for (const name of ['queued', 'running', 'rejected']) assert.deepEqual(head(state(name)).reasons, [], name);
    assert.deepEqual(head(state('ready')).reasons, ['it is so']);
  });

  it('tells how to mend what broke off, and no command of another program', () => {
    const reasons = (fix: string) =>
      head({
        packet: {
          ...samplePacket(),
          state: 'failed',
          reasons: ['no'],
          error: { code: 'INTERNAL', message: 'no', fix },
        },
      }).reasons;
    assert.deepEqual(reasons('sign in to the agent'), ['no', 'to mend it: sign in to the agent']);
    assert.deepEqual(reasons('read `countersign log 1`'), ['no']);
  });

  it('says that it is not current, and why nothing can be done', () => {
    const stale = { packet: { ...samplePacket(), stale: ['verification' as const] } };
    assert.match(head(stale).stale, /^Not current/);
    assert.match(head(stale).primary?.why ?? '', /checked again/);
    for (const [change, why] of [
      [{ live: false }, /has ended/],
      [{ trusted: false }, /not trusted/],
      [{ busy: 'Signing off' }, /Wait until it is done: Signing off/],
    ] as const) {
      const { primary, others } = head(change);
      for (const action of [primary, ...others]) assert.match(action?.why ?? '', why);
    }
  });

  it('says what to do about a task that failed before anything could be checked', () => {
    const error = { code: 'COMMAND_FAILED', message: 'it exited with 3', fix: 'look at the transcript' };
    const packet = samplePacket({ task: sampleTask({ state: 'failed', error, snapshots: [] }), verification: null });
    const { outcome, reasons } = head({ packet });
    assert.equal(outcome, 'What to do: look at the transcript');
    assert.equal(reasons[0], 'the work failed: COMMAND_FAILED: it exited with 3');
    assert.deepEqual(tile('Validation', { packet }), ['not run']);
  });

  it('names no tree for a turn that is under way', () => {
    assert.equal(head().revision, 'turn 1 · tree 1111111111');
    assert.match(head(inState('correcting')).revision, /under way · what stands here is of tree 1111111111$/);
  });

  it('says each thing once', () => {
    const asking = { type: 'asked', request: 'r1', what: 'may I?', boundary: null } as const;
    const shown = (task: Parameters<typeof sampleTask>[0]) =>
      head({ packet: samplePacket({ task: sampleTask(task), drift: sampleDrift([sampleFinding()]) }) }).reasons;
    const finding = '1 blocking finding: scope/outside';
    for (const task of [
      { state: 'ready' },
      { state: 'running' },
      { state: 'running', asking },
      { state: 'interrupted' },
      { state: 'rejected', reason: 'no' },
    ]) {
      assert.deepEqual(shown(task), [finding], JSON.stringify(task));
    }
  });

  it('calls nothing missing that is on its way', () => {
    const task = sampleTask({ state: 'running', snapshots: [] });
    const packet = samplePacket({ task, drift: null, verification: null });
    assert.deepEqual(
      ['Scope', 'Criteria', 'Validation', 'Size'].map((label) => tile(label, { packet })),
      [['not known yet'], ['0 of 2 proven', '1 for your eyes'], ['not run yet'], ['not known yet']],
    );
    const { checks, criteria } = evidenceOf(sampleState({ packet }), plain);
    assert.deepEqual([checks[0]?.mark.words, criteria[0]?.mark.words], ['not run yet', 'not proven yet']);
  });

  it('gives each of the five numbers its evidence', () => {
    const packet = blockedPacket();
    assert.deepEqual(tile('Scope', { packet }), ['2 files in scope', '1 out of scope', '0 at a boundary']);
    assert.deepEqual(tile('Criteria', { packet }), ['0 of 2 proven', '1 without evidence', '1 for your eyes']);
    assert.deepEqual(tile('Validation', { packet }), [
      'tests did not pass',
      '212 passed, 1 skipped',
      '41 s at tree 1111111111',
    ]);
    assert.deepEqual(tile('Review', { packet }), ['1 blocking', '0 warnings', 'no reviewer model ran']);
    assert.deepEqual(tile('Size', { packet }), ['3 files, +40 −2', '0 new dependencies']);
    const stale = samplePacket({ verification: sampleVerification({ checks: [sampleCheck({ tree: OTHER_TREE })] }) });
    assert.deepEqual(tile('Validation', { packet: stale }), [
      'tests did not pass',
      '212 passed, 1 skipped',
      'stale: at tree 2222222222',
    ]);
  });
});

describe('decisions on the page', () => {
  it('are in the order of their gravity, each with what answers it', () => {
    const packet = samplePacket({
      drift: sampleDrift([
        sampleFinding({ id: 'w', severity: 'warn', rule: 'scope/budget', path: null }),
        sampleFinding({ id: 's' }),
        sampleFinding({ id: 'b', rule: 'boundary/ci', boundary: 'ci' }),
        sampleFinding({ id: 'out', rule: 'secrets/added', boundary: 'secrets' }),
      ]),
      verification: sampleVerification({ checks: [sampleCheck({ status: 'timeout' })] }),
    });
    const { items, title } = decideOf(sampleState({ packet }), plain);
    assert.deepEqual(
      items.map(({ kind, id }) => `${kind} ${id}`),
      ['finding out', 'check 0', 'finding b', 'finding s', 'finding w'],
    );
    assert.equal(title, 'Decide (5)');
    assert.equal(decideOf(sampleState({ packet, draft: accepted('b') }), plain).title, 'Decide (4)');
  });

  it('that are very many are counted, and lead to the list', () => {
    const many = Array.from({ length: 2_000 }, (_, at) => sampleFinding({ id: `f${at}` }));
    const { items, more } = decideOf(sampleState({ packet: samplePacket({ drift: sampleDrift(many) }) }), plain);
    assert.equal(items.length, 8);
    assert.equal(more, '1992 more to answer are in the list of findings');
  });

  it('are none when nothing needs one', () => {
    assert.equal(decideOf(sampleState(), plain).none, 'Nothing needs a decision before sign-off.');
    assert.match(decideOf(sampleState(inState('running')), plain).none, /nothing to decide yet/);
    assert.match(decideOf(sampleState(inState('failed')), plain).none, /^Resume it, .* or reject it/);
    assert.equal(decideOf(sampleState(inState('delivered')), plain).none, 'Everything is decided.');
  });
});

describe('what an amendment would add', () => {
  const amends = (finding: ReturnType<typeof sampleFinding>, allow: string[] = []) => {
    const packet = { ...samplePacket({ drift: sampleDrift([finding]) }), scope: { change: [], avoid: [], allow } };
    return findingsOf(sampleState({ packet }), plain)[0]?.amends.map(({ value }) => value);
  };

  it('is shown beside what the brief says of it', () => {
    const boundary = sampleFinding({ rule: 'boundary/ci', boundary: 'ci' });
    assert.deepEqual(amends(boundary, ['tests']), ['approval.allow: tests', 'approval.allow: ci']);
    assert.deepEqual(amends(boundary), ['approval.allow: nothing', 'approval.allow: ci']);
    const paths = Array.from({ length: 400 }, (_, at) => `lib/m${at}.ts`);
    assert.deepEqual(amends(sampleGroup(paths)), [
      'scope.change: nothing',
      'scope.change: lib/m0.ts, lib/m1.ts, lib/m2.ts, lib/m3.ts and 396 more',
    ]);
  });

  it('is nothing for what no amendment answers', () => {
    assert.deepEqual(amends(sampleFinding({ rule: 'secrets/added', boundary: 'secrets' })), []);
  });
});

const listed = (changes: Parameters<typeof rankedChanges>[0]['changes']) => rankedChanges({ changes, omitted: 0 }, []);

describe('the files on the page', () => {
  it('stand in the order of their risk, with the reason', () => {
    const changes = [
      sampleChange({ path: 'a.ts', insertions: 1 }),
      sampleChange({ path: 'big.ts', insertions: 900 }),
      sampleChange({ path: 'b.ts', oldPath: 'old.ts', status: 'R' }),
      sampleChange({ path: 'src/config.ts', status: 'A', oldMode: null }),
    ];
    const findings = [sampleFinding(), sampleFinding({ id: 'f3', severity: 'warn', path: 'old.ts', rule: 'x/y' })];
    const ranked = rankedChanges({ changes, omitted: 0 }, findings);
    assert.deepEqual(
      ranked.changes.map(({ path }) => path),
      ['src/config.ts', 'b.ts', 'big.ts', 'a.ts'],
    );
    assert.deepEqual(filesOf(ranked, plain), [
      { path: 'src/config.ts', what: 'added', size: '+96 −2', tone: 'bad', risk: 'out of scope' },
      { path: 'b.ts', what: 'renamed from old.ts', size: '+96 −2', tone: 'careful', risk: 'warning: x/y' },
      { path: 'big.ts', what: 'changed', size: '+900 −2', tone: 'plain', risk: 'large' },
      { path: 'a.ts', what: 'changed', size: '+1 −2', tone: 'plain', risk: '' },
    ]);
  });

  it('are told in words when they are binary, deleted, of another kind or mode', () => {
    const what = (change: Parameters<typeof sampleChange>[0]) => {
      const [file] = filesOf(listed([sampleChange(change)]), plain);
      return `${file?.what} ${file?.size}`;
    };
    assert.equal(what({ status: 'A', insertions: null, deletions: null }), 'added binary');
    assert.equal(what({ status: 'D', newOid: null }), 'deleted +96 −2');
    assert.equal(what({ status: 'T' }), 'another kind of file +96 −2');
    assert.equal(what({ newMode: '100755' }), 'changed, mode 100644 to 100755 +96 −2');
  });

  it('are shown as what they are called, in any script, with what hides spelled out', () => {
    const names = [
      '日本語/ファイル.ts',
      'папка/файл.ts',
      'ملف.ts',
      'a\u001b[2Jb.ts',
      'a\u202eb.ts',
      `${'x'.repeat(10_240)}.ts`,
    ];
    const shown = filesOf(listed(names.map((path) => sampleChange({ path }))), plain).map(({ path }) => path);
    for (const name of names.slice(0, 3)) assert.ok(shown.includes(name), name);
    for (const name of ['a\\u{1b}[2Jb.ts', 'a\\u{202e}b.ts']) assert.ok(shown.includes(name), name);
    assert.ok(shown.some(({ length }) => length === 10_243));
  });

  it('say so when they could not be read', () => {
    const why = { code: 'INTERNAL' as const, message: 'not built yet', fix: 'wait' };
    const { filesNote } = evidenceOf(sampleState({ changes: { kind: 'unknown', why } }), plain);
    assert.equal(filesNote, 'The changed files could not be read: not built yet');
  });

  it('are viewed as long as they are the same', () => {
    const change = sampleChange();
    const changes = knownChanges(change, sampleChange({ path: 'src/z.ts' }));
    assert.ok(changes.kind === 'known');
    const draft = reduceDraft(EMPTY_DRAFT, { type: 'view', mark: changes.value.marks[1]!, on: true });
    assert.deepEqual(draftViewOf(sampleState({ changes, draft }), 4, plain).viewed, { list: 4, files: [1] });
    const changed = knownChanges(change, sampleChange({ path: 'src/z.ts', newOid: 'e'.repeat(40) }));
    assert.deepEqual(draftViewOf(sampleState({ changes: changed, draft }), 5, plain).viewed.files, []);
  });
});

describe('the evidence on the page', () => {
  it('shows failures with what was expected, marks what is stale, and hides the output of what passed', () => {
    const failure = { name: 'a', message: 'no', expected: '1', actual: '0', file: 'test/a.ts', line: 3 };
    const failed = sampleCheck({ status: 'failed', failures: Array.from({ length: 25 }, () => failure) });
    const [check] = evidenceOf(
      sampleState({ packet: samplePacket({ verification: sampleVerification({ checks: [failed] }) }) }),
      plain,
    ).checks;
    assert.deepEqual(check?.failures[0], {
      name: 'a',
      message: 'no',
      expected: '1',
      actual: '0',
      place: 'test/a.ts:3',
    });
    assert.deepEqual([check?.failures.length, check?.moreFailures], [20, '5 more failures are in the log.']);
    assert.match(check?.output ?? '', /tail$/);
    assert.equal(evidenceOf(sampleState(), plain).checks[0]?.output, '');
    const stale = samplePacket({ verification: sampleVerification({ checks: [sampleCheck({ tree: OTHER_TREE })] }) });
    const [old] = evidenceOf(sampleState({ packet: stale }), plain).checks;
    assert.deepEqual([old?.mark.words, old?.asks], ['stale (passed)', true]);
  });

  it('tells what was taken back and changed by hand, and what the agent used', () => {
    const packet: Packet = {
      ...samplePacket(),
      reverted: [{ turn: 2, by: 'Reviewer', paths: Array.from({ length: 11 }, (_, at) => `${at}\u202e`) }],
      byHand: [
        { turn: 3, by: 'Reviewer', message: 'Mended\u202e.' },
        { turn: 4, by: 'Reviewer', message: '' },
      ],
      agent: { ...samplePacket().agent, usage: { tokens: { input: 12 }, costUsd: 0.5, meaning: 'of all turns' } },
    };
    const { about } = evidenceOf(sampleState({ packet }), plain);
    const row = (label: string) => about.find((own) => own.label === label)?.value ?? '';
    assert.match(row('Taken back'), /^0\\u\{202e\}, .* and 1 more by Reviewer \(turn 2\)$/);
    assert.equal(row('Changed by hand'), 'by Reviewer (turn 3): Mended\\u{202e}.; by Reviewer (turn 4)');
    assert.equal(row('Usage'), 'input 12, 0.5 US dollars (of all turns)');
  });

  it('leads from a criterion to its check', () => {
    assert.deepEqual(
      evidenceOf(sampleState(), plain).criteria.map(({ id, mark, evidence }) => [
        ...[id, mark.words],
        ...evidence.map(({ check }) => check),
      ]),
      [
        ['AC-1', 'proven', 0],
        ['AC-2', 'reviewer decides'],
      ],
    );
  });

  it('spells out what agents and files hide, wherever they say it', () => {
    const evil = 'a\u202eb\u001b[2Jc\u200bd';
    const packet = samplePacket({
      task: sampleTask({ title: evil, agent: evil, branch: evil }),
      drift: sampleDrift([sampleFinding({ path: evil, message: evil, evidence: evil, rule: evil })]),
      verification: sampleVerification({
        checks: [
          sampleCheck({
            status: 'failed',
            note: evil,
            command: evil,
            failures: [{ name: evil, message: evil, expected: evil, actual: evil, file: evil, line: 1 }],
          }),
        ],
      }),
      agentWords: evil,
    });
    const state = sampleState({
      packet,
      changes: knownChanges(sampleChange({ path: evil, oldPath: evil, status: 'R' })),
      since: {
        kind: 'known',
        value: {
          ...{ turn: 2, changes: [sampleChange({ path: evil })], omitted: 0, dirtied: [evil] },
          appeared: [sampleFinding({ path: evil, message: evil })],
          gone: [sampleFinding({ path: evil, message: evil })],
          checks: [{ name: evil, before: 'passed', after: 'failed' }],
        },
      },
    });
    const twoTurns = { ...state, packet: { ...packet, turn: 2 } };
    const shown = JSON.stringify([
      ...[headOf(state, plain), decideOf(state, plain), findingsOf(state, plain), evidenceOf(state, plain)],
      ...[
        sinceOf(twoTurns, plain),
        filesOf(rankedChanges({ changes: [sampleChange({ path: evil })], omitted: 0 }, packet.drift!.findings), plain),
      ],
      correctionOf({ ...state, draft: composedOf(evil) }, plain),
    ]);
    assert.doesNotMatch(shown, /\u202e|\\u001b|\u200b/);
    assert.equal(evidenceOf(state, plain).agentWords, 'a\\u{202e}b\\u{1b}[2Jc\\u{200b}d');
  });
});

const composedOf = (body: string) =>
  reduceDraft(EMPTY_DRAFT, { type: 'composed', body, fixed: body, basis: 'other ticks' });

describe('the correction on the page', () => {
  it('takes up what is open, until the reviewer says otherwise', () => {
    const state = sampleState({ packet: blockedPacket() });
    assert.deepEqual(pickedOf(state).findings, ['f1']);
    const picked = (draft: ReviewState['draft']) => pickedOf({ ...state, draft });
    assert.deepEqual(picked(accepted('f1')).findings, []);
    assert.deepEqual(picked(reduceDraft(EMPTY_DRAFT, { type: 'include', finding: 'f1', on: false })).findings, []);
    assert.deepEqual(picked(reduceDraft(EMPTY_DRAFT, { type: 'include', finding: 'f2', on: true })).findings, [
      'f1',
      'f2',
    ]);
    const asked = picked(reduceDraft(EMPTY_DRAFT, { type: 'justify', finding: 'f1', on: true }));
    assert.deepEqual([asked.findings, asked.justify], [[], ['f1']]);
  });

  it('says what goes into it, which round it is, and what keeps it from being sent', () => {
    const state = sampleState({
      packet: blockedPacket(),
      remarks: [{ path: 'a.ts', line: 1, text: 'why?' }],
    });
    assert.deepEqual(correctionOf(state, plain), {
      round: '1 of 1',
      spent: false,
      picked: '1 finding, 1 remark, 1 check that did not pass',
      edition: 0,
      body: '',
      fixed: '',
      outdated: false,
      earlier: false,
      why: 'The text is empty.',
    });
    const spent = { ...blockedPacket(), corrections: { used: 1, allowed: 1 } };
    assert.equal(correctionOf({ ...state, packet: spent }, plain)?.spent, true);
    assert.match(correctionOf(sampleState(), plain)?.why ?? '', /Nothing is ticked/);
    assert.equal(correctionOf(sampleState(inState('running')), plain), null);
  });

  it('warns that edited words are of other ticks, and only then', () => {
    const state = sampleState({ packet: blockedPacket(), draft: composedOf('text') });
    assert.equal(correctionOf(state, plain)?.outdated, false);
    const edited = reduceDraft(state.draft, { type: 'correction-text', text: 'mine' });
    assert.equal(correctionOf({ ...state, draft: edited }, plain)?.outdated, true);
    assert.equal(correctionOf({ ...state, draft: edited }, plain)?.why, '');
  });
});

describe('what changed since the last look', () => {
  const two = { ...samplePacket(), turn: 3 };

  it('is compared with the turn that was looked at last, or the one that is chosen', () => {
    const compared = (draft: Partial<ReviewState['draft']>) =>
      comparedTurn({ packet: two, draft: { ...EMPTY_DRAFT, ...draft } });
    assert.equal(compared({}), 2);
    assert.equal(compared({ before: 1 }), 1);
    assert.equal(compared({ before: 1, since: 2 }), 2);
    assert.equal(compared({ since: 9 }), null);
    assert.equal(comparedTurn({ packet: { ...two, turn: 1 }, draft: EMPTY_DRAFT }), null);
  });

  it('says first what was clean and is not any more', () => {
    const since: ReviewState['since'] = {
      kind: 'known',
      value: {
        turn: 3,
        changes: [sampleChange(), sampleChange({ path: 'b.bin', insertions: null, deletions: null })],
        omitted: 1,
        appeared: [sampleFinding({ id: 'n' })],
        gone: [sampleFinding({ id: 'g', path: null })],
        checks: [
          { name: 'lint', before: 'passed', after: 'passed' },
          { name: 'tests', before: 'failed', after: 'passed' },
        ],
        dirtied: ['src/config.ts'],
      },
    };
    const shown = sinceOf(sampleState({ packet: two, since }), plain);
    assert.equal(shown?.lead, '3 files, +96 −2 · 1 finding gone · 1 new finding');
    assert.deepEqual(
      shown?.groups.map(({ title, items }) => [title, items.map(({ what, detail }) => `${what} ${detail}`.trim())]),
      [
        ['Was clean, and is not any more', ['src/config.ts']],
        ['Checks', ['tests failed → passed']],
        ['New findings', ['the path is not in scope scope/outside · src/config.ts:12']],
        ['Findings that are gone', ['the path is not in scope scope/outside']],
        ['Files that it changed', ['src/http/retry.ts +96 −2', 'b.bin binary']],
      ],
    );
    assert.equal(shown?.groups.at(-1)?.more, '1 more');
  });

  it('says what became of the second opinion, and that its findings are not gone because nobody looked', () => {
    const value = { turn: 3, changes: [], omitted: 0, appeared: [], checks: [], dirtied: [] };
    const gone = [sampleFinding({ id: 'r1', rule: 'review/major' })];
    const shown = (review?: SinceTurn['review'], left: typeof gone = []) =>
      sinceOf(sampleState({ packet: two, since: { kind: 'known', value: { ...value, gone: left, review } } }), plain)!;
    const [stale] = shown({ before: 'valid', after: 'missing' }).groups;
    assert.deepEqual([stale?.title, stale?.items[0]?.mark.words], ['Second opinion', 'stale']);
    assert.match(stale?.items[0]?.what ?? '', /nobody has read this one/);
    const again = shown({ before: 'valid', after: 'valid' }, gone);
    assert.deepEqual(
      again.groups.map(({ title, items }) => [title, items[0]?.mark.words]),
      [['What the reviewer does not say again', 'not said again']],
    );
    assert.match(again.lead, /· 0 findings gone/);
    assert.deepEqual(shown({ before: 'missing', after: 'none' }).groups[0]?.items[0]?.mark.words, 'no review');
    assert.deepEqual(shown().groups, []);
  });

  it('is nothing after the first turn, and says why when it is not known', () => {
    assert.equal(sinceOf(sampleState(), plain), null);
    const why = { code: 'REVISION_NOT_FOUND' as const, message: 'no snapshot of turn 2', fix: 'choose another' };
    const state = sampleState({ packet: two, since: { kind: 'unknown', why } });
    assert.match(sinceOf(state, plain)?.lead ?? '', /no snapshot of turn 2/);
  });
});
