import assert from 'node:assert/strict';
import { branchChoices, named, pullRequestProblem } from '../../../../src/vscode/brief/branchChoices';
import { plain } from '../sample';

const NOW = Date.parse('2026-01-02T04:00:00Z');

describe('what there is to adopt', () => {
  it('is told with when it changed last, by whom, and what it says, in plain sight', () => {
    const branches = [
      {
        ref: 'refs/heads/a\u202eb',
        name: 'a\u202eb',
        at: '2026-01-02T03:30:00Z',
        author: 'Ann\u0007',
        subject: 'x\u001b[2J',
      },
      { ref: 'refs/remotes/origin/c', name: 'origin/c', at: '2026-01-01T03:00:00+01:00', author: 'Bo', subject: '' },
    ];
    assert.deepEqual(branchChoices(branches, NOW, plain), [
      {
        label: 'a\\u{202e}b',
        description: '30 min ago, by Ann\\u{7}',
        detail: 'x\\u{1b}[2J',
        ref: 'refs/heads/a\u202eb',
      },
      { label: 'origin/c', description: '26 h ago, by Bo', detail: '', ref: 'refs/remotes/origin/c' },
    ]);
  });

  it('is a pull request by its number or address', () => {
    assert.equal(named(' 12 '), '#12');
    assert.equal(named('https://github.com/o/n/pull/12'), 'https://github.com/o/n/pull/12');
    for (const fine of ['12', '#12', 'pull/12', 'https://github.com/o/n/pull/12']) {
      assert.equal(pullRequestProblem(fine, plain), undefined, fine);
    }
    for (const wrong of ['', 'topic', '0', '#x']) assert.match(pullRequestProblem(wrong, plain) ?? '', /#12/, wrong);
  });
});
