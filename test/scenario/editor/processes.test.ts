/** That an editor's end finds what was left running: by its environment, its command or its place. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processesOf, untilNobodyIsLeft } from '../../editor/processes';

const STAYS = 'setInterval(() => undefined, 1000); process.stdout.write("runs")';

describe('what is left running', () => {
  let folder: string;
  let children: ChildProcess[];

  beforeEach(function () {
    if (process.platform !== 'linux') this.skip();
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'cs-left-')));
    children = [];
  });
  afterEach(() => {
    for (const child of children) child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  const start = async (args: readonly string[], options: object): Promise<number | undefined> => {
    const child = spawn(process.execPath, ['-e', ...args], { stdio: ['ignore', 'pipe', 'ignore'], ...options });
    children.push(child);
    await once(child.stdout ?? child, 'data');
    return child.pid;
  };

  it('is found by its environment, its command and its place', async () => {
    const pids = [
      await start([STAYS], { env: { ...process.env, COUNTERSIGN_HOME: join(folder, 'state') } }),
      await start([STAYS, folder], {}),
      await start([STAYS], { cwd: folder }),
    ];
    const found = (await processesOf(folder)).map(({ pid }) => pid);
    assert.deepEqual(new Set(found), new Set(pids));
  });

  it('is killed and told when its time is over', async () => {
    const pid = await start([STAYS], { cwd: folder });
    const ended = once(children[0] as ChildProcess, 'exit');
    assert.deepEqual(
      (await untilNobodyIsLeft(folder, 0)).map((left) => left.pid),
      [pid],
    );
    await ended;
    assert.deepEqual(await untilNobodyIsLeft(folder, 0), []);
  });

  it('is nothing when all went by themselves', async () => {
    assert.deepEqual(await untilNobodyIsLeft(folder), []);
  });
});
