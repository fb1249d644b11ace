/** `answer`: a person's answer to a permission request of an agent. */
import { fail } from '../core/errors';
import { visible } from '../core/visible';
import { TASK_ID } from './arguments';
import { defineCommand } from './command';
import { fetchPacket, withHost } from './host';
import { describeUser } from './identity';
import { requirePerson } from './surroundings';

export const answer = defineCommand({
  name: 'answer',
  group: 'delegate',
  summary: 'answers what an agent asks permission for',
  about:
    'While an agent waits for a permission that the brief does not grant, this allows or refuses it, once. What is asked\n' +
    'stands in `countersign show ID`. Where it asks for more paths or a boundary "in this task", a yes widens the brief for\n' +
    'the task, on record. Requests that nobody answers are refused.',
  examples: [
    { run: 'countersign answer ID allow', does: 'lets it do what it asks for' },
    { run: 'countersign answer ID refuse', does: 'tells it no; it goes on without' },
    { run: 'countersign answer ID allow --request tool-1-1', does: 'answers what you read, and nothing asked since' },
  ],
  positionals: { id: TASK_ID, decision: { value: 'DECISION', help: 'allow or refuse', values: ['allow', 'refuse'] } },
  options: {
    request: {
      kind: 'text',
      value: 'REQUEST',
      help: 'the question that you read, as `show` names it: any other is refused',
    },
  },
  async run({ id: typed, decision, request }, context) {
    requirePerson(context.env, 'grant permissions');
    const by = await describeUser(context.repo);
    await withHost(context, async (host) => {
      const { id, decisions } = await fetchPacket(host, { id: typed, repo: context.repo });
      const asked = decisions.find(({ kind }) => kind === 'permission');
      if (asked === undefined) fail('TASK_STATE', `task ${visible(id)} asks for nothing now`);
      if (request !== undefined && request !== asked.id) {
        fail('TASK_STATE', `task ${visible(id)} asks for something else now: ${visible(asked.what)}`, {
          fix: `read it with \`countersign show ${visible(id)}\``,
        });
      }
      await host.request('task/answer', { id, request: asked.id, allow: decision === 'allow', by });
      context.output.document({ id, request: asked.id, decision });
      context.output.text(`${decision === 'allow' ? 'allowed' : 'refused'}: ${visible(asked.what)}`);
    });
    return 0;
  },
});
