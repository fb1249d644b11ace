/** From what rules said to what the report shows: ids, grants, order, bounds; and the table of rules. */
import assert from 'node:assert/strict';
import { NO_OBSERVATIONS } from '../../../src/core/drift/diff';
import { computeDrift, quickDrift } from '../../../src/core/drift/drift';
import { settle, verdictOf } from '../../../src/core/drift/findings';
import { driftReportSchema, type RawFinding } from '../../../src/core/drift/report';
import { RULES, ruleOf } from '../../../src/core/drift/rules';
import { briefWith, driftOf, MemoryTrees, said } from './memoryTree';

const raw = (more: Partial<RawFinding> = {}): RawFinding => ({
  rule: 'deps/added',
  path: 'package.json',
  message: 'm',
  evidence: 'e',
  ...more,
});
const none = new Set<string>();

describe('finding ids', () => {
  it('depend on rule, path and evidence only', () => {
    const [one] = settle([raw({ line: 1, message: 'one' })], none);
    const [other] = settle([raw({ line: 99, message: 'two', severity: 'warn' })], none);
    assert.match(one?.id ?? '', /^[0-9a-f]{12,}$/);
    assert.equal(one?.id, other?.id);
    for (const more of [{ rule: 'deps/removed' }, { path: 'x' }, { evidence: 'f' }]) {
      assert.notEqual(settle([raw(more)], none)[0]?.id, one?.id);
    }
  });

  it('carry an ordinal for repeats, in the order of lines', () => {
    const [first, second] = settle([raw({ line: 9 }), raw({ line: 2 })], none);
    assert.equal(first?.line, 2);
    assert.equal(second?.id, `${first?.id}-2`);
  });

  it('stay the same when another commit moves the lines', async () => {
    const base = { 'src/a.ts': 'a\n' };
    const one = await driftOf({ base, head: { 'src/a.ts': 'a\nx\u202e\n', 'lib/n.ts': 'n\n' } });
    const moved = { 'src/a.ts': '1\n2\n3\na\n' };
    const other = await driftOf({ base: moved, head: { 'src/a.ts': '1\n2\n3\na\nx\u202e\n', 'lib/n.ts': 'n\n' } });
    assert.deepEqual(
      one.findings.map(({ id }) => id),
      other.findings.map(({ id }) => id),
    );
  });
});

describe('severity', () => {
  it('is lowered by a grant only where the rule can be granted', () => {
    const granted = new Set(['dependencies', 'ci']);
    const lowered = (finding: RawFinding) => settle([finding], granted)[0]?.severity;
    assert.equal(lowered(raw()), 'info');
    assert.equal(lowered(raw({ grantable: false })), 'block');
    assert.equal(lowered(raw({ rule: 'deps/lookalike' })), 'warn');
    assert.equal(lowered(raw({ rule: 'boundary/ci' })), 'info');
    assert.equal(lowered(raw({ rule: 'boundary/auth' })), 'block');
    assert.equal(lowered(raw({ rule: 'scope/outside' })), 'block');
  });

  it('decides the verdict', () => {
    assert.equal(verdictOf([]), 'clean');
    assert.equal(verdictOf([{ severity: 'info' }]), 'clean');
    assert.equal(verdictOf([{ severity: 'info' }, { severity: 'warn' }]), 'attention');
    assert.equal(verdictOf([{ severity: 'warn' }, { severity: 'block' }]), 'blocked');
  });

  it('comes first in the order', () => {
    const order = settle([raw({ rule: 'deps/lookalike' }), raw({ rule: 'hidden/bidi' }), raw()], none);
    assert.deepEqual(
      order.map(({ rule }) => rule),
      ['deps/added', 'hidden/bidi', 'deps/lookalike'],
    );
  });
});

