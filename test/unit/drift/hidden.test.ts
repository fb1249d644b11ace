/** `hidden/*` and `git/*`: what a reader of the diff would not see. */
import assert from 'node:assert/strict';
import { NO_OBSERVATIONS } from '../../../src/core/drift/diff';
import { computeDrift } from '../../../src/core/drift/drift';
import { characterFaults } from '../../../src/core/drift/hidden/characters';
import { entersGit, isGitName } from '../../../src/core/drift/hidden/gitNames';
import { briefWith, type Case, driftOf, type Entry, MemoryTrees, said, type Tree } from './memoryTree';

const link = (content: string): Entry => ({ mode: '120000', content });
const executable = (content: string): Entry => ({ mode: '100755', content });
const gitlink: Entry = { mode: '160000', content: 'commit' };
const BASE: Tree = { 'src/a.ts': 'const a = 1;\n', 'src/b.ts': 'const b = 2;\n' };

/** Findings of `hidden/*` after `added` is laid over the base. */
const hidden = async (added: Tree, more: Partial<Case> = {}) =>
  said(await driftOf({ base: BASE, head: { ...BASE, ...more.base, ...added }, ...more })).filter((line) =>
    line.includes(' hidden/'),
  );

describe('characters in lines', () => {
  const faults: readonly [string, string, string][] = [
    ['a bidirectional override', 'if (a\u202e) {}', 'bidi'],
    ['an isolate', '/* \u2066 */', 'bidi'],
    ['a mark', 'x\u200fy', 'bidi'],
    ['a zero-width space', 'a\u200bb', 'invisible'],
    ['a joiner between Latin letters', 'a\u200db', 'invisible'],
    ['a non-joiner between Latin letters', 'a\u200cb', 'invisible'],
    ['a word joiner', 'a\u2060b', 'invisible'],
    ['a soft hyphen', 'a\u00adb', 'invisible'],
    ['a Hangul filler', 'const \u3164 = 1', 'invisible'],
    ['tags without a flag', 'ok\u{e0041}\u{e0042}', 'invisible'],
    ['a flag with a message in tags', `\u{1f3f4}${'\u{e0041}'.repeat(40)}\u{e007f}`, 'invisible'],
    ['a second variation selector', '\u2764\ufe0f\ufe0e', 'invisible'],
    ['a variation selector after a letter', 'a\ufe0f', 'invisible'],
    ['a variation selector of the supplement', 'a\u{e0100}', 'invisible'],
    ['a byte order mark inside', 'a\ufeffb', 'invisible'],
    ['a line separator', '// a\u2028b()', 'invisible'],
    ['a terminal escape', '\u001b[2K', 'invisible'],
    ['a lone carriage return', 'evil()\rgood()', 'invisible'],
    ['NUL', 'a\0b', 'invisible'],
  ];
  for (const [what, text, problem] of faults) {
    it(`${what} is ${problem}`, () => {
      const found = characterFaults(text);
      assert.ok(found.length > 0);
      assert.ok(found.every((fault) => fault.problem === problem));
    });
  }

  const fine = [
    'plain ASCII\twith a tab',
    'naïve café, Größe, 日本語, русский, ελληνικά, עברית, العربية',
    'family: 👨\u200d👩\u200d👧\u200d👦, flag: 🏴\u200d☠\ufe0f, skin: 👩🏽\u200d💻, heart: ❤\ufe0f',
    'keycaps: 1\ufe0f\u20e3 #\ufe0f\u20e3, regions: 🇩🇪, Wales: \u{1f3f4}\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073}\u{e007f}',
    'Persian: می\u200cخواهم, Hindi: क्\u200dष, Sinhala: ක්\u200dෂ',
    'an ideograph with a variant: 葛\u{e0100}',
    'braille: ⠋⠀⠙',
  ];
  for (const text of fine) it(`${text} is fine`, () => assert.deepEqual(characterFaults(text), []));

  it('a byte order mark is fine at the start of a file only', () => {
    assert.deepEqual(characterFaults('\ufeffa', true), []);
    assert.equal(characterFaults('\ufeffa').length, 1);
  });
});

