/** go.sum and go.work.sum: hashes of modules and of their go.mod files (Go Modules Reference, "go.sum files"). */
import { Unreadable } from '../document';
import type { LockedPackage, Lockfile } from '../model';

const LINE = /^(\S+) (v[^\s/]+)(\/go\.mod)? (h\d+:\S+)$/;

/**
 * Reads a go.sum. The hash of a module's go.mod is kept under a version of its own: it stands there for every module of
 * the graph, downloaded or not. Throws Unreadable.
 */
export function readGoSum(text: string): Lockfile {
  const modules: [string, LockedPackage][] = [];
  const files: [string, LockedPackage][] = [];
  for (const [index, written] of text.split(/\r?\n/).entries()) {
    const line = written.trim().replace(/\s+/g, ' ');
    if (line === '') continue;
    const [, name, release, file = '', integrity] = LINE.exec(line) ?? [];
    if (name === undefined || release === undefined || integrity === undefined)
      throw new Unreadable(`line ${index + 1} is no line of a go.sum`);
    const version = `${release}${file}`;
    const locked = { name, version, resolved: null, integrity, hasInstallScript: false, needs: [] };
    // A module may have several hashes of different algorithms.
    (file === '' ? modules : files).push([`${name} ${version} ${integrity}`, locked]);
  }
  return { packages: new Map([...modules, ...files]), edges: false, resolve: () => [] };
}
