/** What became of a correction, through the built programs: by the evidence of both trees, whatever the agent says. */
import assert from 'node:assert/strict';
import type { Packet } from '../../../src/core/review/packet';
import { FILES, Loop } from './loop';

/** Reads `src/tests.txt` as tests, a name and how it ends in each line, and reports them as TAP (version 13). */
const UNIT = [
  '#!/bin/sh',
  'n=0; failed=0',
  'test -f src/tests.txt || exit 0',
  'while read -r name how; do n=$((n + 1)); if test "$how" = pass; then echo "ok $n - $name"; else echo "not ok $n - $name"; failed=1; fi',
  'done < src/tests.txt > lines.tap; { echo "TAP version 13"; echo "1..$n"; cat lines.tap; } > unit.tap; exit $failed',
  '',
].join('\n');

const CHECKS = {
  fixes: 'grep -qs good src/fixes.txt',
  leaves: 'grep -qs good src/leaves.txt',
  clean: 'test ! -e src/broken.txt',
  unit: { run: 'sh unit.sh', report: 'unit.tap' },
};

const PASSING = { tests: 'true' };

const FIRST = [
  'echo bad > src/fixes.txt; echo bad > src/leaves.txt',
  'printf "a fail\\nb pass\\n" > src/tests.txt; echo changed > other.txt; echo new > stray.txt',
].join('; ');
const SECOND = [
  'echo good > src/fixes.txt; echo still > src/leaves.txt; echo x > src/broken.txt; rm stray.txt; echo new > fresh.txt',
  'printf "a fail\\nb fail\\n" > src/tests.txt',
].join('; ');

describe('what became of a correction', () => {
  let loop: Loop;

  before(() => {
    loop = new Loop({ files: { ...FILES, 'unit.sh': UNIT, '.gitignore': '*.tap\n' } });
  });
  after(() => loop.end());
  afterEach(() => assert.deepEqual(loop.strays(), []));

  const run = (first: string, second: string, checks: Parameters<Loop['run']>[1]['checks'] = CHECKS) =>
    loop.run(1, { command: `test -n "$COUNTERSIGN_CORRECTION" && { ${second}; } || { ${first}; }`, checks });
  const outcomes = ({ correction }: Packet) =>
    Object.fromEntries(
      (correction?.items ?? []).map(({ kind, id, rule, path, outcome }) => [
        kind === 'check' ? id : kind === 'text' ? kind : `${rule} ${path}`,
        outcome,
      ]),
    );
  const shown = async (id: string) => (await loop.cli.run(loop.repository.dir, 'show', id)).stdout;

  it('is shown item by item, and what broke comes first', async () => {
    const first = await run(FIRST, SECOND);
    assert.equal(first.correction, null);
    const packet = await loop.packet(1, 'correct', first.id, '-m', 'mend all of it');
    assert.deepEqual(outcomes(packet), {
      fixes: 'fixed',
      leaves: 'not-fixed',
      unit: 'worse',
      text: 'open',
      'scope/outside other.txt': 'not-fixed',
      'scope/outside stray.txt': 'fixed',
    });
    const { correction } = packet;
    assert.deepEqual([correction?.compared, correction?.turn, correction?.before.turn], [true, 2, 1]);
    assert.deepEqual(
      correction?.regressions.map(({ kind, id, path, tests }) => [kind, kind === 'finding' ? path : id, tests.names]),
      [
        ['check', 'clean', []],
        ['tests', 'unit', ['b']],
        ['finding', 'fresh.txt', []],
      ],
    );
    const text = await shown(first.id);
    assert.ok(text.indexOf('broke what was clean: 3 things') < text.indexOf('✓ fixed'));
    assert.deepEqual((await loop.packet(0, 'show', first.id)).correction, correction);
  });

  it('follows findings by what they are about', async () => {
    const first = await run(FIRST, SECOND, PASSING);
    const ids = first.drift?.findings.map(({ id }) => id) ?? [];
    const packet = await loop.packet(1, 'correct', first.id, ...ids.flatMap((id) => ['--finding', id]));
    assert.deepEqual(outcomes(packet), {
      'scope/outside other.txt': 'not-fixed',
      'scope/outside stray.txt': 'fixed',
    });
    assert.deepEqual(
      packet.correction?.regressions.map(({ path, since }) => [path, since]),
      [['fresh.txt', 'correction']],
    );
  });

  it('believes no agent that says it is done', async () => {
    const first = await run(FIRST, 'echo "All of it is fixed now."');
    const packet = await loop.packet(1, 'correct', first.id, '-m', 'mend it');
    assert.ok(Object.values(outcomes(packet)).every((outcome) => outcome === 'not-fixed'));
    assert.deepEqual(packet.correction?.regressions, []);
    assert.match(await shown(first.id), /No file differs from before the correction/);
  });

  it('tells what was to be justified, and what the agent says of it as a claim', async () => {
    const first = await run('echo x > other.txt', 'echo "The goal needs it."', PASSING);
    const [finding] = first.drift?.findings ?? [];
    const packet = await loop.packet(1, 'correct', first.id, '--justify', finding!.id);
    const [item] = packet.correction?.items ?? [];
    assert.deepEqual([item?.justify, item?.outcome], [true, item?.says === null ? 'not-fixed' : 'open']);
  });

  it('compares a second pass with the first, and tells what a person did after it', async () => {
    const first = await run(FIRST, 'echo good > src/fixes.txt; echo y > "fresh-$COUNTERSIGN_TURN.txt"');
    await loop.packet(1, 'correct', first.id);
    const second = await loop.packet(1, 'correct', first.id, '--again');
    assert.deepEqual(second.correction?.before.turn, 2);
    assert.deepEqual(
      second.correction?.regressions.map(({ path }) => path),
      ['fresh-3.txt'],
    );
    assert.deepEqual(
      second.correction?.earlier.map(({ turn, counts }) => [turn, counts.regressions]),
      [[2, 1]],
    );
    const reverted = await loop.packet(1, 'revert', first.id, 'fresh-3.txt', 'other.txt');
    assert.deepEqual([reverted.correction?.after.turn, reverted.correction?.regressions], [4, []]);
    assert.equal(outcomes(reverted)['scope/outside other.txt'], 'fixed');
    assert.match(await shown(first.id), /judged as it is now, at turn 4/);
  });

  it('shows nothing of a journal that does not say what was sent', async () => {
    const first = await run(FIRST, SECOND);
    const { id } = await loop.packet(1, 'correct', first.id);
    await loop.json(0, 'host', 'stop');
    const { readFileSync, writeFileSync } = await import('node:fs');
    const file = loop.journalFile(id);
    const lines = readFileSync(file, 'utf8')
      .split('\n')
      .map((line) => {
        if (!line.includes('"correction-requested"')) return line;
        const { sent: _, ...old } = JSON.parse(line);
        return JSON.stringify(old);
      });
    writeFileSync(file, lines.join('\n'));
    const packet = await loop.packet(0, 'show', id);
    assert.deepEqual([packet.state, packet.correction], ['ready', null]);
  });
});
