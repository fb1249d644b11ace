import assert from 'node:assert/strict';
import { parseBrief } from '../../../src/core/brief/parse';
import { guessPlan } from '../../../src/core/plan/guess';
import { kindOfPlace, type Offer } from '../../../src/core/plan/offer';
import { offer, PATHS, wish } from './sample';

function guessed(intent: string, places: readonly string[] = [], about: Offer = offer()) {
  const seen = places.map((path) => ({
    path,
    line: null,
    kind: kindOfPlace({ path, line: null }, about.paths),
    text: null,
  }));
  const plan = guessPlan(wish({ intent, places: places.map((path) => ({ path, line: null })) }), seen, about);
  const [brief] = plan.briefs;
  assert.ok(brief !== undefined);
  return { plan, brief, parsed: parseBrief(brief.text, brief.file) };
}

describe('a brief without any model', () => {
  it('says of itself that it is a guess', () => {
    const { plan, brief } = guessed('Retry on 429');
    assert.match(brief.text, /^---\n# guessed without a model/);
    assert.match(plan.notes[0] ?? '', /guessed without a model/);
  });

  it('has the first words as its title, up to where they make sense alone', () => {
    const titleOf = (intent: string) => guessed(intent).parsed.title;
    assert.equal(titleOf('Retry on 429.'), 'Retry on 429');
    assert.equal(
      titleOf('Retry failed requests up to 3 times in src/retry.js, and never retry a POST'),
      'Retry failed requests up to 3 times in src/retry.js',
    );
    assert.equal(titleOf('Do what it says in'), 'Do what it says in');
    assert.equal(titleOf('x'.repeat(100)), 'x'.repeat(72));
  });

  it('follows what was pointed at, with the tests of that name', () => {
    const { parsed, brief } = guessed('Retry on 429', ['src/http/retry.ts', 'src/auth', 'src/http/backoff.ts']);
    assert.deepEqual(parsed.front.scope.change, [
      'src/http/retry.ts',
      'src/auth/**',
      'src/http/backoff.ts',
      'test/http/retry.test.ts',
    ]);
    assert.deepEqual(
      brief.lines.filter(({ kind }) => kind === 'change').map(({ why, note }) => note ?? why),
      ['you pointed at it', 'you pointed at it', 'not there yet', 'its tests, by their name'],
    );
  });

  it('finds the tests of several languages', () => {
    const paths = [
      'a/retry.py',
      'a/test_retry.py',
      'a/go/retry.go',
      'a/go/retry_test.go',
      'a/Retry.java',
      'b/RetryTest.java',
      'b/retrying.test.ts',
    ];
    const { parsed } = guessed('Retry', ['a/retry.py'], offer({ paths: [...paths, 'x/y.z'] }));
    assert.deepEqual(parsed.front.scope.change, [
      'a/retry.py',
      'a/test_retry.py',
      'a/go/retry_test.go',
      'b/RetryTest.java',
    ]);
  });

  it('else what the sentence names, else the folders of the project', () => {
    assert.deepEqual(guessed('Retry in `src/http/client.ts`, not elsewhere.').parsed.front.scope.change, [
      'src/http/client.ts',
      'test/http/client.test.ts',
    ]);
    assert.deepEqual(guessed('Retry in ./src/auth/: always').parsed.front.scope.change, ['src/auth/**']);
    assert.deepEqual(guessed('Retry on 429').parsed.front.scope.change, ['src/**', 'test/**']);
    assert.deepEqual(guessed('Say hello', [], offer({ paths: ['README.md', 'NOTES'] })).parsed.front.scope.change, [
      'NOTES',
      'README.md',
    ]);
  });

  it('is proven by the project’s checks, or by a reviewer', () => {
    const { parsed } = guessed('Retry on 429');
    assert.deepEqual(
      parsed.front.checks.map(({ run }) => run),
      ['npm test', 'npm run lint'],
    );
    const { plan, parsed: bare } = guessed('Say hello', [], offer({ paths: ['README.md'] }));
    assert.deepEqual([bare.front.checks, bare.criteria.map(({ proof }) => proof.kind)], [[], ['review', 'review']]);
    assert.ok(plan.notes.some((note) => note.startsWith('no test command')));
  });

  it('says that a list of wishes could be several briefs', () => {
    const { plan } = guessed('Do this:\n- retry on 429\n- log it\n1. and more');
    assert.ok(plan.notes.some((note) => note.startsWith('your wish has 3 items')));
  });

  it('is none without a scope', () => {
    assert.throws(() => guessed('Say hello', [], offer({ paths: [] })), { code: 'PLAN_NONE' });
    assert.throws(() => guessed('###'), { code: 'PLAN_NONE' });
    assert.equal(PATHS.length > 12, true);
  });
});
