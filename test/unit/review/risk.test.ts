import assert from 'node:assert/strict';
import fc from 'fast-check';
import { boundaryOf } from '../../../src/core/drift/boundaries';
import type { Change } from '../../../src/core/drift/diff';
import { orderByRisk, RISKS } from '../../../src/core/review/risk';
import { sampleFinding, sampleGroup } from './sample';

function change(path: string, other: Partial<Change> = {}): Change {
  return {
    status: 'M',
    path,
    oldPath: null,
    oldMode: '100644',
    newMode: '100644',
    oldOid: '1'.repeat(40),
    newOid: '2'.repeat(40),
    insertions: 1,
    deletions: 0,
    ...other,
  };
}

const CHANGES: readonly Change[] = [
  change('src/small.ts'),
  change('src/huge.ts', { insertions: 400 }),
  change('src/larger.ts', { insertions: 20 }),
  change('src/a.test.ts'),
  change('src/gone.ts', { status: 'D', newMode: null, newOid: null, deletions: 9 }),
  change('bin/tool', { newMode: '100755' }),
  change('logo.png', { insertions: null, deletions: null }),
  change('sub', { newMode: '160000' }),
  change('link', { newMode: '120000' }),
  change('src/odd.ts'),
  change('.github/workflows/ci.yml'),
  change('elsewhere.ts'),
  change('src/moved.ts', { status: 'R', oldPath: 'src/auth/login.ts' }),
  change('src/secret.ts'),
];

const FINDINGS = [
  sampleFinding({ id: 'f1', path: 'src/secret.ts', rule: 'secrets/added', boundary: 'secrets' }),
  sampleFinding({ id: 'f2', path: 'src/secret.ts', rule: 'scope/outside' }),
  sampleFinding({ id: 'f3', path: 'elsewhere.ts', rule: 'scope/outside' }),
  sampleFinding({ id: 'f4', path: 'src/odd.ts', rule: 'review/injection', severity: 'warn' }),
  sampleFinding({ id: 'f5', path: 'src/small.ts', rule: 'hidden/mode', severity: 'info' }),
  sampleFinding({ id: 'f6', path: null, rule: 'scope/budget', severity: 'warn' }),
];

describe('the order of reading', () => {
  it('puts what must be decided first, then what is easily missed, then the largest, each with its reason', () => {
    const order = orderByRisk({ changes: CHANGES, findings: FINDINGS, boundaryOf });
    assert.deepEqual(
      order.map(({ path, reason }) => `${path}: ${reason}`),
      [
        'src/secret.ts: a blocking finding: secrets/added',
        'elsewhere.ts: outside the scope of the brief',
        '.github/workflows/ci.yml: at the boundary ci',
        'src/moved.ts: at the boundary auth',
        'src/odd.ts: a warning: review/injection',
        'link: a link',
        'sub: a submodule',
        'logo.png: binary: no lines to read',
        'bin/tool: made executable',
        'src/gone.ts: deleted',
        'src/a.test.ts: tests, which the checks rest on',
        'src/huge.ts: large: 400 changed lines',
        'src/larger.ts: 20 changed lines',
        'src/small.ts: 1 changed line',
      ],
    );
    assert.deepEqual([order[0]?.findings, order[0]?.subject, order.at(-1)?.findings], [2, 'secrets/added', 0]);
    assert.deepEqual([...new Set(order.map(({ risk }) => risk))], [...RISKS], 'every risk has its case');
  });

  it('looks at every place of a group', () => {
    const changes = CHANGES.filter(({ path }) => path === 'src/small.ts' || path === 'src/larger.ts');
    const findings = [sampleGroup(['src/small.ts', 'src/larger.ts'])];
    assert.deepEqual(
      orderByRisk({ changes, findings, boundaryOf }).map(({ path, risk }) => `${path} ${risk}`),
      ['src/larger.ts outside', 'src/small.ts outside'],
    );
  });

  it('knows tests by their names', () => {
    const risk = (path: string) =>
      orderByRisk({ changes: [change(path)], findings: [], boundaryOf: () => null })[0]?.risk;
    for (const path of [
      'test/a.ts',
      'a/__tests__/b.js',
      'src/a.spec.ts',
      'pkg/a_test.go',
      'tests.py',
      'lib/test_a.py',
    ]) {
      assert.equal(risk(path), 'tests', path);
    }
    for (const path of ['src/latest.ts', 'src/contest/a.ts', 'attestation.md']) assert.equal(risk(path), 'size', path);
  });

  it('is the same for the same change, in whatever order it comes', () => {
    const shuffled = fc.shuffledSubarray([...CHANGES], { minLength: CHANGES.length });
    const material = { findings: FINDINGS, boundaryOf };
    const order = orderByRisk({ changes: CHANGES, ...material });
    fc.assert(fc.property(shuffled, (changes) => assert.deepEqual(orderByRisk({ changes, ...material }), order)));
  });
});
