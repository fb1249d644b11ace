import assert from 'node:assert/strict';
import fc from 'fast-check';
import { amendBrief } from '../../../src/core/brief/amend';
import { applyPolicy } from '../../../src/core/brief/applyPolicy';
import type { Brief } from '../../../src/core/brief/brief';
import { patternOfPath } from '../../../src/core/brief/pattern';
import { type Policy, policySchema } from '../../../src/core/brief/policy';
import { compileScope } from '../../../src/core/brief/scope';
import { sampleBrief } from '../review/sample';

const brief = sampleBrief();

/** A name of a few letters, so that paths, patterns of scope and of policy meet. */
const segment = fc.constantFrom('src', 'http', 'auth', 'a', 'b', 'x.ts');
const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
const pattern = fc.oneof(
  path.map(patternOfPath),
  path.map((one) => `${one}/**`),
  fc.constantFrom('**', 'src/**', '**/*.ts'),
);
const widening = fc.record({
  change: fc.array(pattern, { maxLength: 4 }),
  allow: fc.array(fc.constantFrom('ci', 'tests', 'dependencies', 'team'), { maxLength: 3 }),
});
const policy: fc.Arbitrary<Policy> = fc
  .record({
    avoid: fc.array(pattern, { maxLength: 3 }),
    files: fc.integer({ min: 1, max: 20 }),
    required: fc.boolean(),
    check: fc.boolean(),
  })
  .map(({ avoid, files, required, check }) =>
    policySchema.parse({
      scope: { avoid },
      budget: { files },
      review: { required },
      checks: check ? [{ name: 'lint', run: 'npm run lint' }] : [],
      setup: 'npm ci',
    }),
  );

/** All of a brief that a widening leaves as it is. */
function rest({ front, ...others }: Brief) {
  return { ...others, front: { ...front, scope: { avoid: front.scope.avoid }, approval: null } };
}

describe('a brief that people widen', () => {
  it('is itself without a widening, and keeps its hash and its source with one', () => {
    assert.equal(amendBrief(brief, []), brief);
    const widened = amendBrief(brief, [{ change: ['docs/a.md'], allow: ['ci', 'tests'] }]);
    assert.deepEqual([widened.hash, widened.source], [brief.hash, brief.source]);
    assert.deepEqual(widened.front.scope.change, ['src/http/**', 'docs/a.md']);
    assert.deepEqual(widened.front.approval.allow, ['tests', 'ci']);
  });

  it('is never loosened in what the policy wants, nor in what is avoided', () => {
    fc.assert(
      fc.property(
        policy,
        fc.array(widening, { maxLength: 3 }),
        fc.array(path, { maxLength: 10 }),
        (team, widenings, paths) => {
          const bound = applyPolicy(brief, team).brief;
          const widened = amendBrief(bound, widenings);
          assert.deepEqual(rest(widened), rest(bound));
          // The policy has nothing to add to it: it holds all that it wants.
          assert.deepEqual(applyPolicy(widened, team).notes, []);
          const [before, after] = [compileScope(bound.front.scope), compileScope(widened.front.scope)];
          for (const one of paths) {
            if (before.judge(one) === 'avoided') assert.equal(after.judge(one), 'avoided');
            if (before.judge(one) === 'in') assert.equal(after.judge(one), 'in');
          }
        },
      ),
    );
  });

  it('is the same however often it is widened by the same', () => {
    fc.assert(
      fc.property(fc.array(widening, { maxLength: 3 }), (widenings) => {
        const once = amendBrief(brief, widenings);
        assert.deepEqual(amendBrief(once, widenings), once);
      }),
    );
  });
});
