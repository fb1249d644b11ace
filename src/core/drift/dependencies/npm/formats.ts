/** Manifests and lockfiles of npm, yarn, pnpm, bun, Deno and Bower. */
import { hook, type KnownFormat, lockfile, manifest, type Read, unread } from '../format';
import type { Lockfile } from '../model';

const npm = 'npm';
const bower = 'bower';
const beside = ['package.json'];
const denoConfigurations = ['deno.json', 'deno.jsonc'];

const readPackageLock: Read<Lockfile> = async (text) => (await import('./packageLock')).readPackageLock(text);

const readYarnLock: Read<Lockfile> = async (text) => {
  const { isYarnBerry, readYarnBerry } = await import('./yarnBerry');
  return isYarnBerry(text) ? readYarnBerry(text) : (await import('./yarnClassic')).readYarnClassic(text);
};

export const NPM: readonly KnownFormat[] = [
  {
    names: ['package.json'],
    format: manifest(npm, async (text) => (await import('./packageJson')).readPackageJson(text)),
  },
  {
    names: ['pnpm-workspace.yaml'],
    format: manifest(npm, async (text) => (await import('./pnpmWorkspace')).readPnpmWorkspace(text)),
  },
  { names: ['.npmrc'], format: manifest(npm, async (text) => (await import('./registries')).readNpmrc(text)) },
  { names: ['.yarnrc'], format: manifest(npm, async (text) => (await import('./registries')).readYarnrc(text)) },
  {
    names: ['.yarnrc.yml'],
    format: manifest(npm, async (text) => (await import('./registries')).readYarnrcYaml(text)),
  },
  { names: ['package-lock.json', 'npm-shrinkwrap.json'], format: lockfile(npm, beside, readPackageLock) },
  { names: ['yarn.lock'], format: lockfile(npm, beside, readYarnLock) },
  {
    names: ['pnpm-lock.yaml'],
    format: lockfile(npm, beside, async (text) => (await import('./pnpmLock')).readPnpmLock(text)),
  },
  {
    names: ['bun.lock'],
    format: lockfile(npm, beside, async (text) => (await import('./bunLock')).readBunLock(text)),
  },
  { names: ['.pnpmfile.cjs', '.pnpmfile.mjs'], format: hook(npm, 'pnpm loads it at every install') },
  { names: ['binding.gyp'], format: hook(npm, 'npm builds it at every install') },
  {
    names: ['bunfig.toml', '.bunfig.toml'],
    format: manifest(npm, async (text) => (await import('./bunfig')).readBunfig(text)),
  },
  {
    names: [...denoConfigurations, 'import_map.json'],
    format: manifest(npm, async (text) => (await import('./denoJson')).readDenoJson(text)),
  },
  {
    names: ['deno.lock'],
    format: lockfile(npm, [...denoConfigurations, ...beside], async (text) =>
      (await import('./denoLock')).readDenoLock(text),
    ),
  },
  { names: ['bower.json'], format: manifest(bower, async (text) => (await import('./bower')).readBowerJson(text)) },
  { names: ['.bowerrc'], format: manifest(bower, async (text) => (await import('./bower')).readBowerrc(text)) },
  { names: ['bun.lockb', 'package.json5'], format: unread(npm) },
  { form: /^pnpm-lock\..+\.yaml$/i, format: unread(npm) },
];
