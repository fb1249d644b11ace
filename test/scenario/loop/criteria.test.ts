/** The criteria matrix through the built programs: real tests that name criteria, a reviewer who proposes, a person's word. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Packet } from '../../../src/core/review/packet';
import { Loop } from './loop';

const OLD_TEST = "require('node:test').test('AC-3: of another task', () => {});\n";

const FIRST = [
  "cat > src/retry.js <<'END'",
  'exports.retry = (count) => count < 5;',
  'END',
  "cat > test/retry.test.js <<'END'",
  "const { test } = require('node:test');",
  "const assert = require('node:assert');",
  "const { retry } = require('../src/retry');",
  "test('RETRY-1: at most 3 retries', () => assert.equal(retry(0), true));",
  "test('stops (ac_4)', () => assert.equal(retry(3), false));",
  'END',
  'echo more >> src/notes.txt',
];
const SECOND = ['sed -i s/5/3/ src/retry.js'];

/** Reads the question, whose last line is the word of the run, and holds the third criterion proven. */
const READER = [
  'run=$(tail -n 1)',
  `printf '{"run":"%s","findings":[],"criteria":[' "$run"`,
  `printf '{"criterion":1,"proof":"proven","because":"the test","places":[{"file":"test/retry.test.js","line":4}]},'`,
  `printf '{"criterion":2,"proof":"unproven","because":"no test","places":[]},'`,
  `printf '{"criterion":3,"proof":"proven","because":"it says so","places":[{"file":"src/notes.txt","line":2}]},'`,
  `printf '{"criterion":4,"proof":"unproven","because":"no test","places":[]}'`,
  `printf '],"unexplained":[{"file":"src/retry.js","line":1,"why":"nobody asked for it"}]}'`,
].join('\n');

