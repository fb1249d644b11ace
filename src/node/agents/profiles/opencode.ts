import { ACP_DEFAULTS, type AgentProfile } from './profile';

/**
 * OpenCode. It asks nothing by default, and a committed `opencode.json` overrides the user's settings and runs its MCP
 * commands at `session/new`: the project's configuration is switched off and asking is switched on.
 */
export const opencode: AgentProfile = {
  ...ACP_DEFAULTS,
  id: 'opencode',
  name: 'OpenCode',
  command: 'opencode',
  args: ['acp'],
  env: {
    pass: ['ANTHROPIC_API_KEY', 'OPENAI_API_KEY', 'OPENROUTER_API_KEY'],
    set: {
      OPENCODE_DISABLE_PROJECT_CONFIG: '1',
      OPENCODE_DISABLE_AUTOUPDATE: '1',
      OPENCODE_PERMISSION: '{"edit":"ask","bash":"ask","webfetch":"deny","external_directory":"ask"}',
    },
  },
  home: { link: ['.local/share/opencode/auth.json'], copy: ['.config/opencode/opencode.json'] },
  install: 'npm install -g opencode-ai',
  signIn: 'run `opencode auth login`',
  oldestSeen: '1.18.33',
  usage: 'tokens of the last call to the model; cost in USD',
  reports: { tokens: 'call', usd: 'yes' },
  reading: { modes: ['plan'] },
};
