import { ACP_DEFAULTS, type AgentProfile } from './profile';

/**
 * Gemini CLI. It obeys settings of the repository unless folder trust is on, and no later mode undoes that: the system
 * settings file, which stands above all others, turns it on. Loading a session in the minute it was made erases it
 * (google-gemini/gemini-cli#28775), so sessions are not loaded.
 */
export const gemini: AgentProfile = {
  ...ACP_DEFAULTS,
  id: 'gemini',
  name: 'Gemini CLI',
  command: 'gemini',
  args: ['--acp'],
  env: {
    pass: [
      'GEMINI_API_KEY',
      'GOOGLE_API_KEY',
      'GOOGLE_CLOUD_PROJECT',
      'GOOGLE_CLOUD_LOCATION',
      'GOOGLE_GENAI_USE_VERTEXAI',
    ],
    set: {},
  },
  settings: {
    env: 'GEMINI_CLI_SYSTEM_SETTINGS_PATH',
    json: { security: { folderTrust: { enabled: true } }, general: { disableAutoUpdate: true } },
  },
  home: { link: ['.gemini/oauth_creds.json', '.gemini/google_accounts.json'], copy: ['.gemini/settings.json'] },
  install: 'npm install -g @google/gemini-cli',
  signIn: 'run `gemini` once and sign in, or set GEMINI_API_KEY',
  oldestSeen: '0.61.0',
  usage: 'tokens of the turn',
  reports: { tokens: 'turn', usd: 'no' },
  load: 'never',
  reading: { modes: ['plan'] },
  // A folder that is not trusted gets no servers of tools.
  tools: 'none',
};
