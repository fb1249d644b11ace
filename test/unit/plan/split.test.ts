/** One intent in several briefs: their order, and scopes that share no file. */
import assert from 'node:assert/strict';
import { parseBrief } from '../../../src/core/brief/parse';
import { compileScope, scopesOverlap } from '../../../src/core/brief/scope';
import type { Proposal } from '../../../src/core/plan/plan';
import { answered, PATHS, problem, proposed, said } from './sample';

const part = (title: string, change: readonly unknown[], more: Readonly<Record<string, unknown>> = {}) =>
  answered({ title, change, avoid: [], ...more });

const scopes = ({ briefs }: Proposal) => briefs.map(({ text, file }) => parseBrief(text, file).front.scope);
const files = ({ briefs }: Proposal) => briefs.map(({ file }) => file);

describe('a wish that is too large for one brief', () => {
  it('is several, in their order, each told what comes before', () => {
    const plan = proposed(
      said([
        part('The login', ['src/auth/**', 'test/auth/**'], { after: [3] }),
        part('The docs', ['docs/**'], { after: [1, 3, 3, 9, 2] }),
        part('The client', ['src/http/**', 'test/http/**']),
      ]),
    );
    assert.deepEqual(files(plan), ['01-the-client.md', '02-the-login.md', '03-the-docs.md']);
    assert.deepEqual(
      plan.briefs.map(({ after }) => after),
      [[], [0], [1, 0]],
    );
    assert.match(plan.briefs[2]?.text ?? '', /Delivered before it: 02-the-login\.md, 01-the-client\.md/);
    assert.deepEqual(
      plan.dropped.map(({ what }) => what),
      ['after 9', 'after 2'],
    );
  });

  it('has scopes that share no file: the later one loses what they share', () => {
    const plan = proposed(
      said([part('One', ['src/http/**']), part('Two', ['src/http/retry.ts', 'src/auth/**', 'src/*/new.ts'])]),
    );
    const [one, two] = scopes(plan);
    assert.ok(one !== undefined && two !== undefined);
    assert.deepEqual(two.avoid, ['src/http/**']);
    assert.equal(scopesOverlap(one, two), false, 'whatever files there will be');
    const judged = [one, two].map((scope) => compileScope(scope));
    assert.deepEqual(
      PATHS.filter((path) => judged.every((scope) => scope.judge(path) === 'in')),
      [],
    );
    assert.ok(plan.dropped.some(({ why }) => why === 'briefs 1 and 2 shared it: it is left to brief 1'));
    const avoided = plan.briefs[1]?.lines.find(({ kind }) => kind === 'avoid');
    assert.equal(avoided?.why, 'brief 1 of the split has it');
  });

  it('leaves all of a long scope to the earlier one where they overlap', () => {
    const own = Array.from({ length: 14 }, (_, index) => ({ pattern: `src/new/${index}.ts`, new: true }));
    const [one, two] = scopes(
      proposed(
        said([
          part('One', own),
          part(
            'Two',
            ['src/new', 'src/auth/**'].map((pattern) => ({ pattern, new: true })),
          ),
        ]),
      ),
    );
    assert.ok(one !== undefined && two !== undefined);
    assert.deepEqual([two.avoid.length, scopesOverlap(one, two)], [14, false]);
  });

  it('leaves apart what is apart already', () => {
    const plan = proposed(
      said([part('One', ['src/**'], { avoid: ['src/http/**'] }), part('Two', ['src/http/**', 'test/http/**'])]),
    );
    assert.deepEqual(scopes(plan), [
      { change: ['src/**'], avoid: ['src/http/**'] },
      { change: ['src/http/**', 'test/http/**'], avoid: [] },
    ]);
    assert.deepEqual(plan.dropped, []);
  });

  it('is refused, with the reason, where a later one would have nothing to change', () => {
    const text = said([part('One', ['src/**']), part('Two', ['src/http/**'])]);
    assert.match(problem(text), /briefs 1 and 2 may both change src\/\*\*.*must not share a file/);
  });

  it('has an order also where they wait for each other', () => {
    const plan = proposed(
      said([part('One', ['src/http/**'], { after: [2] }), part('Two', ['src/auth/**'], { after: [1, 2] })]),
    );
    assert.deepEqual(files(plan), ['01-one.md', '02-two.md']);
    assert.deepEqual(
      plan.briefs.map(({ after }) => after),
      [[], [0]],
    );
    assert.ok(plan.dropped.some(({ why }) => /wait for each other/.test(why)));
  });

  it('loses the parts that cannot be used, and says so', () => {
    const plan = proposed(
      said([part('One', ['src/http/**']), part('All', ['**']), part('Two', ['docs/**'], { after: [2] })]),
    );
    assert.deepEqual(files(plan), ['01-one.md', '02-two.md']);
    assert.ok(plan.notes.includes('1 of 3 proposed briefs could not be used'));
    const many = Array.from({ length: 12 }, (_, index) =>
      part(`Part ${index}`, [{ pattern: `new/${index}.ts`, new: true }]),
    );
    assert.equal(proposed(said(many)).briefs.length, 8);
  });
});
