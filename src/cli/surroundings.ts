/** What a command needs around it: Node, git, and a person instead of an agent. */
import { CountersignError, fail } from '../core/errors';

/** Oldest Node.js that is supported, as in `engines` of package.json. */
const MINIMUM_NODE = [20, 19] as const;

/** Whether a dotted version reaches a minimum of major and minor. */
function reaches(version: string, [major, minor]: readonly [number, number]): boolean {
  const [ownMajor = 0, ownMinor = 0] = version.split('.').map(Number);
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}

/** Throws NODE_TOO_OLD when `version` (such as `20.19.0`) is older than the runtime needs. */
export function requireNode(version: string): void {
  if (!reaches(version, MINIMUM_NODE)) {
    fail('NODE_TOO_OLD', `this is Node.js ${version}; Countersign needs ${MINIMUM_NODE.join('.')} or newer`);
  }
}

/** GIT_MISSING or GIT_TOO_OLD when that is what is wrong with this machine's git, else null. One git process. */
export async function unusableGit(): Promise<CountersignError | null> {
  const { gitVersion } = await import('../node/git/git');
  try {
    await gitVersion();
    return null;
  } catch (thrown) {
    return thrown instanceof CountersignError ? thrown : null;
  }
}

/**
 * Refuses what only a person may do when an agent's process asks for it: agents run with `COUNTERSIGN_TASK` in their
 * environment. Throws SIGNOFF_IDENTITY.
 */
export function requirePerson(env: NodeJS.ProcessEnv, what: string): void {
  if (env.COUNTERSIGN_TASK === undefined) return;
  fail('SIGNOFF_IDENTITY', `this runs inside a task (COUNTERSIGN_TASK is set), and an agent may not ${what}`, {
    fix: 'run it in a terminal of your own',
  });
}
