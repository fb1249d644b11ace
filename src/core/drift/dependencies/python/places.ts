/** What a Python requirement is fetched from, when it is an address or a path. */

/** Indexes that serve the public packages of PyPI. */
const USUAL = /^https:\/\/(?:pypi\.org|pypi\.python\.org)(?:\/(?:simple|pypi)?)?\/?$/i;

/** Version control systems that pip knows (pip docs, "VCS Support"). */
const VCS = /^(?:git|hg|svn|bzr)\+/i;

/** Whether an index is PyPI itself: naming it changes nothing. */
export function isUsualIndex(url: string): boolean {
  return USUAL.test(url.trim());
}

/** Whether a text is an address or a path, and no name with versions. */
export function isPlace(text: string): boolean {
  return (
    VCS.test(text) ||
    /^[A-Za-z][A-Za-z\d+.-]*:(?:\/|\S)/.test(text) ||
    /^(?:\.{1,2}$|\.{0,2}[/\\]|~[/\\])/.test(text) ||
    (/^[^\s<>=!~;[\]@]+$/.test(text) && (/[/\\]/.test(text) || isArchive(text)))
  );
}

/** A few words for where an address or path leads. */
export function sourceOf(place: string): string {
  const text = place.trim();
  if (/^git\+/i.test(text) || /^(?:git|ssh):/i.test(text) || /^[^@/\s:]+@[^/\s:]+:/.test(text)) return 'git';
  if (VCS.test(text)) return 'a repository';
  if (/^https?:/i.test(text)) return isRepository(text) ? 'git' : 'a URL';
  if (/^file:/i.test(text)) return 'a path';
  const protocol = /^([A-Za-z][\w+.-]+):/.exec(text)?.[1];
  return protocol === undefined ? 'a path' : `the protocol ${protocol}:`;
}

/** The package that an address says it is: `#egg=name`, or the file name of an archive; else the place itself. */
export function nameInPlace(place: string): string {
  const egg = /[#&]egg=([A-Za-z0-9._-]+)/.exec(place)?.[1];
  if (egg !== undefined) return egg;
  const path = place.replace(/[?#].*$/s, '');
  const file = path.slice(path.lastIndexOf('/') + 1);
  const archive = isArchive(file) ? /^([A-Za-z0-9._]+(?:-[A-Za-z_][A-Za-z0-9._]*)*)-\d/.exec(file)?.[1] : undefined;
  return archive ?? path;
}

/** An address that ends in `.git`, perhaps with a revision behind it. */
function isRepository(url: string): boolean {
  const [bare = ''] = url.split(/[?#]/, 1);
  return /\.git(?:@|$)/i.test(bare.slice(bare.lastIndexOf('/') + 1));
}

function isArchive(text: string): boolean {
  return /\.(?:whl|zip|egg|tgz|tar|tar\.gz|tar\.bz2|tar\.xz)$/i.test(text);
}
