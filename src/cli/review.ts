/** `review`: a second opinion on what came back. */
import { REVIEW_STOPPED } from '../core/review/reviewer/review';
import { TASK_ID } from './arguments';
import { type Context, defineCommand, type Exit } from './command';
import { followTask } from './following';
import { fetchPacket, type Host, resolveTask, withHost } from './host';
import { describeUser } from './identity';
import { printSummary } from './packetOutput';
import { askYesNo } from './question';
import { requirePerson } from './surroundings';
import { onSignal } from './waiting';

export const review = defineCommand({
  name: 'review',
  group: 'decide',
  summary: 'asks another agent for a second opinion on the tree under review',
  about:
    'Puts brief, checks and difference before a reviewer that sees nothing of how the work was made: the one of --agent, of\n' +
    'the brief, of your configuration, or another agent than the one that did the work. It reads a clean checkout and can\n' +
    'write nothing. What it says is held against the result: a finding whose file, line or quote is not there is dropped\n' +
    'and counted. A major finding must be answered before sign-off, by --accept or a correction. A review can make the\n' +
    'verdict worse, never better. Exits 1 when there is something to answer, 3 when there is no review. Ctrl-C stops it.',
  examples: [
    { run: 'countersign review ID', does: 'asks, waits, prints the packet' },
    { run: 'countersign review ID --agent gemini', does: 'asks this agent' },
  ],
  positionals: { id: TASK_ID },
  options: {
    agent: { kind: 'text', value: 'ID', help: 'who is to review' },
    detach: { kind: 'flag', help: 'do not wait: print the id of the task' },
  },
  async run({ id: typed, agent, detach }, context) {
    requirePerson(context.env, 'ask for a review');
    const by = await describeUser(context.repo);
    return withHost(context, async (host) => {
      const id = await resolveTask(host, { id: typed, repo: context.repo });
      const begin = async () => {
        await host.request('task/review', { id, by, ...(agent === undefined ? {} : { agent }) });
        return id;
      };
      if (!detach) return wait(host, context, begin);
      await begin();
      if (context.output.json) context.output.document(await fetchPacket(host, { id }));
      context.output.text(id);
      return 0;
    });
  },
});

/** Waits for the end of the review, prints the packet, and says how it went. */
async function wait(host: Host, context: Context, begin: () => Promise<string>): Promise<Exit> {
  const { output } = context;
  const attendant = {
    output,
    // A reviewer asks nobody.
    by: null,
    ask: askYesNo,
    onInterrupt: (listener: () => void) => onSignal('SIGINT', listener),
  };
  const { id, cause, state } = await followTask(host, attendant, begin, ({ event }) => event.type === 'reviewed');
  if (cause === 'detached') {
    output.document({ id, state });
    return 130;
  }
  const packet = await fetchPacket(host, { id });
  await printSummary(packet, output);
  const none = packet.review?.none ?? null;
  if (none === null) return packet.decisions.some(({ kind }) => kind === 'finding') ? 1 : 0;
  if (!output.json) output.note(`countersign: no review: ${none}`);
  return none === REVIEW_STOPPED ? 130 : 3;
}
