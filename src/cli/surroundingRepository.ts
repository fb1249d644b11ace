/** The repository around, where there is one: a brief can be drafted and read anywhere. */
import { toCountersignError } from '../core/errors';
import type { SurroundingRepository } from '../node/briefs/surroundings';
import type { Context } from './command';

/** What the repository says about itself; null, with a note on stderr, where there is none. Throws POLICY_INVALID. */
export async function readSurroundingsIfAny({ repo, output }: Context): Promise<SurroundingRepository | null> {
  const { readSurroundings } = await import('../node/briefs/surroundings');
  try {
    return await readSurroundings(repo);
  } catch (thrown) {
    const error = toCountersignError(thrown);
    if (!/REPOSITORY/.test(error.code)) throw error;
    output.note(`without a repository: ${error.message}`);
    return null;
  }
}
