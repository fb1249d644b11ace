import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createLandings } from '../../../src/node/git/land';
import { contentOf, type Edits, landWork, leftovers, makeWork, messageFor, requestOf, type Work } from './fixture';

const LINES = Array.from({ length: 20 }, (_, n) => `line ${n}\n`);
const edited = (at: number, text: string) => LINES.map((line, n) => (n === at ? text : line)).join('');
const BASE = { 'src/a.ts': LINES.join(''), 'lock.txt': 'one\n', 'README.md': 'readme\n' };

describe('landing: a target that moved', () => {
  const works: Work[] = [];
  const make = (edits: Edits, base: Parameters<typeof makeWork>[0] = BASE): Work => {
    const work = makeWork(base, edits);
    works.push(work);
    return work;
  };

  afterEach(() => {
    for (const work of works.splice(0)) work.repo.remove();
  });

  it('is merged without a working tree, and both changes are there', async () => {
    const work = make({ files: { 'src/a.ts': edited(2, 'theirs\n'), 'new.ts': 'new\n' } });
    const tip = work.repo.commit('meanwhile', { 'src/a.ts': edited(17, 'mine\n'), 'README.md': 'mine\n' });
    const { plan, commit } = await landWork(work);
    assert.equal(plan.moved, true);
    assert.notEqual(plan.tree, work.snapshot.tree);
    assert.equal(work.repo.git('rev-parse', `${plan.probe}^{tree}`), plan.tree);
    assert.notEqual(plan.probe, commit);
    assert.deepEqual(work.repo.git('log', '-1', '--format=%P', commit).split(' '), [tip, work.snapshot.commit]);
    const text = contentOf(work.repo.dir)['src/a.ts'] ?? '';
    assert.ok(text.includes('theirs') && text.includes('mine'));
    assert.equal(work.repo.git('status', '--porcelain'), '');
  });

  it('is refused with the files that conflict, and nothing changes', async () => {
    const work = make({ files: { 'src/a.ts': edited(2, 'theirs\n') } });
    const tip = work.repo.commit('meanwhile', { 'src/a.ts': edited(2, 'mine\n') });
    await assert.rejects(landWork(work), (thrown: { code: string; message: string }) => {
      assert.equal(thrown.code, 'LANDING_CONFLICT');
      assert.match(thrown.message, /src\/a\.ts/);
      return true;
    });
    assert.equal(work.repo.git('rev-parse', 'main'), tip);
    assert.equal(work.repo.git('status', '--porcelain'), '');
  });

  it('loses the race to whoever moves it after the plan: nothing changes, and the journal says so', async () => {
    const work = make({ files: { 'src/a.ts': edited(2, 'theirs\n') } });
    const landings = createLandings();
    const request = requestOf(work);
    const plan = await landings.plan(request, new AbortController().signal);
    const tip = work.repo.git('commit-tree', 'main^{tree}', '-p', 'main', '-m', 'meanwhile');
    work.repo.git('update-ref', 'refs/heads/main', tip);
    const events: string[] = [];
    const journal = async ({ type }: { type: string }) => void events.push(type);
    await assert.rejects(landings.land({ ...request, message: messageFor(plan.tree) }, plan, journal), {
      code: 'LANDING_MOVED',
    });
    assert.deepEqual(events, ['landing', 'landing-abandoned']);
    assert.equal(work.repo.git('rev-parse', 'main'), tip);
    assert.equal(work.repo.git('status', '--porcelain'), '');
    assert.deepEqual(leftovers(work.repository.commonDir), []);
  });

  it('has one winner among landings at the same time', async () => {
    const work = make({ files: { 'src/a.ts': edited(2, 'theirs\n') } });
    const results = await Promise.allSettled([landWork(work), landWork(work), landWork(work)]);
    const won = results.filter((result) => result.status === 'fulfilled');
    assert.equal(won.length, 1);
    for (const result of results) {
      if (result.status === 'rejected') assert.match(result.reason.code, /^LANDING_(MOVED|BUSY|DIRTY)$/);
    }
    assert.equal(work.repo.git('status', '--porcelain'), '');
    assert.deepEqual(leftovers(work.repository.commonDir), []);
  });

  it('never runs a merge driver: what is given to one is a conflict when both sides changed it', async () => {
    const work = make(
      { files: { 'src/a.ts': edited(2, 'theirs\n') } },
      { ...BASE, '.gitattributes': 'src/** merge=mine\n' },
    );
    const marker = join(work.repo.outside, 'driver-ran');
    work.repo.git('config', 'merge.mine.driver', `touch '${marker}'`);
    work.repo.commit('meanwhile', { 'src/a.ts': edited(17, 'mine\n') });
    await assert.rejects(landWork(work), { code: 'LANDING_CONFLICT' });
    assert.equal(existsSync(marker), false);
  });

  it('holds by info/attributes too, and by -merge', async () => {
    const work = make({ files: { 'src/a.ts': edited(2, 'theirs\n') } });
    work.repo.write({ '.git/info/attributes': 'src/** -merge\n' });
    work.repo.commit('meanwhile', { 'src/a.ts': edited(17, 'mine\n') });
    await assert.rejects(landWork(work), { code: 'LANDING_CONFLICT' });
  });

  it('takes a squash too: one parent, both changes', async () => {
    const work = make({ files: { 'src/a.ts': edited(2, 'theirs\n') } });
    const tip = work.repo.commit('meanwhile', { 'lock.txt': 'two\n' });
    const { commit } = await landWork(work, { mode: 'squash' });
    assert.equal(work.repo.git('log', '-1', '--format=%P', commit), tip);
    assert.equal(work.repo.git('show', `${commit}:lock.txt`), 'two');
  });
});
