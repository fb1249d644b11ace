/** Cartfile, Cartfile.private and Cartfile.resolved (Carthage's documentation, "Artifacts"). */
import { addressFault, addressName } from '../address';
import { Unreadable } from '../document';
import { EMPTY_MANIFEST, type LockedPackage, type Lockfile, type Manifest } from '../model';

interface Line {
  readonly origin: string;
  /** `owner/repository`, or an address. */
  readonly place: string;
  readonly rest: string;
}

const LINE = /^(github|git|binary)\s+"([^"]+)"\s*([\s\S]*)$/;
const GITHUB = 'github.com/';

/** Reads a Cartfile. Throws Unreadable. */
export function readCartfile(text: string): Manifest {
  const requirements = linesOf(text).map((line) => {
    const name = nameOf(line);
    const source = line.origin === 'binary' ? 'a URL' : line.origin === 'git' ? 'git' : addressFault(line.place);
    return { group: line.origin, name, package: name, spec: line.rest, source, everywhere: false };
  });
  return { ...EMPTY_MANIFEST, requirements };
}

/** Reads a Cartfile.resolved. Throws Unreadable. */
export function readCartfileResolved(text: string): Lockfile {
  const packages = new Map(
    linesOf(text).map((line): [string, LockedPackage] => {
      const name = nameOf(line);
      const version = line.rest.replace(/^"([^"]*)"$/, '$1');
      const resolved = line.origin === 'github' && addressFault(line.place) === null ? null : placeOf(line);
      return [name, { name, version, resolved, integrity: null, hasInstallScript: false, needs: [] }];
    }),
  );
  return { packages, edges: false, resolve: () => [] };
}

function linesOf(text: string): readonly Line[] {
  return text.split(/\r?\n/).flatMap((written, index): Line[] => {
    const line = written.trim();
    if (line === '' || line.startsWith('#')) return [];
    const [, origin, place, rest] = LINE.exec(line) ?? [];
    if (origin === undefined || place === undefined || rest === undefined)
      throw new Unreadable(`line ${index + 1} is not in the format of Carthage`);
    return [
      {
        origin,
        place,
        rest: rest
          .replace(/(?:^|\s)#[\s\S]*$/, '')
          .trim()
          .replace(/\s+/g, ' '),
      },
    ];
  });
}

function nameOf({ place }: Line): string {
  const name = addressName(place);
  return name.startsWith(GITHUB) ? name.slice(GITHUB.length) : name;
}

function placeOf({ origin, place }: Line): string {
  return origin === 'git' && /^https?:/i.test(place) ? `git+${place}` : place;
}
