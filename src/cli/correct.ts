/** `correct`: one more turn for the agent, on what the review found. */
import { TASK_ID } from './arguments';
import { defineCommand } from './command';
import { resolveTask, withHost } from './host';
import { describeUser } from './identity';
import { requirePerson } from './surroundings';
import { followToPacket } from './waiting';

export const correct = defineCommand({
  name: 'correct',
  group: 'decide',
  summary: 'sends the work back once, with what is to be mended',
  about:
    'Composes one correction from your words, the findings that you name and the checks that failed, and hands it to the\n' +
    'agent in the same folder; every open finding where you name none. A task has one correction; --again asks for one\n' +
    'more. Waits and prints the new packet.',
  examples: [
    { run: 'countersign correct ID -m "keep the old signature"', does: 'in your words' },
    { run: 'countersign correct ID --finding 3f2a91c0', does: 'a finding of the packet' },
    { run: 'countersign correct ID --justify 3f2a91c0', does: 'asks why it is needed' },
  ],
  positionals: { id: TASK_ID },
  options: {
    message: { kind: 'text', short: 'm', value: 'TEXT', help: 'what to correct' },
    finding: { kind: 'list', value: 'ID', help: 'a finding that is to be mended' },
    justify: { kind: 'list', value: 'ID', help: 'a finding that the agent is to justify, or to take back' },
    again: { kind: 'flag', help: 'although the correction of this task is spent' },
    detach: { kind: 'flag', help: 'do not wait: print the id of the task' },
  },
  async run({ id: typed, message, finding, justify, again, detach }, context) {
    requirePerson(context.env, 'ask for corrections');
    const by = await describeUser(context.repo);
    return withHost(context, async (host) => {
      const id = await resolveTask(host, { id: typed, repo: context.repo });
      const begin = async () => {
        const text = message === undefined ? {} : { text: message };
        const findings = { ...(finding.length === 0 ? {} : { findings: [...finding] }), justify: [...justify] };
        await host.request('task/correct', { id, ...text, ...findings, again, by });
        return id;
      };
      return followToPacket(host, context, begin, { detach });
    });
  },
});