describe('what added lines hide', () => {
  it('is reported by line, with the character spelled out', async () => {
    const head = { ...BASE, 'src/a.ts': 'const a = 1;\nif (x\u202e) {}\nlet y\u200b;\n' };
    const { findings } = await driftOf({ base: BASE, head });
    assert.deepEqual(
      findings.map(({ rule, line, evidence }) => [rule, line, evidence]),
      [
        ['hidden/bidi', 2, 'U+202E: if (x\\u{202e}) {}'],
        ['hidden/invisible', 3, 'U+200B: let y\\u{200b};'],
      ],
    );
  });

  it('does not count when the base had it', async () => {
    const old = { 'src/old.ts': '// \u202e\nconst x = 1;\n' };
    assert.deepEqual(await hidden({ 'src/old.ts': '// \u202e\nconst x = 2;\n' }, { base: { ...BASE, ...old } }), []);
  });

  it('counts in a whole new file, save for its byte order mark and CRLF', async () => {
    assert.deepEqual(await hidden({ 'src/n.ts': '\ufeffconst a = 1;\r\nconst b = 2;\r\n' }), []);
    assert.deepEqual(await hidden({ 'src/n.ts': 'a\n\ufeffb\n' }), ['block hidden/invisible src/n.ts']);
  });

  it('counts where a file took the place of a link', async () => {
    const base = { ...BASE, 'src/l': link('a.ts') };
    assert.deepEqual(await hidden({ 'src/l': 'x\u202e\n' }, { base }), ['block hidden/bidi src/l']);
  });

  it('leaves emoji alone', async () => {
    assert.deepEqual(
      await hidden({ 'src/a.ts': 'const family = "👨\u200d👩\u200d👧\ufe0f";\n'.replace('\ufe0f', '') }),
      [],
    );
  });

  it('costs one read for an ordinary file, and none for one that only moved', async () => {
    const reader = new MemoryTrees(
      { 'src/a.ts': 'a\n', 'src/b.ts': 'b\n' },
      { 'src/c.ts': 'a\n', 'src/b.ts': 'b2\n' },
      { 'src/c.ts': 'src/a.ts' },
    );
    const oids = { base: '', head: null, tree: '' };
    const { changes } = reader;
    await computeDrift({ brief: briefWith(), ...oids, changes, reader, observations: NO_OBSERVATIONS, policy: null });
    assert.equal(reader.reads.length, 1);
  });
});

describe('names', () => {
  const cases: readonly [string, readonly string[]][] = [
    ['src/a\u202ets.exe', ['block hidden/bidi']],
    ['src/a\u200b.ts', ['block hidden/invisible', 'block hidden/confusable']],
    ['src/a\nb.ts', ['block hidden/invisible']],
    ['src/\u001b[31m.ts', ['block hidden/invisible']],
    ['src/A.ts', ['block hidden/confusable']],
    ['SRC/c.ts', ['block hidden/confusable']],
    ['src/\u0430.ts', ['block hidden/confusable']],
    ['src/сonfig.ts', ['block hidden/confusable']],
    ['src/naïve file’s.ts', []],
    ['src/документ-readme.md', []],
    ['src/10μs.ts', []],
    ['src/👨\u200d👩\u200d👧.md', []],
  ];
  for (const [path, expected] of cases) {
    it(`${JSON.stringify(path)}: ${expected.join(', ') || 'fine'}`, async () => {
      const lines = await hidden({ [path]: 'x\n' }, { change: ['**/*'] });
      assert.deepEqual(
        lines.map((line) => line.split(' ').slice(0, 2).join(' ')),
        expected,
      );
    });
  }

  it('may differ by normal form only when one of them goes', async () => {
    const composed = { 'src/\u00e9.ts': 'x\n' };
    const both = await hidden({ 'src/e\u0301.ts': 'x\n' }, { base: { ...BASE, ...composed } });
    assert.deepEqual(both, ['block hidden/confusable src/e\u0301.ts']);
    const report = await driftOf({ base: { 'src/a.ts': 'x\n' }, head: { 'src/A.ts': 'x\n' } });
    assert.deepEqual(said(report), []);
  });

  it('that collided before are not the agent’s', async () => {
    const base = { ...BASE, 'src/A.ts': 'x\n' };
    assert.deepEqual(await hidden({ 'src/A.ts': 'y\n' }, { base }), []);
  });
});

