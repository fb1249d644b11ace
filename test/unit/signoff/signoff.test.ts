import assert from 'node:assert/strict';
import { signoffSchema } from '../../../src/core/events';
import { judgeSignoff, requireSignoff, type SignoffRequest } from '../../../src/core/signoff/signoff';
import {
  HASH,
  OTHER_TREE,
  sampleBrief,
  sampleCheck,
  sampleDrift,
  sampleFinding,
  sampleGroup,
  sampleRequest,
  sampleVerification,
  TREE,
} from '../review/sample';

function refusals(change: Partial<SignoffRequest>): string[] {
  const verdict = judgeSignoff(sampleRequest(change));
  return verdict.signed ? [] : verdict.refusals.map(({ code, fix }) => `${code} ${fix.split(',')[0]}`);
}

describe('sign-off', () => {
  it('records who, what and on which evidence', () => {
    const signoff = requireSignoff(sampleRequest());
    assert.deepEqual(signoffSchema.parse(signoff), signoff);
    assert.equal(signoff.tree, TREE);
    assert.deepEqual(signoff.checks, { tests: 'passed' });
    assert.equal(signoff.drift, 'clean');
  });

  it('keeps the criteria that a person accepted for this tree', () => {
    const word = { criterion: 2, id: 'AC-2', by: { name: 'Ann', email: 'ann@example.com' } };
    const said = { ...word, at: '2026-01-02T03:04:05Z', reason: 'read it' };
    const signoff = requireSignoff(sampleRequest({ criteria: [{ ...said, tree: TREE, brief: HASH }] }));
    assert.deepEqual(signoffSchema.parse(signoff).criteria, [said]);
    assert.equal('criteria' in requireSignoff(sampleRequest()), false);
  });

  it('knows the reviewer by address, whatever its case', () => {
    const signoff = requireSignoff(sampleRequest({ identity: { name: 'R.', email: 'Reviewer@Example.COM ' } }));
    assert.equal(signoff.by.name, 'R.');
  });

  it('refuses anybody else, nobody, and a brief without a reviewer', () => {
    const other = { name: 'Developer', email: 'dev@example.com' };
    for (const change of [{ identity: other }, { identity: null }, { reviewer: null }]) {
      assert.throws(() => requireSignoff(sampleRequest(change)), { code: 'SIGNOFF_IDENTITY' });
    }
  });

  it('wants an answer to every finding that is more than information', () => {
    const drift = sampleDrift([
      sampleFinding(),
      sampleFinding({ id: 'f2', severity: 'warn', rule: 'scope/budget' }),
      sampleFinding({ id: 'f3', severity: 'info' }),
    ]);
    assert.deepEqual(refusals({ drift }), ['SIGNOFF_REFUSED --accept f1=REASON', 'SIGNOFF_REFUSED --accept f2=REASON']);
    assert.deepEqual(refusals({ drift, accepted: { f1: 'needed', f2: ' ' } }), ['SIGNOFF_REFUSED --accept f2=REASON']);
    const signoff = requireSignoff(sampleRequest({ drift, accepted: { f1: ' needed ', f2: 'so be it' } }));
    assert.deepEqual(signoff.accepted, { f1: 'needed', f2: 'so be it' });
    assert.equal(signoff.drift, 'blocked');
  });

  for (const status of ['failed', 'timeout', 'void', 'missing'] as const) {
    it(`refuses a check that is ${status}, unless it is overridden with a reason`, () => {
      const verification = sampleVerification({ checks: [sampleCheck({ status })] });
      assert.deepEqual(refusals({ verification }), ['SIGNOFF_REFUSED --override tests=REASON']);
      assert.deepEqual(refusals({ verification, overridden: { tests: '' } }), [
        'SIGNOFF_REFUSED --override tests=REASON',
      ]);
      const signoff = requireSignoff(sampleRequest({ verification, overridden: { tests: 'known flaky' } }));
      assert.deepEqual([signoff.checks, signoff.overridden], [{ tests: status }, { tests: 'known flaky' }]);
    });
  }

  it('takes a result of another tree or brief, or none, for a missing check', () => {
    const elsewhere = sampleVerification({ tree: OTHER_TREE, checks: [sampleCheck({ tree: OTHER_TREE })] });
    for (const verification of [
      null,
      elsewhere,
      sampleVerification({ brief: '7'.repeat(64) }),
      sampleVerification({ checks: [] }),
    ]) {
      assert.deepEqual(refusals({ verification }), ['SIGNOFF_REFUSED --override tests=REASON']);
    }
  });

  it('records no override of a check that passed', () => {
    assert.deepEqual(requireSignoff(sampleRequest({ overridden: { tests: 'in case' } })).overridden, {});
  });

  it('is of the tree that was looked at; nothing overrides that', () => {
    assert.deepEqual(refusals({ tree: OTHER_TREE }), ['SIGNOFF_REFUSED look at it again with `countersign show`']);
    assert.deepEqual(refusals({ drift: null }), ['SIGNOFF_REFUSED run `countersign resume`']);
    assert.deepEqual(refusals({ drift: sampleDrift([], { tree: OTHER_TREE }) }), [
      'SIGNOFF_REFUSED run `countersign resume`',
    ]);
  });

  it('refuses answers to what does not exist, also under the names of a record', () => {
    assert.throws(() => requireSignoff(sampleRequest({ accepted: { nope: 'x' } })), { code: 'FINDING_UNKNOWN' });
    assert.throws(() => requireSignoff(sampleRequest({ overridden: { nope: 'x' } })), { code: 'USAGE' });
    assert.throws(
      () =>
        requireSignoff(sampleRequest({ accepted: { f1: 'x'.repeat(4_001) }, drift: sampleDrift([sampleFinding()]) })),
      { code: 'USAGE' },
    );
    const brief = sampleBrief();
    const front = { ...brief.front, checks: [{ name: 'constructor', run: 'x', timeout: 1 }] };
    assert.deepEqual(refusals({ brief: { ...brief, front } }), ['SIGNOFF_REFUSED --override constructor=REASON']);
  });

  it('names every obstacle at once, with what to type', () => {
    const verification = sampleVerification({ checks: [sampleCheck({ status: 'failed' })] });
    const wrong = sampleRequest({ verification, drift: sampleDrift([sampleFinding()]), identity: null });
    assert.throws(
      () => requireSignoff(wrong),
      (thrown: { code: string; message: string; fix: string }) => {
        assert.equal(thrown.code, 'SIGNOFF_IDENTITY');
        assert.match(thrown.message, /scope\/outside src\/config\.ts/);
        assert.match(thrown.message, /check tests: failed/);
        assert.match(thrown.fix, /--accept f1=REASON/);
        assert.match(thrown.fix, /--override tests=REASON/);
        return true;
      },
    );
  });
});

