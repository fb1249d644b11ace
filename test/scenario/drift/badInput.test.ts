/** Diffs that nobody expects, on real git: they are judged, and what was not looked at is said. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseBrief } from '../../../src/core/brief/parse';
import type { DriftReport } from '../../../src/core/drift/report';
import { driftOf, openComparison } from '../../../src/node/driftOfRevisions';
import { hermeticEnvironment } from '../../fixtures/repository';

const BRIEF = parseBrief(
  `---
countersign: 1
scope: { change: ['src/**'] }
checks: []
unchecked: nothing runs here
reviewer: Reviewer <reviewer@example.com>
---
## Goal
Judge an unusual diff.
## Acceptance criteria
- [ ] it is judged (review)
`,
  'brief.md',
);

type Content = string | Buffer | { readonly mode: string; readonly content: string };

describe('drift of unusual diffs', () => {
  let folder: string;
  let at = 0;

  before(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'cs-unusual-')));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** Judges two trees of a bare repository that fast-import wrote. */
  async function judge(
    before: Iterable<readonly [string, Content]>,
    after: Iterable<readonly [string, Content]>,
  ): Promise<DriftReport> {
    at += 1;
    const git = join(folder, `${at}.git`);
    execFileSync('git', ['init', '--quiet', '--bare', '-b', 'main', git], { env: hermeticEnvironment() });
    const stream = [...commit('base', before), ...commit('head', after)];
    execFileSync('git', ['-C', git, 'fast-import', '--quiet'], {
      input: Buffer.concat(stream),
      env: hermeticEnvironment(),
      maxBuffer: 1 << 28,
    });
    const comparison = await openComparison({ folder: git, base: 'base', head: 'head' });
    try {
      return await driftOf(comparison, BRIEF);
    } finally {
      await comparison.close();
    }
  }

  const kinds = ({ findings }: DriftReport) => [
    ...new Set(findings.map(({ rule, severity }) => `${severity} ${rule}`)),
  ];

  it('a hundred thousand files: one finding for them all, and the size', async () => {
    const files = function* (): Generator<readonly [string, Content]> {
      for (let index = 0; index < 100_000; index++) yield [`other/f${index % 500}/${index}.txt`, `${index}\n`];
    };
    const report = await judge([['src/a.js', 'a\n']], [['src/a.js', 'a\n'], ...files()]);
    assert.equal(report.stats.files, 100_000);
    assert.deepEqual(kinds(report), ['block scope/outside']);
    assert.ok(report.findings.length < 1_000, `${report.findings.length} findings`);
  }).timeout(180_000);

  it('a file of one line of fifty megabytes', async () => {
    const report = await judge([['src/a.js', 'a\n']], [['src/a.js', Buffer.alloc(50 * 1024 * 1024, 'x')]]);
    assert.ok(kinds(report).includes('block hidden/oversize'), kinds(report).join());
  });

  it('a manifest and a test of one line of six megabytes', async () => {
    const long = (text: string) => `${text}${'x'.repeat(6 * 1024 * 1024)}"`;
    const report = await judge(
      [
        ['src/package.json', '{}\n'],
        ['src/a.test.js', "it('a', () => assert.equal(1, f()));\n"],
      ],
      [
        ['src/package.json', long('{"name": "')],
        ['src/a.test.js', long('const a = "')],
      ],
    );
    assert.ok(kinds(report).includes('warn deps/unparsed'), kinds(report).join());
  });

  it('files that take each other’s names', async () => {
    const text = (name: string) => Array.from({ length: 40 }, (_, line) => `${name} ${line}\n`).join('');
    const report = await judge(
      [
        ['src/a.txt', text('a')],
        ['src/b.txt', text('b')],
        ['other/c.txt', text('c')],
      ],
      [
        ['src/b.txt', text('a')],
        ['other/c.txt', text('b')],
        ['src/d.txt', text('c')],
      ],
    );
    assert.deepEqual(kinds(report), ['block scope/outside']);
    assert.deepEqual([...new Set(report.findings.map(({ path }) => path))], ['other/c.txt']);
  });

  it('another commit of a submodule', async () => {
    const link = (digit: string): Content => ({ mode: '160000', content: digit.repeat(40) });
    const report = await judge([['src/module', link('1')]], [['src/module', link('2')]]);
    assert.deepEqual(kinds(report), ['block hidden/submodule']);
  });

  it('a pointer of Git LFS is text like any other', async () => {
    const pointer = (digit: string) =>
      `version https://git-lfs.github.com/spec/v1\noid sha256:${digit.repeat(64)}\nsize 12345\n`;
    const report = await judge([['src/a.bin', pointer('1')]], [['src/a.bin', pointer('2')]]);
    assert.deepEqual(kinds(report), []);
  });

  for (const [what, content] of [
    ['UTF-16', Buffer.from('\ufeff{"dependencies": {}}', 'utf16le')],
    ['conflict markers', '{\n<<<<<<< ours\n"a": 1\n=======\n"a": 2\n>>>>>>> theirs\n}\n'],
    ['nesting without an end', '{"a":'.repeat(200_000)],
    ['half a file', '{"dependencies": {"a": "1.0'],
  ] as const) {
    it(`a manifest that cannot be read is told: ${what}`, async () => {
      const report = await judge([['src/package.json', '{}\n']], [['src/package.json', content]]);
      assert.ok(kinds(report).includes('warn deps/unparsed'), kinds(report).join());
    });
  }

  it('a manifest with a byte order mark and Windows line ends is read', async () => {
    const report = await judge(
      [['src/package.json', '\ufeff{\r\n  "dependencies": {}\r\n}\r\n']],
      [['src/package.json', '\ufeff{\r\n  "dependencies": { "left-pad": "^1.3.0" }\r\n}\r\n']],
    );
    assert.deepEqual(kinds(report), ['block deps/added']);
  });

  it('aliases of YAML that would explode are refused', async () => {
    const levels = Array.from({ length: 30 }, (_, level) => {
      const entry = level === 0 ? 'x' : `*level${level - 1}`;
      return `level${level}: &level${level} [${Array(9).fill(entry).join(', ')}]`;
    });
    const report = await judge(
      [['src/pnpm-workspace.yaml', 'packages: []\n']],
      [['src/pnpm-workspace.yaml', `${levels.join('\n')}\ncatalog: *level29\n`]],
    );
    assert.ok(kinds(report).includes('warn deps/unparsed'), kinds(report).join());
  });
});

/** A commit of exactly these files, in the language of fast-import, on a branch without history. */
function* commit(branch: string, files: Iterable<readonly [string, Content]>): Generator<Buffer> {
  yield Buffer.from(`commit refs/heads/${branch}\ncommitter Test <test@example.com> 1700000000 +0000\ndata 1\nx\n`);
  yield Buffer.from('deleteall\n');
  for (const [path, entry] of files) {
    if (typeof entry === 'object' && 'mode' in entry) {
      yield Buffer.from(`M ${entry.mode} ${entry.content} ${path}\n`);
      continue;
    }
    const bytes = typeof entry === 'string' ? Buffer.from(entry) : entry;
    yield Buffer.concat([Buffer.from(`M 100644 inline ${path}\ndata ${bytes.length}\n`), bytes, Buffer.from('\n')]);
  }
}
