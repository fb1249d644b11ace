/** The agents that are known without configuration. */
import { claude } from './claude';
import { cline } from './cline';
import { codex } from './codex';
import { command } from './command';
import { copilot } from './copilot';
import { cursor } from './cursor';
import { gemini } from './gemini';
import { goose } from './goose';
import { kilo } from './kilo';
import { opencode } from './opencode';
import type { AgentProfile } from './profile';
import { qwen } from './qwen';

export const PROFILES: readonly AgentProfile[] = [
  command,
  claude,
  codex,
  copilot,
  gemini,
  cursor,
  opencode,
  qwen,
  cline,
  kilo,
  goose,
];
