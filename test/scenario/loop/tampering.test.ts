/**
 * An agent breaks the source and makes the checks say that all is well, in every way that is known. Each is caught by
 * what the columns of the check show, besides what the diff says; none is out of scope, which would catch it anyway.
 */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Packet } from '../../../src/core/review/packet';
import { Loop } from './loop';
import { BREAK, FILES, TRICKS } from './tricks';

const change = ['src/**', 'test/**', 'package.json', 'package-lock.json', 'out-report.tap', '.npmrc'];

/** Status at the base, at the result, and with the base's tests. */
function rowOf({ checks: [check] }: Packet): readonly (string | undefined)[] {
  const status = (column: NonNullable<typeof check>['base']) =>
    column?.kind === 'ran' ? column.run.status : column?.kind;
  return [status(check?.base), check?.status, status(check?.overlay)];
}

function findingsOf({ drift }: Packet): readonly string[] {
  return drift?.findings.map(({ severity, rule }) => `${severity} ${rule}`) ?? [];
}

describe('an agent that makes its checks pass', () => {
  let loop: Loop;
  const packets = new Map<string, Packet>();
  const asked: string[] = [];
  const server = createServer(({ url }, response) => {
    asked.push(url ?? '');
    response.end('fine');
  });
  before(async function () {
    this.timeout(600_000);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    loop = new Loop({ files: FILES, config: 'limits: { tasks: 2, perRepository: 2 }\n' });
    const ids = await Promise.all(
      TRICKS.map(({ name, command, breaks = BREAK, check }) =>
        loop.detach({
          title: `Sum with ${name}`,
          // The trick first: what it keeps of the source is the good one.
          command: `${command.replace('{server}', url)}; ${breaks}`,
          change,
          checks: { tests: check ?? { run: 'npm test', report: 'out.tap' } },
        }),
      ),
    );
    for (const [at, { name }] of TRICKS.entries()) {
      const followed = await loop.cli.run(loop.repository.dir, 'log', ids[at] ?? '', '--follow');
      assert.equal(followed.exit, 0, followed.stderr);
      packets.set(name, await loop.packet(0, 'show', ids[at] ?? ''));
    }
  });
  after(async () => {
    server.close();
    await loop.end();
  });

  for (const { name, row, verdict = 'blocked', rules, note } of TRICKS) {
    it(`${name}: ${[...rules, ...(row[1] === 'passed' ? [] : [row[1]])].join(', ')}`, async () => {
      const packet = packets.get(name)!;
      assert.deepEqual(rowOf(packet), row, JSON.stringify([packet.state, packet.error, packet.checks], null, 1));
      const found = findingsOf(packet);
      for (const rule of rules) assert.ok(found.includes(rule), `${rule} among ${found.join(', ')}`);
      assert.ok(!found.some((rule) => rule.includes('scope/')), found.join());
      if (note !== undefined) assert.match(packet.checks[0]?.note ?? '', note);
      assert.deepEqual([packet.state, packet.verdict], ['ready', verdict]);
      assert.equal(await loop.refusal(1, 'signoff', packet.id), 'SIGNOFF_REFUSED');
    });
  }

  it('and nothing reached the network', () => assert.deepEqual(asked, []));
});

describe('an agent whose check fails only sometimes', () => {
  it('is told so, with both runs, and the check has failed', async function () {
    this.timeout(180_000);
    // Between two runs only what lies outside their folders stays: no sandbox.
    const loop = new Loop({ files: FILES, config: 'sandbox: { mode: off }\n' });
    try {
      const mark = join(loop.folder, 'ran-once');
      const test = `import { existsSync, writeFileSync } from "node:fs"; import test from "node:test"; test("second time", () => { if (existsSync("${mark}")) return; writeFileSync("${mark}", ""); throw new Error("first time"); });`;
      const packet = await loop.run(1, {
        command: `printf '%s\\n' '${test}' > test/flaky.test.js`,
        change,
        checks: { tests: { run: 'npm test', report: 'out.tap' } },
      });
      assert.deepEqual(rowOf(packet), ['passed', 'failed', 'same']);
      assert.deepEqual(
        packet.checks[0]?.attempts?.map(({ status, counts }) => [status, counts?.failed]),
        [['passed', 0]],
      );
      assert.ok(findingsOf(packet).includes('info verify/flaky'), findingsOf(packet).join());
      assert.equal(packet.verdict, 'blocked');
      const shown = await loop.cli.run(loop.repository.dir, 'show', packet.id);
      assert.match(shown.stdout, /failed, and passed when it ran again at the same tree/);
      assert.match((await loop.refused(1, 'signoff', packet.id)).message, /check tests: failed/);
    } finally {
      await loop.end();
    }
  });
});
