/** Where a git remote is on the web, from its address in any of git's spellings. Pure. */

export interface Remote {
  /** Lower case, without a port. */
  readonly host: string;
  /** Of the web pages: of an http address the same, of an ssh one unknown and so the usual. */
  readonly port: number | null;
  /** Of GitLab also with groups in it. */
  readonly owner: string;
  readonly name: string;
}

export type Forge = 'github' | 'gitlab' | 'bitbucket' | 'other';

/** Schemes of git-clone(1) that name a machine; a scheme that is not here names a folder or a helper program. */
const WEB = new Set(['http:', 'https:']);
const OTHERS = new Set(['ssh:', 'git:', 'git+ssh:', 'ssh+git:']);

/** `user@host:path`: git takes it so when no slash stands before the first colon. One letter is a drive of Windows. */
const SCP_LIKE = /^(?:[^@/:\s]+@)?(\[[^\]\s]+\]|[^@/:\s]{2,}):(?!\/\/)(.+)$/;
/** What forges allow in names; whatever else it is, it is not put into an address. */
const NAME = /^[A-Za-z0-9._~-]+$/;
/** A name, an address, or one of IPv6 in its brackets. */
const HOST = /^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])$/i;
const LONGEST = 2_000;

/** Null when the remote is a folder, or an address that no forge has. Passwords in it are dropped. */
export function parseRemote(address: string): Remote | null {
  const text = address.trim();
  if (text.length > LONGEST) return null;
  if (text.includes('://')) return fromUrl(text);
  const match = SCP_LIKE.exec(text);
  return match === null ? null : remoteOf(match[1] ?? '', null, match[2] ?? '');
}

function fromUrl(text: string): Remote | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || url.hostname === '') return null;
  if (!WEB.has(url.protocol) && !OTHERS.has(url.protocol)) return null;
  const port = WEB.has(url.protocol) && url.port !== '' ? Number(url.port) : null;
  return remoteOf(url.hostname, port, url.pathname);
}

function remoteOf(host: string, port: number | null, path: string): Remote | null {
  const parts = path.split('/').filter((part) => part !== '');
  if (!HOST.test(host)) return null;
  const last = parts.pop()?.replace(/\.git$/, '') ?? '';
  if (parts.length === 0 || last === '' || ![...parts, last].every(isName)) return null;
  return { host: webHost(host.toLowerCase()), port, owner: parts.join('/'), name: last };
}

function isName(part: string): boolean {
  return NAME.test(part) && part !== '.' && part !== '..';
}

/** GitHub answers ssh on the port of https under another name. */
function webHost(host: string): string {
  return host === 'ssh.github.com' || host === 'www.github.com' ? 'github.com' : host;
}

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
