import { ACP_DEFAULTS, type AgentProfile } from './profile';

/**
 * Kilo's command line agent, kin of OpenCode: a project's configuration overrides the user's. It asks for permission
 * before it tells of the tool call.
 */
export const kilo: AgentProfile = {
  ...ACP_DEFAULTS,
  id: 'kilo',
  name: 'Kilo',
  command: 'kilo',
  args: ['acp'],
  env: { pass: ['KILO_API_KEY', 'ANTHROPIC_API_KEY', 'OPENAI_API_KEY', 'OPENROUTER_API_KEY'], set: {} },
  home: { link: ['.local/share/kilo/auth.json'], copy: ['.config/kilo/kilo.json'] },
  install: 'npm install -g @kilocode/cli',
  steering: ['.kilo', '.opencode', 'kilo.json', 'kilo.jsonc', 'opencode.json', 'opencode.jsonc'],
  signIn: 'run `kilo auth login`',
  usage: 'tokens of the last call to the model; cost in USD',
  reports: { tokens: 'call', usd: 'yes' },
  reading: { modes: ['ask', 'plan'] },
};
