import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { reapTask } from '../../../src/node/process/reap';
import { startConfined } from '../../../src/node/process/run';
import {
  alive,
  confinementOf,
  daemons,
  finish,
  makePlace,
  NONE,
  type Place,
  runIn,
  specOf,
  startDaemons,
  until,
} from './machine';

const HOST = fileURLToPath(new URL('./hostProgram.ts', import.meta.url));

describe('what a task started ends with it', () => {
  if (process.platform !== 'linux') return;
  let place: Place;
  beforeEach(async () => {
    place = await makePlace();
  });
  afterEach(async () => {
    for (const { pid } of await alive(place.token)) process.kill(pid, 'SIGKILL');
    await place.remove();
  });

  for (const kind of ['bwrap', 'pid-namespace'] as const) {
    describe(`in ${kind}`, () => {
      it('six kinds of daemon are gone when the command has ended by itself', async function () {
        const confinement = (await confinementOf(kind)) ?? this.skip();
        const finished = await runIn(confinement, specOf(place, `${startDaemons(place.token)}\nexit 3`));
        assert.deepEqual([finished.code, finished.survivors, finished.out], [3, [], 'up\n']);
        assert.deepEqual(await alive(place.token), []);
      });

      it('six kinds of daemon are gone when it was stopped', async function () {
        const confinement = (await confinementOf(kind)) ?? this.skip();
        const running = await startConfined(confinement, specOf(place, `${startDaemons(place.token)}\nsleep 1000`));
        await once(running.stdout, 'data');
        assert.equal((await alive(place.token)).length >= Object.keys(daemons('')).length, true);
        assert.deepEqual(await running.stop(100), []);
        assert.deepEqual(await alive(place.token), []);
        assert.deepEqual((await running.exited).survivors, []);
      });

      it('nothing is left when the host is killed with SIGKILL', async function () {
        const confinement = (await confinementOf(kind)) ?? this.skip();
        await killedHost(confinement);
        await until('all are gone', async () => (await alive(place.token)).length === 0);
      });
    });
  }

  describe('without a sandbox', () => {
    const HIDDEN = /-env-i$/;

    it('only what left session, family and environment can stay', async () => {
      const finished = await runIn(NONE, specOf(place, startDaemons(place.token)));
      assert.deepEqual([finished.code, finished.survivors], [0, []]);
      for (const { command } of await alive(place.token)) assert.match(command, HIDDEN);
    });

    it('the same when it was stopped, and the wait ends though a daemon holds the output', async () => {
      const running = await startConfined(NONE, specOf(place, `${startDaemons(place.token)}\nsleep 1000`));
      await once(running.stdout, 'data');
      assert.deepEqual(await running.stop(100), []);
      for (const { command } of await alive(place.token)) assert.match(command, HIDDEN);
      await finish(running);
    });

    it('recovery finds by the marker what a killed host left', async () => {
      const task = await killedHost(NONE);
      assert.deepEqual(await reapTask(task), []);
      for (const { command } of await alive(place.token)) assert.match(command, HIDDEN);
    });

    it('another task of the same machine is left alone', async () => {
      const other = await startConfined(NONE, specOf(place, 'echo up; sleep 1000', { task: 'other' }));
      await once(other.stdout, 'data');
      await reapTask('not-that-one');
      await runIn(NONE, specOf(place, 'true', { task: 'other' }));
      assert.equal(process.kill(other.pid, 0), true);
      await other.stop(0);
    });
  });

  /** Starts the daemons below a host of their own, and kills that host. */
  async function killedHost(confinement: object): Promise<string> {
    const spec = specOf(place, `${startDaemons(place.token)}\nsleep 1000`);
    const host = spawn(process.execPath, ['--import', 'tsx', HOST, JSON.stringify({ confinement, spec })], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(host.stdout, 'data');
    host.kill('SIGKILL');
    await once(host, 'exit');
    return spec.task;
  }
});
