import { ACP_DEFAULTS, type AgentProfile } from './profile';

/**
 * Codex through its ACP adapter. Its default mode lets a model approve, so the mode is set. The adapter trusts the
 * working folder whatever it holds: an MCP command in a committed `.codex/config.toml` runs at `session/new`. Its own
 * sandbox is bubblewrap, which does not nest: inside ours every command would fail, so there ours is the only one.
 */
export const codex: AgentProfile = {
  ...ACP_DEFAULTS,
  id: 'codex',
  name: 'Codex',
  command: 'codex-acp',
  args: [],
  env: {
    pass: ['OPENAI_API_KEY', 'CODEX_API_KEY', 'OPENAI_BASE_URL'],
    set: { INITIAL_AGENT_MODE: 'workspace-write' },
    sandboxed: { INITIAL_AGENT_MODE: 'agent-full-access' },
  },
  home: { link: ['.codex/auth.json'], copy: ['.codex/config.toml'] },
  install: 'npm install -g @agentclientprotocol/codex-acp',
  signIn: 'run `codex login`, or set OPENAI_API_KEY',
  oldestSeen: '2.6.0',
  usage: 'tokens of the turn',
  reports: { tokens: 'turn', usd: 'no' },
  steering: ['.codex'],
  trustsFolder: true,
  reading: { modes: ['read-only'], unsandboxed: true },
};
