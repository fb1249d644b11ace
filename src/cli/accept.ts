/** `accept`: a named person's word that a criterion is met. */
import { fail } from '../core/errors';
import { TASK_ID } from './arguments';
import { defineCommand } from './command';
import { fetchPacket, resolveTask, withHost } from './host';
import { printSummary } from './packetOutput';
import { requirePerson } from './surroundings';

export const accept = defineCommand({
  name: 'accept',
  group: 'decide',
  summary: 'says, under your name, that a criterion is met: of your own, or as the reviewer proposes',
  about:
    'For a criterion that nothing proves, or that the brief leaves to your eyes. You are who git knows in the repository\n' +
    '(user.name and user.email). What you say stands in the journal and in the sign-off, for exactly the tree under review:\n' +
    'after a correction it says nothing any more, and the packet tells so. It is no proof, and it answers the want of one.\n' +
    'Without --reason you take over what the reviewer proposes, as long as that can only be what you read: where the tree was\n' +
    'read again you say it yourself, and where an earlier tree was read, too, you name yours with --tree.\n' +
    'It is a command of its own and no option of `signoff`, because a word for a criterion may be given, read and taken back\n' +
    'long before anybody signs.',
  examples: [
    {
      run: 'countersign accept ID --criterion AC-2 --reason "tried it with a POST"',
      does: 'what you checked yourself',
    },
    { run: 'countersign accept ID --criterion AC-2', does: 'takes over what the reviewer proposes' },
    { run: 'countersign accept ID --criterion AC-2 --withdraw', does: 'takes it back' },
  ],
  positionals: { id: TASK_ID },
  options: {
    criterion: {
      kind: 'text',
      value: 'CRITERION',
      help: 'its id, as `countersign show` names it, or its number',
      required: true,
    },
    reason: { kind: 'text', value: 'TEXT', help: 'why it is met (default: what the reviewer proposes)' },
    tree: { kind: 'text', value: 'OID', help: 'the tree that you looked at: any other is refused' },
    withdraw: { kind: 'flag', help: 'takes back what you or somebody else accepted' },
  },
  async run({ id: typed, criterion, reason, tree, withdraw }, context) {
    requirePerson(context.env, 'accept its own work');
    if (withdraw && reason !== undefined) {
      fail('USAGE', '--withdraw takes a word back, and --reason gives one', { fix: 'leave one of the two out' });
    }
    const packet = await withHost(context, async (host) => {
      const id = await resolveTask(host, { id: typed, repo: context.repo });
      await host.request('task/accept-criterion', {
        ...{ id, criterion, withdraw },
        ...(reason === undefined ? {} : { reason }),
        ...(tree === undefined ? {} : { tree }),
      });
      return fetchPacket(host, { id });
    });
    await printSummary(packet, context.output);
    return 0;
  },
});
