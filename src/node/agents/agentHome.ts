/**
 * The private HOME of a task's agent. It lives as long as the task, because agents keep their sessions in it. An agent
 * of an earlier turn may have put links into it: nothing here follows one.
 */
import { copyFile, lstat, mkdir, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { AgentProfile } from './profiles/profile';

/** A settings file above this size is none. */
const MAX_COPY_BYTES = 4 * 1024 * 1024;

/**
 * Makes `home` ready for a turn: the user's sign-in files by links, the settings files as fresh copies. What the user
 * does not have is left out.
 * @returns the sign-in files that the links lead to: absolute, to be made writable
 */
export async function prepareAgentHome(
  home: string,
  userHome: string,
  wanted: AgentProfile['home'],
): Promise<readonly string[]> {
  await mkdir(home, { recursive: true, mode: 0o700 });
  const linked: string[] = [];
  for (const name of wanted.link) {
    const source = join(userHome, name);
    if (!(await isFile(source, Number.POSITIVE_INFINITY))) continue;
    linked.push(source);
    await clearWay(home, name);
    await rm(join(home, name), { recursive: true, force: true });
    await symlink(source, join(home, name));
  }
  for (const name of wanted.copy) {
    const source = join(userHome, name);
    if (!(await isFile(source, MAX_COPY_BYTES))) continue;
    await clearWay(home, name);
    await rm(join(home, name), { recursive: true, force: true });
    await copyFile(source, join(home, name));
  }
  return linked;
}

/** Makes the folders down to `name` below `home`; what is there and not a folder, such as a link, goes. */
async function clearWay(home: string, name: string): Promise<void> {
  const parents: string[] = [];
  for (let parent = dirname(name); parent !== '.'; parent = dirname(parent)) parents.unshift(parent);
  for (const parent of parents) {
    const folder = join(home, parent);
    const stat = await lstat(folder).catch(() => null);
    if (stat?.isDirectory()) continue;
    await rm(folder, { force: true });
    await mkdir(folder, { mode: 0o700 });
  }
}

async function isFile(path: string, maxBytes: number): Promise<boolean> {
  const stat = await lstat(path).catch(() => null);
  return stat?.isFile() === true && stat.size <= maxBytes;
}
