/** What a forge is, and where its pages are, told from a remote. Pure. */
import type { Remote } from '../../core/remote';

export { parseRemote, type Remote } from '../../core/remote';

export type Forge = 'github' | 'gitlab' | 'bitbucket' | 'other';

/** @param enterprise host of the GitHub Enterprise that the editor is configured for; null without one */
export function forgeOf({ host }: Remote, enterprise: string | null): Forge {
  if (host === 'github.com' || host === enterprise?.toLowerCase()) return 'github';
  if (host.split('.').includes('gitlab')) return 'gitlab';
  return host === 'bitbucket.org' ? 'bitbucket' : 'other';
}

/** Where GitHub's REST API is: of github.com, of a company on ghe.com, of a server of one's own. */
export function apiOf({ host, port }: Remote): string {
  if (host === 'github.com') return 'https://api.github.com';
  if (host.endsWith('.ghe.com')) return `https://api.${host}`;
  return `https://${authority(host, port)}/api/v3`;
}

/** The repository's page, such as `https://github.com/owner/name`. */
export function pageOf({ host, port, owner, name }: Remote): string {
  return `https://${authority(host, port)}/${owner}/${name}`;
}

/** The page on which a person opens the pull request by hand; null for a forge that is not known. */
export function comparePage(
  remote: Remote,
  forge: Forge,
  { base, head }: { readonly base: string | null; readonly head: string },
): string | null {
  const page = pageOf(remote);
  switch (forge) {
    case 'github': {
      const range = base === null ? refPath(head) : `${refPath(base)}...${refPath(head)}`;
      return `${page}/compare/${range}?expand=1`;
    }
    case 'gitlab': {
      const target = base === null ? [] : [['merge_request[target_branch]', base]];
      const query = new URLSearchParams([['merge_request[source_branch]', head], ...target]);
      return `${page}/-/merge_requests/new?${query}`;
    }
    case 'bitbucket': {
      const target = base === null ? [] : [['dest', base]];
      return `${page}/pull-requests/new?${new URLSearchParams([['source', head], ...target])}`;
    }
    case 'other':
      return null;
  }
}

function refPath(ref: string): string {
  return ref.split('/').map(encodeURIComponent).join('/');
}

function authority(host: string, port: number | null): string {
  return port === null ? host : `${host}:${port}`;
}
