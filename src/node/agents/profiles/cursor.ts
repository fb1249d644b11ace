import { ACP_DEFAULTS, type AgentProfile } from './profile';

/**
 * Cursor's command line agent. From its documentation; not run here. npm's `cursor-agent` is someone else's. Settings
 * of the repository may grant permissions, hold hooks and start MCP servers.
 */
export const cursor: AgentProfile = {
  ...ACP_DEFAULTS,
  id: 'cursor',
  name: 'Cursor',
  command: 'cursor-agent',
  args: ['acp'],
  env: { pass: ['CURSOR_API_KEY'], set: {} },
  home: { link: ['.config/cursor/auth.json'], copy: ['.cursor/cli-config.json'] },
  install: 'see https://cursor.com/cli (the npm package of that name is not it)',
  steering: ['.cursor/cli.json', '.cursor/hooks.json', '.cursor/mcp.json'],
  signIn: 'run `cursor-agent login`, or set CURSOR_API_KEY',
  reading: { modes: ['ask', 'plan'] },
};
