import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  apiOf,
  comparePage,
  forgeOf,
  pageOf,
  parseRemote,
  type Remote,
} from '../../../../src/vscode/pullRequest/remote';

const remote = (address: string): Remote => parseRemote(address) ?? assert.fail(address);

describe('the address of a remote', () => {
  it('is understood in every spelling of git', () => {
    for (const address of [
      'https://github.com/owner/name',
      'https://github.com/owner/name.git',
      'https://github.com/owner/name.git/',
      'https://user:secret@github.com/owner/name.git',
      'http://www.github.com/owner/name',
      'ssh://git@github.com/owner/name.git',
      'ssh://git@github.com:22/owner/name',
      'ssh://git@ssh.github.com:443/owner/name.git',
      'git+ssh://git@github.com/owner/name.git',
      'git://github.com/owner/name.git',
      'git@github.com:owner/name.git',
      'git@GitHub.com:/owner/name',
      'github.com:owner/name',
      ' git@github.com:owner/name.git\n',
    ]) {
      assert.deepEqual(parseRemote(address), { host: 'github.com', port: null, owner: 'owner', name: 'name' }, address);
    }
  });

  it('keeps the port of a web address, and the groups of GitLab', () => {
    assert.deepEqual(remote('https://git.example.com:8443/team/sub/name.git'), {
      host: 'git.example.com',
      port: 8443,
      owner: 'team/sub',
      name: 'name',
    });
    assert.equal(remote('ssh://git@git.example.com:2222/o/n').port, null);
    assert.equal(remote('git@gitlab.com:team/sub/name.git').owner, 'team/sub');
    assert.equal(remote('https://github.com/o/name.with.dots.git').name, 'name.with.dots');
  });

  it('is none where it is a folder, a helper program, or no forge', () => {
    for (const address of [
      '',
      '/srv/git/name.git',
      '../name',
      './o/name',
      'C:\\repositories\\name',
      'C:/repositories/name',
      'file:///srv/git/o/name.git',
      'ext::sh -c evil% o/name',
      'https://github.com/',
      'https://github.com/name',
      'git@github.com:name.git',
      'https://github.com/owner/.git',
      'https://github.com/../name',
      'https://github.com/o/na me',
      'https://github.com/o/%2e%2e',
      '#github.com:o/n',
      'ssh://git%40hub.com/o/n',
      'javascript://github.com/o/n',
      `https://github.com/o/${'n'.repeat(3_000)}`,
    ]) {
      assert.equal(parseRemote(address), null, address);
    }
  });

  it('never makes a page outside of the remote’s own host, whatever it says', () => {
    const piece = fc.constantFrom(
      'github.com',
      'evil.example',
      '@',
      ':',
      '/',
      '//',
      '#',
      '?',
      '\\',
      '..',
      'git',
      'ssh://',
      'https://',
      '%2f',
      'o',
      'n.git',
      ' ',
      '\n',
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 10 }).map((parts) => parts.join('')),
        (address) => {
          const found = parseRemote(address);
          if (found === null) return;
          const page = new URL(pageOf(found));
          assert.equal(page.protocol, 'https:');
          assert.equal(page.hostname, found.host);
          assert.equal(page.pathname, `/${found.owner}/${found.name}`);
          assert.equal(`${page.username}${page.password}${page.search}${page.hash}`, '');
        },
      ),
      { numRuns: 3_000 },
    );
  });
});

describe('the forge of a remote', () => {
  const github = remote('git@github.com:o/n.git');
  const enterprise = remote('https://git.example.com:8443/o/n');

  it('is GitHub, the server that the editor signs in to, or known by its name', () => {
    assert.equal(forgeOf(github, null), 'github');
    assert.equal(forgeOf(enterprise, 'GIT.example.com'), 'github');
    assert.equal(forgeOf(enterprise, null), 'other');
    assert.equal(forgeOf(remote('git@github.com.evil.example:o/n'), null), 'other');
    assert.equal(forgeOf(remote('git@gitlab.example.com:o/n'), null), 'gitlab');
    assert.equal(forgeOf(remote('git@notgitlab.example.com:o/n'), null), 'other');
    assert.equal(forgeOf(remote('git@bitbucket.org:o/n'), null), 'bitbucket');
  });

  it('has its interface where GitHub says', () => {
    assert.equal(apiOf(github), 'https://api.github.com');
    assert.equal(apiOf(remote('https://octo.ghe.com/o/n')), 'https://api.octo.ghe.com');
    assert.equal(apiOf(enterprise), 'https://git.example.com:8443/api/v3');
  });

  it('has a page to open the pull request by hand, branch names encoded', () => {
    const branches = { base: 'main', head: 'countersign/a#b?c d' };
    assert.equal(
      comparePage(github, 'github', branches),
      'https://github.com/o/n/compare/main...countersign/a%23b%3Fc%20d?expand=1',
    );
    assert.equal(comparePage(github, 'github', { base: null, head: 'x' }), 'https://github.com/o/n/compare/x?expand=1');
    const gitlab = new URL(comparePage(remote('git@gitlab.com:a/b/n'), 'gitlab', branches) ?? '');
    assert.equal(gitlab.pathname, '/a/b/n/-/merge_requests/new');
    assert.equal(gitlab.searchParams.get('merge_request[source_branch]'), branches.head);
    assert.equal(gitlab.searchParams.get('merge_request[target_branch]'), 'main');
    const bitbucket = new URL(comparePage(remote('git@bitbucket.org:o/n'), 'bitbucket', branches) ?? '');
    assert.equal(bitbucket.searchParams.get('source'), branches.head);
    assert.equal(comparePage(enterprise, 'other', branches), null);
  });
});
