/** The agents of the user's configuration, laid over those that are built in. */
import * as z from 'zod';
import { fail } from '../../core/errors';
import { PROFILES } from './profiles';
import { ACP_DEFAULTS, type AgentProfile } from './profiles/profile';

const word = z.string().min(1).max(4_096);
const absolute = word.refine((path) => path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path), 'an absolute path');
const variable = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,255}$/, 'the name of an environment variable');

/** An entry of `agents:`. One with a built-in id replaces how that agent is started and keeps what is known of it. */
export const customAgentSchema = z.strictObject({
  name: z.string().trim().min(1).max(200).optional(),
  command: word.describe('a name on the PATH or an absolute path'),
  args: z.array(z.string().max(32_768)).max(200).default([]),
  env: z.record(variable, z.string().max(131_072)).default({}),
  pass: z.array(variable).max(100).optional().describe("names passed on from the user's environment"),
  writable: z.array(absolute).max(50).optional().describe('what it may write beside the worktree'),
  readable: z.array(absolute).max(50).optional().describe('what it may read beside the worktree'),
  network: z.boolean().optional().describe('false: it reaches nothing, not even a local model'),
});

export const customAgentsSchema = z.record(
  z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'an id of lower-case letters, digits, `.`, `_`, `-`'),
  customAgentSchema,
);

export type CustomAgent = z.output<typeof customAgentSchema>;
export type CustomAgents = z.output<typeof customAgentsSchema>;

/** All agents by id: the built-in ones in their order, then the user's own. */
export function knownAgents(custom: CustomAgents = {}): ReadonlyMap<string, AgentProfile> {
  const table = new Map(PROFILES.map((profile) => [profile.id, profile]));
  for (const [id, entry] of Object.entries(custom)) table.set(id, configured(id, entry, table.get(id)));
  return table;
}

/** The profile of an agent. Throws AGENT_UNKNOWN, naming those that are known. */
export function agentProfile(id: string, custom: CustomAgents = {}): AgentProfile {
  const table = knownAgents(custom);
  return (
    table.get(id) ?? fail('AGENT_UNKNOWN', `there is no agent \`${id}\`; known are ${[...table.keys()].join(', ')}`)
  );
}

function configured(id: string, entry: CustomAgent, builtIn: AgentProfile | undefined): AgentProfile {
  if (builtIn?.wire === 'command') {
    fail('CONFIG_INVALID', `the agent id \`${id}\` is taken by the built-in one`, { fix: 'choose another id' });
  }
  const base: AgentProfile = builtIn ?? {
    ...ACP_DEFAULTS,
    id,
    name: id,
    command: entry.command,
    args: [],
    env: { pass: [], set: {} },
    home: { link: [], copy: [] },
    install: `make \`${entry.command}\` available, or change \`agents.${id}\` in the configuration`,
    signIn: 'as its documentation says',
  };
  return {
    ...base,
    name: entry.name ?? base.name,
    command: entry.command,
    args: entry.args,
    env: {
      pass: [...base.env.pass, ...(entry.pass ?? [])],
      set: { ...base.env.set, ...entry.env },
      sandboxed: { ...base.env.sandboxed, ...entry.env },
    },
    writable: [...base.writable, ...(entry.writable ?? [])],
    readable: [...base.readable, ...(entry.readable ?? [])],
    network: entry.network ?? base.network,
  };
}
