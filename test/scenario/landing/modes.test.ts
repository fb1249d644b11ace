import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { judgeGate } from '../../../src/core/signoff/gate';
import { parseTrailers } from '../../../src/core/signoff/trailers';
import { createLandings } from '../../../src/node/git/land';
import { runGit } from '../../fixtures/repository';
import { contentOf, landWork, leftovers, makeWork, REVIEWER, requestOf, TASK, type Work } from './fixture';

const BASE = { 'src/a.ts': 'a\n', 'src/b.ts': 'b\n', 'README.md': 'readme\n' };
const EDITS = { files: { 'src/a.ts': 'a changed\n', 'src/new.ts': 'new\n' }, remove: ['src/b.ts'] };

function rangeOf(work: Work, ref: string) {
  const oids = work.repo
    .git('rev-list', `${work.base}..${ref}`)
    .split('\n')
    .filter((oid) => oid !== '');
  return oids.map((oid) => ({
    oid,
    tree: work.repo.git('rev-parse', `${oid}^{tree}`),
    parents: work.repo.git('log', '-1', '--format=%P', oid).split(' '),
    message: runGit(work.repo.dir, ['log', '-1', '--format=%B', oid]),
  }));
}

describe('landing: the modes', () => {
  let work: Work;

  beforeEach(() => {
    work = makeWork(BASE, EDITS);
  });

  afterEach(() => work.repo.remove());

  it('merges: two parents, the signed tree, the working tree follows', async () => {
    const { plan, kept, commit, events } = await landWork(work);
    const { repo, snapshot, base } = work;
    assert.equal(repo.git('rev-parse', 'refs/heads/main'), commit);
    assert.equal(repo.git('rev-parse', `${commit}^{tree}`), snapshot.tree);
    assert.deepEqual(repo.git('log', '-1', '--format=%P', commit).split(' '), [base, snapshot.commit]);
    assert.equal(
      repo.git('log', '-1', '--format=%an <%ae> %cn <%ce>', commit),
      'Reviewer <reviewer@example.com> Reviewer <reviewer@example.com>',
    );
    assert.equal(plan.moved, false);
    assert.equal(plan.probe, snapshot.commit);
    assert.deepEqual(kept, []);
    assert.deepEqual(
      events.map((event) => event.type),
      ['landing', 'ref-updated'],
    );
    assert.equal(repo.git('status', '--porcelain=v2'), '');
    assert.deepEqual(contentOf(repo.dir), {
      'README.md': 'file readme\n',
      'src/a.ts': 'file a changed\n',
      'src/new.ts': 'file new\n',
    });
    assert.deepEqual(leftovers(work.repository.commonDir), []);
    assert.match(repo.git('reflog', '-1', 'HEAD'), /countersign: merge/);
  });

  it('squashes: one parent, and the gate passes both', async () => {
    const { commit } = await landWork(work, { mode: 'squash' });
    assert.equal(work.repo.git('log', '-1', '--format=%P', commit), work.base);
    assert.equal(work.repo.git('status', '--porcelain'), '');
    const range = rangeOf(work, 'main');
    assert.equal(range.length, 1);
    assert.equal(judgeGate(range, { requireAll: true }).ok, true);
  });

  it('makes commits that the gate accepts, with the snapshots they bring in', async () => {
    await landWork(work);
    const verdict = judgeGate(rangeOf(work, 'main'), { requireAll: true });
    assert.deepEqual(verdict.problems, []);
    assert.deepEqual(
      verdict.signed.map(({ task, by }) => [task, by]),
      [[TASK, REVIEWER]],
    );
    assert.equal(judgeGate(rangeOf(work, work.snapshot.commit)).ok, false);
  });

  it('makes a branch beside the target and moves only that', async () => {
    const before = contentOf(work.repo.dir);
    const ref = 'refs/heads/countersign/change-things';
    const { commit } = await landWork(work, { mode: 'branch', ref });
    assert.equal(work.repo.git('rev-parse', ref), commit);
    assert.equal(work.repo.git('rev-parse', 'main'), work.base);
    assert.equal(work.repo.git('log', '-1', '--format=%P', commit), work.base);
    assert.equal(work.repo.git('rev-parse', `${commit}^{tree}`), work.snapshot.tree);
    assert.deepEqual(contentOf(work.repo.dir), before);
    assert.equal(work.repo.git('status', '--porcelain'), '');
    assert.equal(parseTrailers(runGit(work.repo.dir, ['log', '-1', '--format=%B', commit])).kind, 'delivered');
  });

  it('moves a branch of its own again, and never a branch of somebody else', async () => {
    const ref = 'refs/heads/countersign/change-things';
    const first = await landWork(work, { mode: 'branch', ref });
    const second = await landWork(work, { mode: 'branch', ref });
    assert.equal(second.plan.old, first.commit);
    work.repo.git('branch', 'theirs', 'main');
    await assert.rejects(landWork(work, { mode: 'branch', ref: 'refs/heads/theirs' }), { code: 'LANDING_MOVED' });
    assert.equal(work.repo.git('rev-parse', 'theirs'), work.base);
  });

  it('delivers nothing for none', async () => {
    const { plan, events, kept } = await landWork(work, { mode: 'none' });
    assert.equal(plan.tree, work.snapshot.tree);
    assert.deepEqual([events, kept], [[], []]);
    assert.equal(work.repo.git('rev-parse', 'main'), work.base);
  });

  it('lands on a branch that is checked out nowhere', async () => {
    work.repo.git('branch', 'release', work.base);
    const before = contentOf(work.repo.dir);
    const { commit, plan } = await landWork(work, { ref: 'refs/heads/release' });
    assert.equal(plan.checkout, null);
    assert.equal(work.repo.git('rev-parse', 'release'), commit);
    assert.deepEqual(contentOf(work.repo.dir), before);
  });

  it('makes no target for a merge, and refuses names that are no branches', async () => {
    await assert.rejects(landWork(work, { ref: 'refs/heads/new' }), { code: 'REVISION_NOT_FOUND' });
    await assert.rejects(landWork(work, { ref: 'refs/tags/v1' }), { code: 'USAGE' });
    work.repo.git('symbolic-ref', 'refs/heads/alias', 'refs/heads/main');
    await assert.rejects(landWork(work, { ref: 'refs/heads/alias' }), { code: 'REPOSITORY_UNSUPPORTED' });
  });

  it('lands only what was signed: message, tree and snapshot must agree', async () => {
    const landings = createLandings();
    const request = requestOf(work);
    const plan = await landings.plan(request, new AbortController().signal);
    const journal = async () => assert.fail('nothing may be journaled');
    await assert.rejects(landings.land({ ...request, message: 'no trailers' }, plan, journal), { code: 'INTERNAL' });
    const other = { ...work.snapshot, tree: work.repo.git('rev-parse', 'main^{tree}') };
    await assert.rejects(landings.plan(requestOf(work, { snapshot: other }), new AbortController().signal), {
      code: 'INTERNAL',
    });
    assert.equal(work.repo.git('rev-parse', 'main'), work.base);
  });

  it('runs no hook of the repository', async () => {
    const marker = join(work.repo.outside, 'hook-ran');
    for (const hook of [
      'pre-commit',
      'post-checkout',
      'post-merge',
      'reference-transaction',
      'post-index-change',
      'commit-msg',
    ]) {
      work.repo.write({ [`.git/hooks/${hook}`]: { script: `#!/bin/sh\ntouch '${marker}'\n` } });
    }
    await landWork(work);
    assert.equal(existsSync(marker), false);
  });
});
