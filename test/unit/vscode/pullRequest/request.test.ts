import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CountersignError } from '../../../../src/core/errors';
import type { Packet } from '../../../../src/core/review/packetSchema';
import {
  bodyOf,
  branchOf,
  outsetOf,
  requireShown,
  sentenceOf,
  standing,
  titleOf,
  unanswered,
} from '../../../../src/vscode/pullRequest/request';
import { plain } from '../sample';

describe('the text of a pull request', () => {
  it('is the packet without its heading, which is the title', () => {
    assert.equal(bodyOf('# Retry\n\n**ready**\n\n## Goal\n'), '**ready**\n\n## Goal\n');
    assert.equal(titleOf({ title: 'Retry\u202e on\n429' }), 'Retry\\u{202e} on\\n429');
    const long = titleOf({ title: '😀'.repeat(200) });
    assert.ok(long.length <= 250 && long.endsWith('😀…'));
  });

  it('is cut between lines, and says so', () => {
    const markdown = `# T\n\n${'a line of text\n'.repeat(200)}`;
    const body = bodyOf(markdown, 500);
    assert.ok(body.length <= 500);
    assert.match(body, /a line of text\n\n\*Cut here: /);
  });

  it('leaves no code block open where it is cut, so that its text stays literal', () => {
    const line = fc.constantFrom('```text', '````text', '```', '````', '@someone fixes #1', '| a | b |', '', 'words');
    // As the packet is made: fences come in pairs.
    const blocks = fc.array(
      fc.oneof(
        line.filter((text) => !text.startsWith('`')),
        fc
          .tuple(
            fc.constantFrom('```', '````'),
            fc.array(fc.constantFrom('x', '``', '@someone', ''), { maxLength: 20 }),
          )
          .map(([fence, inside]) => [`${fence}text`, ...inside, fence].join('\n')),
      ),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(blocks, fc.integer({ min: 130, max: 600 }), (parts, most) => {
        const body = bodyOf(parts.join('\n'), most);
        assert.ok(body.length <= most, `${body.length} of ${most}`);
        let open: string | null = null;
        for (const text of body.split('\n')) {
          const fence = /^(`{3,})/.exec(text)?.[1] ?? null;
          if (open === null) open = fence;
          else if (text === open) open = null;
        }
        assert.equal(open, null);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('what a pull request is signed off with', () => {
  it('is of the tree that the person saw', () => {
    const snapshot = { tree: 'a'.repeat(40) } as Packet['snapshot'];
    requireShown({ snapshot }, null);
    requireShown({ snapshot }, 'a'.repeat(40));
    for (const shown of [snapshot, null]) {
      assert.throws(() => requireShown({ snapshot: shown }, 'b'.repeat(40)), { code: 'SIGNOFF_REFUSED' });
    }
  });

  it('holds answers to what there is only', () => {
    const packet = {
      drift: { findings: [{ id: 'f1' }] },
      checks: [{ name: 'constructor' }],
    } as unknown as Packet;
    const given = {
      accept: { f1: 'fine', gone: 'fine' },
      widen: { gone: 'fine' },
      override: { constructor: 'flaky', other: 'flaky' },
    };
    assert.deepEqual(standing(packet, given), {
      accept: { f1: 'fine' },
      widen: {},
      override: { constructor: 'flaky' },
    });
    assert.deepEqual(standing(packet, { ...given, accept: {}, widen: { f1: 'x' } }).widen, { f1: 'x' });
    assert.deepEqual(standing({ ...packet, drift: null }, given).accept, {});
  });
});

describe('what is left to do before a pull request', () => {
  const task = { id: 't', delivery: null };
  const delivered = { mode: 'branch', ref: 'refs/heads/x', commit: 'c' } as const;

  it('depends on how far the task is', () => {
    assert.equal(outsetOf({ ...task, state: 'ready' }), 'sign');
    assert.equal(outsetOf({ ...task, state: 'signed' }), 'deliver');
    assert.equal(outsetOf({ ...task, state: 'delivered', delivery: delivered }), 'push');
    for (const refused of [
      { ...task, state: 'running' },
      { ...task, state: 'rejected' },
      { ...task, state: 'delivered', delivery: { ...delivered, mode: 'merge' } as const },
      { ...task, state: 'delivered', delivery: { ...delivered, commit: null } },
    ]) {
      assert.throws(
        () => outsetOf(refused),
        (error) => error instanceof CountersignError && error.code === 'TASK_STATE',
      );
    }
  });

  it('is every answer that is missing', () => {
    const decisions = [
      { kind: 'finding', id: 'f1', what: 'finding one', answer: '' },
      { kind: 'check', id: 'constructor', what: 'a check\u202e', answer: '' },
      { kind: 'evidence', id: 'drift', what: 'no report', answer: null },
    ] as const;
    assert.deepEqual(unanswered({ decisions: [...decisions] }, { accept: { f1: 'fine' }, widen: {}, override: {} }), [
      'a check\\u{202e}',
      'no report',
    ]);
    assert.deepEqual(
      unanswered(
        { decisions: decisions.slice(0, 2) },
        { accept: {}, widen: { f1: 'x' }, override: { constructor: 'y' } },
      ),
      [],
    );
  });

  it('is said in one sentence', () => {
    const packet = { branch: 'countersign/retry', snapshot: { commit: 'c', tree: 'abcdef0123456789' } };
    const web = { host: 'github.com', port: null, owner: 'o', name: 'n' };
    const going = { branch: packet.branch, remote: 'origin', web, base: 'main' };
    assert.equal(
      sentenceOf(packet, 'sign', going, plain),
      'Sign off tree abcdef0123 as branch countersign/retry, push that branch to origin (https://github.com/o/n), and open a pull request into main?',
    );
    assert.match(sentenceOf(packet, 'deliver', { ...going, web: null }, plain), /push it to origin, and open/);
    assert.match(sentenceOf(packet, 'push', going, plain), /^Push branch countersign\/retry to origin/);
  });

  it('names the branch that a person chose, and the one that was made', () => {
    const delivery = { mode: 'branch', ref: 'refs/heads/made', commit: 'c' } as Packet['delivery'];
    assert.equal(branchOf({ branch: 'countersign/retry', delivery: null }, 'mine'), 'mine');
    assert.equal(branchOf({ branch: 'countersign/retry', delivery }, null), 'made');
    assert.equal(branchOf({ branch: 'countersign/retry', delivery }, 'mine'), 'made');
  });
});
