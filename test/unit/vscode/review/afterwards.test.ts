import assert from 'node:assert/strict';
import type { Packet } from '../../../../src/core/review/packet';
import { afterwardsOf, shownItems } from '../../../../src/vscode/review/page/afterwards';
import { headOf } from '../../../../src/vscode/review/page/head';
import { afterwardsSchema } from '../../../../src/webview/review/afterwardsModel';
import { parseIntent } from '../../../../src/webview/review/messages';
import { samplePacket, sampleTask } from '../../review/sample';
import { plain } from '../sample';
import { corrected } from './corrected';
import { sampleState } from './sample';

const packet = corrected;

const shown = (of: Packet) => {
  const found = afterwardsOf(sampleState({ packet: of }), plain);
  assert.ok(found !== null);
  assert.deepEqual(afterwardsSchema.parse(found), found);
  return found;
};

describe('what became of a correction, on the review page', () => {
  it('says first what broke, with the tests that fail now', () => {
    const { broken } = shown(packet());
    assert.deepEqual(broken.mark, { tone: 'bad', symbol: '✗', words: '1 thing was clean, and is not any more' });
    assert.deepEqual(
      broken.items.map(({ what, tests, opens }) => ({ what, tests, opens })),
      [{ what: 'tests of check tests', tests: ['b'], opens: 'log' }],
    );
  });

  it('says of each thing what became of it, in words and with a symbol, the worst first', () => {
    const { items, lead, notes } = shown(packet());
    assert.deepEqual(
      items.map(({ what, mark, opens }) => [what, `${mark.symbol} ${mark.words}`, opens]),
      [
        ['check tests', '↓ worse', 'log'],
        ['what was said', '✗ not fixed', ''],
        ['deps/added · package.json', '? for your eyes', 'diff'],
        ['scope/outside · src/config.ts:12', '✓ fixed', 'diff'],
      ],
    );
    assert.match(items[2]?.message ?? '', /^Sent, to be justified: ./);
    assert.match(items[3]?.message ?? '', /^Sent: ./);
    assert.equal(items[2]?.says, 'The agent says (unverified): It is\\u{202e} needed');
    assert.equal(
      lead,
      'Asked for by Reviewer\\u{202e}, done as turn 2: 1 fixed · 1 not fixed · 1 worse · 1 for your eyes',
    );
    assert.match(notes.join(), /changed by hand before it was sent/);
  });

  it('names its items in the order of the page', () => {
    const { correction } = packet();
    assert.deepEqual(
      shownItems(correction!).map(({ kind, id }) => id ?? kind),
      ['tests', 'text', 'f2', 'f1'],
    );
    for (const of of ['broken', 'items'])
      assert.ok(parseIntent({ v: 1, type: 'open-corrected', of, place: 0 }) !== null);
    assert.equal(parseIntent({ v: 1, type: 'open-corrected', of: 'path', place: '/etc' }), null);
  });

  it('offers exactly what is left, and says why something is not possible', () => {
    const { choices } = shown(packet());
    assert.deepEqual(
      choices.map(({ choice, why }) => [choice, why !== '']),
      [
        ['sign-off', true],
        ['take-over', false],
        ['split', false],
        ['reject', false],
      ],
    );
    const foreseen = packet({ task: sampleTask({ turns: 2, corrections: 0 }) });
    assert.deepEqual(shown(foreseen).choices, []);
    const [signoff, takeOver] = afterwardsOf(sampleState({ packet: packet(), live: false }), plain)?.choices ?? [];
    assert.match(signoff!.why, /background host/);
    assert.match(takeOver!.why, /background host/);
  });

  it('says who has it by hand, and lets nothing else be done with it', () => {
    const folder = { path: '/state/checkouts/repo/task-hand' };
    const taken = packet({ task: sampleTask({ turns: 2, corrections: 1, takenOver: { by: 'Ann\u202e', folder } }) });
    const page = shown(taken);
    assert.equal(page.taken?.lead, 'Ann\\u{202e} has taken it over, in /state/checkouts/repo/task-hand.');
    assert.equal(page.taken?.why, '');
    assert.equal(page.choices.find(({ choice }) => choice === 'take-over')?.why, 'Ann\\u{202e} has taken it over.');
    const { primary, others } = headOf(sampleState({ packet: taken }), plain);
    for (const deed of ['correct', 'sign-off']) {
      const action = [primary, ...others].find((one) => one?.deed === deed);
      assert.match(action?.why ?? '', /has taken it over/, deed);
    }
    const plainly = samplePacket({ task: sampleTask({ takenOver: { by: 'Ann', folder } }) });
    assert.equal(shown(plainly).lead, '', 'also where there was no correction');
  });

  it('is not there without a correction, and while an agent is at work', () => {
    assert.equal(afterwardsOf(sampleState(), plain), null);
    const atWork = packet({ task: sampleTask({ state: 'correcting', turns: 2, corrections: 1 }) });
    assert.equal(afterwardsOf(sampleState({ packet: atWork }), plain), null);
  });
});
