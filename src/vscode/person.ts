/** Who sits here, in the words that records take: as git knows them, else the login name. */
import { userInfo } from 'node:os';
import type { HostLink } from './hostLink';

/**
 * Asks the host, because the extension has no git.
 *
 * @param repo a folder of the repository that it is about; undefined where that is not known
 */
export async function describeUser(link: HostLink, repo: string | undefined): Promise<string> {
  const facts = repo === undefined ? null : await link.request('brief/facts', { repo }).catch(() => null);
  return facts?.user ?? userInfo().username;
}
