/** A result is split, through the built programs: what stays is judged anew, what goes is kept and has a draft. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packetSchema } from '../../../src/core/review/packet';
import { Loop } from './loop';
import { fingerprint } from './traces';

const WORK =
  'echo good > src/a.txt; echo stray > other.txt; mkdir -p docs; echo new > "docs/it\'s new.md"; rm -f src/b.txt';

describe('splitting a task', () => {
  let loop: Loop;
  before(() => {
    loop = new Loop();
  });
  after(() => loop.end());
  afterEach(() => assert.deepEqual(loop.strays(), []));

  const run = async () => (await loop.run(1, { command: WORK })).id;
  const file = (name: string) => join(loop.repository.outside, name);

  it('keeps a part, and drafts a brief for the rest, which can be brought back', async () => {
    const id = await run();
    const before = fingerprint(loop.repository.dir);
    const draft = file('rest.md');
    const done = await loop.cli.json(loop.repository.dir, 'split', id, '--keep', 'src/**', '-o', draft);
    assert.equal(done.exit, 0, JSON.stringify(done.value));
    const packet = packetSchema.parse(done.value);
    const { split } = done.value as { split: { file: string; paths: string[]; commit: string } };
    assert.deepEqual([split.file, split.paths], [draft, ["docs/it's new.md", 'other.txt']]);
    assert.deepEqual([packet.verdict, packet.turn, packet.reverted[0]?.split], ['clean', 2, split.commit]);
    assert.deepEqual(fingerprint(loop.repository.dir), before);
    assert.match((await loop.cli.run(loop.repository.dir, 'show', id)).stdout, /split off: what was done there is in/);

    const checked = (await loop.json(0, 'brief', 'check', draft)) as { ready: boolean };
    assert.equal(checked.ready, true, 'the draft can be handed off as it is, by a person');
    const text = readFileSync(draft, 'utf8');
    assert.match(text, /scope:\n {2}change:.*\n {4}- docs\/it's new.md\n {4}- other.txt/);
    const restore = /^ {4}(git restore .*)$/m.exec(text)?.[1];
    assert.ok(restore !== undefined);
    assert.equal((await loop.packet(0, 'signoff', id, '--deliver', 'none')).state, 'signed');
    assert.equal(loop.repository.git('rev-parse', `refs/countersign/${id}/1`), split.commit);
    assert.match(restore, new RegExp(`--source=${split.commit} -- 'docs/it'\\\\''s new.md' 'other.txt'$`));
    loop.repository.git('restore', `--source=${split.commit}`, '--', "docs/it's new.md", 'other.txt');
    assert.equal(readFileSync(join(loop.repository.dir, "docs/it's new.md"), 'utf8'), 'new\n');
    loop.repository.git('checkout', '-q', '.');
    loop.repository.git('clean', '-fdq');
  });

  it('refuses what leaves nothing on one side, and changes nothing', async () => {
    const id = await run();
    const length = loop.journal(id).length;
    assert.equal(await loop.refusal(2, 'split', id), 'USAGE');
    for (const words of [['--keep', '**'], ['--keep', 'none/**'], ['never.txt']]) {
      assert.equal(await loop.refusal(2, 'split', id, ...words, '-o', file('never.md')), 'SPLIT_REFUSED');
    }
    assert.equal(existsSync(file('never.md')), false);
    writeFileSync(file('taken.md'), 'mine');
    assert.equal(await loop.refusal(2, 'split', id, 'other.txt', '-o', file('taken.md')), 'FILE_EXISTS');
    assert.equal(readFileSync(file('taken.md'), 'utf8'), 'mine');
    await loop.json(0, 'takeover', id);
    assert.equal(await loop.refusal(1, 'split', id, 'other.txt', '-o', file('never.md')), 'TAKEN_OVER');
    await loop.json(0, 'takeover', id, '--abandon');
    assert.equal(loop.journal(id).length, length + 2);
  });

  it('is offered when the correction is spent, beside what else is left', async () => {
    const id = await run();
    assert.deepEqual((await loop.packet(0, 'show', id)).choices, []);
    const packet = await loop.packet(1, 'correct', id, '-m', 'take it back');
    assert.deepEqual(
      packet.choices.map(({ choice }) => choice),
      ['sign-off', 'take-over', 'split', 'reject'],
    );
    assert.equal((await loop.refused(1, 'correct', id, '-m', 'again')).code, 'CORRECTION_SPENT');
    const shown = await loop.cli.run(
      loop.repository.dir,
      'split',
      id,
      'other.txt',
      "docs/it's new.md",
      '-o',
      file('two.md'),
    );
    assert.equal(shown.exit, 0, shown.stderr);
    assert.match(shown.stdout, /countersign split \S+ --keep PATTERN/);
    assert.match(shown.stderr, /wrote .*two\.md: a draft for 2 paths/);
    const { correction } = await loop.packet(0, 'show', id);
    assert.equal(correction?.items.find(({ path }) => path === 'other.txt')?.outcome, 'fixed');
  });
});
