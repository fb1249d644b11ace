import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CountersignError } from '../../../src/core/errors';
import { acquireLock, lockHolder, tryLock } from '../../../src/node/store/lock';
import { isAlive, processIdentity } from '../../../src/node/store/processIdentity';
import { program, run, temporaryFolder } from './places';

describe('lock', () => {
  const folder = temporaryFolder();

  it('has one owner, and names it', async () => {
    const place = folder.make('one');
    const lock = await acquireLock(place);
    await assert.rejects(acquireLock(place), (error) => {
      assert.ok(error instanceof CountersignError);
      assert.equal(error.code, 'TASK_LOCKED');
      assert.match(error.message, new RegExp(`process ${process.pid}`));
      return true;
    });
    assert.deepEqual(await lockHolder(place), await processIdentity(process.pid));
    await lock.release();
    await lock.release();
    assert.equal(await lockHolder(place), null);
    await (await acquireLock(place)).release();
  });

  it('is free when nobody ever took it', async () => {
    assert.equal(await lockHolder(folder.make('never')), null);
  });

  it('is taken over from a dead process, from a pid that was given away again, and from a damaged claim', async () => {
    const self = await processIdentity(process.pid);
    const gone = run('--version');
    await gone.ended;
    const claims = {
      dead: JSON.stringify({ pid: gone.child.pid, startedAt: 'x', released: false }),
      reused: JSON.stringify({ pid: process.pid, startedAt: `${self?.startedAt}0`, released: false }),
      torn: '{"pid":1',
      empty: '',
    };
    for (const [name, claim] of Object.entries(claims)) {
      const place = folder.make(name);
      await mkdir(place);
      await writeFile(join(place, '7'), claim);
      const lock = await acquireLock(place);
      assert.deepEqual(await readdir(place), ['8'], 'the claim before is cleaned away');
      await lock.release();
      assert.deepEqual(JSON.parse(await readFile(join(place, '8'), 'utf8')).released, true);
    }
  });

  it('has one owner at a time among 40 racing processes, some of which die with it', async function () {
    this.timeout(120_000);
    const place = folder.make('race');
    const racer = await program(
      `import { tryLock } from '../../../src/node/store/lock';
       import { openSync, closeSync, unlinkSync, writeSync } from 'node:fs';
       const [place, witness, dies] = process.argv.slice(2);
       const done = Date.now() + 60_000;
       async function main() {
         for (;;) {
           const lock = await tryLock(place);
           if ('release' in lock) {
             // Fails when another process believes that it is the owner.
             closeSync(openSync(witness, 'wx'));
             await new Promise((resolve) => setTimeout(resolve, 5));
             unlinkSync(witness);
             if (dies === 'dies') process.kill(process.pid, 'SIGKILL');
             await lock.release();
             return;
           }
           if (Date.now() > done) throw new Error('never my turn');
           await new Promise((resolve) => setTimeout(resolve, 5 + Math.random() * 10));
         }
       }
       main().catch((error) => { writeSync(1, String(error)); process.exit(1); });`,
      folder.make('racer.cjs'),
    );
    const racers = Array.from({ length: 40 }, (_, n) =>
      run(racer, [place, folder.make('witness'), n % 2 ? 'dies' : 'lives']),
    );
    const ends = await Promise.all(racers.map(({ ended }) => ended));
    for (const [n, { code, signal, output }] of ends.entries()) {
      assert.deepEqual([code, signal, output], n % 2 ? [null, 'SIGKILL', ''] : [0, null, '']);
    }
    assert.equal((await readdir(place)).filter((name) => name.startsWith('draft')).length, 0);
  });

  it('lets exactly one of many claimants win at the same moment', async () => {
    const place = folder.make('moment');
    const results = await Promise.all(Array.from({ length: 30 }, () => tryLock(place)));
    assert.equal(results.filter((result) => 'release' in result).length, 1);
  });
});

describe('process identity', () => {
  it('knows a live process again, and no other', async () => {
    const self = await processIdentity(process.pid);
    assert.ok(self);
    assert.equal(await isAlive(self), true);
    assert.equal(await isAlive({ ...self, startedAt: 'another time' }), false);
    // One that began later; a parent may have begun within the same tick of the clock.
    const { child, ended } = run('-e', ['setInterval(() => {}, 1_000)']);
    const later = await processIdentity(child.pid!);
    child.kill('SIGKILL');
    await ended;
    assert.ok(later);
    assert.notEqual(later.startedAt, self.startedAt);
  });

  it('ends with its process', async () => {
    const { child, ended } = run('--version');
    await ended;
    assert.equal(await processIdentity(child.pid!), null);
  });
});
