/** `show`: the review packet of a task. */
import { TASK_ID } from './arguments';
import { defineCommand } from './command';
import { fetchPacket, withHost } from './host';

export const show = defineCommand({
  name: 'show',
  group: 'decide',
  summary: 'the review packet: what was asked, what came back, how it was proven',
  about:
    'Prints the packet of a task as Markdown, or as JSON with --json: the brief, the verdict and why, every finding, the\n' +
    'checks with their last lines, the criteria with their proof, and what sign-off still waits for.',
  examples: [
    { run: 'countersign show ID', does: 'reads it' },
    { run: 'countersign show ID > review.md', does: 'keeps it' },
  ],
  positionals: { id: TASK_ID },
  options: {},
  async run({ id }, context) {
    const packet = await withHost(context, (host) => fetchPacket(host, { id, repo: context.repo }));
    context.output.document(packet);
    if (!context.output.json) {
      const { renderPacket } = await import('../core/review/markdown');
      context.output.text(renderPacket(packet));
    }
    return 0;
  },
});
