/** `agents`: the agents that can be asked, and which of them this machine has. */
import { defineCommand } from './command';
import { table } from './table';

export const agents = defineCommand({
  name: 'agents',
  group: 'machine',
  summary: 'the known agents, and which of them are installed',
  about:
    'Lists the agents that are built in and those of your own configuration. Any agent that speaks the Agent Client\n' +
    'Protocol on stdio can be added there. `command` runs a shell command of the brief and needs nothing.',
  examples: [
    { run: 'countersign agents', does: 'what is installed, and how to install or sign in to the rest' },
    { run: 'countersign agents --versions', does: 'also asks each installed one for its version' },
  ],
  positionals: {},
  options: { versions: { kind: 'flag', help: 'start each installed agent once with --version' } },
  async run({ versions }, { env, output }) {
    const [{ listAgents }, { readConfig }] = await Promise.all([
      import('../node/agents/discover'),
      import('../node/store/config'),
    ]);
    const found = await listAgents((await readConfig(env)).agents, { versions, environment: env });
    const listed = found.map(({ path, ...agent }) => ({ ...agent, installed: path !== null, path }));
    output.document(listed);
    const rows = listed.map(({ id, name, installed, version, install, signIn }) => [
      id,
      name,
      installed ? 'yes' : 'no',
      ...(versions ? [version ?? '-'] : []),
      installed ? signIn : install,
    ]);
    const head = ['ID', 'NAME', 'INSTALLED', ...(versions ? ['VERSION'] : []), 'TO SIGN IN, OR TO INSTALL'];
    output.text(table(head, rows));
    return 0;
  },
});
