import assert from 'node:assert/strict';
import type { PageFinding } from '../../../src/webview/review/model';
import { FIRST_UI, filteredFindings, filterOf, movedBy, restoredUi, withKey } from '../../../src/webview/review/ui';

describe('how the page is arranged', () => {
  const finding = (id: string, severity: PageFinding['severity'], asks: boolean): PageFinding => ({
    ...{ id, severity, asks, rule: '', place: '', message: '', evidence: '', opens: true, reverts: true },
    ...{ why: '', suggestion: '', about: '', places: [], amends: [], acceptNot: '' },
    mark: { tone: 'bad', symbol: '', words: '' },
  });
  const findings = [finding('a', 'block', true), finding('b', 'warn', true), finding('c', 'info', false)];
  const shown = (filter: Parameters<typeof filteredFindings>[1]) =>
    filteredFindings(findings, filter, { accepted: [{ id: 'a', reason: 'x', note: '', widens: false }] }).map(
      ({ id }) => id,
    );

  it('filters findings by severity, and by what is not answered', () => {
    assert.deepEqual(shown('all'), ['a', 'b', 'c']);
    assert.deepEqual(shown('warn'), ['b']);
    assert.deepEqual(shown('open'), ['b']);
    assert.deepEqual([filterOf('findings-block'), filterOf('files')], ['block', null]);
  });

  it('moves by keys, and never out of the list', () => {
    assert.deepEqual(
      ['j', 'k', 'ArrowDown', 'Home', 'End', 'PageDown', 'x'].map((key) => movedBy(key, 1, 3)),
      [2, 0, 2, 0, 2, 2, null],
    );
    assert.deepEqual([movedBy('j', 2, 3), movedBy('k', 0, 3), movedBy('End', 0, 0)], [2, 0, 0]);
  });

  it('comes back as it was kept, and begins anew when that cannot be read', () => {
    const ui = { ...FIRST_UI, filter: 'warn' as const, forms: ['signoff' as const], scroll: 120 };
    assert.deepEqual(restoredUi({ task: 'T1', ui }), ui);
    for (const kept of [undefined, null, 7, { ui: { ...ui, filter: 'none' } }, { ui: {} }]) {
      assert.deepEqual(restoredUi(kept), FIRST_UI);
    }
  });

  it('names things once', () => {
    assert.deepEqual(withKey(['a'], 'a', true), ['a']);
    assert.deepEqual(withKey(['a', 'b'], 'a', false), ['b']);
  });
});
