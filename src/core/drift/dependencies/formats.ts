/**
 * Every manifest and lockfile that is known, by name, and how it is read. One that cannot be read yet is known too. What
 * reads a format is loaded with the first file of it: most changes touch none.
 */

import type { Lockfile, Manifest } from './model';

/** Reads a text as what it is. Rejects with Unreadable. */
export type Read<T> = (text: string) => Promise<T>;

/** `ecosystem` is the purl type (package-url/purl-spec, PURL-TYPES). */
export type Format =
  | { readonly kind: 'manifest'; readonly ecosystem: string; readonly read: Read<Manifest> }
  | { readonly kind: 'lockfile'; readonly ecosystem: string; readonly read: Read<Lockfile> }
  | { readonly kind: 'hook'; readonly ecosystem: string; readonly runs: string }
  | { readonly kind: 'unread'; readonly ecosystem: string };

const npm = 'npm';
const manifest = (read: Read<Manifest>): Format => ({ kind: 'manifest', ecosystem: npm, read });
const lockfile = (read: Read<Lockfile>): Format => ({ kind: 'lockfile', ecosystem: npm, read });
const unread = (ecosystem: string): Format => ({ kind: 'unread', ecosystem });
const hook = (runs: string): Format => ({ kind: 'hook', ecosystem: npm, runs });

const readPackageLock: Read<Lockfile> = async (text) => (await import('./npm/packageLock')).readPackageLock(text);

const readYarnLock: Read<Lockfile> = async (text) => {
  const { isYarnBerry, readYarnBerry } = await import('./npm/yarnBerry');
  return isYarnBerry(text) ? readYarnBerry(text) : (await import('./npm/yarnClassic')).readYarnClassic(text);
};

const READ: ReadonlyMap<string, Format> = new Map([
  ['package.json', manifest(async (text) => (await import('./npm/packageJson')).readPackageJson(text))],
  ['pnpm-workspace.yaml', manifest(async (text) => (await import('./npm/pnpmWorkspace')).readPnpmWorkspace(text))],
  ['.npmrc', manifest(async (text) => (await import('./npm/registries')).readNpmrc(text))],
  ['.yarnrc', manifest(async (text) => (await import('./npm/registries')).readYarnrc(text))],
  ['.yarnrc.yml', manifest(async (text) => (await import('./npm/registries')).readYarnrcYaml(text))],
  ['package-lock.json', lockfile(readPackageLock)],
  ['npm-shrinkwrap.json', lockfile(readPackageLock)],
  ['yarn.lock', lockfile(readYarnLock)],
  ['pnpm-lock.yaml', lockfile(async (text) => (await import('./npm/pnpmLock')).readPnpmLock(text))],
  ['bun.lock', lockfile(async (text) => (await import('./npm/bunLock')).readBunLock(text))],
  ['.pnpmfile.cjs', hook('pnpm loads it at every install')],
  ['.pnpmfile.mjs', hook('pnpm loads it at every install')],
  ['binding.gyp', hook('npm builds it at every install')],
]);

/** Known by their exact names; read in a later version. */
const UNREAD: Readonly<Record<string, readonly string[]>> = {
  npm: ['bun.lockb', 'bunfig.toml', '.bunfig.toml', 'package.json5', 'deno.json', 'deno.jsonc', 'deno.lock'],
  bower: ['bower.json'],
  cargo: ['Cargo.toml', 'Cargo.lock'],
  golang: ['go.mod', 'go.sum', 'go.work', 'go.work.sum'],
  pypi: [
    ...['pyproject.toml', 'setup.py', 'setup.cfg', 'Pipfile', 'Pipfile.lock', 'poetry.lock', 'uv.lock', 'pdm.lock'],
    ...['pylock.toml', 'constraints.txt', 'requirements.in', 'pip.conf'],
  ],
  conda: ['environment.yml', 'environment.yaml', 'conda-lock.yml', 'pixi.toml', 'pixi.lock'],
  gem: ['Gemfile', 'Gemfile.lock', 'gems.rb', 'gems.locked'],
  composer: ['composer.json', 'composer.lock'],
  maven: [
    ...['pom.xml', 'build.gradle', 'build.gradle.kts', 'settings.gradle', 'settings.gradle.kts', 'gradle.lockfile'],
    ...['libs.versions.toml', 'verification-metadata.xml', 'build.sbt', 'project.clj', 'deps.edn', 'ivy.xml'],
  ],
  nuget: [
    ...['packages.config', 'packages.lock.json', 'Directory.Packages.props', 'Directory.Build.props', 'nuget.config'],
    ...['NuGet.Config', 'paket.dependencies', 'paket.lock', 'project.assets.json', 'global.json'],
  ],
  hex: ['mix.exs', 'mix.lock', 'rebar.config', 'rebar.lock'],
  pub: ['pubspec.yaml', 'pubspec.lock'],
  swift: ['Package.swift', 'Package.resolved'],
  cocoapods: ['Podfile', 'Podfile.lock', 'Cartfile', 'Cartfile.resolved'],
  conan: ['conanfile.txt', 'conanfile.py', 'conan.lock'],
  hackage: ['cabal.project', 'cabal.project.freeze', 'stack.yaml', 'stack.yaml.lock', 'package.yaml'],
  cran: ['renv.lock'],
  julia: ['Project.toml', 'Manifest.toml'],
  generic: [
    ...['vcpkg.json', 'flake.nix', 'flake.lock', 'MODULE.bazel', 'MODULE.bazel.lock', 'WORKSPACE', 'WORKSPACE.bazel'],
    ...['.terraform.lock.hcl', 'Chart.lock', 'elm.json', 'shard.yml', 'shard.lock', 'dub.json', 'Brewfile'],
  ],
};

/** Known by the form of their names. */
const UNREAD_FORMS: readonly (readonly [RegExp, Format])[] = [
  [/^requirements[\w.-]*\.(?:txt|in)$/i, unread('pypi')],
  [/^constraints[\w.-]*\.txt$/i, unread('pypi')],
  [/\.gemspec$/i, unread('gem')],
  [/\.(?:csproj|fsproj|vbproj|nuspec)$/i, unread('nuget')],
  [/\.podspec$/i, unread('cocoapods')],
  [/\.cabal$/i, unread('hackage')],
  [/\.gradle(?:\.kts)?$/i, unread('maven')],
  [/^pnpm-lock\..+\.yaml$/i, unread('npm')],
];

const BY_NAME: ReadonlyMap<string, Format> = new Map([
  ...Object.entries(UNREAD).flatMap(([ecosystem, names]) => names.map((name) => [name, unread(ecosystem)] as const)),
  ...READ,
]);

/** The format of a path by its last segment, or null when it is no manifest or lockfile that we know. */
export function formatOf(path: string): Format | null {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return BY_NAME.get(name) ?? UNREAD_FORMS.find(([form]) => form.test(name))?.[1] ?? null;
}
