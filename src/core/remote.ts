/** Where a git remote is on the web, from its address in any of git's spellings; and what names a pull request. Pure. */

export interface Remote {
  /** Lower case, without a port. */
  readonly host: string;
  /** Of the web pages: of an http address the same, of an ssh one unknown and so the usual. */
  readonly port: number | null;
  /** Of GitLab also with groups in it. */
  readonly owner: string;
  readonly name: string;
}

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

/** A pull request as people write it. */
export interface PullRequestName {
  readonly number: number;
  /** How its server calls the ref of its newest commit; null when the name does not tell. */
  readonly forge: 'github' | 'gitlab' | null;
  /** The repository that its address names; null when it is only a number. */
  readonly remote: Remote | null;
}

const NUMBER = /^([1-9][0-9]{0,9})$/;

/**
 * `#12`, `pull/12`, `!12`, `merge-requests/12`, or the address of its page on GitHub (`/OWNER/NAME/pull/12`) or GitLab
 * (`/GROUP/NAME/-/merge_requests/12`), whatever page of it. Null for everything else.
 */
export function parsePullRequest(text: string): PullRequestName | null {
  if (/^https?:\/\//i.test(text)) return fromAddress(text);
  const [, sign, digits = ''] = /^(#|!|pull\/|merge-requests\/)([0-9]+)$/.exec(text) ?? [];
  if (sign === undefined || !NUMBER.test(digits)) return null;
  const forge = sign === '#' ? null : sign === 'pull/' ? 'github' : 'gitlab';
  return { number: Number(digits), forge, remote: null };
}

function fromAddress(text: string): PullRequestName | null {
  const url = text.length <= LONGEST && URL.canParse(text) ? new URL(text) : null;
  const parts = url?.pathname.split('/').filter((part) => part !== '') ?? [];
  if (url === null) return null;
  const at =
    parts[2] === 'pull' ? 2 : parts.findIndex((part, index) => part === '-' && parts[index + 1] === 'merge_requests');
  if (at < 2) return null;
  const isGitHub = parts[at] === 'pull';
  const digits = parts[isGitHub ? at + 1 : at + 2] ?? '';
  const remote = remoteOf(url.hostname, url.port === '' ? null : Number(url.port), parts.slice(0, at).join('/'));
  if (remote === null || !NUMBER.test(digits)) return null;
  return { number: Number(digits), forge: isGitHub ? 'github' : 'gitlab', remote };
}

/** Whether two addresses are of one repository; of an ssh address the port of the pages is not known. */
export function isSameRemote(one: Remote, other: Remote): boolean {
  const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
  const ports = one.port === other.port || one.port === null || other.port === null;
  return ports && same(one.host, other.host) && same(one.owner, other.owner) && same(one.name, other.name);
}

/** The refs under which servers show the newest commit of a pull request, the likelier first. */
export function pullRequestRefs({ number, forge }: PullRequestName, remote: Remote | null): readonly string[] {
  const [github, gitlab] = [`refs/pull/${number}/head`, `refs/merge-requests/${number}/head`];
  if (forge !== null) return [forge === 'github' ? github : gitlab];
  return remote?.host.split('.').includes('gitlab') === true ? [gitlab, github] : [github, gitlab];
}
