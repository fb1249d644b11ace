/** From a profile and a turn to the process that runs it. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from '../../core/errors';
import type { ConfinedSpec } from '../process/run';
import { realHome } from '../process/toolchains';
import { prepareAgentHome } from './agentHome';
import { foldersOf, locateAgent } from './discover';
import type { AgentProfile } from './profiles/profile';
import type { LaunchPlace, Surroundings } from './turn';

/** The specification of an ACP agent's process for one turn. Throws AGENT_NOT_INSTALLED. */
export async function prepareLaunch(
  profile: AgentProfile,
  request: LaunchPlace,
  { home, state, network, confinement }: Pick<Surroundings, 'home' | 'state' | 'network' | 'confinement'>,
  user: NodeJS.ProcessEnv = process.env,
): Promise<ConfinedSpec> {
  const file = locateAgent(profile, user) ?? notInstalled(profile);
  const userHome = realHome(user);
  const linked = await prepareAgentHome(home, userHome, profile.home);
  const settings = await writeSettings(profile, `${home}-settings`);
  const sandboxed = confinement.kind === 'bwrap' ? profile.env.sandboxed : {};
  const files = [file, ...profile.args].flatMap((path) => foldersOf(path, userHome));
  return {
    task: request.task,
    command: { file, args: profile.args },
    cwd: request.worktree,
    env: { ...passed(profile, user), ...profile.env.set, ...sandboxed, ...settings.env },
    writable: [...(request.readOnly ? [] : [request.worktree]), ...profile.writable, ...linked],
    readable: [
      ...(request.readOnly ? [request.worktree] : []),
      ...new Set([...request.readable, ...profile.readable, ...files, ...settings.readable]),
    ],
    hidden: [state, ...request.hidden],
    home,
    network: network && profile.network,
    stdin: 'pipe',
  };
}

/** Throws AGENT_NOT_INSTALLED with how to install and sign in. */
export function notInstalled(profile: AgentProfile): never {
  return fail('AGENT_NOT_INSTALLED', `${profile.name} is not installed: \`${profile.command}\` was not found`, {
    fix: `${profile.install}; then ${profile.signIn}`,
  });
}

function passed(profile: AgentProfile, user: NodeJS.ProcessEnv): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const name of profile.env.pass) {
    const value = user[name];
    if (value !== undefined) environment[name] = value;
  }
  return environment;
}

/** `folder` lies outside all that the agent can write: it must not change its own safe mode. */
async function writeSettings(
  { settings }: AgentProfile,
  folder: string,
): Promise<{ env: Record<string, string>; readable: readonly string[] }> {
  if (settings === null) return { env: {}, readable: [] };
  const file = join(folder, 'settings.json');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { mode: 0o700 });
  await writeFile(file, JSON.stringify(settings.json));
  return { env: { [settings.env]: file }, readable: [folder] };
}
