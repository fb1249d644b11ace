/** gradle.lockfile and its relatives (Gradle User Manual, "Locking dependency versions"). */
import { Unreadable } from '../document';
import type { LockedPackage, Lockfile } from '../model';

/** `group:name:version=configurations`; older files, one for each configuration, say no more than the first part. */
const LINE = /^([^:=\s]+:[^:=\s]+):([^:=\s]+)(?:=.*)?$/;

/** Reads a lockfile of Gradle; it does not say what needs what. Throws Unreadable. */
export function readGradleLock(text: string): Lockfile {
  const packages = new Map<string, LockedPackage>();
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#') || line.startsWith('empty=')) continue;
    const [whole, name, version] = LINE.exec(line) ?? [];
    if (whole === undefined || name === undefined || version === undefined) {
      throw new Unreadable(`line ${index + 1} is no locked dependency`);
    }
    packages.set(`${name}:${version}`, {
      name,
      version,
      resolved: null,
      integrity: null,
      hasInstallScript: false,
      needs: [],
    });
  }
  return { packages, edges: false, resolve: () => [] };
}
