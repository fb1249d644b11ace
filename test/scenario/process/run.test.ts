import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  describeConfinement,
  findConfinement,
  findProgram,
  probeConfinement,
} from '../../../src/node/process/confinement';
import { startConfined } from '../../../src/node/process/run';
import { confinementOf, finish, makePlace, NONE, type Place, runIn, specOf } from './machine';

describe('a confined run', () => {
  let place: Place;
  beforeEach(async () => {
    place = await makePlace();
  });
  afterEach(() => place.remove());

  for (const kind of ['bwrap', 'pid-namespace', 'none'] as const) {
    describe(`in ${kind}`, () => {
      const find = async (context: Mocha.Context) => (await confinementOf(kind)) ?? context.skip();

      it('hands on input, output, exit code, arguments and folder', async function () {
        const confinement = await find(this);
        const args = ['-c', 'read line; echo "$line $1"; pwd; echo err >&2; exit 5', 'sh', "an 'argument' $HOME"];
        const spec = specOf(place, '', { command: { file: '/bin/sh', args }, stdin: 'pipe' });
        const running = await startConfined(confinement, spec);
        running.stdin!.end('a line\n');
        const { code, signal, out, err } = await finish(running);
        assert.deepEqual([code, signal, err], [5, null, 'err\n']);
        assert.equal(out, `a line an 'argument' $HOME\n${place.work}\n`);
      });

      it('lets a program that is asked to stop end by itself within the grace', async function () {
        const confinement = await find(this);
        const shell = "trap 'echo saved > state; exit 0' TERM; echo up; while :; do sleep 0.05; done";
        const running = await startConfined(confinement, specOf(place, shell));
        await once(running.stdout, 'data');
        assert.deepEqual(await running.stop(20_000), []);
        assert.equal((await runIn(NONE, specOf(place, 'cat state'))).out, 'saved\n');
      });

      it('kills one that does not, and the second stop waits for the first', async function () {
        const confinement = await find(this);
        const running = await startConfined(
          confinement,
          specOf(place, "trap '' TERM; echo up; while :; do sleep 1; done"),
        );
        await once(running.stdout, 'data');
        assert.deepEqual(await Promise.all([running.stop(50), running.stop(20_000)]), [[], []]);
        assert.equal((await running.exited).timedOut, false);
        assert.deepEqual(await running.stop(0), []);
      });

      it('is stopped at its limit', async function () {
        const confinement = await find(this);
        const { timedOut, survivors } = await runIn(confinement, specOf(place, 'sleep 1000', { limitMs: 200 }));
        assert.deepEqual([timedOut, survivors], [true, []]);
      });

      it('that was not found says so like a shell', async function () {
        const confinement = await find(this);
        assert.equal((await runIn(confinement, specOf(place, 'no-such-command'))).code, 127);
      });
    });
  }

  it('keeps output for a reader who comes late', async () => {
    const running = await startConfined(NONE, specOf(place, 'echo early; sleep 1000 & exit 0'));
    await running.exited;
    assert.equal((await finish(running)).out, 'early\n');
  });

  it('that cannot start is a coded error', async () => {
    const spec = specOf(place, 'true', { cwd: join(place.folder, 'absent') });
    await assert.rejects(startConfined(NONE, spec), { code: 'COMMAND_FAILED' });
  });
});

describe('the means of confinement', () => {
  let tools: string;
  beforeEach(async () => {
    tools = await mkdtemp(join(tmpdir(), 'cs-tools-'));
  });
  afterEach(() => rm(tools, { recursive: true, force: true }));

  const tool = (name: string, script: string) =>
    writeFile(join(tools, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });

  it('are tried, not believed', async function () {
    if (process.platform !== 'linux') this.skip();
    await tool('bwrap', 'exit 1');
    assert.deepEqual(await probeConfinement({ PATH: tools }), {
      kind: 'none',
      why: 'this machine refuses user namespaces to bubblewrap',
    });
    await tool('unshare', 'exit 0');
    assert.equal((await probeConfinement({ PATH: tools })).kind, 'pid-namespace');
    await tool('bwrap', 'case "$*" in *--disable-userns*) exit 1;; esac');
    const older = await probeConfinement({ PATH: tools });
    assert.ok(older.kind === 'bwrap' && !older.sized && !older.options.includes('--disable-userns'));
  });

  it('absent, leave none, and say what to do', async () => {
    const none = await probeConfinement({ PATH: tools });
    assert.equal(none.kind, 'none');
    assert.match(describeConfinement(none), /no sandbox/);
  });

  it('can be switched off', async () => {
    assert.equal((await findConfinement('off')).kind, 'none');
  });

  it('are never found by a relative PATH', async () => {
    await tool('some-tool', 'true');
    assert.equal(findProgram('some-tool', { PATH: tools }), join(tools, 'some-tool'));
    assert.equal(findProgram('sh', { PATH: '.:bin:../../../../../../bin' }), null);
  });
});