describe('text of findings', () => {
  it('is escaped and bounded', () => {
    const [finding] = settle([raw({ message: 'a\u001b[2Kb\n', evidence: `\u202e${'🎉'.repeat(500)}` })], none);
    assert.equal(finding?.message, 'a\\u{1b}[2Kb\\n');
    assert.ok(finding.evidence.length <= 400);
    assert.ok(finding.evidence.startsWith('\\u{202e}'));
    assert.doesNotMatch(finding.evidence, /[\ud800-\udbff](?![\udc00-\udfff])/);
  });

  it('of more than five thousand of a rule becomes one, and says so', () => {
    const crowd = Array.from({ length: 5_001 }, (_, index) => raw({ path: `p${String(index).padStart(4, '0')}` }));
    const findings = settle([...crowd, raw({ rule: 'hidden/bidi' })], none);
    assert.equal(findings.length, 2);
    assert.match(findings[0]?.message ?? '', /5001 findings of deps\/added/);
    assert.match(findings[0]?.evidence ?? '', /^p0000, p0001/);
    assert.equal(settle(crowd.slice(1), none).length, 5_000);
  });
});

describe('the table of rules', () => {
  it('explains every rule in one sentence', () => {
    for (const [id, { why }] of Object.entries(RULES)) assert.match(why, /^[A-Z].*\.$/, id);
  });

  it('names the boundaries of families', () => {
    for (const [id, { boundary }] of Object.entries(RULES)) {
      const [family, name] = id.split('/');
      const expected = { deps: 'dependencies', tests: 'tests', checks: 'checks', secrets: 'secrets', boundary: name };
      const own = id === 'hidden/binary' ? 'binary' : null;
      assert.equal(boundary, expected[family as keyof typeof expected] ?? own, id);
    }
  });

  it('knows a policy’s boundary as a rule, and nothing else that it does not list', () => {
    assert.equal(ruleOf('boundary/ledger')?.boundary, 'ledger');
    assert.equal(ruleOf('nonsense'), null);
    assert.equal(ruleOf('toString'), null);
  });
});

describe('a report', () => {
  it('fits its schema and carries what it was asked', async () => {
    const report = await driftOf({ base: { 'src/a.ts': 'a\n' }, head: { 'src/a.ts': 'b\nc\n' } });
    assert.deepEqual(driftReportSchema.parse(report), report);
    assert.deepEqual(report.stats, { files: 1, insertions: 2, deletions: 1 });
    assert.equal(report.verdict, 'clean');
    assert.equal(report.brief, briefWith().hash);
  });

  it('is said quickly from paths and modes, without a read', async () => {
    const base = { 'src/a.ts': 'a\n' };
    const head = {
      'src/a.ts': { mode: '100755', content: 'x\u202e\n' },
      'lib/x.ts': 'x\n',
      AGENTS: 'x',
      'CLAUDE.md': 'x',
    };
    const reader = new MemoryTrees(base, head);
    const quick = quickDrift({ brief: briefWith({ budget: { files: 1 } }), changes: reader.changes, policy: null });
    assert.deepEqual(said(quick), [
      'block scope/outside AGENTS',
      'block scope/outside CLAUDE.md',
      'block scope/outside lib/x.ts',
      'block boundary/config CLAUDE.md',
      'warn scope/budget -',
      'warn hidden/mode src/a.ts',
    ]);
    assert.deepEqual(reader.reads, []);
    const full = await driftOf({ base, head, budget: { files: 1 } });
    const ids = new Set(full.findings.map(({ id }) => id));
    assert.ok(quick.findings.every(({ id }) => ids.has(id)));
  });

  it('says nothing of emptiness while a task is running', () => {
    assert.deepEqual(quickDrift({ brief: briefWith(), changes: [], policy: null }).findings, []);
  });

  it('survives a reader that has lost its objects', async () => {
    const head = { 'src/a.ts': 'b\n', 'src/package.json': '{}', 'src/l': { mode: '120000', content: 'a.ts' } };
    const trees = new MemoryTrees({ 'src/a.ts': 'a\n' }, head);
    const reader = {
      blob: async () => null,
      at: async () => null,
      paths: async () => [],
      addedLines: async () => [],
      secrets: async () => [],
    };
    const report = await computeDrift({
      ...{ brief: briefWith(), base: '', head: null, tree: '', observations: NO_OBSERVATIONS, policy: null },
      changes: trees.changes,
      reader,
    });
    assert.deepEqual(said(report), [
      'block hidden/symlink src/l',
      'block hidden/unreadable src/a.ts',
      'block hidden/unreadable src/package.json',
      'warn deps/unparsed src/package.json',
    ]);
  });
});
