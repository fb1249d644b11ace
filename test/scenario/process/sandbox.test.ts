import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Confinement } from '../../../src/node/process/confinement';
import type { ConfinedSpec } from '../../../src/node/process/run';
import { startConfined } from '../../../src/node/process/run';
import { confinementOf, type Finished, finish, makePlace, type Place, specOf } from './machine';

/** A user's HOME with what must stay theirs, and an environment with secrets. */
async function makeUser(place: Place): Promise<NodeJS.ProcessEnv> {
  const home = join(place.folder, 'user');
  await mkdir(join(home, '.ssh'), { recursive: true });
  await writeFile(join(home, '.ssh/id_ed25519'), 'private key');
  await writeFile(join(home, '.bashrc'), '# mine\n');
  await mkdir(join(home, '.cargo/bin'), { recursive: true });
  await writeFile(join(home, '.cargo/bin/tool'), '#!/bin/sh\necho a tool\n', { mode: 0o755 });
  await writeFile(join(home, '.cargo/credentials.toml'), 'token = "secret"');
  await mkdir(join(home, '.dotnet/corefx'), { recursive: true });
  await writeFile(join(home, '.dotnet/corefx/key.pfx'), 'secret');
  await mkdir(join(home, '.dotnet/tools'), { recursive: true });
  await mkdir(join(home, 'sdk/bin'), { recursive: true });
  await mkdir(join(home, 'sdk/lib'), { recursive: true });
  await writeFile(join(home, 'sdk/lib/answer'), '42\n');
  await writeFile(join(home, 'sdk/bin/sdk'), '#!/bin/sh\ncat "$(dirname "$0")/../lib/answer"\n', { mode: 0o755 });
  return {
    HOME: home,
    PATH: `./node_modules/.bin:${home}/repo/node_modules/.bin:${home}/.cargo/bin:${home}/.dotnet:${home}/.dotnet/tools:${home}/sdk/bin:/usr/bin:/bin`,
    LANG: 'C.UTF-8',
    AWS_SECRET_ACCESS_KEY: 'secret-aws',
    NPM_TOKEN: 'secret-npm',
    GITHUB_TOKEN: 'secret-github',
    SSH_AUTH_SOCK: '/run/secret-agent',
    NODE_OPTIONS: '--require /secret.js',
    HTTPS_PROXY: 'http://proxy.example:3128',
    SSL_CERT_FILE: '/nowhere/at/all.pem',
  };
}

