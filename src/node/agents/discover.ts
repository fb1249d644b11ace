/** Which agents this machine has. */
import { execFile } from 'node:child_process';
import { accessSync, constants, realpathSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, isAbsolute, join, parse, sep } from 'node:path';
import { findProgram } from '../process/confinement';
import { isWithin } from '../process/toolchains';
import { type CustomAgents, knownAgents } from './configuredAgents';
import type { AgentProfile } from './profiles/profile';

const VERSION_LIMIT_MS = 10_000;
const MAX_VERSION_BYTES = 16 * 1024;

export interface AgentListing {
  readonly id: string;
  readonly name: string;
  /** Absolute path of the program; null when it is not installed. */
  readonly path: string | null;
  /** What `--version` said; null when it was not asked or did not answer. */
  readonly version: string | null;
  readonly install: string;
  readonly signIn: string;
}

/** All known agents. With `versions` each installed one is run once with `--version`, which can take seconds. */
export async function listAgents(
  custom: CustomAgents = {},
  options: { versions?: boolean; environment?: NodeJS.ProcessEnv } = {},
): Promise<readonly AgentListing[]> {
  const environment = options.environment ?? process.env;
  const listings = [...knownAgents(custom).values()].map(async (profile): Promise<AgentListing> => {
    const path = locateAgent(profile, environment);
    const asked = options.versions === true && path !== null && profile.wire === 'acp';
    return {
      id: profile.id,
      name: profile.name,
      path,
      version: asked ? await versionOf(path, environment) : null,
      install: profile.install,
      signIn: profile.signIn,
    };
  });
  return Promise.all(listings);
}

/** Absolute path of the agent's program, or null. */
export function locateAgent(profile: AgentProfile, environment: NodeJS.ProcessEnv = process.env): string | null {
  if (!isAbsolute(profile.command)) return findProgram(profile.command, environment);
  try {
    accessSync(profile.command, constants.X_OK);
    return profile.command;
  } catch {
    return null;
  }
}

/**
 * What must be readable for a program or a script to run: the folder of the file it really is, or, for a file inside an
 * installed package, the outermost `node_modules` with everything that the package needs. Where that folder is too
 * broad to show, only the file itself. Not absolute or not there: nothing.
 */
export function foldersOf(file: string, home: string = homedir()): readonly string[] {
  if (!isAbsolute(file)) return [];
  let real: string;
  try {
    real = realpathSync(file);
  } catch {
    return [];
  }
  const modules = real.indexOf(`${sep}node_modules${sep}`);
  const folder = modules === -1 ? dirname(real) : join(real.slice(0, modules), 'node_modules');
  const found = isBroad(folder, home) ? real : folder;
  if (real === file) return [found];
  return [...new Set([found, isBroad(dirname(file), home) ? file : dirname(file)])];
}

/** The home folder, the temporary folder, one above them, or one at the top: they hold what is none of an agent's. */
function isBroad(folder: string, home: string): boolean {
  return isWithin(home, folder) || isWithin(tmpdir(), folder) || dirname(folder) === parse(folder).root;
}

function versionOf(file: string, environment: NodeJS.ProcessEnv): Promise<string | null> {
  const { PATH, HOME } = environment;
  const options = {
    timeout: VERSION_LIMIT_MS,
    killSignal: 'SIGKILL',
    maxBuffer: MAX_VERSION_BYTES,
    cwd: dirname(file),
    env: { PATH, HOME },
  } as const;
  return new Promise((resolve) => {
    execFile(file, ['--version'], options, (_error, stdout) => {
      resolve(/\d+\.\d+[0-9A-Za-z.+-]*/.exec(stdout)?.[0] ?? null);
    });
  });
}
