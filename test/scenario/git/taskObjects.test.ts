import assert from 'node:assert/strict';
import { renameSync } from 'node:fs';
import { identifyRepository } from '../../../src/node/git/repository';
import { createTaskObjects } from '../../../src/node/git/taskObjects';
import { makeRepository, type TestRepository } from '../../fixtures/repository';

const FILES = {
  'a.txt': 'top\n',
  'a/b.txt': 'below a name that another begins with\n',
  'deep/er/and/deeper.txt': 'deep\n',
  'läßt – 中文/ø\n.txt': 'a name with a newline\n',
  'bin/run': { script: '#!/bin/sh\n' },
  'way/out': { link: '../elsewhere' },
} as const;

describe('looking into the objects of a repository', () => {
  for (const format of ['sha1', 'sha256']) {
    describe(`with names of ${format}`, () => {
      let repository: TestRepository;
      before(() => {
        const { 'a.txt': top, ...others } = FILES;
        repository = makeRepository({ files: { 'a.txt.old': top, ...others }, init: [`--object-format=${format}`] });
        repository.commit('second', { 'a.txt': top });
      });
      after(() => repository.remove());

      it('finds every file as git lists it, however many are asked for at once', async () => {
        const { commonDir, head, ...facts } = await identifyRepository(repository.dir);
        const objects = createTaskObjects();
        try {
          const listed = repository.git('ls-tree', '-r', '-z', head).split('\0').filter(Boolean);
          assert.ok(listed.length >= 7);
          const found = await Promise.all(
            listed.map(async (line) => {
              const path = line.slice(line.indexOf('\t') + 1);
              const entry = await objects.entry({ commonDir, ...facts }, head, path, 100);
              return `${entry?.mode} blob ${entry?.oid}\t${path}`;
            }),
          );
          assert.deepEqual(found, listed);
        } finally {
          await objects.close();
        }
      });

      it('finds nothing where there is a folder, a way through a file, or no such name', async () => {
        const facts = await identifyRepository(repository.dir);
        const objects = createTaskObjects();
        try {
          for (const path of [
            'a',
            'deep/er',
            'a.txt/x',
            'a.tx',
            'nothing',
            'deep/../a.txt',
            '',
            '/a.txt',
            'a//b.txt',
          ]) {
            assert.equal(await objects.entry(facts, facts.head, path, 100), null, path);
          }
        } finally {
          await objects.close();
        }
      });
    });
  }

  it('sees commits that are made while a store is open, and that the repository went', async () => {
    const repository = makeRepository({ files: { 'a.txt': 'one\n' } });
    const objects = createTaskObjects();
    try {
      const facts = await identifyRepository(repository.dir);
      assert.equal((await objects.entry(facts, facts.head, 'a.txt', 100))?.size, 4);
      const later = repository.commit('later', { 'b.txt': 'twelve bytes' });
      assert.equal((await objects.entry(facts, later, 'b.txt', 100))?.size, 12);
      renameSync(repository.dir, `${repository.dir}-gone`);
      await assert.rejects(objects.entry(facts, later, 'b.txt', 100), { code: 'NOT_A_REPOSITORY' });
    } finally {
      await objects.close();
      repository.remove();
    }
  });
});
