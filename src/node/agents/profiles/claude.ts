import { ACP_DEFAULTS, type AgentProfile } from './profile';

/**
 * Claude Code through its ACP adapter. From its documentation; not run here. Settings of the repository may grant
 * permissions and hold hooks that run commands.
 */
export const claude: AgentProfile = {
  ...ACP_DEFAULTS,
  id: 'claude',
  name: 'Claude Code',
  command: 'claude-agent-acp',
  args: [],
  env: { pass: ['ANTHROPIC_API_KEY', 'ANTHROPIC_AUTH_TOKEN', 'ANTHROPIC_BASE_URL', 'ANTHROPIC_MODEL'], set: {} },
  home: { link: ['.claude/.credentials.json'], copy: ['.claude.json', '.claude/settings.json'] },
  install: 'npm install -g @agentclientprotocol/claude-agent-acp',
  steering: ['.claude/settings.json', '.claude/settings.local.json', '.mcp.json'],
  signIn: 'run `claude` once and sign in, or set ANTHROPIC_API_KEY',
  reading: { modes: ['plan'] },
};
