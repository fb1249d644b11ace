import assert from 'node:assert/strict';
import fc from 'fast-check';
import { renderPacket } from '../../../src/core/review/markdown';
import { block, code, prose, quote } from '../../../src/core/review/text';
import { visible } from '../../../src/core/visible';
import { ACTIVE, ATTACKS, withoutCode } from './hostile';
import {
  deliveredTask,
  sampleBrief,
  sampleCheck,
  sampleDrift,
  sampleFinding,
  sampleGroup,
  samplePacket,
  sampleTask,
  sampleVerification,
  TREE,
} from './sample';

function hostileFinding(text: string) {
  return sampleFinding({ path: text, message: text, evidence: text, why: text });
}

function hostile(text: string): string {
  return renderPacket(
    samplePacket({
      task: sampleTask({
        title: text,
        agent: text,
        agentVersion: text,
        usage: { tokens: { [text]: 1 }, costUsd: 1, meaning: text },
        reviewer: text,
        lastTurn: { stop: text, survivors: [text] },
        state: 'signed',
        signoff: {
          by: { name: text, email: text },
          at: text,
          brief: '5'.repeat(64),
          commit: '3'.repeat(40),
          tree: TREE,
          accepted: { f1: text },
          widened: { g1: { reason: text, change: [text], allow: [text] } },
          overridden: { tests: text },
          checks: { tests: 'failed' },
          drift: 'blocked',
        },
      }),
      brief: sampleBrief({ goal: text, nonGoals: [text], criteria: [{ text, proof: { kind: 'none' }, line: 1 }] }),
      verification: sampleVerification({
        confinement: text,
        checks: [
          sampleCheck({
            status: 'failed',
            command: text,
            note: text,
            failures: [{ name: text, message: text, expected: text, actual: text, file: text, line: 1 }],
            log: { ...sampleCheck().log, tail: text },
          }),
        ],
      }),
      drift: sampleDrift([hostileFinding(text), sampleGroup([text, text], { message: text, why: text })], {
        dependencies: [
          { ecosystem: text, manifest: text, name: text, from: text, to: text, direct: true, group: text, purl: text },
        ],
      }),
      agentWords: text,
      history: [
        { type: 'decided', request: 'r', what: text, decision: 'refused', by: text, why: text },
        { type: 'reverted', turn: 2, paths: [text], by: text },
      ],
    }),
  );
}

/** Cells of each row of each table: cut where a renderer cuts, at bars that no backslash escapes. */
function ragged(markdown: string): string[] {
  const lines = withoutFences(markdown).split('\n');
  const broken: string[] = [];
  let width = 0;
  for (const line of lines) {
    if (!line.startsWith('|')) {
      width = 0;
      continue;
    }
    const cells = line.split('|').length;
    if (width === 0) width = cells;
    if (cells !== width) broken.push(line);
  }
  return broken;
}