describe('binaries', () => {
  const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0x0d]);

  it('block when they are new or changed, unless granted', async () => {
    assert.deepEqual(await hidden({ 'src/x.png': png }), ['block hidden/binary src/x.png']);
    assert.deepEqual(await hidden({ 'src/x.png': png }, { allow: ['binary'] }), ['info hidden/binary src/x.png']);
    const base = { ...BASE, 'src/x.png': png };
    assert.deepEqual(await hidden({ 'src/x.png': png.slice().reverse() }, { base }), ['block hidden/binary src/x.png']);
    assert.deepEqual(await hidden({ 'src/tool': png }), ['block hidden/binary src/tool']);
  });

  it('by name count without NUL, and a pointer of git-lfs is text', async () => {
    assert.deepEqual(await hidden({ 'src/x.gz': new Uint8Array([0x1f, 0x8b, 0xff]) }), [
      'block hidden/binary src/x.gz',
    ]);
    const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n';
    assert.deepEqual(await hidden({ 'src/x.psd': pointer }), []);
  });

  it('that are text with NUL bytes hide a diff', async () => {
    assert.deepEqual(await hidden({ 'src/a.ts': 'const a = 1;\0\n' }), ['block hidden/diff-suppressed src/a.ts']);
    const base = { ...BASE, 'src/note': 'words\n' };
    assert.deepEqual(await hidden({ 'src/note': 'words\0\n' }, { base }), ['block hidden/diff-suppressed src/note']);
  });

  it('text in another encoding is text', async () => {
    assert.deepEqual(await hidden({ 'src/latin.txt': new Uint8Array([0x47, 0xf6, 0x0a]) }), []);
  });
});

describe('links', () => {
  const cases: readonly [string, string, string | null][] = [
    ['src/l.ts', 'a.ts', 'info'],
    ['src/l.ts', './sub/../a.ts', 'block'],
    ['src/deep/l.ts', '../a.ts', 'info'],
    ['src/l.ts', '../README.md', 'warn'],
    ['src/l.ts', '..', 'warn'],
    ['src/l.ts', '../../etc/passwd', 'block'],
    ['src/l.ts', '/etc/passwd', 'block'],
    ['src/l.ts', 'C:\\secrets', 'block'],
    ['src/l.ts', '..\\..\\x', 'block'],
    ['src/l.ts', '../.git/config', 'block'],
    ['src/l.ts', '../.GIT', 'block'],
    ['src/l.ts', '', 'block'],
    ['src/l.ts', `${'x/'.repeat(4000)}y`, 'block'],
  ];
  for (const [path, target, severity] of cases) {
    it(`${path} → ${target.slice(0, 40)}: ${severity}`, async () => {
      assert.deepEqual(await hidden({ [path]: link(target) }), [`${severity} hidden/symlink ${path}`]);
    });
  }

  it('count when a file becomes one, and not when they were there', async () => {
    assert.deepEqual(await hidden({ 'src/b.ts': link('a.ts') }), ['info hidden/symlink src/b.ts']);
    const base = { ...BASE, 'src/l': link('/etc') };
    assert.deepEqual(await hidden({ 'src/a.ts': 'x\n' }, { base }), []);
  });
});

