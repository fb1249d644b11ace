/** What a hostile command and hostile checks reach from inside a task, through the built programs. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findConfinement } from '../../../src/node/process/confinement';
import { Loop } from './loop';
import { fingerprint } from './traces';

const SECRETS = { AWS_SECRET_ACCESS_KEY: 'hunter2-aws', NPM_TOKEN: 'hunter2-npm', SSH_AUTH_SOCK: '/hunter2-ssh' };

describe('a confined task', () => {
  let loop: Loop;
  let untouched: readonly string[];
  before(async function () {
    if ((await findConfinement('auto')).kind !== 'bwrap') this.skip();
    loop = new Loop();
    mkdirSync(join(loop.folder, '.ssh'));
    writeFileSync(join(loop.folder, '.ssh/id_rsa'), 'hunter2-key');
    writeFileSync(join(loop.folder, '.bashrc'), '');
    untouched = fingerprint(loop.repository.dir);
    // The host keeps the environment of whoever starts it.
    await loop.cli.runWith(SECRETS, loop.repository.dir, 'tasks');
  });
  after(() => loop?.end());
  afterEach(() => {
    assert.deepEqual(fingerprint(loop.repository.dir), untouched);
    assert.deepEqual(loop.strays(), []);
  });

  const fileOf = (id: string, path: string) => loop.repository.git('show', `refs/countersign/${id}/1:${path}`);

  it('reaches nothing beside its folder', async () => {
    const { dir } = loop.repository;
    const targets = [join(loop.folder, '.bashrc'), join(dir, 'src/a.txt'), join(dir, '.git/config'), '/etc/cs-escaped'];
    // What seems to be written lies in a private /tmp; what counts is what is there afterwards.
    const writes = targets.map((target) => `(echo evil >> ${target}) 2>/dev/null`);
    const deletes = `rm -rf ${dir} ${loop.cli.home}/repos 2>/dev/null`;
    const powers = ['mount -o remount,bind,rw /', 'unshare -m true', 'ls /var/run/docker.sock', 'ls /run/docker.sock'];
    const tries = powers.map((line) => `${line} 2>/dev/null && echo '${line}' >> src/reached.txt`);
    const command = ['echo none > src/reached.txt', ...writes, deletes, ...tries, 'exit 0'].join('\n');
    const packet = await loop.run(0, { title: 'Escape', command });
    assert.equal(fileOf(packet.id, 'src/reached.txt'), 'none');
    assert.equal(readFileSync(join(loop.folder, '.bashrc'), 'utf8'), '');
    assert.equal(existsSync('/etc/cs-escaped'), false);
  });

  it('sees no secret of the person who started it, and no network', async () => {
    const look = `env; cat ~/.ssh/* ${loop.folder}/.ssh/* /root/.ssh/* 2>&1; cat /proc/*/environ | tr '\\0' '\\n'; getent hosts example.com`;
    const command = `{ ${look}; } > src/seen.txt; true`;
    const checks = { tests: `{ ${look}; } 2>&1; true` };
    const { id } = await loop.run(0, { title: 'Carry away', command, checks });
    assert.doesNotMatch(fileOf(id, 'src/seen.txt'), /hunter2|example\.com$/m);
    const { stdout } = await loop.cli.run(loop.repository.dir, 'show', id, '--json');
    assert.doesNotMatch(stdout, /hunter2/);
  });

  it('is not believed by what its checks print', async () => {
    const lie = `printf '\\033[2K\\033[1A\\033]52;c;ZXZpbA==\\007 5 passed \\033]8;;https://evil.example\\007x\\n'; exit 1`;
    const packet = await loop.run(1, { title: 'Lie', command: 'echo x > src/x.txt', checks: { tests: lie } });
    assert.deepEqual([packet.verdict, packet.checks[0]?.status], ['blocked', 'failed']);
    for (const words of [['show', packet.id], ['log', packet.id], ['tasks']]) {
      const { stdout } = await loop.cli.run(loop.repository.dir, ...words);
      assert.doesNotMatch(stdout, /[\u0000-\u0008\u000b-\u001f\u007f]/);
    }
  });

  it('may start a server and stop it', async () => {
    const server = 'require("http").createServer().listen(0,()=>require("fs").writeFileSync("src/up.txt","up"))';
    const command = `node -e '${server}' & server=$!; until test -s src/up.txt; do sleep 0.05; done; kill $server`;
    const packet = await loop.run(0, { title: 'Serve', command: `${command}; wait; true` });
    assert.deepEqual([packet.verdict, packet.agent.survivors], ['clean', []]);
  });
});
