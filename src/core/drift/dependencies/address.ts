/** Addresses of repositories, as names of what is in them: for ecosystems where the address is the package's name. */

const SHORT_SSH = /^(?:[^@/\s:]+@)?([^/\s:@]+):(?!\/)(.+)$/;
const WITH_SCHEME = /^(?:git\+)?[A-Za-z][\w+.-]*:\/\/(?:[^/@]*@)?([^/]+)\/(.*)$/;

/** `host/path` of an address, whatever the protocol and the ending; the text itself where it is no address. */
export function addressName(address: string): string {
  const [, host, path] = WITH_SCHEME.exec(address) ?? SHORT_SSH.exec(address) ?? [];
  if (host === undefined || path === undefined) return address;
  const name = path
    .replace(/[?#][\s\S]*$/, '')
    .replace(/\/$/, '')
    .replace(/\.git$/, '');
  return `${host.toLowerCase()}/${name}`;
}

/** What is wrong with fetching from an address, in the words of `Requirement.source`; null for nothing. */
export function addressFault(address: string): string | null {
  if (/^(?:http|git|ftp):/i.test(address)) return 'an unencrypted address';
  return /^(?:file:|[./~\\]|[A-Za-z]:[/\\])/i.test(address) ? 'a path' : null;
}
