/** The user's `config.yaml`: agents, limits, sandbox. What a repository says can never stand here. */
import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import * as z from 'zod';
import {
  checkSchema,
  describeProblems,
  type Expectations,
  type Problem,
  readYaml,
} from '../../core/brief/yamlDocument';
import { fail } from '../../core/errors';
import { customAgentsSchema } from '../agents/configuredAgents';
import { configFile } from './platformFolders';
import { storageFailure, systemCode } from './storageFailure';

const MAX_CONFIG_BYTES = 256 * 1024;

const word = z.string().trim().min(1).max(200);
const networkUseSchema = z.enum(['setup', 'agent', 'command', 'checks']);

export const configSchema = z.strictObject({
  /** The agent of briefs that name none. */
  agent: word.optional(),
  agents: customAgentsSchema.default({}),
  /** Second opinions, where a brief does not say: who gives them, and whether every result gets one. */
  review: z.strictObject({ agent: word.optional(), automatic: z.boolean().default(false) }).prefault({}),
  /** Who shapes briefs: the id of an agent, or `none`. Absent = an installed agent, another than `agent` where one is there. */
  planner: word.optional(),
  /** Tasks at work at the same time, in all and in one repository. Absent = by the machine's memory. */
  limits: z
    .strictObject({
      tasks: z.number().int().min(1).max(1_000).optional(),
      perRepository: z.number().int().min(1).max(1_000).optional(),
    })
    .default({}),
  sandbox: z
    .strictObject({
      mode: z.enum(['auto', 'required', 'off']).default('auto'),
      /** What may reach the network. Commands and checks have no need of it: their results should not depend on it. */
      network: z.array(networkUseSchema).default(['setup', 'agent']),
    })
    .prefault({}),
  /** Minutes without client and task after which the host ends itself. */
  idleMinutes: z.number().min(0.01).max(10_080).default(10),
});
export type Config = z.output<typeof configSchema>;

const EXPECTATIONS: Expectations = {
  '': 'a map of `agent`, `agents`, `review`, `planner`, `limits`, `sandbox` and `idleMinutes`',
  agent: 'the id of an agent: one line of text',
  agents:
    'a map from ids (lower-case letters, digits, `-`) to `{ name, command, args, env, pass, writable, readable, network }`',
  'agents.*': 'an agent: `{ name, command, args, env, pass, writable, readable, network }`',
  'agents.*.name': 'a name of at most 200 characters',
  'agents.*.command': 'a program: a name on the PATH or an absolute path',
  'agents.*.args': 'a list of at most 200 arguments',
  'agents.*.args.*': 'an argument: text, in quotes if it looks like a number or a truth value',
  'agents.*.env': 'a map from names of environment variables to text',
  'agents.*.env.*': 'text, in quotes if it looks like a number or a truth value',
  'agents.*.pass': 'a list of at most 100 names of environment variables',
  'agents.*.pass.*': 'the name of an environment variable',
  'agents.*.writable': 'a list of at most 50 absolute paths',
  'agents.*.writable.*': 'an absolute path',
  'agents.*.readable': 'a list of at most 50 absolute paths',
  'agents.*.readable.*': 'an absolute path',
  'agents.*.network': '`true` or `false`',
  review: 'a map of `agent` and `automatic`',
  'review.agent': 'the id of an agent: one line of text',
  'review.automatic': '`true` or `false`',
  planner: 'the id of an agent, or `none`',
  limits: 'a map of `tasks` and `perRepository`',
  'limits.tasks': 'a whole number from 1 to 1000',
  'limits.perRepository': 'a whole number from 1 to 1000',
  sandbox: 'a map of `mode` and `network`',
  'sandbox.mode': '`auto`, `required` or `off`',
  'sandbox.network': 'a list of `setup`, `agent`, `command`, `checks`',
  'sandbox.network.*': 'one of `setup`, `agent`, `command`, `checks`',
  idleMinutes: 'minutes from 0.01 to 10080 (a week)',
};

/**
 * Reads the user's configuration; a file that is not there means the defaults, one that `$COUNTERSIGN_CONFIG` names must
 * be there.
 *
 * @throws CONFIG_INVALID naming file and line; STORAGE_FAILED when it cannot be read
 */
export async function readConfig(env: NodeJS.ProcessEnv = process.env): Promise<Config> {
  const file = configFile({ platform: process.platform, home: homedir(), env });
  try {
    const { size } = await stat(file);
    if (size > MAX_CONFIG_BYTES) fail('CONFIG_INVALID', `${file} is larger than ${MAX_CONFIG_BYTES} bytes`);
    return parseConfig(await readFile(file), file);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') return storageFailure(`${file} could not be read`, error);
    if (env.COUNTERSIGN_CONFIG) fail('CONFIG_INVALID', `$COUNTERSIGN_CONFIG names a file that is not there: ${file}`);
    return configSchema.parse({});
  }
}

/**
 * @param file what messages call it
 * @throws CONFIG_INVALID naming every line that is wrong
 */
export function parseConfig(bytes: Uint8Array, file: string): Config {
  const reading = readYaml(decode(bytes, file), 1);
  const refuse = (problems: readonly Problem[]): never => {
    const fix = problems[0]?.fix;
    return fail('CONFIG_INVALID', describeProblems(file, problems), fix === undefined ? {} : { fix });
  };
  if (reading.problems.length > 0) refuse(reading.problems);
  const { value, problems } = checkSchema(configSchema, { ...reading, data: reading.data ?? {} }, EXPECTATIONS);
  return value ?? refuse(problems);
}

function decode(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return fail('CONFIG_INVALID', `${file} is not UTF-8`, { fix: 'save the file as UTF-8' });
  }
}
