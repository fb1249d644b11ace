/** Package URLs without a version: what kind of package, and its name. */
import { PackageURL } from 'packageurl-js';

/** Types whose namespace is everything before the last slash (package-url/purl-spec, PURL-TYPES). */
const PATHS: ReadonlySet<string> = new Set(['golang', 'swift', 'github']);
/** Types whose names are `namespace/name`. */
const NAMESPACED: ReadonlySet<string> = new Set(['composer']);
/** Types whose names are lower-case, and which the library leaves as they are. */
const LOWER_CASE: ReadonlySet<string> = new Set(['golang']);
/** Packages of JSR in files that list those of npm, too. */
const JSR = 'jsr:';

/** `pkg:npm/%40scope/name`. A name that the specification refuses is percent-encoded as it stands. */
export function purlOf(ecosystem: string, written: string): string {
  if (written.startsWith(JSR)) return purlOf('jsr', written.slice(JSR.length));
  const name = LOWER_CASE.has(ecosystem) ? written.toLowerCase() : written;
  const slash = namespaceEnd(ecosystem, name);
  const namespace = slash === -1 ? undefined : name.slice(0, slash);
  try {
    return new PackageURL(ecosystem, namespace, name.slice(slash + 1), undefined, undefined, undefined).toString();
  } catch {
    // The library wants a version for some types, where we name packages only.
    const segments = PATHS.has(ecosystem) ? name.split('/') : [name];
    return `pkg:${ecosystem}/${segments.map(encoded).join('/')}`;
  }
}

function namespaceEnd(ecosystem: string, name: string): number {
  if (PATHS.has(ecosystem)) return name.lastIndexOf('/');
  return name.startsWith('@') || NAMESPACED.has(ecosystem) ? name.indexOf('/') : -1;
}

/** Through UTF-8 and back: a lone surrogate would make the encoding throw. */
function encoded(text: string): string {
  return encodeURIComponent(new TextDecoder().decode(new TextEncoder().encode(text)));
}
