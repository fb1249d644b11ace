/** Gemfile.lock and gems.locked (Bundler docs, "bundle-lock(1)"; its lockfile parser). */
import { append } from '../../append';
import { Unreadable } from '../document';
import { integrityOf } from '../integrity';
import { linked, type NamedEntry } from '../linked';
import type { Lockfile } from '../model';
import { isUsualSource } from './gems';

/** Sections that list gems, by where they come from. */
const SOURCES: ReadonlySet<string> = new Set(['GEM', 'GIT', 'PATH', 'PLUGIN SOURCE']);
const CHECKSUMS = 'CHECKSUMS';
/** Sections about the file itself, and what the Gemfile says anyway. */
const OTHERS: ReadonlySet<string> = new Set(['PLATFORMS', 'DEPENDENCIES', 'RUBY VERSION', 'BUNDLED WITH', 'METADATA']);
/** `name (version-platform)`, perhaps with hashes behind it. */
const GEM = /^([^\s(]+) \(([^\s()-]+)(?:-([^\s()]+))?\)(?: (\S+))?$/;

/** A section: its name and the options above `specs:`. */
interface Section {
  readonly name: string;
  readonly options: Map<string, string[]>;
}

/** A gem of one section, all of its platforms together. */
interface Spec {
  readonly section: Section;
  readonly name: string;
  readonly version: string;
  readonly wants: Set<string>;
}

/** Reads a lockfile of Bundler. Throws Unreadable. */
export function readGemfileLock(text: string): Lockfile {
  const specs = new Map<string, Spec>();
  const hashes = new Map<string, { name: string; hash: string }[]>();
  let section: Section | null = null;
  let spec: Spec | null = null;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const entry = line.trim();
    if (entry === '') continue;
    const depth = line.length - line.trimStart().length;
    if (depth === 0) {
      section = { name: sectionOf(entry, index), options: new Map() };
      spec = null;
    } else if (section === null) throw new Unreadable(`line ${index + 1} belongs to no section`);
    else if (section.name === CHECKSUMS) addChecksum(entry, hashes);
    else if (!SOURCES.has(section.name)) continue;
    else if (depth === 2) addOption(entry, section);
    else if (depth === 4) spec = addSpec(entry, index, section, specs);
    else if (depth === 6 && spec !== null) spec.wants.add(entry.split(' ', 1)[0]?.replace(/!$/, '') ?? '');
    else throw new Unreadable(`line ${index + 1} is not in the format of Bundler`);
  }
  return linked([...specs.values()].flatMap((each) => entryOf(each, hashes)));
}

function sectionOf(entry: string, index: number): string {
  if (SOURCES.has(entry) || OTHERS.has(entry) || entry === CHECKSUMS) return entry;
  throw new Unreadable(`line ${index + 1} begins a section that is not known`);
}

function addOption(entry: string, { options }: Section): void {
  const colon = entry.indexOf(': ');
  if (colon !== -1) append(options, entry.slice(0, colon), entry.slice(colon + 2));
}

/** Builds for several platforms are one package, with a hash each. */
function addSpec(entry: string, index: number, section: Section, specs: Map<string, Spec>): Spec {
  const [, name, version] = GEM.exec(entry) ?? [];
  if (name === undefined || version === undefined)
    throw new Unreadable(`line ${index + 1} is not a gem with a version`);
  const key = JSON.stringify([placeOf(section), name, version]);
  const spec = specs.get(key) ?? { section, name, version, wants: new Set() };
  specs.set(key, spec);
  return spec;
}

function addChecksum(entry: string, hashes: Map<string, { name: string; hash: string }[]>): void {
  const [, name, version, platform, list] = GEM.exec(entry) ?? [];
  for (const hash of list?.split(',') ?? []) {
    const file = `${name}-${version}${platform === undefined ? '' : `-${platform}`}.gem`;
    append(hashes, `${name} ${version}`, { name: file, hash });
  }
}

function entryOf(
  { section, name, version, wants }: Spec,
  hashes: ReadonlyMap<string, { name: string; hash: string }[]>,
) {
  const place = placeOf(section);
  // A folder of the workspace is judged for itself.
  if (place === 'workspace') return [];
  const entry: NamedEntry = {
    name,
    version,
    resolved: place,
    integrity: integrityOf(hashes.get(`${name} ${version}`) ?? []),
    hasInstallScript: false,
    wants: [...wants],
  };
  return [entry];
}

/** Where a section's gems come from: null = RubyGems. */
function placeOf({ name, options }: Section): string | null {
  const remotes = options.get('remote') ?? [];
  const [remote = ''] = remotes;
  if (name === 'GEM') return remotes.find((each) => !isUsualSource(each)) ?? null;
  if (name === 'GIT') return `git+${remote}#${options.get('revision')?.[0] ?? ''}`;
  if (name === 'PATH') return /^(?:\.\.|[/~]|[A-Za-z]:)/.test(remote) ? `file:${remote}` : 'workspace';
  return `plugin:${options.get('type')?.[0] ?? ''}:${remote}`;
}
