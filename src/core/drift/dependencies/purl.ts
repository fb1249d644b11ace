/** Package URLs without a version: what kind of package, and its name. */
import { PackageURL } from 'packageurl-js';

/** `pkg:npm/%40scope/name`. A name that the specification refuses is percent-encoded as it stands. */
export function purlOf(ecosystem: string, name: string): string {
  const slash = name.startsWith('@') ? name.indexOf('/') : -1;
  const namespace = slash === -1 ? undefined : name.slice(0, slash);
  try {
    return new PackageURL(ecosystem, namespace, name.slice(slash + 1), undefined, undefined, undefined).toString();
  } catch {
    // `toWellFormed`: a lone surrogate would make the encoding throw.
    return `pkg:${ecosystem}/${encodeURIComponent(new TextDecoder().decode(new TextEncoder().encode(name)))}`;
  }
}
