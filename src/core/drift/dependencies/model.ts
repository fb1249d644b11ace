/** What every manifest and lockfile is read into, whatever its format. */

/** A line of a manifest: this project wants that package. */
export interface Requirement {
  /** The section of the file: `dependencies`, `overrides`, `catalog`, ... */
  readonly group: string;
  /** The key as it is written. */
  readonly name: string;
  /** How the file spells `name`, where the ecosystem does not care; absent: the same. */
  readonly spelling?: string;
  /** The package that is meant: differs from `name` for aliases, and for overrides of something inside something. */
  readonly package: string;
  /** The range, tag, address or path, verbatim. */
  readonly spec: string;
  /** What the spec fetches from, when that is not the usual registry; null = the registry or the workspace itself. */
  readonly source: string | null;
  /**
   * The host or repository that `source` stands for, where that is known: a later version from a place that the manifest
   * used before is no new source. Absent where each spec is a place of its own.
   */
  readonly origin?: string;
  /** Whether it bends what others resolve to (overrides, catalogs, patches), and so explains any place in a lockfile. */
  readonly everywhere: boolean;
  /** False for what the file lists for others' sake, such as `// indirect` of a go.mod. Default true. */
  readonly direct?: boolean;
  /** Whether it is a part of the project itself, at the project's own version: each release changes it, and nothing comes in. */
  readonly isOwn?: boolean;
  /** The hash that the manifest itself demands (`--hash` of pip, a digest of an image); absent where there is none. */
  readonly integrity?: string;
  /** The purl type, where a file lists packages of several ecosystems; default: that of the file. */
  readonly ecosystem?: string;
}

export interface Manifest {
  readonly requirements: readonly Requirement[];
  /** What runs during an install, by name: lifecycle scripts, git hooks, grants to run scripts of packages. */
  readonly hooks: ReadonlyMap<string, string>;
  /** Registries by the setting that names them. */
  readonly registries: ReadonlyMap<string, string>;
  /** Names of sections that could not be read. */
  readonly faults: readonly string[];
}

export const EMPTY_MANIFEST: Manifest = { requirements: [], hooks: new Map(), registries: new Map(), faults: [] };

export interface LockedPackage {
  readonly name: string;
  /** Null when the lockfile names none, as for a folder or a commit. */
  readonly version: string | null;
  /** Where it is fetched from; null = the configured registry. */
  readonly resolved: string | null;
  readonly integrity: string | null;
  /**
   * The repository that a package of the usual registry is taken from, where the format says so (`github.com/a/b`): the
   * same name from another repository is another source. Absent where the registry itself keeps the files.
   */
  readonly repository?: string;
  /** Whether the lockfile says that the package runs a script when it is installed. */
  readonly hasInstallScript: boolean;
  /** Keys, in the same lockfile, of what it depends on. */
  readonly needs: readonly string[];
}

export interface Lockfile {
  /** By the format's own key; only what is fetched, no packages of the workspace itself. */
  readonly packages: ReadonlyMap<string, LockedPackage>;
  /** False where the format does not say what needs what: any changed requirement explains any move then. Default true. */
  readonly edges?: boolean;
  /** Where a part that is for older clients alone says otherwise, by package; absent where there is no such part. */
  readonly contradictions?: ReadonlyMap<string, string>;
  /** Keys that a requirement of the project at `importer` (folder relative to the lockfile, `''` = beside it) leads to. */
  resolve(importer: string, name: string, spec: string): readonly string[];
}

export const EMPTY_LOCKFILE: Lockfile = { packages: new Map(), resolve: () => [] };

/** A direct dependency that was added, removed or changed. */
export interface RequirementChange {
  readonly before: Requirement | null;
  readonly after: Requirement | null;
  /** The ranges themselves, where a side refers to a catalog, or is an entry that came or went with such a reference. */
  readonly resolved?: { readonly was: string; readonly now: string };
}

/** A lockfile's two sides, and the changed requirements of the projects that it locks. */
export interface LockfileChange {
  readonly path: string;
  readonly ecosystem: string;
  readonly before: Lockfile;
  readonly after: Lockfile;
  readonly requirements: readonly LocatedRequirement[];
  /** Names that the manifest beside the lockfile asks for. */
  readonly direct: ReadonlySet<string>;
}

/** A changed requirement, and the folder of its manifest relative to the lockfile (`''` = beside it). */
export interface LocatedRequirement extends RequirementChange {
  readonly importer: string;
}