describe('the sign-off of a group', () => {
  const paths = Array.from({ length: 400 }, (_, index) => `lib/f${index}.ts`);
  const drift = sampleDrift([sampleGroup(paths)]);

  it('records for how many places, and for which', () => {
    const signoff = requireSignoff(sampleRequest({ drift, accepted: { g1: 'the formatter' } }));
    assert.equal(signoff.places?.g1?.count, 400);
    const fewer = sampleDrift([sampleGroup(paths.slice(1))]);
    const other = requireSignoff(sampleRequest({ drift: fewer, accepted: { g1: 'the formatter' } }));
    assert.notEqual(other.places?.g1?.digest, signoff.places?.g1?.digest);
    assert.deepEqual(signoffSchema.parse(signoff), signoff);
  });

  it('says which tree was seen: its id alone would cover places that came since', () => {
    const asked = { drift, accepted: { g1: 'the formatter' }, treeNamed: false };
    assert.deepEqual(refusals(asked), ['SIGNOFF_REFUSED look at them with `countersign show`']);
    const single = sampleDrift([sampleFinding()]);
    assert.equal(judgeSignoff(sampleRequest({ drift: single, accepted: { f1: 'x' }, treeNamed: false })).signed, true);
  });
});

describe('an amendment', () => {
  it('answers a finding out of scope with exactly its paths, and a boundary with its name', () => {
    const drift = sampleDrift([
      sampleGroup(['lib/a.ts', 'lib/{b}.ts']),
      sampleFinding({ id: 'f2', rule: 'boundary/ci', boundary: 'ci', path: 'ci.yml' }),
    ]);
    const signoff = requireSignoff(sampleRequest({ drift, widened: { g1: ' the fix needs it ', f2: 'so does this' } }));
    assert.deepEqual(signoff.widened, {
      g1: { reason: 'the fix needs it', change: ['lib/a.ts', 'lib/\\{b\\}.ts'], allow: [] },
      f2: { reason: 'so does this', change: [], allow: ['ci'] },
    });
    assert.deepEqual(signoff.accepted, {});
    assert.equal(signoff.brief, sampleBrief().hash, 'the brief stays as it was handed off');
    assert.deepEqual(signoffSchema.parse(signoff), signoff);
  });

  it('answers nothing that it does not fit, and no reason makes a credential fine', () => {
    const drift = sampleDrift([
      sampleFinding({ id: 'f1', rule: 'scope/avoided' }),
      sampleFinding({ id: 'f2', rule: 'secrets/added', boundary: 'secrets' }),
    ]);
    const out = 'SIGNOFF_REFUSED revert it';
    assert.deepEqual(refusals({ drift, widened: { f1: 'x' }, accepted: { f2: 'x' } }), [
      'SIGNOFF_REFUSED --accept f1=REASON',
      out,
    ]);
    assert.deepEqual(refusals({ drift, accepted: { f1: 'x' }, widened: { f2: 'x' } }), [out]);
  });

  it('is one answer, to a finding that exists, of a size that a record holds', () => {
    const drift = sampleDrift([sampleFinding()]);
    assert.throws(() => requireSignoff(sampleRequest({ drift, widened: { nope: 'x' } })), { code: 'FINDING_UNKNOWN' });
    assert.deepEqual(refusals({ drift, widened: { f1: 'x' }, accepted: { f1: 'x' } }), ['USAGE give one answer']);
    const long = sampleDrift([sampleGroup(Array.from({ length: 300 }, (_, n) => `lib/${'x'.repeat(900)}${n}`))]);
    assert.deepEqual(refusals({ drift: long, widened: { g1: 'x' } }), ['SIGNOFF_REFUSED accept them']);
  });

  it('is absent from records of earlier versions', () => {
    const { widened: _, places: __, ...old } = requireSignoff(sampleRequest());
    assert.deepEqual(signoffSchema.parse(old), old);
  });
});
