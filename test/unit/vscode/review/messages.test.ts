import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Outbox } from '../../../../src/vscode/review/outbox';
import { webviewHtml } from '../../../../src/vscode/webviewHtml';
import { CHUNK, intentSchema, type Notice, noticeSchema, parseIntent } from '../../../../src/webview/review/messages';
import { isWaiting, NOTHING_YET, type PageState, reducePage } from '../../../../src/webview/review/pageState';
import { sampleDrift, sampleFinding, samplePacket, sampleTask } from '../../review/sample';
import { plain } from '../sample';
import { blockedPacket, knownChanges, sampleChange, sampleState } from './sample';

/** An outbox and the page at its other end: what it sends is parsed as the page parses it. */
function wired() {
  const sent: Notice[] = [];
  const outbox = new Outbox({ language: 'en', t: plain, post: (notice) => sent.push(noticeSchema.parse(notice)) });
  return {
    outbox,
    sent,
    page: () => sent.reduce<PageState>(reducePage, NOTHING_YET),
    take: () => sent.splice(0).map(({ type }) => type),
  };
}

describe('messages to the review page', () => {
  it('are what their schema says, in every state', () => {
    const { outbox, page } = wired();
    outbox.greet();
    for (const state of ['queued', 'running', 'ready', 'signed', 'delivered', 'rejected', 'failed', 'interrupted']) {
      outbox.send(sampleState({ packet: samplePacket({ task: sampleTask({ state }) }) }));
    }
    const task = sampleTask({ state: 'queued', snapshots: [] });
    outbox.send(sampleState({ packet: samplePacket({ task, drift: null, verification: null }) }));
    assert.equal(page().head?.verdict.words, 'Queued');
    assert.ok(Object.values(page().words ?? {}).every((words) => words !== ''));
  });

  it('carry what changed only: a tick sends no list again', () => {
    const { outbox, take } = wired();
    const state = sampleState({ packet: blockedPacket() });
    outbox.greet();
    outbox.send(state);
    take();
    outbox.send({ ...state });
    assert.deepEqual(take(), []);
    outbox.send({ ...state, draft: { ...state.draft, included: { f1: false } } });
    assert.deepEqual(take().sort(), ['correction', 'draft', 'head']);
    outbox.greet();
    outbox.send(state);
    assert.ok(take().includes('files'), 'a page that was made anew knows nothing');
  });

  it('bring long lists in chunks, after the top of the page', () => {
    const { outbox, sent, page } = wired();
    const findings = Array.from({ length: 2_000 }, (_, at) => sampleFinding({ id: `f${at}` }));
    const files = Array.from({ length: 5_000 }, (_, at) => sampleChange({ path: `src/${at}.ts` }));
    const state = sampleState({
      packet: samplePacket({ drift: sampleDrift(findings) }),
      changes: knownChanges(...files),
    });
    outbox.send(state);
    assert.equal(sent[0]?.type, 'head');
    const chunks = sent.filter(({ type }) => type === 'files');
    assert.equal(chunks.length, 5_000 / CHUNK);
    assert.deepEqual([page().findings.items.length, page().files.items.length], [2_000, 5_000]);
    assert.equal(page().files.list, outbox.files);
  });

  it('keep a list until the whole of the next one is there', () => {
    const item = { path: 'a', what: '', size: '', tone: 'plain', risk: '' } as const;
    const chunk = (list: number, from: number, total: number, count: number): Notice => ({
      ...{ v: 1, type: 'files', list, from, total },
      items: Array.from({ length: count }, () => ({ ...item, path: `${list}` })),
    });
    const lists = (...notices: readonly Notice[]) => notices.reduce<PageState>(reducePage, NOTHING_YET).files;
    assert.equal(lists(chunk(1, 0, 2, 2), chunk(2, 0, 4, 2)).items[0]?.path, '1');
    assert.equal(lists(chunk(1, 0, 2, 2), chunk(2, 0, 4, 2), chunk(2, 2, 4, 2)).items.length, 4);
    assert.deepEqual(lists(chunk(1, 0, 2, 2), chunk(2, 0, 0, 0)).items, []);
    // A chunk without the ones before it is none.
    assert.equal(lists(chunk(1, 0, 2, 2), chunk(2, 2, 4, 2)).list, 1);
    // Only the last one of a list changes what is shown.
    const waits = (...notices: readonly Notice[]) =>
      isWaiting(notices.reduce<PageState>(reducePage, NOTHING_YET), notices.at(-1) ?? chunk(1, 0, 0, 0));
    assert.equal(waits(chunk(1, 0, 4, 2)), true);
    assert.equal(waits(chunk(1, 0, 4, 2), chunk(1, 2, 4, 2)), false);
    assert.equal(waits(chunk(1, 0, 4, 2), { v: 1, type: 'busy', busy: null }), false);
  });

  it('never break the page', () => {
    fc.assert(fc.property(fc.anything(), (sent) => typeof noticeSchema.safeParse(sent).success === 'boolean'));
  });
});

describe('messages of the review page', () => {
  it('are taken for what they are, and nothing else is', () => {
    assert.deepEqual(parseIntent({ v: 1, type: 'ready' }), { v: 1, type: 'ready' });
    assert.deepEqual(parseIntent({ v: 1, type: 'view', list: 1, index: 2, on: true, path: '/etc/passwd' }), {
      ...{ v: 1, type: 'view', list: 1, index: 2, on: true },
    });
    for (const wrong of [
      null,
      'ready',
      {},
      { type: 'ready' },
      { v: 2, type: 'ready' },
      { v: 1, type: 'open' },
      { v: 1, type: 'sign-off' },
      { v: 1, type: 'sign-off', tree: '' },
      { v: 1, type: 'view', list: 1, index: -1, on: true },
      { v: 1, type: 'view', list: 1, index: 1.5, on: true },
      { v: 1, type: 'show-log', check: 1e9 },
      { v: 1, type: 'accept', id: 'f1', reason: 'x'.repeat(4_001) },
      { v: 1, type: 'correction-text', text: 'x'.repeat(100_001) },
      { v: 1, type: 'delivery', mode: 'push', to: '' },
    ]) {
      assert.equal(parseIntent(wrong), null, JSON.stringify(wrong)?.slice(0, 80));
    }
  });

  it('never break the editor', () => {
    fc.assert(fc.property(fc.anything(), (sent) => parseIntent(sent) === null || typeof sent === 'object'));
    const typed = fc.record({
      v: fc.constant(1),
      type: fc.constantFrom(...intentSchema.def.options.map(({ shape }) => shape.type.def.values[0] as string)),
      id: fc.anything(),
      index: fc.anything(),
      reason: fc.anything(),
    });
    fc.assert(fc.property(typed, (sent) => parseIntent(sent) === null || parseIntent(sent)?.v === 1));
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
