import assert from 'node:assert/strict';
import { isSameRemote, parsePullRequest, parseRemote, pullRequestRefs } from '../../src/core/remote';

const remote = (address: string) => parseRemote(address) ?? assert.fail(address);

describe('the name of a pull request', () => {
  const read = (text: string) => {
    const found = parsePullRequest(text);
    if (found === null) return null;
    const { number, forge, remote: place } = found;
    return [number, forge, place === null ? null : `${place.host}/${place.owner}/${place.name}`];
  };

  it('is a number as the forges write it', () => {
    assert.deepEqual(read('#12'), [12, null, null]);
    assert.deepEqual(read('pull/12'), [12, 'github', null]);
    assert.deepEqual(read('!12'), [12, 'gitlab', null]);
    assert.deepEqual(read('merge-requests/12'), [12, 'gitlab', null]);
  });

  it('is the address of any of its pages', () => {
    const github = [12, 'github', 'github.com/owner/name'];
    for (const rest of ['', '/', '/files', '/commits/abc', '?diff=split', '#issuecomment-1']) {
      assert.deepEqual(read(`https://github.com/owner/name/pull/12${rest}`), github, rest);
    }
    assert.deepEqual(read('https://www.github.com/owner/name/pull/12'), github);
    const gitlab = 'https://gitlab.example.com/group/sub/name/-/merge_requests/7/diffs';
    assert.deepEqual(read(gitlab), [7, 'gitlab', 'gitlab.example.com/group/sub/name']);
  });

  it('is none of what else people type', () => {
    const others = [
      '',
      '12',
      '#0',
      '#012',
      '#',
      '#12x',
      'pull/',
      'pull/12/head',
      'pull/-1',
      'topic',
      'pull/topic',
      '#99999999999',
    ];
    const addresses = [
      'https://github.com/owner/name',
      'https://github.com/owner/name/pull/x',
      'https://github.com/pull/12',
    ];
    const strange = [
      'file:///owner/name/pull/12',
      'https:///pull/12',
      'https://github.com/a/../../pull/1',
      `https://x/${'a/'.repeat(2_000)}pull/1`,
    ];
    for (const text of [...others, ...addresses, ...strange])
      assert.equal(parsePullRequest(text), null, text.slice(0, 60));
  });

  it('leads to the refs under which servers show it, the likelier first', () => {
    const both = { number: 3, forge: null, remote: null };
    assert.deepEqual(pullRequestRefs(both, null), ['refs/pull/3/head', 'refs/merge-requests/3/head']);
    assert.deepEqual(pullRequestRefs(both, remote('https://gitlab.com/a/b')), [
      'refs/merge-requests/3/head',
      'refs/pull/3/head',
    ]);
    assert.deepEqual(pullRequestRefs({ ...both, forge: 'gitlab' }, null), ['refs/merge-requests/3/head']);
  });

  it('fits a remote in whatever spelling its address is written', () => {
    const page = remote('https://github.com/Owner/Name');
    for (const same of [
      'git@github.com:owner/name.git',
      'ssh://git@github.com:22/owner/name',
      'https://GITHUB.com/owner/name.git',
    ]) {
      assert.ok(isSameRemote(page, remote(same)), same);
    }
    for (const other of [
      'https://github.com/owner/other',
      'https://example.com/owner/name',
      'https://github.com/a/owner/name',
    ]) {
      assert.ok(!isSameRemote(page, remote(other)), other);
    }
    assert.ok(!isSameRemote(remote('https://example.com:8080/a/b'), remote('https://example.com:8081/a/b')));
    assert.ok(isSameRemote(remote('https://example.com:8080/a/b'), remote('git@example.com:a/b.git')));
  });
});
