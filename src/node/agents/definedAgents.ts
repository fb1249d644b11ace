/**
 * The user's own agents: those of `config.yaml`, and below them those that the editor's setting defines. The latter are
 * kept in a file, so that a host which starts without an editor can resume the tasks that use them.
 */
import { readFile, stat } from 'node:fs/promises';
import { fail } from '../../core/errors';
import { writeFileAtomic } from '../store/atomicFile';
import { type CustomAgents, customAgentSchema, customAgentsSchema } from './configuredAgents';
import { PROFILES } from './profiles';

/** As large as `config.yaml` may be. */
const MAX_BYTES = 256 * 1024;
const MOST_AGENTS = 100;

/** An entry of the setting that was not taken. */
export interface RefusedAgent {
  readonly id: string;
  readonly why: string;
}

export class DefinedAgents {
  readonly #file: string;
  readonly #configured: CustomAgents;
  #defined: CustomAgents;
  /** One writing after the other, the last one wins. */
  #tail: Promise<unknown> = Promise.resolve();

  private constructor(file: string, configured: CustomAgents, defined: CustomAgents) {
    this.#file = file;
    this.#configured = configured;
    this.#defined = defined;
  }

  /**
   * @param file       where the definitions are kept; one that is missing, damaged or too large holds none
   * @param configured those of `config.yaml`, which win
   */
  static async open(file: string, configured: CustomAgents): Promise<DefinedAgents> {
    return new DefinedAgents(file, configured, judge(await readDefinitions(file)).taken);
  }

  /** All of them as they are now. */
  get current(): CustomAgents {
    return { ...this.#defined, ...this.#configured };
  }

  /**
   * Takes what can be used of these in the place of what was defined before.
   *
   * @returns what cannot be used, and why
   * @throws CONFIG_INVALID when they are too many or too large; STORAGE_FAILED. Then everything is as it was
   */
  define(agents: Readonly<Record<string, unknown>>): Promise<readonly RefusedAgent[]> {
    const defining = this.#tail.then(() => this.#define(agents));
    this.#tail = defining.catch(() => undefined);
    return defining;
  }

  async #define(agents: Readonly<Record<string, unknown>>): Promise<readonly RefusedAgent[]> {
    const text = JSON.stringify(agents);
    const count = Object.keys(agents).length;
    if (count > MOST_AGENTS || Buffer.byteLength(text) > MAX_BYTES) {
      fail('CONFIG_INVALID', `${count} agents in ${Buffer.byteLength(text)} bytes are too many`, {
        fix: `define at most ${MOST_AGENTS}, in ${MAX_BYTES / 1024} KiB`,
      });
    }
    const { taken, refused } = judge(agents);
    await writeFileAtomic(this.#file, JSON.stringify(taken));
    this.#defined = taken;
    return refused;
  }
}

function judge(agents: Readonly<Record<string, unknown>>): { taken: CustomAgents; refused: RefusedAgent[] } {
  const taken: CustomAgents = {};
  const refused: RefusedAgent[] = [];
  for (const [id, entry] of Object.entries(agents)) {
    const why = isBuiltInCommand(id) ? 'the id is taken by the built-in agent' : problemOf(id, entry);
    if (why === null) taken[id] = customAgentSchema.parse(entry);
    else refused.push({ id, why });
  }
  return { taken, refused };
}

function isBuiltInCommand(id: string): boolean {
  return PROFILES.some((profile) => profile.id === id && profile.wire === 'command');
}

/** What is wrong with an entry, in words; null when nothing is. */
function problemOf(id: string, entry: unknown): string | null {
  const parsed = customAgentsSchema.safeParse(Object.fromEntries([[id, entry]]));
  // Of a record zod takes every name but this one, and says nothing.
  if (parsed.success) return Object.hasOwn(parsed.data, id) ? null : 'expected another id';
  const [issue] = parsed.error.issues;
  if (issue === undefined) return 'it does not fit';
  if (issue.code === 'invalid_key') return `expected ${issue.issues[0]?.message ?? issue.message}`;
  const place = issue.path.slice(1).join('.');
  return place === '' ? issue.message : `${place}: ${issue.message}`;
}

async function readDefinitions(file: string): Promise<Record<string, unknown>> {
  try {
    if ((await stat(file)).size > MAX_BYTES * 2) return {};
    const read: unknown = JSON.parse(await readFile(file, 'utf8'));
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? { ...read } : {};
  } catch {
    return {};
  }
}
