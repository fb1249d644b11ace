import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Packet } from '../../../src/core/review/packet';
import { parseIntent } from '../../../src/vscode/late/wire';
import { signoffCommand } from '../../../src/vscode/review/nextSteps';
import { reviewPageOf } from '../../../src/vscode/review/page';
import { webviewHtml } from '../../../src/vscode/webviewHtml';
import { noticeSchema, type ReviewPage } from '../../../src/webview/review/messages';
import {
  COMMIT,
  sampleCheck,
  sampleDrift,
  sampleFinding,
  samplePacket,
  sampleTask,
  sampleVerification,
  TREE,
} from '../review/sample';
import { plain } from './sample';

const CLI = '/extension/dist/cli.js';
const pageOf = (packet: Packet): ReviewPage => reviewPageOf(packet, CLI, 'en', plain);
const commandsOf = (packet: Packet) => pageOf(packet).next.commands.map(({ command }) => command);
const blocked = () =>
  samplePacket({
    drift: sampleDrift([sampleFinding(), sampleFinding({ id: 'f2', severity: 'info', rule: 'tests/changed' })]),
    verification: sampleVerification({ checks: [sampleCheck({ status: 'failed', exit: 1, note: 'one failed' })] }),
  });

describe('the review page', () => {
  it('is what its schema says, for every state', () => {
    for (const state of ['queued', 'running', 'ready', 'signed', 'delivered', 'rejected', 'failed', 'interrupted']) {
      const page = pageOf(samplePacket({ task: sampleTask({ state }) }));
      assert.deepEqual(noticeSchema.parse({ type: 'page', page }), { type: 'page', page });
    }
    const empty = samplePacket({
      task: sampleTask({ state: 'queued', snapshots: [] }),
      drift: null,
      verification: null,
    });
    assert.equal(noticeSchema.safeParse({ type: 'page', page: pageOf(empty) }).success, true);
  });

  it('shows the verdict, its reasons and the evidence of a blocked packet', () => {
    const page = pageOf(blocked());
    assert.deepEqual(page.verdict, { tone: 'bad', symbol: '✗', words: 'Blocked' });
    assert.deepEqual(page.reasons, blocked().reasons);
    assert.deepEqual(page.meter, {
      inside: 2,
      outside: 1,
      boundary: 0,
      words: '2 in scope, 1 outside, 0 at a boundary',
    });
    assert.deepEqual(
      page.findings.map(({ mark, findings }) => [mark.words, findings.map(({ place }) => place)]),
      [
        ['Blocking (1)', ['src/config.ts:12']],
        ['For information (1)', ['src/config.ts:12']],
      ],
    );
    assert.equal(page.checks[0]?.mark.words, 'failed');
    assert.match(page.checks[0]?.output ?? '', /tail$/);
    assert.equal(page.criteria[0]?.mark.words, 'unproven');
    assert.deepEqual(page.facts.map(({ value }) => value).slice(0, 3), [
      '0 of 2 proven',
      '0 of 1 passed',
      '1 blocking, 0 to look at',
    ]);
  });

  it('hides the output of what passed, and counts nothing that is stale', () => {
    const stale = samplePacket({
      verification: sampleVerification({ checks: [sampleCheck({ tree: '9'.repeat(40) })] }),
    });
    assert.equal(pageOf(samplePacket()).checks[0]?.output, '');
    assert.equal(pageOf(stale).checks[0]?.mark.tone, 'bad');
    assert.equal(pageOf(stale).facts.find(({ label }) => label === 'Checks')?.value, '0 of 1 passed');
  });

  it('names the exact sign-off, bound to the tree that it shows', () => {
    assert.equal(signoffCommand(samplePacket()), `countersign signoff T1 --tree ${TREE}`);
    assert.equal(
      signoffCommand(blocked()),
      `countersign signoff T1 --tree ${TREE} --accept f1=REASON --override tests=REASON`,
    );
    assert.equal(commandsOf(blocked())[0], signoffCommand(blocked()));
    assert.match(pageOf(samplePacket()).next.lead, /command line for now/);
    assert.ok(pageOf(samplePacket()).next.notes.some((note) => note.includes(CLI)));
  });

  it('offers no sign-off without evidence, and only what fits the state', () => {
    assert.deepEqual(commandsOf(samplePacket({ drift: null })), [
      'countersign correct T1 -m TEXT',
      'countersign reject T1 --reason REASON',
    ]);
    const inState = (change: Parameters<typeof sampleTask>[0]) =>
      commandsOf(samplePacket({ task: sampleTask(change) }));
    assert.deepEqual(inState({ state: 'running' }), []);
    assert.deepEqual(inState({ state: 'delivered' }), []);
    assert.deepEqual(inState({ state: 'rejected', reason: 'no' }), ['countersign restore T1']);
    assert.deepEqual(inState({ state: 'interrupted' })[0], 'countersign resume T1');
    assert.deepEqual(inState({ corrections: 1 }), [
      `countersign signoff T1 --tree ${TREE}`,
      'countersign reject T1 --reason REASON',
    ]);
    const asking = { type: 'asked', request: 'r1', what: 'may I?', boundary: null } as const;
    assert.deepEqual(inState({ state: 'running', asking }), [
      'countersign answer T1 allow',
      'countersign answer T1 refuse',
    ]);
  });

  it('offers to stop what is at work only', () => {
    const canStop = (state: string) => pageOf(samplePacket({ task: sampleTask({ state }) })).canStop;
    assert.deepEqual(['queued', 'running', 'ready', 'delivered'].map(canStop), [true, true, false, false]);
  });

  it('spells out what agents and files hide, wherever they say it', () => {
    const evil = 'a\u202eb\u001b[2Jc\u200bd';
    const page = pageOf(
      samplePacket({
        task: sampleTask({ title: evil, agent: evil, branch: evil }),
        drift: sampleDrift([sampleFinding({ path: evil, message: evil, evidence: evil })]),
        verification: sampleVerification({ checks: [sampleCheck({ status: 'failed', note: evil, command: evil })] }),
        agentWords: evil,
      }),
    );
    assert.doesNotMatch(JSON.stringify(page), /\u202e|\\u001b|\u200b/);
    assert.equal(page.agentWords, 'a\\u{202e}b\\u{1b}[2Jc\\u{200b}d');
  });

  it('keeps the whole name of a snapshot for people to compare', () => {
    assert.ok(pageOf(samplePacket()).about.some(({ value }) => value === COMMIT));
  });
});

