import { ACP_DEFAULTS, type AgentProfile } from './profile';

/** Cline's command line agent. It leaves a detached hub behind, which ends with the task's other processes. */
export const cline: AgentProfile = {
  ...ACP_DEFAULTS,
  id: 'cline',
  name: 'Cline',
  command: 'cline',
  args: ['--acp'],
  env: { pass: ['ANTHROPIC_API_KEY', 'OPENAI_API_KEY', 'OPENROUTER_API_KEY'], set: {} },
  home: { link: ['.cline/data/secrets.json'], copy: ['.cline/data/globalState.json'] },
  install: 'npm install -g cline',
  steering: ['.clinerules/hooks'],
  signIn: 'run `cline auth`',
  oldestSeen: '3.0.65',
  usage: 'not reported',
  reports: { tokens: 'none', usd: 'no' },
};
