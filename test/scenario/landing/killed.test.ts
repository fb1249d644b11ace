import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'esbuild';
import { eventSchema, type Landing, type TaskEvent } from '../../../src/core/events';
import { createLandings } from '../../../src/node/git/land';
import { type Files, runGit, writeFiles } from '../../fixtures/repository';
import { contentOf, leftovers, makeWork, repositoryOf, requestOf, type Work } from './fixture';
import type { ChildOrder } from './landingChild';

/** Kills at random moments; half of them take git along. */
const MOMENTS = 50;
const SEED = 20_260_101;

const numbered = (from: number, to: number, text: (n: number) => string): Files =>
  Object.fromEntries(Array.from({ length: to - from }, (_, n) => [`src/f${n + from}.txt`, text(n + from)]));
const BASE: Files = {
  ...numbered(0, 60, (n) => `old ${n}\n`),
  'swap/a': 'a\n',
  becomes: 'file\n',
  'README.md': 'readme\n',
};
const USERS: Files = {
  'notes.txt': 'untracked\n',
  'README.md': 'dirty\n',
  'staged.txt': 'staged\n',
  'src/mine.txt': 'mine\n',
};
const STATUS = ' M README.md\nA  staged.txt\n?? notes.txt\n?? src/mine.txt';

/** Numbers in [0, 1), the same in every run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('landing: kill -9', function () {
  this.timeout(300_000);
  let work: Work;
  let folder: string;
  let script: string;
  let oldContent: Record<string, string>;
  let newContent: Record<string, string>;
  let cases = 0;

  before(async () => {
    work = makeWork(BASE, {
      remove: ['src/f1.txt', 'src/f2.txt', 'swap', 'becomes'],
      files: {
        ...numbered(3, 60, (n) => `new ${n}\n`),
        ...numbered(60, 80, (n) => `added ${n}\n`),
        swap: 'file now\n',
        'becomes/a': 'folder\n',
      },
    });
    work.repo.write(USERS);
    work.repo.git('add', 'staged.txt');
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'cs-kill-')));
    script = join(folder, 'child.cjs');
    await build({
      entryPoints: ['test/scenario/landing/landingChild.ts'],
      bundle: true,
      platform: 'node',
      format: 'cjs',
      outfile: script,
      logLevel: 'error',
    });
    oldContent = contentOf(work.repo.dir);
    const landed = join(folder, 'landed');
    runGit(work.repo.dir, ['worktree', 'add', '-q', '--detach', landed, work.snapshot.commit]);
    writeFiles(landed, USERS);
    newContent = contentOf(landed);
    runGit(work.repo.dir, ['worktree', 'remove', '--force', landed]);
    // Every case copies and removes the repository: one pack, and not two hundred objects.
    work.repo.git('repack', '-a', '-d', '-q');
  });

  after(() => {
    work.repo.remove();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  /** A copy of the repository to land in, and the order for a child. */
  function prepare(): { dir: string; file: string; order: ChildOrder } {
    const place = join(folder, `case-${cases++}`);
    const dir = join(place, 'repo');
    cpSync(work.repo.dir, dir, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
    // The copy has other inodes; without this every file would only look changed.
    runGit(dir, ['update-index', '-q', '--refresh', '--ignore-submodules']);
    const request = { ...requestOf(work), repository: repositoryOf(dir) };
    return { dir, file: join(place, 'order.json'), order: { request, journal: join(place, 'journal') } };
  }

  interface Running {
    /** Resolves when the process is gone; true when it ended by itself. */
    readonly ended: Promise<boolean>;
    /** Resolves when the ref moved, or the process is gone. */
    readonly moved: Promise<unknown>;
    go(): void;
    kill(group: boolean): void;
  }

  async function start(mode: 'land' | 'recover', file: string, order: ChildOrder): Promise<Running> {
    writeFileSync(file, JSON.stringify(order));
    const child = spawn(process.execPath, [script, mode, file], { detached: true, stdio: ['pipe', 'pipe', 'inherit'] });
    child.stdin.on('error', () => undefined);
    const ended = new Promise<boolean>((resolve) => child.once('exit', (code) => resolve(code === 0)));
    await new Promise((resolve) => child.stdout.once('data', resolve));
    return {
      ended,
      moved: Promise.race([ended, new Promise((resolve) => child.stdout.once('data', resolve))]),
      go: () => void child.stdin.write('go\n'),
      kill: (group) => {
        try {
          process.kill(group && child.pid !== undefined ? -child.pid : (child.pid ?? 0), 'SIGKILL');
        } catch {
          // It ended just before.
        }
      },
    };
  }

  function journalOf(path: string): TaskEvent[] {
    if (!existsSync(path)) return [];
    const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
    return lines.map((line) => eventSchema.parse(JSON.parse(line)));
  }

  function landingOf(events: readonly TaskEvent[]): Landing | null {
    const begun = events.find((event) => event.type === 'landing');
    return begun?.type === 'landing' ? begun.landing : null;
  }

  /** Recovers as the host would, twice, and looks at everything that must hold. */
  async function verify(dir: string, order: ChildOrder): Promise<'old' | 'new'> {
    const landing = landingOf(journalOf(order.journal));
    const repository = repositoryOf(dir);
    let delivered = false;
    if (landing !== null) {
      const first = await createLandings().recover(repository, landing);
      const second = await createLandings().recover(repository, landing);
      assert.deepEqual(first.kept, [], 'nothing of the user was in the way');
      assert.equal(second.delivered, first.delivered);
      delivered = first.delivered;
    }
    const [tip, kept] = runGit(dir, ['rev-parse', 'main', 'refs/countersign/T1/1']).split('\n');
    assert.ok(tip === work.base || tip === landing?.new, `main is at ${tip}`);
    assert.equal(delivered, tip !== work.base);
    assert.deepEqual(contentOf(dir), delivered ? newContent : oldContent);
    assert.equal(runGit(dir, ['status', '--porcelain', '-uall']), STATUS);
    assert.deepEqual(leftovers(join(dir, '.git')), []);
    assert.deepEqual(
      readdirSync(join(dir, '.git')).filter((name) => name.startsWith('countersign-')),
      [],
    );
    assert.equal(kept, work.snapshot.commit);
    runGit(dir, ['fsck', '--connectivity-only', '--no-dangling']);
    runGit(dir, ['commit', '-q', '-m', 'the user goes on']);
    return delivered ? 'new' : 'old';
  }

  it('at every event of the journal, before and after it is written', async () => {
    for (const event of ['landing', 'ref-updated'] as const) {
      for (const when of ['before', 'after'] as const) {
        const { dir, file, order } = prepare();
        const child = await start('land', file, { ...order, dieAt: { event, when } });
        child.go();
        assert.equal(await child.ended, false);
        assert.equal(await verify(dir, order), event === 'landing' ? 'old' : 'new', `${when} ${event}`);
      }
    }
  });

  it(`at ${MOMENTS} random moments of a landing, some of them again during recovery`, async () => {
    const calm = prepare();
    const whole = await start('land', calm.file, calm.order);
    const began = performance.now();
    whole.go();
    await whole.moved;
    const untilMoved = performance.now() - began;
    assert.equal(await whole.ended, true);
    const afterwards = performance.now() - began - untilMoved;
    assert.equal(await verify(calm.dir, calm.order), 'new');

    const random = seeded(SEED);
    const seen = { old: 0, new: 0 };
    const one = async (): Promise<void> => {
      const { dir, file, order } = prepare();
      const [moment, late, group, again, later] = [random(), random() < 0.5, random() < 0.5, random() < 0.3, random()];
      const child = await start('land', file, order);
      child.go();
      if (late) await child.moved;
      await sleep(moment * (late ? afterwards : untilMoved));
      child.kill(group);
      await child.ended;
      const landing = landingOf(journalOf(order.journal));
      if (again && landing !== null) {
        const recovery = await start('recover', file, { ...order, landing });
        recovery.go();
        await sleep(later * afterwards);
        recovery.kill(!group);
        await recovery.ended;
      }
      seen[await verify(dir, order)]++;
      rmSync(join(dir, '..'), { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
    };
    for (let done = 0; done < MOMENTS; done += 2) await Promise.all([one(), one()]);
    assert.equal(seen.old + seen.new, MOMENTS);
  });
});
