/** Trees that were never in a folder: a result with files of the base laid over it. Only an index of ours is touched. */
import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Laid } from '../../core/verify/overlay';
import { joinNul, openGit } from './git';
import { fillIndex } from './indexFile';

/**
 * The tree with those entries in place of its own, written into the shadow. Throws GIT_FAILED when a tree holds what an
 * index does not take, STOPPED.
 */
export async function layOver(
  shadow: string,
  tree: string,
  laid: readonly Laid[],
  signal?: AbortSignal,
): Promise<string> {
  if (laid.length === 0) return tree;
  const git = openGit(shadow);
  const index = join(shadow, `overlay-${randomBytes(6).toString('hex')}.index`);
  const env = { GIT_INDEX_FILE: index };
  try {
    await fillIndex(shadow, index, tree);
    // Mode 0 takes an entry out (git-update-index, "--index-info"); the name is that of no object.
    const nothing = '0'.repeat(tree.length);
    const gone = laid.filter(({ entry }) => entry === null).map(({ path }) => `0 ${nothing}\t${path}`);
    const put: string[] = [];
    for (const { path, entry } of laid) {
      if (entry === null) continue;
      const oid = 'oid' in entry ? entry.oid : await write(shadow, entry.text, signal);
      put.push(`${entry.mode} ${oid}\t${path}`);
    }
    // What goes makes room first: a file may come back where there is a folder now.
    const input = joinNul([...gone, ...put]);
    await git.run(['update-index', '-z', '--index-info'], { input, env, signal });
    return await git.text(['write-tree'], { env, signal });
  } finally {
    await Promise.all([rm(index, { force: true }), rm(`${index}.lock`, { force: true })]);
  }
}

function write(shadow: string, text: string, signal?: AbortSignal): Promise<string> {
  return openGit(shadow).text(['hash-object', '-w', '--stdin'], { input: text, signal });
}
