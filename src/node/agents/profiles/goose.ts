import { ACP_DEFAULTS, type AgentProfile } from './profile';

/** Goose. From its documentation; not run here. Its default mode asks nothing, so the mode is set. */
export const goose: AgentProfile = {
  ...ACP_DEFAULTS,
  id: 'goose',
  name: 'Goose',
  command: 'goose',
  args: ['acp'],
  env: {
    pass: ['GOOSE_PROVIDER', 'GOOSE_MODEL', 'ANTHROPIC_API_KEY', 'OPENAI_API_KEY', 'GOOGLE_API_KEY'],
    set: { GOOSE_MODE: 'approve' },
  },
  home: { link: ['.config/goose/secrets.yaml'], copy: ['.config/goose/config.yaml'] },
  install: 'see https://block.github.io/goose/docs/getting-started/installation',
  signIn: 'run `goose configure`',
};
