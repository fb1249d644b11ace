/** Findings of a change to one file, and the questions that are asked of every lockfile. */
import assert from 'node:assert/strict';
import { type Case, driftOf, said, type Tree } from '../memoryTree';

/** What a file was before and is now; null = it is not there. */
export type Judged = readonly [what: string, before: string | null, after: string | null, expected: readonly string[]];

/** The findings about dependencies of a change of one file, each without the path, sorted. */
export const judged = async (
  path: string,
  before: string | null,
  after: string | null,
  more: Partial<Case> = {},
): Promise<string[]> => {
  const tree = (content: string | null): Tree => (content === null ? {} : { [path]: content });
  const report = await driftOf({ change: ['**/*'], base: tree(before), head: tree(after), ...more });
  return said(report)
    .filter((line) => line.includes(' deps/'))
    .map((line) => line.replace(` ${path}`, ''))
    .sort();
};

/** One test for each case of a file. */
export const judgeEach = (path: string, cases: readonly Judged[]): void => {
  for (const [what, before, after, expected] of cases) {
    it(`${path}: ${what}`, async () => assert.deepEqual(await judged(path, before, after), [...expected].sort()));
  }
};

/** Evidence of a change of one file, to see what exactly was read. */
export const evidenceOf = async (path: string, before: string, after: string): Promise<string[]> => {
  const { findings } = await driftOf({ change: ['**/*'], base: { [path]: before }, head: { [path]: after } });
  return findings.filter(({ rule }) => rule.startsWith('deps/')).map(({ evidence }) => evidence);
};

/** `alpha` is wanted, `beta` is what alpha needs. */
export interface Locked {
  readonly alpha: string;
  readonly beta: string;
  /** A package that nobody asked for. */
  readonly extra?: string;
  /** The hash of beta. */
  readonly hash?: string;
  /** Another place for beta: an address in the form that `elsewhere` gives it. */
  readonly place?: string;
}

export interface LockSuite {
  readonly path: string;
  readonly manifestPath: string;
  readonly manifest: (alpha: string) => string;
  /** The project without requirements, and its lockfile. */
  readonly empty: { readonly manifest: string; readonly lock: string };
  readonly lock: (locked: Locked) => string;
  /** Another place, as `lock` takes it. */
  readonly elsewhere: string;
  /** The hashes that `lock` writes when none is given must differ from this one. */
  readonly otherHash: string;
  /** The same content, formatted or ordered otherwise, with other metadata. */
  readonly regenerated: (text: string) => string;
  /** Texts that are no such lockfile. */
  readonly broken: readonly string[];
  /** Whether the format says what needs what. */
  readonly hasEdges: boolean;
}

const BEFORE: Locked = { alpha: '1.2.3', beta: '1.0.0' };

/** Asks a format what every lockfile is asked. */
export const askLockfile = (title: string, suite: LockSuite): void => {
  const { path, manifestPath, manifest, lock } = suite;
  const project = (locked: Locked, wanted = locked.alpha): Tree => ({
    [manifestPath]: manifest(wanted),
    [path]: lock(locked),
  });
  const base = project(BEFORE);
  const drift = async (head: Tree, allow: readonly string[] = []) =>
    driftOf({ change: ['**/*'], base, head, allow: [...allow] });
  const alone = async (locked: Partial<Locked>) => said(await drift(project({ ...BEFORE, ...locked }, BEFORE.alpha)));
  const text = lock(BEFORE);

  describe(title, () => {
    it('a bump with its lockfile is one change, and clean when it is granted', async () => {
      const head = project({ alpha: '1.2.4', beta: '1.1.0' });
      assert.deepEqual(said(await drift(head)), [`block deps/changed ${manifestPath}`]);
      const granted = await drift(head, ['dependencies']);
      assert.equal(granted.verdict, 'clean');
      const moved = granted.dependencies.filter((each) => each.manifest === path);
      assert.deepEqual(
        moved.map(({ name, direct }) => [name.replace(/^.*\//, ''), direct]),
        [
          ['alpha', true],
          ['beta', false],
        ],
      );
    });

    it('a removal takes along what only it needed', async () => {
      const head = { [manifestPath]: suite.empty.manifest, [path]: suite.empty.lock };
      assert.deepEqual(said(await drift(head)), [`block deps/removed ${manifestPath}`]);
    });

    it('a version that moves alone, and a package that nobody asked for, are warnings', async () => {
      assert.deepEqual(await alone({ beta: '1.0.1' }), [`warn deps/lockfile-only ${path}`]);
      assert.deepEqual(await alone({ extra: '1.0.0' }), [`warn deps/lockfile-only ${path}`]);
    });

    if (suite.hasEdges) {
      it('a package that nobody asked for is a warning beside an explained change, too', async () => {
        const head = project({ ...BEFORE, alpha: '1.2.4', extra: '1.0.0' });
        const expected = [`block deps/changed ${manifestPath}`, `warn deps/lockfile-only ${path}`];
        assert.deepEqual(said(await drift(head)), expected);
      });
    }

    it('another hash of the same version blocks', async () => {
      assert.deepEqual(await alone({ hash: suite.otherHash }), [`block deps/lockfile-only ${path}`]);
    });

    it('another place at the same version blocks', async () => {
      assert.deepEqual(await alone({ place: suite.elsewhere }), [`block deps/source ${path}`]);
    });

    it('another place blocks even where the move is explained', async () => {
      const head = project({ alpha: '1.2.4', beta: '1.1.0', place: suite.elsewhere });
      const lines = said(await drift(head, ['dependencies']));
      assert.deepEqual(lines, [`block deps/source ${path}`, `info deps/changed ${manifestPath}`]);
    });

    it('what was only written anew is no finding', async () => {
      for (const again of [suite.regenerated(text), text.replaceAll('\n', '\r\n'), `\uFEFF${text}`]) {
        assert.notEqual(again, text);
        assert.deepEqual(said(await drift({ ...base, [path]: again })), []);
      }
    });

    it('a lockfile that goes leaves nothing pinned; one that comes pins what nobody explained', async () => {
      const { [path]: _, ...without } = base;
      assert.deepEqual(said(await drift(without)), [`block deps/lockfile-only ${path}`]);
      const come = await driftOf({ change: ['**/*'], base: without, head: base });
      assert.deepEqual(said(come), [`warn deps/lockfile-only ${path}`]);
    });

    it('what cannot be read is said', async () => {
      for (const wrong of [...suite.broken, '\0{', `<<<<<<< ours\n${text}=======\n>>>>>>> theirs\n`]) {
        const lines = said(await drift({ ...base, [path]: wrong }));
        assert.ok(lines.includes(`warn deps/unparsed ${path}`), `${wrong.slice(0, 40)} gave ${lines.join(', ')}`);
      }
    });
  });
};
