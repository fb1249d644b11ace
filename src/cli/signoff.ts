/** `signoff`: a named human's approval of exactly one tree, and its delivery. */
import { fail } from '../core/errors';
import { pairs, TASK_ID } from './arguments';
import { defineCommand } from './command';
import { parsePacket, withHost } from './host';
import { printSummary } from './packetOutput';
import { requirePerson } from './surroundings';

export const signoff = defineCommand({
  name: 'signoff',
  group: 'decide',
  summary: 'approves exactly the tree under review, under your name, and delivers it',
  about:
    'Signs as the person that git knows in the repository (user.name and user.email). Every finding must be answered:\n' +
    'mended by a correction, accepted with a reason, or made part of the task by an amendment (--widen): the brief stays as\n' +
    'it was handed off, and the record says what you added to it. A check that failed or did not run must be overridden\n' +
    'with a reason. What you answer goes into the record and the commit. An answer to a finding with several places is\n' +
    'for those that you saw, so that it needs --tree. Then the work is delivered: merged or squashed into the branch that\n' +
    'was checked out at hand-off (or --to), put on a branch of its own, or left as it is.',
  examples: [
    { run: 'countersign signoff ID', does: 'merges clean work' },
    {
      run: 'countersign signoff ID --accept 3f2a91c0="the helper belongs there" --deliver squash',
      does: 'answers a finding; one commit',
    },
    {
      run: 'countersign signoff ID --widen 3f2a91c0="the fix needs it" --tree 0a1b2c3d4e',
      does: 'amends the scope of the brief, for the tree that was shown',
    },
    { run: 'countersign signoff ID --override tests="known flaky, ran by hand"', does: 'in spite of a check' },
  ],
  positionals: { id: TASK_ID },
  options: {
    accept: { kind: 'list', value: 'FINDING=REASON', help: 'accepts a finding' },
    widen: { kind: 'list', value: 'FINDING=REASON', help: 'says that it belongs to the task: amends the brief' },
    override: { kind: 'list', value: 'CHECK=REASON', help: 'signs in spite of a check' },
    deliver: {
      kind: 'choice',
      values: ['merge', 'squash', 'branch', 'none'],
      help: 'how the work reaches your branches (default: merge)',
    },
    to: { kind: 'text', value: 'BRANCH', help: 'where it is delivered (default: the branch of the hand-off)' },
    tree: { kind: 'text', value: 'OID', help: 'the tree that you reviewed: any other is refused' },
  },
  async run({ id, accept, widen, override, deliver, to, tree }, context) {
    requirePerson(context.env, 'sign off its own work');
    if (deliver === 'none' && to !== undefined) {
      fail('USAGE', '--to names a branch, and --deliver none moves none', { fix: 'leave one of the two out' });
    }
    const answers = {
      accept: pairs('accept', accept),
      widen: pairs('widen', widen),
      override: pairs('override', override),
    };
    const packet = await withHost(context, async (host) => {
      const signed = await host.request('task/signoff', {
        id,
        repo: context.repo,
        ...answers,
        deliver: deliver ?? 'merge',
        ...(to === undefined ? {} : { to }),
        ...(tree === undefined ? {} : { tree }),
      });
      return parsePacket(signed);
    });
    await printSummary(packet, context.output);
    return 0;
  },
});