describe('modes and submodules', () => {
  it('an executable bit warns in scope and blocks outside', async () => {
    assert.deepEqual(await hidden({ 'src/a.ts': executable('const a = 1;\n') }), ['warn hidden/mode src/a.ts']);
    assert.deepEqual(await hidden({ 'src/run.sh': executable('#!/bin/sh\n') }), ['warn hidden/mode src/run.sh']);
    assert.deepEqual(await hidden({ 'run.sh': executable('#!/bin/sh\n') }), ['block hidden/mode run.sh']);
    const base = { ...BASE, 'src/x': executable('x\n') };
    assert.deepEqual(await hidden({ 'src/x': 'x\n' }, { base }), ['warn hidden/mode src/x']);
    assert.deepEqual(await hidden({ 'src/x': executable('y\n') }, { base }), []);
  });

  it('a gitlink blocks, and so does the list of submodules; an old one is fine', async () => {
    assert.deepEqual(await hidden({ 'src/lib': gitlink }), ['block hidden/submodule src/lib']);
    assert.deepEqual(await hidden({ '.gitmodules': '[submodule "x"]\n' }), ['block hidden/submodule .gitmodules']);
    assert.deepEqual(await hidden({ 'src/a.ts': 'x\n' }, { base: { ...BASE, lib: gitlink } }), []);
  });
});

describe('repositories inside', () => {
  const spellings = [
    '.git',
    '.GIT',
    '.Git',
    'git~1',
    'GIT~2',
    '.git ',
    '.git.',
    '.git . ',
    '.g\u200cit',
    '.git::$INDEX_ALLOCATION',
  ];
  for (const name of spellings) it(`${JSON.stringify(name)} is .git`, () => assert.ok(isGitName(name)));
  for (const name of ['.gitignore', 'git', '.github', '.gitx', 'git~', '.gits']) {
    it(`${name} is not`, () => assert.ok(!isGitName(name)));
  }
  it('a path may enter it anywhere', () => {
    assert.ok(entersGit('a/.git/b') && entersGit('..\\.GIT\\x') && !entersGit('a/.github/b'));
  });

  it('are seen by name, and by the layout of a bare one', async () => {
    assert.deepEqual(await hidden({ 'src/x/.GIT/config': '' }), ['block hidden/nested-repo src/x/.GIT']);
    const bare = {
      'src/x/HEAD': 'ref: refs/heads/main\n',
      'src/x/objects/info/packs': '',
      'src/x/refs/heads/main': '',
    };
    assert.deepEqual(await hidden({ ...bare, 'src/x/config': '' }), ['block hidden/nested-repo src/x']);
    assert.deepEqual(await hidden({ 'src/x/objects/a.ts': 'x\n', 'src/x/refs/b.ts': 'x\n' }), []);
  });
});

describe('attributes', () => {
  const judge = (line: string) =>
    hidden(
      { '.gitattributes': `*.md diff\n${line}\n` },
      { base: { '.gitattributes': '*.md diff\n' }, change: ['.gitattributes'] },
    );
  const finding = (severity: string) => `${severity} hidden/diff-suppressed .gitattributes`;

  for (const line of [
    '*.ts -diff',
    'src/** binary',
    '* linguist-generated',
    'x.js linguist-generated=true',
    '[attr]odd -diff',
  ]) {
    it(`${line} hides text`, async () => assert.deepEqual(await judge(line), [finding('block')]));
  }
  for (const line of [
    'src/*.py working-tree-encoding=SHIFT_JIS',
    '"a file.c" working-tree-encoding=UTF-7',
    '*.ts ident',
    '*.ts filter=indent',
    '*.png filter=lfs',
    '[attr]odd ident',
  ]) {
    it(`${line} makes other bytes run than those that are read`, async () =>
      assert.deepEqual(await judge(line), [finding('block')]));
  }
  it('line ends are told', async () => {
    assert.deepEqual(await judge('*.sh eol=crlf'), [finding('warn')]);
    for (const line of ['*.sh eol=lf', '* text=auto', '*.sh text', '*.sh -text', '*.sh crlf=input']) {
      assert.deepEqual(await judge(line), [finding('info')], line);
    }
  });
  it('a line with several effects has a finding of each', async () => {
    assert.deepEqual(await judge('*.ts -diff filter=x text eol=crlf'), [
      finding('block'),
      finding('block'),
      finding('warn'),
      finding('info'),
    ]);
  });
  it('the line is the evidence', async () => {
    const head = { ...BASE, '.gitattributes': '*.md diff\n\n  *.py working-tree-encoding=SHIFT_JIS\n' };
    const { findings } = await driftOf({ base: BASE, head, change: ['.gitattributes'] });
    const [found] = findings.filter(({ rule }) => rule === 'hidden/diff-suppressed');
    assert.deepEqual([found?.line, found?.evidence], [3, '*.py working-tree-encoding=SHIFT_JIS']);
    assert.match(found!.message, /SHIFT_JIS makes \*\.py other in a working tree than in its diff/);
  });
  for (const line of [
    '*.png binary',
    '*.png -text',
    '*.ts diff',
    '# *.ts -diff filter=x',
    '*.ts linguist-generated=false',
    '*.ts -filter -ident -working-tree-encoding',
  ]) {
    it(`${line} hides nothing`, async () => assert.deepEqual(await judge(line), []));
  }
});

