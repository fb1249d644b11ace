import assert from 'node:assert/strict';
import { composeCorrection, mayCorrect, requireCorrection } from '../../../src/core/review/correction';
import { sampleBrief, sampleCheck, sampleDrift, sampleFinding, samplePacket, sampleVerification } from './sample';

const brief = sampleBrief();

describe('the correction prompt', () => {
  it('takes up failed checks, open findings and the words of the reviewer, within the same scope', () => {
    const failed = sampleCheck({ status: 'failed', exit: 1, log: { ...sampleCheck().log, tail: 'expected 3, got 4' } });
    const packet = samplePacket({
      verification: sampleVerification({ checks: [failed] }),
      drift: sampleDrift([sampleFinding(), sampleFinding({ id: 'f2', severity: 'info', message: 'only told' })]),
    });
    const prompt = composeCorrection({ brief, packet, text: 'Keep the old default.' });
    for (const part of [
      'Keep the old default.',
      'expected 3, got 4',
      'src/config.ts:12',
      'src/http/**',
      'src/auth/**',
      'no new dependencies',
    ]) {
      assert.ok(prompt.includes(part), part);
    }
    assert.ok(!prompt.includes('only told'));
    assert.match(prompt, /crossed without asking: tests\./);
  });

  it('takes up only the named findings', () => {
    const packet = samplePacket({
      drift: sampleDrift([sampleFinding(), sampleFinding({ id: 'f2', message: 'the second' })]),
    });
    const prompt = composeCorrection({ brief, packet, findings: ['f2'] });
    assert.ok(prompt.includes('the second'));
    assert.ok(!prompt.includes('the path is not in scope'));
    assert.throws(() => composeCorrection({ brief, packet, findings: ['f3'] }), { code: 'FINDING_UNKNOWN' });
  });

  it('refuses to say nothing', () => {
    assert.throws(() => composeCorrection({ brief, packet: samplePacket(), text: ' \n' }), {
      code: 'CORRECTION_EMPTY',
    });
    assert.match(composeCorrection({ brief, packet: samplePacket(), text: 'one more thing' }), /one more thing/);
  });

  it('stays under its limit and keeps the boundaries', () => {
    const many = Array.from({ length: 3_000 }, (_, n) => sampleFinding({ id: `f${n}`, message: 'm'.repeat(400) }));
    const noisy = sampleCheck({ status: 'failed', log: { ...sampleCheck().log, tail: 'y'.repeat(100_000) } });
    const packet = samplePacket({ drift: sampleDrift(many), verification: sampleVerification({ checks: [noisy] }) });
    const prompt = composeCorrection({ brief, packet, text: 'z'.repeat(100_000) });
    assert.ok(prompt.length <= 60_000, `${prompt.length}`);
    assert.ok(prompt.includes('src/auth/**'));
  });

  it('gives one pass, and one more only when asked again', () => {
    assert.deepEqual([mayCorrect(0, false), mayCorrect(1, false), mayCorrect(1, true)], [true, false, true]);
    requireCorrection(0, false);
    assert.throws(() => requireCorrection(1, false), { code: 'CORRECTION_SPENT' });
  });
});
