/** Real agents, installed once below `node_modules`, each set up to talk to the scripted model. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CustomAgent } from '../../src/node/agents/configuredAgents';

const CACHE = join(process.cwd(), 'node_modules/.cache/agents');

export interface RealAgent {
  readonly id: 'copilot' | 'codex' | 'opencode' | 'qwen';
  readonly package: string;
  /** Below `node_modules` of where it is installed. */
  readonly program: string;
  readonly args: readonly string[];
  /** Whether it asks before it writes, inside our sandbox. */
  readonly asks: boolean;
  /** The environment that leads it to the model, without an account. */
  env(modelUrl: string): Record<string, string>;
  /** Writes what it needs into the private home that it will get. */
  prepareHome(home: string, modelUrl: string): void;
}

export const REAL_AGENTS: readonly RealAgent[] = [
  {
    id: 'copilot',
    package: '@github/copilot@1.0.102',
    program: '.bin/copilot',
    args: ['--acp', '--stdio', '--no-auto-update'],
    asks: true,
    env: (modelUrl) => ({
      COPILOT_OFFLINE: 'true',
      COPILOT_AUTO_UPDATE: 'false',
      COPILOT_PROVIDER_BASE_URL: modelUrl,
      COPILOT_PROVIDER_API_KEY: 'dummy',
      COPILOT_PROVIDER_WIRE_API: 'completions',
      COPILOT_MODEL: 'scripted-1',
    }),
    prepareHome: () => {},
  },
  {
    id: 'codex',
    package: '@agentclientprotocol/codex-acp@2.6.0',
    program: '.bin/codex-acp',
    args: [],
    asks: false,
    env: () => ({ MODEL_PROVIDER: 'scripted', SCRIPTED_KEY: 'dummy' }),
    prepareHome(home, modelUrl) {
      mkdirSync(join(home, '.codex'), { recursive: true });
      writeFileSync(join(home, '.codex/config.toml'), codexConfig(modelUrl));
    },
  },
  {
    id: 'opencode',
    package: 'opencode-ai@1.18.33',
    // The program that a script of its installation would put in place.
    program: `opencode-${process.platform}-${process.arch}/bin/opencode`,
    args: ['acp'],
    asks: true,
    env: () => ({}),
    prepareHome(home, modelUrl) {
      mkdirSync(join(home, '.config/opencode'), { recursive: true });
      writeFileSync(join(home, '.config/opencode/opencode.json'), JSON.stringify(openCodeConfig(modelUrl)));
    },
  },
  {
    id: 'qwen',
    package: '@qwen-code/qwen-code@0.24.4',
    program: '.bin/qwen',
    args: ['--acp'],
    asks: true,
    env: (modelUrl) => ({ OPENAI_API_KEY: 'dummy', OPENAI_BASE_URL: modelUrl, OPENAI_MODEL: 'scripted-1' }),
    prepareHome: () => {},
  },
];

export function realAgent(id: RealAgent['id']): RealAgent {
  const found = REAL_AGENTS.find((agent) => agent.id === id);
  if (found === undefined) throw new Error(`no agent ${id}`);
  return found;
}

/** Installs the agent if it is not there yet, without running any script of its packages; an entry for `agents:`. */
export function installed(agent: RealAgent, modelUrl: string): CustomAgent {
  const prefix = join(CACHE, agent.id);
  const program = join(prefix, 'node_modules', agent.program);
  if (!existsSync(program)) {
    const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--silent', '--prefix', prefix];
    mkdirSync(prefix, { recursive: true });
    execFileSync('npm', ['install', ...options, agent.package], { stdio: ['ignore', 'ignore', 'inherit'] });
  }
  return { command: program, args: [...agent.args], env: agent.env(modelUrl) };
}

function openCodeConfig(baseURL: string) {
  const models = { 'scripted-1': { name: 'Scripted' } };
  const scripted = {
    npm: '@ai-sdk/openai-compatible',
    name: 'Scripted',
    options: { baseURL, apiKey: 'dummy' },
    models,
  };
  return { model: 'scripted/scripted-1', provider: { scripted } };
}

function codexConfig(modelUrl: string): string {
  return `model = "scripted-1"
model_provider = "scripted"

[analytics]
enabled = false

[feedback]
enabled = false

[otel]
exporter = "none"

[features]
plugins = false
apps = false
remote_plugin = false
plugin_sharing = false

[model_providers.scripted]
name = "scripted"
base_url = "${modelUrl}"
wire_api = "responses"
env_key = "SCRIPTED_KEY"
requires_openai_auth = false
supports_websockets = false
`;
}
