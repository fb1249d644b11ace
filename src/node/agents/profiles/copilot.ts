import { ACP_DEFAULTS, type AgentProfile } from './profile';

/** GitHub Copilot CLI, an ACP agent of its own. It leaves out servers on stdio that a session names (github/copilot-cli#3889). */
export const copilot: AgentProfile = {
  ...ACP_DEFAULTS,
  id: 'copilot',
  name: 'GitHub Copilot CLI',
  command: 'copilot',
  args: ['--acp', '--stdio', '--no-auto-update'],
  env: {
    pass: ['COPILOT_GITHUB_TOKEN', 'COPILOT_MODEL'],
    set: { COPILOT_AUTO_UPDATE: 'false' },
  },
  home: { link: [], copy: ['.copilot/config.json'] },
  install: 'npm install -g @github/copilot',
  signIn: 'run `copilot` once and use /login, or set COPILOT_GITHUB_TOKEN',
  oldestSeen: '1.0.102',
  usage: 'a running total of tokens in the session',
  reports: { tokens: 'session', usd: 'no' },
  tools: { option: '--additional-mcp-config' },
};
