/** Who sits here, in the words that records take: as git knows them, else the login name. */
import { userInfo } from 'node:os';
import type { HostLink } from './hostLink';

/**
 * Asks the host, because the extension has no git.
 *
 * @param repo a folder of the repository that it is about
 */
export async function describeUser(link: HostLink, repo: string): Promise<string> {
  const facts = await link.request('brief/facts', { repo }).catch(() => null);
  return facts?.user ?? userInfo().username;
}
