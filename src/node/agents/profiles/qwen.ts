import { ACP_DEFAULTS, type AgentProfile } from './profile';

/** Qwen Code, kin of Gemini CLI: it too obeys settings of the repository unless folder trust is on. */
export const qwen: AgentProfile = {
  ...ACP_DEFAULTS,
  id: 'qwen',
  name: 'Qwen Code',
  command: 'qwen',
  args: ['--acp'],
  env: { pass: ['OPENAI_API_KEY', 'OPENAI_BASE_URL', 'OPENAI_MODEL', 'DASHSCOPE_API_KEY'], set: {} },
  settings: {
    env: 'QWEN_CODE_SYSTEM_SETTINGS_PATH',
    json: { security: { folderTrust: { enabled: true } }, general: { disableAutoUpdate: true } },
  },
  home: { link: ['.qwen/oauth_creds.json'], copy: ['.qwen/settings.json'] },
  install: 'npm install -g @qwen-code/qwen-code',
  signIn: 'run `qwen` once and sign in, or set OPENAI_API_KEY and OPENAI_BASE_URL',
  oldestSeen: '0.24.4',
  usage: 'tokens of one chunk of the answer',
  reports: { tokens: 'chunk', usd: 'no' },
  reading: { modes: ['plan'] },
  // A folder that is not trusted gets no servers of tools.
  tools: 'none',
};
