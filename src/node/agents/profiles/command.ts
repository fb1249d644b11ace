import type { AgentProfile } from './profile';

/** The built-in agent: the brief's own `command`, run by the shell. It needs no model and no key. */
export const command: AgentProfile = {
  id: 'command',
  name: "The brief's command",
  wire: 'command',
  command: 'sh',
  args: [],
  env: { pass: [], set: {} },
  settings: null,
  home: { link: [], copy: [] },
  writable: [],
  readable: [],
  network: true,
  install: 'nothing to install',
  signIn: 'nothing to sign in to',
  oldestSeen: null,
  usage: 'none',
  reports: { tokens: 'none', usd: 'no' },
  reading: { modes: [] },
  load: 'never',
  steering: [],
  trustsFolder: false,
  tools: 'none',
};
