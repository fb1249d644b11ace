/** Checks of briefs that are not handed off, tried by a client of the real host. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HostConnection } from '../../../src/host/client';
import { connect, until } from './client';
import { Loop } from './loop';
import { fingerprint, list } from './traces';

describe('trying a check', () => {
  let loop: Loop;
  let host: HostConnection;
  const progress: string[] = [];

  before(async () => {
    loop = new Loop({ files: { 'src/a.txt': 'one\n', 'run.sh': { script: '#!/bin/sh\necho from the checkout\n' } } });
    host = await connect(loop);
    host.on('trial/progress', ({ trial, message }) => progress.push(`${trial} ${message}`));
  });
  after(async () => {
    host.close();
    await loop.end();
  });
  afterEach(() => {
    assert.deepEqual(loop.strays(), []);
    assert.deepEqual(leftovers(), []);
  });

  function leftovers(): string[] {
    const state = loop.cli.home;
    return ['trials', 'checkouts', 'homes'].flatMap((part) => list(join(state, part)).map((name) => `${part}/${name}`));
  }

  /** A brief with no goal yet. */
  const briefOf = (check: string, front: readonly string[] = []) =>
    ['---', 'countersign: 1', 'scope: { change: [src/**] }', `checks: [${check}]`, ...front, '---', '## Goal', ''].join(
      '\n',
    );
  const check = (run: string, more = '') => `{ name: it, run: ${JSON.stringify(run)}${more} }`;
  const attempt = (text: string, trial = 't', repo = loop.repository.dir) =>
    host.request('brief/try', { repo, brief: { text, file: null }, check: 'it', trial });

  it('runs it in a clean checkout of HEAD, as a verification would, and changes nothing', async () => {
    const before = fingerprint(loop.repository.dir);
    const refs = loop.repository.git('for-each-ref');
    loop.repository.write({ 'src/a.txt': 'not committed\n' });
    const report = `<testsuite tests="2"><testcase name="a"/><testcase name="b"/></testsuite>`;
    const run = `./run.sh; cat src/a.txt prepared; pwd; echo '${report}' > report.xml`;
    const result = await attempt(briefOf(check(run, ', report: report.xml'), ['setup: echo set up > prepared']));
    loop.repository.write({ 'src/a.txt': 'one\n' });
    assert.deepEqual([result.status, result.exit, result.note], ['passed', 0, null]);
    assert.deepEqual(result.counts, { total: 2, passed: 2, failed: 0, skipped: 0 });
    assert.match(result.output, /^from the checkout\none\nset up\n\/.*checkouts.*\n$/s);
    assert.equal(result.base, loop.repository.git('rev-parse', 'HEAD'));
    assert.ok(progress.includes('t preparing') && progress.some((line) => line.startsWith('t check it: ./run.sh')));
    assert.deepEqual(fingerprint(loop.repository.dir), before);
    assert.equal(loop.repository.git('for-each-ref'), refs);
  });

  it('says that it failed, and with what output', async () => {
    const result = await attempt(briefOf(check('echo before; echo "expected 1, was 2" >&2; exit 3')));
    assert.deepEqual([result.status, result.exit], ['failed', 3]);
    assert.match(result.output, /expected 1, was 2/);
    const long = await attempt(briefOf(check('seq 1 100000; exit 1')));
    assert.match(long.output, /\n100000\n$/);
    assert.ok(long.output.length < 20_000);
  });

  it('says that its program is missing, or that setup failed', async () => {
    const missing = await attempt(briefOf(check('no-such-program --flag')));
    assert.deepEqual([missing.status, missing.exit], ['missing', 127]);
    const setup = await attempt(briefOf(check('true'), ['setup: echo broken; exit 9']));
    assert.equal(setup.status, 'missing');
    assert.match(setup.note ?? '', /setup command.*exit 9[\s\S]*broken/);
    const slow = await attempt(briefOf(check('sleep 100', ', timeout: 1')));
    assert.equal(slow.status, 'timeout');
  });

  it('is stopped by a word of its client, and only its own', async () => {
    const token = `stopme-${process.pid}`;
    const running = attempt(briefOf(check(`echo ${token} > began; setsid sleep 1000 & sleep 1000`)), 'long');
    running.catch(() => undefined);
    const other = await connect(loop);
    await until(() => loop.strays().some((command) => command.includes('sleep')));
    await other.request('brief/try-stop', { trial: 'long' });
    await assert.rejects(attempt(briefOf(check('true')), 'long'), { code: 'USAGE' });
    await host.request('brief/try-stop', { trial: 'long' });
    await assert.rejects(running, { code: 'STOPPED' });
    await host.request('brief/try-stop', { trial: 'long' });
    other.close();
  });

  it('ends with the connection of its client', async () => {
    const other = await connect(loop);
    const brief = { text: briefOf(check('setsid sleep 1000 & sleep 1000')), file: null };
    const running = other.request('brief/try', { repo: loop.repository.dir, brief, check: 'it', trial: 'x' });
    running.catch(() => undefined);
    await until(() => loop.strays().some((command) => command.includes('sleep')));
    other.close();
    await assert.rejects(running, { code: 'HOST_UNREACHABLE' });
    await until(() => loop.strays().length === 0 && leftovers().length === 0);
  });

  it('refuses what is none, with a code', async () => {
    await assert.rejects(attempt(briefOf('{ name: other, run: "true" }')), { code: 'USAGE', message: /it has other/ });
    await assert.rejects(attempt(''), { code: 'BRIEF_EMPTY' });
    await assert.rejects(attempt('---\nscope: 3\n---\n'), { code: 'BRIEF_INVALID' });
    await assert.rejects(attempt(briefOf(check('true')), 't', loop.folder), { code: 'NOT_A_REPOSITORY' });
    const busy = Array.from({ length: 5 }, (_, n) => attempt(briefOf(check('sleep 1000')), `busy-${n}`));
    const settled = Promise.allSettled(busy);
    await assert.rejects(busy[4]!, { code: 'HOST_BUSY' });
    for (let n = 0; n < 4; n++) await host.request('brief/try-stop', { trial: `busy-${n}` });
    for (const one of (await settled).slice(0, 4)) {
      assert.equal(one.status === 'rejected' && one.reason.code, 'STOPPED');
    }
  });

  it('runs the checks of the team’s policy, as it is committed', async () => {
    const policy = 'checks:\n  - { name: it, run: echo the policy }\n';
    loop.repository.commit('policy', { '.countersign/policy.yaml': policy });
    const result = await attempt(briefOf(check('echo the brief')));
    assert.equal(result.output, 'the policy\n');
    loop.repository.commit('broken policy', { '.countersign/policy.yaml': 'checks: maybe\n' });
    await assert.rejects(attempt(briefOf(check('true'))), { code: 'POLICY_INVALID' });
    loop.repository.commit('no policy', { '.countersign/policy.yaml': '' });
  });

  it('leaves nothing when the host is killed', async () => {
    const brief = { text: briefOf(check('setsid sleep 1000 & sleep 1000')), file: null };
    const running = host.request('brief/try', { repo: loop.repository.dir, brief, check: 'it', trial: 'x' });
    running.catch(() => undefined);
    await until(() => loop.strays().some((command) => command.includes('sleep')));
    assert.equal(list(join(loop.cli.home, 'trials')).length, 1);
    for (const pid of loop.hosts()) process.kill(pid, 'SIGKILL');
    await assert.rejects(running, { code: 'HOST_UNREACHABLE' });
    // What a removal that a kill broke off leaves.
    mkdirSync(join(loop.cli.home, 'trials', '.gone-1-2', 'deep'), { recursive: true });
    writeFileSync(join(loop.cli.home, 'trials', '.gone-1-2', 'deep', 'file'), '');
    host = await connect(loop);
    assert.deepEqual(leftovers(), []);
    assert.deepEqual(loop.strays(), []);
    assert.doesNotMatch(readFileSync(join(loop.cli.home, 'host', 'log'), 'utf8'), /could not/);
  });
});

describe('a trial without a sandbox', () => {
  it('leaves no process either when the host is killed', async () => {
    const loop = new Loop({ config: 'sandbox: { mode: "off" }\n' });
    try {
      const text = [
        '---',
        'countersign: 1',
        'scope: { change: [src/**] }',
        'checks: [{ name: it, run: "setsid sleep 1000 & sleep 1000" }]',
        '---',
      ].join('\n');
      const request = { repo: loop.repository.dir, brief: { text, file: null }, check: 'it', trial: 'x' };
      const host = await connect(loop);
      const running = host.request('brief/try', request);
      running.catch(() => undefined);
      await until(() => loop.strays().filter((command) => command.includes('sleep 1000')).length >= 2);
      for (const pid of loop.hosts()) process.kill(pid, 'SIGKILL');
      await assert.rejects(running, { code: 'HOST_UNREACHABLE' });
      (await connect(loop)).close();
      assert.deepEqual(loop.strays(), []);
      for (const part of ['trials', 'checkouts', 'homes']) assert.deepEqual(list(join(loop.cli.home, part)), [], part);
    } finally {
      await loop.end();
    }
  });
});