function withoutFences(markdown: string): string {
  return markdown.replace(/^(`{3,})text\n[\s\S]*?\n\1$/gm, '');
}

describe('the packet as Markdown', () => {
  it('shows the first tests that failed, and counts the others', () => {
    const failure = { name: 'adds', message: 'no\nmore', expected: '1', actual: '', file: 'test/a.ts', line: 7 };
    const check = sampleCheck({
      status: 'failed',
      counts: { total: 9, passed: 2, failed: 7, skipped: 0 },
      failures: Array.from({ length: 6 }, () => failure),
    });
    const text = renderPacket(samplePacket({ verification: sampleVerification({ checks: [check] }) }));
    assert.match(text, /^- \*\*adds\*\* \(`test\/a\.ts:7`\): no; expected `1`, got nothing$/m);
    assert.equal(text.split('**adds**').length - 1, 5);
    assert.match(text, /^- and 2 more$/m);
  });

  it('puts the verdict first and the words of the agent last', () => {
    const text = renderPacket(
      samplePacket({ drift: sampleDrift([sampleFinding()]), agentWords: 'All done.\n\nI promise.' }),
    );
    const order = [
      '# Retry on 429',
      '**✗ Blocked**',
      '## Goal',
      '## To decide',
      '## Acceptance criteria',
      '## Checks',
      '## Drift',
      '## About this task',
      '## The agent',
    ];
    const places = order.map((heading) => text.indexOf(heading));
    assert.ok(
      places.every((place) => place >= 0),
      text,
    );
    assert.deepEqual(
      places,
      places.toSorted((a, b) => a - b),
    );
    assert.match(text, /> All done\.\n>\n> I promise\./);
    assert.match(text, /212 passed, 1 skipped/);
    assert.match(text, /`--accept f1=REASON`/);
  });

  it('says what was accepted, by whom, and where it went', () => {
    const text = renderPacket(samplePacket({ task: deliveredTask(), drift: sampleDrift([sampleFinding()]) }));
    assert.match(text, /^\*\*✓ Signed off and delivered\*\*\n\n## Goal/m);
    assert.match(text, /accepted: needed here/);
    assert.match(text, /Delivered \(merge\) to `refs\/heads\/main`/);
  });

  for (const attack of ATTACKS) {
    it(`shows literally: ${JSON.stringify(attack)}`, () => {
      const text = hostile(attack);
      for (const pattern of ACTIVE) assert.doesNotMatch(withoutCode(text), pattern);
      assert.deepEqual(ragged(text), []);
    });
  }

  it('shows a group compactly, with the reason of its rule', () => {
    const paths = Array.from({ length: 400 }, (_, index) => `lib/f${index}.ts`);
    const text = renderPacket(samplePacket({ drift: sampleDrift([sampleGroup(paths)]) }));
    assert.match(text, /\*\*scope\/outside\*\* \(1\): The brief did not ask for a change here/);
    assert.match(text, /400 places: `lib\/f0\.ts`, .*`lib\/f4\.ts` and 395 more/);
    assert.match(text, /open \(revert, accept, widen, ask\)/);
    assert.ok(!text.includes('lib/f5.ts'));
  });

  it('shows an amendment as one, beside the brief as it was handed off', () => {
    const { signoff, ...task } = deliveredTask();
    assert.ok(signoff !== undefined);
    const widened = { g1: { reason: 'the fix needs it', change: ['lib/a.ts'], allow: [] } };
    const packet = samplePacket({
      task: { ...task, signoff: { ...signoff, widened } },
      drift: sampleDrift([sampleGroup(['lib/a.ts', 'lib/b.ts'])]),
    });
    const text = renderPacket(packet);
    assert.match(text, /the brief was amended: the fix needs it/);
    assert.match(text, /Brief amended for finding `g1`: the fix needs it \(`scope\.change: lib\/a\.ts`\)/);
    assert.deepEqual(packet.scope.change, ['src/http/**']);
  });

  it('holds for any text', () => {
    const piece = fc.oneof(
      fc.constantFrom(...ATTACKS, '@a', '#1', '|', '`', '\\', '<b>', '\n', '](', '://', 'http'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        const text = hostile(pieces.join(''));
        for (const pattern of ACTIVE) assert.doesNotMatch(withoutCode(text), pattern);
        assert.deepEqual(ragged(text), []);
      }),
      { numRuns: 300 },
    );
  });
});

describe('outside text in Markdown', () => {
  it('keeps ordinary words as they are', () => {
    assert.equal(prose('Retry, with back-off (at most 3).'), 'Retry, with back-off (at most 3).');
    assert.equal(code('src/http/retry.ts'), '`src/http/retry.ts`');
  });

  it('changes nothing that is seen', () => {
    const shown = (markdown: string) =>
      markdown.replace(/&#8203;|&#124;|&amp;|&lt;|&gt;|\\([!-/:-@[-`{-~])/g, (token, escaped?: string) => {
        if (escaped !== undefined) return escaped;
        return { '&#124;': '|', '&amp;': '&', '&lt;': '<', '&gt;': '>' }[token] ?? '';
      });
    const piece = fc.oneof(fc.constantFrom(...ATTACKS, '@a', '#1', '|', '1.', '-'), fc.string());
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 4 }), (pieces) => {
        const text = pieces.join('');
        assert.equal(shown(prose(text)), visible(text.trim().replace(/\s+/g, ' ')));
      }),
      { numRuns: 1_000 },
    );
    assert.equal(prose('version 2.6.0'), 'version 2.6.0');
    assert.equal(prose('2.6.0'), '2.6.0');
  });

  it('never lets a line of output end its block', () => {
    const text = block('before\n```\nafter\n````');
    const fence = /^`+/.exec(text)?.[0] ?? '';
    assert.equal(fence.length, 5);
    assert.ok(text.endsWith(`\n${fence}`));
  });

  it('quotes every line', () => {
    for (const line of quote('a\n\n\n# b\n  - c').split('\n')) assert.ok(line.startsWith('>'), line);
  });
});
