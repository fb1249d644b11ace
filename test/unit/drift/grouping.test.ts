/** Many findings that say the same are one, with a place for each; and the id of a finding outlives what moves around it. */
import assert from 'node:assert/strict';
import { settle } from '../../../src/core/drift/findings';
import { pathsOfFinding, placeIds } from '../../../src/core/drift/places';
import { driftReportSchema, type Finding, findingSchema, type RawFinding } from '../../../src/core/drift/report';
import { answersTo, RULES } from '../../../src/core/drift/rules';
import { driftOf, said, type Tree } from './memoryTree';

const none = new Set<string>();

/** So many files, each with this text. */
const files = (count: number, content: string, folder = 'lib'): Tree =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${folder}/f${index}.ts`, content]));

const outside = ({ findings }: { readonly findings: readonly Finding[] }) =>
  findings.filter(({ rule }) => rule === 'scope/outside');

describe('groups of findings', () => {
  it('make one of a formatter that touched four hundred files out of scope', async () => {
    const base = { ...files(380, 'a\n'), ...files(15, 'a\n', 'docs'), ...files(5, 'a\n', 'tools') };
    const head = { ...files(380, 'a;\n'), ...files(15, 'a;\n', 'docs'), ...files(5, 'a;\n', 'tools') };
    const report = await driftOf({ base, head });
    assert.deepEqual(said(report), ['block scope/outside docs/f0.ts']);
    const [one] = outside(report);
    assert.equal(one?.places.length, 400);
    assert.equal(new Set(one.places.map(({ id }) => id)).size, 400);
    assert.equal(
      one.message,
      "400 paths that are not in the brief's scope changed (modified): 380 in lib/, 15 in docs/, 5 in tools/.",
    );
    assert.equal(one.evidence, 'modified');
    assert.deepEqual(one.answers, ['revert', 'accept', 'widen', 'ask']);
    assert.deepEqual(driftReportSchema.parse(report), report);
  });

  it('leave a few apart, and another kind of change', async () => {
    const three = await driftOf({ base: files(3, 'a\n'), head: files(3, 'b\n') });
    assert.equal(outside(three).length, 3);
    const base = { ...files(9, 'a\n'), 'lib/gone.ts': 'a\n' };
    const mixed = await driftOf({ base, head: { ...files(9, 'b\n'), 'lib/new.ts': 'n\n' } });
    assert.deepEqual(
      outside(mixed).map(({ path, places }) => [path, places.length]),
      [
        ['lib/f0.ts', 9],
        ['lib/gone.ts', 1],
        ['lib/new.ts', 1],
      ],
    );
  });

  it('tell the pattern that the brief avoids, and the folders of a boundary', async () => {
    const avoided = await driftOf({
      base: {},
      head: { ...files(4, 'x\n', 'src/auth'), ...files(5, 'x\n', 'src/keys') },
      avoid: ['src/auth/**', 'src/keys/**'],
    });
    assert.deepEqual(
      avoided.findings.filter(({ rule }) => rule === 'scope/avoided').map(({ message }) => message),
      [
        'The brief says to avoid src/auth/**, and 4 such paths changed: 4 in src/.',
        'The brief says to avoid src/keys/**, and 5 such paths changed: 5 in src/.',
      ],
    );
    const workflows = Object.fromEntries([1, 2, 3, 4].map((n) => [`.github/workflows/${n}.yml`, 'on: push\n']));
    const crossed = await driftOf({ base: {}, head: workflows, change: ['.github/**'] });
    const ci = crossed.findings.filter(({ rule }) => rule === 'boundary/ci');
    assert.deepEqual(
      ci.map(({ message, boundary }) => [message, boundary]),
      [['4 paths of the boundary ci changed: 4 in .github/.', 'ci']],
    );
  });

  it('hide no case that has to be judged by itself', () => {
    const families = ['deps/', 'secrets/', 'git/', 'keep/', 'verify/', 'tests/', 'checks/'];
    const crowd = (rule: string) =>
      settle(
        Array.from({ length: 9 }, (_, n): RawFinding => ({ rule, path: `lib/${n}`, message: 'm', evidence: `${n}` })),
        none,
      );
    for (const rule of Object.keys(RULES)) {
      if (!families.some((family) => rule.startsWith(family)) || rule === 'tests/snapshot') continue;
      assert.equal(crowd(rule).length, 9, rule);
    }
    assert.equal(crowd('hidden/bidi').length, 9, 'each shows other characters');
    assert.equal(crowd('tests/snapshot').length, 1);
  });

  it('keep severities apart, and offer only what fits all of their places', () => {
    const raw = (n: number, more: Partial<RawFinding> = {}): RawFinding => ({
      ...{ rule: 'boundary/ci', path: `ci/${n}`, message: 'm', evidence: 'modified' },
      ...more,
    });
    const many = Array.from({ length: 4 }, (_, n) => raw(n));
    const meant = Array.from({ length: 4 }, (_, n) => raw(n + 4, { severity: 'info' }));
    const [block, info] = settle([...many, ...meant], none);
    assert.deepEqual([block?.severity, block?.places.length], ['block', 4]);
    assert.deepEqual([info?.severity, info?.answers], ['info', ['revert', 'ask']]);
    assert.notEqual(block?.id, info?.id);
    const [stuck] = settle(many, none, (path) => path !== 'ci/2');
    assert.deepEqual(stuck?.answers, ['accept', 'widen', 'ask'], 'one path did not change: nothing to take back');
  });

  it('spell out what names of folders hide', () => {
    const raw = Array.from(
      { length: 4 },
      (_, n): RawFinding => ({
        ...{ rule: 'hidden/mode', path: `\u202e/${n}`, message: 'one.', evidence: 'e' },
      }),
    );
    assert.equal(settle(raw, none)[0]?.message, 'one. So it is at 4 places: 4 in \\u{202e}/.');
  });
});

describe('the id of a group', () => {
  it('survives a correction that takes a place away, and one that adds some', async () => {
    const ids = await Promise.all(
      [400, 399, 412].map(async (count) => {
        const [one, ...more] = outside(await driftOf({ base: files(count, 'a\n'), head: files(count, 'b\n') }));
        assert.deepEqual([one?.places.length, more], [count, []]);
        return one?.id;
      }),
    );
    assert.equal(new Set(ids).size, 1);
  });

  it('survives a rebase: places keep their ids when lines and contents move', async () => {
    const one = await driftOf({ base: files(9, 'a\n'), head: files(9, 'b\n') });
    const other = await driftOf({ base: files(9, '1\n2\na\n'), head: files(9, '1\n2\nb\n') });
    assert.deepEqual(outside(one)[0]?.places, outside(other)[0]?.places);
    assert.equal(outside(one)[0]?.id, outside(other)[0]?.id);
  });

  it('names places by the ids that they have apart', async () => {
    const few = await driftOf({ base: files(3, 'a\n'), head: files(3, 'b\n') });
    const many = await driftOf({ base: files(4, 'a\n'), head: files(4, 'b\n') });
    const apart = outside(few).map(({ id }) => id);
    assert.deepEqual(
      outside(many)[0]
        ?.places.slice(0, 3)
        .map(({ id }) => id),
      apart,
    );
    assert.deepEqual(outside(few).flatMap(placeIds), apart);
  });

  it('of a crowd beyond five thousand changes with every member: it names none', () => {
    const crowd = (from: number) =>
      settle(
        Array.from(
          { length: 5_001 },
          (_, n): RawFinding => ({
            ...{ rule: 'scope/outside', path: `p${n + from}`, message: 'm', evidence: 'modified', cause: 'modified' },
          }),
        ),
        none,
      )[0];
    assert.deepEqual([crowd(0)?.places, crowd(0)?.answers], [[], ['accept', 'ask']]);
    assert.equal(crowd(0)?.id, crowd(0)?.id);
    assert.notEqual(crowd(0)?.id, crowd(1)?.id);
  });
});

describe('answers that make sense', () => {
  const answers = (rule: string, more: Partial<Parameters<typeof answersTo>[1]> = {}) =>
    answersTo(rule, { severity: 'block', reverts: true, grantable: true, ...more });

  it('are the table’s', () => {
    assert.deepEqual(answers('scope/outside'), ['revert', 'accept', 'widen', 'ask']);
    assert.deepEqual(answers('scope/avoided'), ['revert', 'accept', 'ask']);
    assert.deepEqual(answers('secrets/added'), ['revert', 'ask']);
    assert.deepEqual(answers('git/hooks'), ['accept', 'ask']);
    assert.deepEqual(answers('hidden/special'), ['accept', 'ask']);
    assert.deepEqual(answers('deps/added'), ['revert', 'accept', 'widen', 'ask']);
    assert.deepEqual(answers('boundary/ledger'), ['revert', 'accept', 'widen', 'ask'], 'a boundary of a policy');
  });

  it('leave out what the case rules out', () => {
    assert.deepEqual(answers('deps/added', { grantable: false }), ['revert', 'accept', 'ask']);
    assert.deepEqual(answers('scope/outside', { grantable: false }), ['revert', 'accept', 'widen', 'ask']);
    assert.deepEqual(answers('scope/outside', { reverts: false }), ['accept', 'widen', 'ask']);
    assert.deepEqual(answers('deps/added', { severity: 'info' }), ['revert', 'ask']);
  });

  it('are at least one for every rule', () => {
    for (const rule of Object.keys(RULES)) assert.ok(answers(rule, { reverts: false }).length > 0, rule);
  });
});

describe('a finding of an earlier version', () => {
  const stored = {
    ...{ id: 'f1', rule: 'scope/outside', severity: 'block', path: 'lib/x.ts', line: 3 },
    ...{ message: 'm', evidence: 'e', boundary: null },
  } as const;

  it('gets what it lacks from its rule and its place', () => {
    const read = findingSchema.parse(stored);
    assert.match(read.why, /did not ask for/);
    assert.deepEqual(read.answers, ['revert', 'accept', 'widen', 'ask']);
    assert.deepEqual(read.places, [{ id: 'f1', path: 'lib/x.ts', line: 3 }]);
    assert.deepEqual(findingSchema.parse(read), read, 'read twice, it says the same');
    assert.deepEqual(pathsOfFinding(read), ['lib/x.ts']);
  });

  it('of a rule that nobody knows any more can still be answered', () => {
    const { why, answers, places } = findingSchema.parse({ ...stored, rule: 'old/rule', path: null });
    assert.deepEqual([why, answers, places], ['', ['accept', 'ask'], []]);
  });
});
