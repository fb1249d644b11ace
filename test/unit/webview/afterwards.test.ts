import assert from 'node:assert/strict';
import { h, render } from 'preact';
import { afterwardsOf } from '../../../src/vscode/review/page/afterwards';
import { pageWords } from '../../../src/vscode/review/page/words';
import { AfterwardsSection } from '../../../src/webview/review/afterwards';
import type { Afterwards } from '../../../src/webview/review/afterwardsModel';
import { Context, type PageContext } from '../../../src/webview/review/context';
import type { Wish } from '../../../src/webview/review/messages';
import type { Deed } from '../../../src/webview/review/model';
import { sampleTask } from '../review/sample';
import { corrected } from '../vscode/review/corrected';
import { sampleState } from '../vscode/review/sample';
import { plain } from '../vscode/sample';
import { rendered } from './tinyDom';

describe('the section on a correction', () => {
  const modelOf = (packet = corrected()): Afterwards => {
    const model = afterwardsOf(sampleState({ packet }), plain);
    assert.ok(model !== null);
    return model;
  };
  const show = async (afterwards: Afterwards) => {
    const sent: Wish[] = [];
    const deeds: Deed[] = [];
    const page = { words: pageWords(plain), send: (wish: Wish) => sent.push(wish) } as unknown as PageContext;
    const section = h(AfterwardsSection, { afterwards, onDeed: (deed: Deed) => deeds.push(deed) });
    const top = await rendered((parent) => render(h(Context.Provider, { value: page, children: section }), parent));
    const button = (words: string) => {
      const found = top.all('button').filter((one) => one.text === words);
      assert.ok(found[0] !== undefined, `there is a button ${words}`);
      return found[0];
    };
    return { top, sent, deeds, button };
  };

  it('shows what broke before what was sent, each with words beside its symbol', async () => {
    const { top } = await show(modelOf());
    const items = top.all('li').filter((item) => item.attributes['data-tone'] !== undefined);
    assert.deepEqual(
      items.map((item) => item.all('p')[0]?.text),
      [
        '✗ broken by the correction tests of check tests',
        '↓ worse check tests',
        '✗ not fixed what was said',
        '? for your eyes deps/added · package.json',
        '✓ fixed scope/outside · src/config.ts:12',
      ],
    );
    assert.ok(
      items[0]?.all('code').some(({ text }) => text === 'b'),
      'the test that fails now is named',
    );
  });

  it('leads to the evidence of a thing by its place, and begins what is left', async () => {
    const { top, sent, deeds, button } = await show(modelOf());
    const logs = top.all('button').filter(({ text }) => text === 'Show log');
    const diffs = top.all('button').filter(({ text }) => text === 'Open diff');
    assert.deepEqual([logs.length, diffs.length], [2, 2]);
    for (const one of [...logs, ...diffs]) one.press();
    button('Take over by hand…').press();
    button('Split off…').press();
    button('Reject…').press();
    assert.deepEqual(sent, [
      { type: 'open-corrected', of: 'broken', place: 0 },
      { type: 'open-corrected', of: 'items', place: 0 },
      { type: 'open-corrected', of: 'items', place: 2 },
      { type: 'open-corrected', of: 'items', place: 3 },
      { type: 'take-over' },
      { type: 'split' },
    ]);
    assert.deepEqual(deeds, ['reject']);
  });

  it('leaves what is not possible in reach of the keyboard, with the reason, and does nothing', async () => {
    const { sent, deeds, button, top } = await show(modelOf());
    const signoff = button('Sign off…');
    assert.equal(signoff.attributes['aria-disabled'], 'true');
    assert.match(top.text, /Not now: \d+ things? needs? a decision first/);
    signoff.press();
    assert.deepEqual([sent, deeds], [[], []]);
  });

  it('says who has it by hand, and hands it in or gives it up', async () => {
    const takenOver = { by: 'Ann', folder: { path: '/state/task-hand' } };
    const { top, sent, button } = await show(modelOf(corrected({ task: sampleTask({ takenOver }) })));
    assert.match(top.text, /Ann has taken it over, in \/state\/task-hand\./);
    for (const words of ['Open the folder', 'Check my changes', 'Give up…']) button(words).press();
    assert.deepEqual(
      sent.map(({ type }) => type),
      ['take-over', 'hand-in', 'give-up'],
    );
  });
});