describe('the sandbox', () => {
  let place: Place;
  let user: NodeJS.ProcessEnv;
  let bwrap: Confinement;

  beforeEach(async function () {
    const found = await confinementOf('bwrap');
    if (found === null) this.skip();
    bwrap = found;
    place = await makePlace();
    user = await makeUser(place);
  });
  afterEach(() => place?.remove());

  async function run(shell: string, more: Partial<ConfinedSpec> = {}): Promise<Finished> {
    return finish(await startConfined(bwrap, specOf(place, shell, more), user));
  }

  it('lets the granted folder and the private HOME be written, and both keep it', async () => {
    const finished = await run('echo a > file && echo b > "$HOME/file" && cat file "$HOME/file"');
    assert.deepEqual([finished.code, finished.out], [0, 'a\nb\n']);
    assert.equal(await readFile(join(place.work, 'file'), 'utf8'), 'a\n');
    assert.equal(await readFile(join(place.home, 'file'), 'utf8'), 'b\n');
  });

  const denied: Record<string, string> = {
    "the user's .bashrc": 'echo evil >> "$USER_HOME/.bashrc"',
    "a new file in the user's HOME": 'echo evil > "$USER_HOME/.profile"',
    'the private key': 'cat "$USER_HOME/.ssh/id_ed25519"',
    'registry credentials': 'cat "$USER_HOME/.cargo/credentials.toml"',
    'a toolchain': 'echo evil > "$USER_HOME/.cargo/bin/tool"',
    'a folder that is only granted for reading': 'echo evil > "$READABLE/file"',
    'the root': 'echo evil > /evil',
    '/usr': 'echo evil > /usr/bin/evil',
    '/etc': 'echo evil > /etc/passwd',
    'the shadow file': 'cat /etc/shadow',
    'private keys of the machine': 'ls /etc/ssl/private',
    'the docker socket': 'ls /var/run/docker.sock || ls /run/docker.sock',
    'remounting writable': 'mount -o remount,bind,rw /usr',
    'another user namespace': 'unshare --user --map-root-user true',
    'another mount namespace': 'unshare --mount true',
    'the process that started it': `kill -0 ${process.pid}`,
    'kernel settings': 'value=$(cat /proc/sys/kernel/panic) && echo $value > /proc/sys/kernel/panic',
    'any setting of the kernel':
      'for file in $(find /proc/sys /proc/irq /proc/fs -type f 2>/dev/null); do (: >> "$file") 2>/dev/null && exit 0; done; false',
    'the network settings of the machine':
      'grep -q . /proc/sys/net/ipv4/conf/*/forwarding && ls /proc/sys/net/ipv4/conf | grep -v -e all -e default -e lo',
    'a cache of certificates and keys': 'cat "$USER_HOME/.dotnet/corefx/key.pfx"',
    'passwords of Maven': 'cat /etc/maven/settings.xml',
    'the system request trigger': ': > /proc/sysrq-trigger',
    'a raw device': 'head -c 1 /dev/vda || head -c 1 /dev/sda',
    'a way round by /proc/1/root': 'echo evil >> "/proc/1/root/$USER_HOME/.bashrc"',
  };
  for (const [what, shell] of Object.entries(denied)) {
    it(`denies ${what}`, async () => {
      const readable = join(place.folder, 'readable');
      await mkdir(readable);
      const env = { USER_HOME: user.HOME!, READABLE: readable };
      const finished = await run(`(${shell}) >/dev/null 2>&1 || echo denied`, { env, readable: [readable] });
      assert.equal(finished.out, 'denied\n');
      assert.equal(await readFile(join(user.HOME!, '.bashrc'), 'utf8'), '# mine\n');
    });
  }

  it('has one private folder for what is temporary, and standard output by its name', async () => {
    const finished = await run(
      'echo a > /tmp/file && (cat /var/tmp/file > /dev/stdout) | cat && touch /var/tmp/more /tmp/more',
    );
    assert.deepEqual([finished.code, finished.out], [0, 'a\n'], finished.err);
  });

  it('shows no process of the machine but its own', async () => {
    const finished = await run('ls /proc | grep -c "^[0-9]*$"');
    assert.ok(Number(finished.out) < 8, finished.out);
  });

  it('passes no secret, neither in its own environment nor in that of the first process', async () => {
    const finished = await run('env; tr "\\0" "\\n" < /proc/1/environ; tr "\\0" "\\n" < /proc/1/cmdline');
    assert.doesNotMatch(finished.out, /secret|AWS|TOKEN|SSH_AUTH|NODE_OPTIONS|PROXY/);
    assert.match(finished.out, new RegExp(`^COUNTERSIGN_TASK=task-${place.token}$`, 'm'));
    assert.match(finished.out, new RegExp(`^HOME=${place.home}$`, 'm'));
    assert.match(finished.out, /^LANG=C.UTF-8$/m);
  });

  it('passes the proxy where there is a network, and what the caller gives', async () => {
    const finished = await run('echo $HTTPS_PROXY $GIVEN', { network: true, env: { GIVEN: 'given' } });
    assert.equal(finished.out, 'http://proxy.example:3128 given\n');
  });

  it('finds toolchains below HOME, with what lies beside them, and nothing by a relative PATH', async () => {
    await mkdir(join(place.work, 'node_modules/.bin'), { recursive: true });
    await writeFile(join(place.work, 'node_modules/.bin/shim'), '#!/bin/sh\necho shim\n', { mode: 0o755 });
    const finished = await run('tool; sdk; shim 2>/dev/null || echo no shim');
    assert.equal(finished.out, 'a tool\n42\nno shim\n');
  });

  it('has no network but a loopback of its own', async () => {
    const server = createServer((socket) => socket.end('reached')).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    const connect = (host: string) =>
      `node -e 'require("net").connect(${port}, "${host}").on("data", (d) => console.log(String(d))).on("error", (e) => console.log(e.code))'`;
    try {
      assert.equal((await run(connect('127.0.0.1'))).out, 'ECONNREFUSED\n');
      assert.match((await run(connect('169.254.169.254'))).out, /^(ENETUNREACH|EHOSTUNREACH)\n$/);
      assert.equal((await run(connect('127.0.0.1'), { network: true })).out, 'reached\n');
      const own =
        'node -e \'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log("up"); s.close(); })\'';
      assert.equal((await run(own)).out, 'up\n');
    } finally {
      server.close();
    }
  });

  it('a link planted in the granted folder leads nowhere', async () => {
    await symlink(join(user.HOME!, '.ssh'), join(place.work, 'link'));
    const finished = await run(
      'cat link/id_ed25519 2>/dev/null || echo denied; echo evil > link/new 2>/dev/null || echo denied',
    );
    assert.equal(finished.out, 'denied\ndenied\n');
  });

  it('keeps what lies deeper as it was granted', async () => {
    const inner = join(place.work, 'objects');
    await mkdir(inner);
    const finished = await run('echo a > file && (echo a > objects/file) 2>/dev/null || echo denied', {
      readable: [inner],
    });
    assert.equal(finished.out, 'denied\n');
  });

  it('a granted folder below the HOME of the user is there, and nothing beside it', async () => {
    const state = join(user.HOME!, '.local/share/state');
    const work = join(state, 'work');
    await mkdir(work, { recursive: true });
    await writeFile(join(state, 'journal'), 'ours');
    const shell = `echo a > file && cat file && ls ${state} && (echo b > ../journal) 2>/dev/null || echo denied`;
    const finished = await run(shell, { cwd: work, writable: [work], home: join(state, 'home') });
    assert.equal(finished.out, 'a\nhome\nwork\ndenied\n');
    assert.equal(await readFile(join(state, 'journal'), 'utf8'), 'ours');
  });

  describe('a hidden folder is empty but for what is granted in it', () => {
    const places: Record<string, (user: NodeJS.ProcessEnv) => Promise<string>> = {
      'beside a toolchain': async ({ HOME }) => join(HOME!, 'sdk/lib'),
      'that holds a toolchain': async ({ HOME }) => join(HOME!, 'sdk'),
      'seen through a link of a toolchain': async (user) => {
        const real = join(place.folder, 'elsewhere');
        await mkdir(join(real, 'inner'), { recursive: true });
        await symlink(real, join(user.HOME!, 'sdk/share'));
        return join(real, 'inner');
      },
      'below a folder of the system': async () => {
        const made = await mkdtemp('/opt/cs-hidden-');
        madeInSystem.push(made);
        return made;
      },
    };
    const madeInSystem: string[] = [];
    afterEach(async () => {
      for (const folder of madeInSystem.splice(0)) await rm(folder, { recursive: true });
    });

    for (const [what, make] of Object.entries(places)) {
      it(what, async function () {
        if (what === 'below a folder of the system' && process.getuid?.() !== 0) this.skip();
        const hidden = await make(user);
        const work = join(hidden, 'worktrees/work');
        await mkdir(work, { recursive: true });
        await writeFile(join(hidden, 'socket'), 'ours');
        const shell = `ls -A ${hidden}; find ${hidden} ${user.HOME} -name socket; (echo a > ../../new) 2>/dev/null || echo denied; echo mine > file`;
        const finished = await run(shell, { cwd: work, writable: [work], hidden: [hidden] });
        assert.equal(finished.out, 'worktrees\ndenied\n', finished.err);
        assert.equal(await readFile(join(work, 'file'), 'utf8'), 'mine\n');
      });
    }

    it('of a repository its objects are seen, and toolchains of a HOME that is one', async () => {
      const home = user.HOME!;
      const objects = join(home, '.git/objects');
      await mkdir(objects, { recursive: true });
      await writeFile(join(home, '.git/config'), '');
      const more = { readable: [objects], hidden: [home, join(home, '.git')] };
      assert.equal((await run(`ls -A ${home}/.git; tool`, more)).out, 'objects\na tool\n');
    });

    it('and the whole machine, or one that is not there, hides nothing', async () => {
      assert.equal((await run('echo ran', { hidden: ['/', join(place.folder, 'absent')] })).out, 'ran\n');
    });
  });

  it('a folder to be read that is not there breaks nothing', async () => {
    const finished = await run('echo ran', { readable: [join(place.folder, 'absent')] });
    assert.deepEqual([finished.code, finished.out], [0, 'ran\n']);
  });

  it('runs node, git and npm', async () => {
    const finished = await run('node -p 1+1 && git --version && npm --version');
    assert.equal(finished.code, 0, finished.err);
  });
});