describe('sizes and lost objects', () => {
  const large = 'x'.repeat(6 * 1024 * 1024);

  it('a file over the limit blocks; one that was over it before warns', async () => {
    assert.deepEqual(await hidden({ 'src/x.txt': large }), ['block hidden/oversize src/x.txt']);
    const base = { ...BASE, 'src/x.txt': large };
    assert.deepEqual(await hidden({ 'src/x.txt': `${large}y\n` }, { base }), ['warn hidden/oversize src/x.txt']);
    assert.deepEqual(await hidden({ 'src/x.txt': large.repeat(2) }, { base }), ['block hidden/oversize src/x.txt']);
  });

  it('the limit is the policy’s', async () => {
    const policy = (oversizeBytes: number) => ({ boundaries: [], limits: { oversizeBytes } });
    assert.deepEqual(await hidden({ 'src/x.txt': large }, { policy: policy(10 * 1024 * 1024) }), []);
    assert.deepEqual(await hidden({ 'src/x.txt': 'abcd' }, { policy: policy(3) }), ['block hidden/oversize src/x.txt']);
  });
});

describe('what only a run shows', () => {
  it('becomes a finding each', async () => {
    const observations = {
      special: [{ path: 'src/p', kind: 'FIFO' }],
      oversize: [{ path: 'src/big', size: 9e9 }],
      unreadable: [{ path: 'src/deep', reason: 'the path is too long' }],
      nested: [{ path: 'src/n', files: ['src/n/x'] }],
      ignored: ['src/i.log'],
      indexHidden: [{ path: 'src/a.ts', how: 'assume-unchanged' as const }],
    };
    assert.deepEqual(await hidden({ 'src/b.ts': 'x\n' }, { observations }), [
      'block hidden/nested-repo src/n',
      'block hidden/index-flag src/a.ts',
      'block hidden/special src/p',
      'block hidden/oversize src/big',
      'block hidden/unreadable src/deep',
      'warn hidden/ignored src/i.log',
    ]);
  });

  it('is said once when the trees show it too', async () => {
    const observations = { oversize: [{ path: 'src/x.txt', size: 4 }] };
    const policy = { boundaries: [], limits: { oversizeBytes: 3 } };
    assert.equal((await hidden({ 'src/x.txt': 'abcd' }, { observations, policy })).length, 1);
  });

  it('includes git’s own state, with the key and its values', async () => {
    const change = { where: 'clone', subject: 'core.fsmonitor', before: null, after: './x.sh' } as const;
    const git = [
      { ...change, rule: 'git/config' as const },
      { ...change, rule: 'git/refs' as const, subject: 'refs/tags/t', severity: 'info' as const },
    ];
    const report = await driftOf({ base: BASE, head: { ...BASE, 'src/a.ts': 'x\n' }, observations: { git } });
    assert.deepEqual(said(report), ['block git/config -', 'info git/refs -']);
    assert.equal(report.findings[0]?.evidence, 'core.fsmonitor: (absent) → ./x.sh');
  });
});
