/** Package URLs without a version: what kind of package, and its name. */
import { PackageURL } from 'packageurl-js';

interface Parts {
  readonly namespace?: string | undefined;
  readonly name: string;
  readonly qualifiers?: Record<string, string> | undefined;
  readonly subpath?: string | undefined;
}

/** How names of a type are put together (package-url/purl-spec, PURL-TYPES); the others are npm's `@scope/name`. */
const PARTS: Readonly<Record<string, (name: string) => Parts>> = {
  composer: (name) => splitAt(name, name.indexOf('/')),
  golang: pathParts,
  swift: pathParts,
  maven: mavenParts,
  github: githubParts,
  docker: dockerParts,
};
/** Types whose names are lower-case, and which the library leaves as they are. */
const LOWER_CASE: ReadonlySet<string> = new Set(['golang']);
/** Packages of JSR in files that list those of npm, too. */
const JSR = 'jsr:';

/** `pkg:npm/%40scope/name`. A name that the specification refuses is percent-encoded as it stands. */
export function purlOf(ecosystem: string, written: string): string {
  if (written.startsWith(JSR)) return purlOf('jsr', written.slice(JSR.length));
  const name = LOWER_CASE.has(ecosystem) ? written.toLowerCase() : written;
  const read = Object.hasOwn(PARTS, ecosystem) ? PARTS[ecosystem] : undefined;
  const { namespace, name: base, qualifiers, subpath } = (read ?? scopedParts)(name);
  try {
    return new PackageURL(ecosystem, namespace, base, undefined, qualifiers, subpath).toString();
  } catch {
    // The library wants a version for some types, where we name packages only.
    const segments = read === undefined ? [name] : name.split('/');
    return `pkg:${ecosystem}/${segments.map(encoded).join('/')}`;
  }
}

function splitAt(name: string, slash: number): Parts {
  return { namespace: slash === -1 ? undefined : name.slice(0, slash), name: name.slice(slash + 1) };
}

function scopedParts(name: string): Parts {
  return splitAt(name, name.startsWith('@') ? name.indexOf('/') : -1);
}

/** Everything before the last slash is the namespace. */
function pathParts(name: string): Parts {
  return splitAt(name, name.lastIndexOf('/'));
}

/** `group:artifact`, and what follows it (a classifier, a file) left out. */
function mavenParts(name: string): Parts {
  const [namespace, artifact = ''] = name.split(/[:/]/, 2);
  return { namespace, name: artifact };
}

/** `owner/repository/path`. */
function githubParts(name: string): Parts {
  const [namespace, repository = '', ...path] = name.split('/');
  return { namespace, name: repository, subpath: path.length === 0 ? undefined : path.join('/') };
}

/** `host/namespace/name`, where the host is one that has a dot or a port. */
function dockerParts(name: string): Parts {
  const segments = name.split('/');
  const host = segments.length > 1 && /[.:]|^localhost$/.test(segments[0] ?? '') ? segments.shift() : undefined;
  const base = segments.pop() ?? '';
  return {
    namespace: segments.length === 0 ? undefined : segments.join('/'),
    name: base,
    qualifiers: host === undefined ? undefined : { repository_url: host },
  };
}

/** Through UTF-8 and back: a lone surrogate would make the encoding throw. */
function encoded(text: string): string {
  return encodeURIComponent(new TextDecoder().decode(new TextEncoder().encode(text)));
}
