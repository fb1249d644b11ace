/** Receipts in git notes: beside what others write there, and at the same time. */
import assert from 'node:assert/strict';
import { type Receipt, receiptsIn, receiptsOf } from '../../../src/core/verify/receipt';
import { readNote, readNotes, writeReceipts } from '../../../src/node/git/receiptNotes';
import { makeRepository, type TestRepository } from '../../fixtures/repository';
import { sampleCheck, sampleVerification } from '../../unit/review/sample';

const REF = 'refs/notes/countersign';
const BY = { name: 'Reviewer', email: 'reviewer@example.com' };
const receipts = (task: string): readonly Receipt[] =>
  receiptsOf(task, sampleVerification({ checks: [sampleCheck(), sampleCheck({ name: 'lint' })] }));

for (const format of ['sha1', 'sha256'] as const) {
  describe(`notes of receipts (${format})`, () => {
    let repository: TestRepository;
    let place: { commonDir: string };
    let head: string;
    beforeEach(() => {
      repository = makeRepository({ files: { a: '1\n' }, init: [`--object-format=${format}`] });
      place = { commonDir: `${repository.dir}/.git` };
      head = repository.git('rev-parse', 'HEAD');
    });
    afterEach(() => repository.remove());
    const shown = () => repository.git('notes', `--ref=${REF}`, 'show', head);

    it('are what git shows, by who signed off', async () => {
      await writeReceipts(place, head, receipts('T1'), BY);
      assert.deepEqual(receiptsIn(`${shown()}\n`), receipts('T1'));
      assert.equal(await readNote(place, head), `${shown()}\n`);
      assert.equal(repository.git('log', '-1', '--format=%an <%ae>', REF), 'Reviewer <reviewer@example.com>');
      assert.equal(repository.git('reflog', '-1', '--format=%gs %gn', REF), 'countersign: receipts Reviewer');
      assert.equal(repository.git('status', '--porcelain'), '');
    });

    it('are not written twice', async () => {
      await writeReceipts(place, head, receipts('T1'), BY);
      const tip = repository.git('rev-parse', REF);
      await writeReceipts(place, head, receipts('T1'), BY);
      assert.equal(repository.git('rev-parse', REF), tip);
    });

    it('stand beside the text that others wrote', async () => {
      repository.git('notes', `--ref=${REF}`, 'add', '-m', 'seen in staging', head);
      await writeReceipts(place, head, receipts('T1'), BY);
      assert.match(shown(), /^seen in staging\n\nCountersign receipts\n/);
      assert.deepEqual(receiptsIn(shown()), receipts('T1'));
    });

    it('come into notes that git spread over folders', async () => {
      const blob = repository.git('hash-object', '-w', 'a');
      for (let n = 0; n < 41; n++) {
        const oid = `${n}`.padStart(3, '0').padEnd(head.length, '0');
        repository.git('update-index', '--add', '--cacheinfo', `100644,${blob},${oid.slice(0, 2)}/${oid.slice(2)}`);
      }
      repository.git('rm', '-q', '--cached', 'a');
      const tree = repository.git('write-tree');
      repository.git('update-ref', REF, repository.git('commit-tree', tree, '-m', 'notes'));
      await writeReceipts(place, head, receipts('T1'), BY);
      assert.deepEqual(receiptsIn(shown()), receipts('T1'));
      assert.equal(repository.git('ls-tree', '-r', '--name-only', REF).split('\n').length, 42);
      assert.ok(repository.git('ls-tree', '-r', '--name-only', REF).includes(`${head.slice(0, 2)}/${head.slice(2)}`));
    });

    it('of many writers at once are all there', async () => {
      const commits = ['2', '3', '4', '5'].map((text) => repository.commit(text, { a: text }));
      await Promise.all(commits.map((commit, n) => writeReceipts(place, commit, receipts(`T${n}`), BY)));
      const notes = await readNotes(place.commonDir, commits);
      assert.deepEqual(
        commits.map((commit) => receiptsIn(notes.get(commit) ?? '')[0]?.task),
        ['T0', 'T1', 'T2', 'T3'],
      );
    });

    it('are not there before anything was delivered', async () => {
      assert.equal(await readNote(place, head), null);
    });
  });
}
