/** Manifests and lockfiles of NuGet, MSBuild and Paket. */
import { type KnownFormat, lockfile, manifest, type Read, sharedManifest, unread } from '../format';
import type { Manifest } from '../model';

const nuget = 'nuget';

const readProject: Read<Manifest> = async (text, path) => (await import('./msbuild')).readMsBuild(text, path);

/** Projects whose packages a packages.lock.json locks, in its folder. */
const projects = ['*.csproj', '*.fsproj', '*.vbproj', 'Directory.Packages.props'];

export const DOTNET: readonly KnownFormat[] = [
  { form: /\.(?:cs|fs|vb)proj$/i, format: sharedManifest(nuget, readProject) },
  { form: /^Directory\.[\w.-]+\.(?:props|targets)$/i, format: sharedManifest(nuget, readProject) },
  { form: /^(?:Packages|Versions)\.props$/i, format: sharedManifest(nuget, readProject) },
  {
    form: /^packages\.config$/i,
    format: manifest(nuget, async (text) => (await import('./nugetFiles')).readPackagesConfig(text)),
  },
  {
    form: /\.nuspec$/i,
    format: manifest(nuget, async (text) => (await import('./nugetFiles')).readNuspec(text)),
  },
  {
    form: /^nuget\.config$/i,
    format: manifest(nuget, async (text) => (await import('./nugetFiles')).readNugetConfig(text)),
  },
  {
    form: /^packages(?:\.[\w.-]+)?\.lock\.json$/i,
    format: lockfile(nuget, projects, async (text) => (await import('./packagesLock')).readPackagesLock(text)),
  },
  {
    names: ['paket.dependencies'],
    format: sharedManifest(nuget, async (text) => (await import('./paket')).readPaketDependencies(text)),
  },
  {
    names: ['paket.lock'],
    format: lockfile(nuget, ['paket.dependencies'], async (text) => (await import('./paket')).readPaketLock(text)),
  },
  { names: ['global.json'], format: manifest(nuget, async (text) => (await import('./tools')).readGlobalJson(text)) },
  {
    names: ['dotnet-tools.json'],
    format: manifest(nuget, async (text) => (await import('./tools')).readDotnetTools(text)),
  },
  { names: ['project.assets.json'], format: unread(nuget) },
];