describe('the loop with a criteria matrix', () => {
  let loop: Loop;

  before(() => {
    loop = new Loop({ files: { 'test/old.test.js': OLD_TEST, 'src/notes.txt': 'notes\n', 'package.json': '{}\n' } });
  });
  after(() => loop.end());

  function brief(): string {
    const command = ['if [ -e src/retry.js ]; then', ...SECOND, 'else', ...FIRST, 'fi'].join('\n');
    const lines = [
      ...['---', 'countersign: 1', 'title: Retry less', 'agent: command', `command: ${JSON.stringify(command)}`],
      'scope: { change: [src/**, test/**] }',
      'checks: [{ name: tests, run: node --test }, { name: lint, run: "true" }]',
      `review: { command: ${JSON.stringify(READER)} }`,
      'reviewer: Developer <dev@example.com>',
      ...['---', '## Goal', 'Retry requests at most three times.', '## Acceptance criteria'],
      '- [ ] RETRY-1: at most 3 retries',
      '- [ ] a POST is never retried (review)',
      '- [ ] it is documented',
      '- [ ] it stops (check: lint)',
    ];
    const file = join(loop.repository.outside, 'retry.md');
    writeFileSync(file, `${lines.join('\n')}\n`);
    return file;
  }

  const proofs = ({ criteria }: Packet) => criteria.map(({ id, proof, because }) => [id, proof, because]);
  const accept = (exit: number, id: string, ...words: string[]) => loop.packet(exit, 'accept', id, ...words);

  it('ties criteria to tests and changes, and keeps a person’s word for one tree', async () => {
    const first = await loop.packet(1, 'run', brief());
    const { id } = first;
    assert.deepEqual(proofs(first), [
      [
        'RETRY-1',
        'proven',
        'test "test/retry.test.js › RETRY-1: at most 3 retries" names it and passed, and did not before',
      ],
      ['AC-2', 'review', 'the brief leaves it to the reviewer'],
      ['AC-3', 'unproven', 'the brief names no proof, and no test names AC-3'],
      ['AC-4', 'unproven', 'check "lint" passed, but test "test/retry.test.js › stops (ac_4)" failed'],
    ]);
    assert.deepEqual(
      first.criteria[0]?.evidence.map((one) => (one.kind === 'hunk' ? [one.path, one.line] : [one.kind])),
      [['test'], ['test/retry.test.js', 4]],
    );
    assert.deepEqual(
      first.criteria.map(({ proposed }) => proposed?.proof),
      ['proven', 'unproven', 'proven', 'unproven'],
    );
    // The source is named after the test that names criteria; the reviewer says of the notes what they are for.
    assert.deepEqual(first.unexplained, {
      judges: ['ids', 'reviewer'],
      unread: [],
      total: 1,
      hunks: [{ path: 'src/retry.js', line: 1, lines: 1, by: 'command', why: 'nobody asked for it' }],
    });

    assert.match((await loop.refused(2, 'accept', id, '--criterion', 'retry-1', '--reason', 'x')).message, /is proven/);
    assert.match((await loop.refused(2, 'accept', id, '--criterion', 'AC-2')).message, /say yourself why/);
    assert.match(
      (await loop.refused(2, 'accept', id, '--criterion', 'AC-9', '--reason', 'x')).message,
      /no one criterion/,
    );
    const other = ['--tree', 'f'.repeat(40), '--criterion', '3'];
    assert.equal(await loop.refusal(1, 'accept', id, ...other), 'SIGNOFF_REFUSED');
    const inTask = await loop.cli.runWith(
      { COUNTERSIGN_TASK: id },
      loop.repository.dir,
      'accept',
      id,
      '--criterion',
      '3',
    );
    assert.match(inTask.stderr, /SIGNOFF_IDENTITY/);

    const tree = (first.snapshot?.tree ?? '').slice(0, 10);
    const taken = await accept(0, id, '--criterion', 'AC-3', '--tree', tree);
    assert.equal(taken.criteria[2]?.accepted?.reason, 'it says so');
    await loop.packet(0, 'review', id);
    const again = await loop.refused(1, 'accept', id, '--criterion', 'AC-3', '--tree', tree);
    assert.equal(again.code, 'SIGNOFF_REFUSED', 'another reading came between what was seen and the word for it');
    assert.match(`${again.message} ${again.fix}`, /read 2 times.* --reason/);
    await accept(0, id, '--criterion', 'ac_2', '--reason', 'read every call');
    const shown = await loop.cli.run(loop.repository.dir, 'show', id);
    assert.match(shown.stdout, /\| `AC-2` \| .* accepted by Developer \| .*read every call/);

    const second = await loop.packet(0, 'correct', id, '-m', 'at most three');
    assert.deepEqual(proofs(second)[3], ['AC-4', 'proven', 'check "lint" passed']);
    assert.deepEqual(
      second.criteria.map(({ accepted }) => accepted?.stale),
      [undefined, true, true, undefined],
    );
    assert.ok(second.reasons.includes('1 criterion without proof'), second.reasons.join());
    const stale = await loop.cli.run(loop.repository.dir, 'show', id);
    assert.match(stale.stdout, /accepted for another tree/);

    const unsure = await loop.refused(1, 'accept', id, '--criterion', '3');
    assert.match(`${unsure.code} ${unsure.fix}`, /^SIGNOFF_REFUSED .* --tree/, 'another tree was read before');
    const proposed = await accept(0, id, '--criterion', '3', '--tree', second.snapshot!.tree);
    assert.equal(proposed.criteria[2]?.accepted?.reason, 'it says so');
    await accept(0, id, '--criterion', '3', '--reason', 'read the notes');
    await accept(0, id, '--criterion', '2', '--reason', 'a mistake');
    const withdrawn = await accept(0, id, '--criterion', '2', '--withdraw');
    assert.equal(withdrawn.criteria[1]?.accepted, undefined);
    const last = await accept(0, id, '--criterion', '2', '--reason', 'read every call again');
    assert.ok(!last.reasons.includes('1 criterion without proof'), last.reasons.join());
    const listed = (await loop.json(0, 'tasks')) as { id: string; verdict: string }[];
    assert.equal(listed.find((task) => task.id === id)?.verdict, last.verdict);

    const signed = await loop.packet(0, 'signoff', id, '--deliver', 'none');
    assert.deepEqual(
      signed.signoff?.criteria?.map(({ criterion, id: named, by, reason }) => [criterion, named, by.email, reason]),
      [
        [2, 'AC-2', 'dev@example.com', 'read every call again'],
        [3, 'AC-3', 'dev@example.com', 'read the notes'],
      ],
    );
    assert.equal(await loop.refusal(2, 'accept', id, '--criterion', '2', '--reason', 'late'), 'TASK_STATE');
  });
});
