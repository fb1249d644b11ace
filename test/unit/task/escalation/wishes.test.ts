import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ToolAnswer } from '../../../../src/core/agent/tools/tools';
import { amendBrief } from '../../../../src/core/brief/amend';
import { frontMatterSchema } from '../../../../src/core/brief/brief';
import { type Policy, policySchema } from '../../../../src/core/brief/policy';
import { compileScope } from '../../../../src/core/brief/scope';
import type { Terms } from '../../../../src/core/task/context';
import { repositoryPath, scopeAnswers, scopeWords } from '../../../../src/core/task/escalation/scopeAnswers';
import { type Question, readWish, type Wish } from '../../../../src/core/task/escalation/wishes';
import { sampleBrief } from '../../review/sample';

const WORKTREE = '/state/worktrees/a';

function terms(front: Record<string, unknown> = {}, policy: Policy | null = null): Terms {
  const scope = { change: ['src/**', '.github/**'], avoid: ['src/legacy/**'] };
  return { brief: sampleBrief({ front: frontMatterSchema.parse({ countersign: 1, scope, ...front }) }), policy };
}

const may = (paths: readonly string[], bound = terms()) =>
  scopeAnswers(paths, bound, WORKTREE).map((answer) => `${answer.may}: ${answer.why}`);

const wish = (given: Partial<Wish>, bound = terms()): Question | ToolAnswer =>
  readWish({ reason: 'it is needed', ...given }, bound, WORKTREE, (path) =>
    path === 'docs' ? 'folder' : path.includes('new') ? 'absent' : 'file',
  );
const codeOf = (answer: Question | ToolAnswer) => ('code' in answer ? answer.code : 'asks');

describe('the scope, for an agent that asks', () => {
  it('is judged by the rules that judge the result', () => {
    assert.deepEqual(may(['src/a.ts', 'docs/a.md', 'src/legacy/a.ts', '.github/workflows/a.yml']), [
      'free: scope.change `src/**`',
      'ask: outside the scope',
      'never: the brief says to avoid it (scope.avoid `src/legacy/**`)',
      'ask: in scope (scope.change `.github/**`), but it crosses the boundary ci',
    ]);
    assert.match(may(['.github/workflows/a.yml'], terms({ approval: { allow: ['ci'] } }))[0] ?? '', /^free: .*allowed/);
    const team = policySchema.parse({ boundaries: [{ name: 'team', paths: ['src/core/**'] }] });
    assert.match(may(['src/core/a.ts'], terms({}, team))[0] ?? '', /^ask: .*boundary team$/);
  });

  it('takes absolute paths of the folder, and none that leads out of it', () => {
    const read = (path: string) => repositoryPath(path, WORKTREE);
    assert.deepEqual([`${WORKTREE}/src/a.ts`, './src//a.ts', 'src/./a.ts', 'src/', '~/a'].map(read), [
      'src/a.ts',
      'src/a.ts',
      'src/a.ts',
      'src',
      '~/a',
    ]);
    const outside = [
      '',
      '.',
      '/',
      WORKTREE,
      '../a',
      'src/../../a',
      '/etc/passwd',
      `${WORKTREE}x/a`,
      'C:\\a',
      'C:/a',
      '\\\\a\\b',
    ];
    assert.deepEqual(
      [...outside, '.git', '.git/config', 'a/.GIT/b', 'a\0b'].filter((path) => read(path) !== null),
      [],
    );
  });

  it('is told with controls spelled out, and what to do next', () => {
    const words = scopeWords(scopeAnswers(['a\u202eb\n- src/legacy: yes'], terms(), WORKTREE));
    assert.match(words, /^- a\\u\{202e\}b\\n- src\/legacy: yes: ask first, outside the scope$/m);
    assert.match(words, /request_approval/);
  });
});

describe('what an agent may ask a person for', () => {
  it('is a boundary that a brief could allow, or exactly some paths', () => {
    assert.deepEqual(wish({ boundary: 'ci' }), {
      amendment: { reason: 'it is needed', change: [], allow: ['ci'] },
      boundary: 'ci',
      what: 'in this task, allow the boundary `ci` (pipelines and hooks may change). The agent claims: “it is needed”',
    });
    const paths = ['docs', 'src/a.ts', '.github/workflows/{a}.yml'];
    const asked = wish({ paths, reason: 'first\nsecond \u202e' }) as Question;
    assert.deepEqual(asked.amendment.change, ['docs', '.github/workflows/\\{a\\}.yml']);
    assert.match(
      asked.what,
      /^in this task, change docs and everything below it \(outside the scope\); \.github.*crosses the boundary ci\)\. /,
    );
    assert.match(asked.what, /The agent claims: “first second \\u\{202e\}”$/);
  });

  it('says of what is not there yet that a yes is for all that is made below it', () => {
    const bound = terms();
    const asked = wish({ paths: ['tools/new', 'Makefile'] }, bound) as Question;
    const scope = compileScope(amendBrief(bound.brief, [asked.amendment]).front.scope);
    assert.equal(scope.judge('tools/new/deep/b.sh'), 'in');
    assert.match(
      asked.what,
      /change tools\/new, which is not there yet, be it a file or a folder with everything below it \(outside.*; Makefile \(/,
    );
  });

  it('is nothing that is allowed already', () => {
    assert.equal(codeOf(wish({ paths: ['src/a.ts'] })), null);
    assert.equal(codeOf(wish({ boundary: 'ci' }, terms({ approval: { allow: ['ci'] } }))), null);
  });

  it('is nothing that nobody could have allowed ahead', () => {
    for (const boundary of ['secrets']) assert.equal(codeOf(wish({ boundary })), 'NOT_POSSIBLE', boundary);
    for (const boundary of ['deps/source', 'deps/install-script', 'scope', 'git', '__proto__']) {
      assert.equal(codeOf(wish({ boundary })), 'BAD_INPUT', boundary);
    }
    for (const path of ['src/legacy/a.ts', '.git/config', '..', '.', '/', '/etc/passwd']) {
      assert.equal(codeOf(wish({ paths: ['docs/a.md', path] })), 'NOT_POSSIBLE', path);
    }
  });

  it('is never too long to be read, or to be kept', () => {
    const paths = Array.from({ length: 20 }, (_, index) => `${'\u202e'.repeat(80)}${index}`);
    assert.equal(codeOf(wish({ paths, reason: 'x' })), 'BAD_INPUT');
  });

  it('leaves what is avoided avoided, and frees no path but those that were asked for', () => {
    const segment = fc.constantFrom('src', 'legacy', 'docs', '.github', 'workflows', 'a.ts', 'b*.ts', '{x}', '!y');
    const path = fc.array(segment, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
    const bound = terms();
    const before = compileScope(bound.brief.front.scope);
    fc.assert(
      fc.property(fc.array(path, { minLength: 1, maxLength: 4 }), path, (paths, other) => {
        const asked = wish({ paths });
        if ('code' in asked) return;
        const brief = amendBrief(bound.brief, [asked.amendment]);
        const after = compileScope(brief.front.scope);
        assert.ok(paths.every((one) => after.judge(one) === 'in'));
        if (before.judge(other) === 'avoided') assert.equal(after.judge(other), 'avoided');
        const isBelow = paths.some((one) => other === one || other.startsWith(`${one}/`));
        if (!isBelow) assert.equal(after.judge(other), before.judge(other));
        assert.deepEqual([asked.amendment.allow, after.matchesWholeRepository], [[], false]);
      }),
    );
  });
});