describe('messages of the review page', () => {
  it('are taken for what they are, and nothing else is', () => {
    assert.deepEqual(parseIntent({ type: 'ready' }), { type: 'ready' });
    assert.deepEqual(parseIntent({ type: 'copy-command', index: 2 }), { type: 'copy-command', index: 2 });
    for (const wrong of [
      null,
      'ready',
      {},
      { type: 'signoff' },
      { type: 'copy-command' },
      { type: 'copy-command', index: -1 },
      { type: 'copy-command', index: 1.5 },
      { type: 'copy-command', index: 1e9 },
    ]) {
      assert.equal(parseIntent(wrong), null, JSON.stringify(wrong));
    }
  });

  it('carry nothing that the editor did not ask for', () => {
    assert.deepEqual(parseIntent({ type: 'copy-packet', text: 'rm -rf /' }), { type: 'copy-packet' });
  });

  it('never break the parser', () => {
    fc.assert(fc.property(fc.anything(), (sent) => parseIntent(sent) === null || typeof sent === 'object'));
    fc.assert(fc.property(fc.anything(), (sent) => noticeSchema.safeParse(sent).success === false || sent !== null));
  });
});

describe('the frame of the review page', () => {
  const frame = {
    script: 'https://resource.example/review.js',
    style: 'https://resource.example/review.css',
    source: 'https://resource.example',
    nonce: 'abc',
    title: 'Review',
    data: { task: 'T1' },
  };

  it('allows its own script, style and icon font, and nothing else', () => {
    const policy = /Content-Security-Policy" content="([^"]+)"/.exec(webviewHtml(frame))?.[1]?.replaceAll('&#39;', "'");
    assert.deepEqual(policy?.split('; '), [
      "default-src 'none'",
      "script-src 'nonce-abc'",
      'style-src https://resource.example',
      'font-src https://resource.example',
      "form-action 'none'",
      "base-uri 'none'",
    ]);
  });

  it('cannot be broken out of by an id', () => {
    const html = webviewHtml({ ...frame, data: { task: '"><script>alert(1)</script>' } });
    assert.doesNotMatch(html, /<script>alert/);
    assert.equal(html.match(/<script/g)?.length, 1);
  });
});
