/** Manifests and lockfiles of NuGet and Paket. */
import { type KnownFormat, unread } from '../format';

export const DOTNET: readonly KnownFormat[] = [
  {
    names: [
      'packages.config',
      'packages.lock.json',
      'Directory.Packages.props',
      'Directory.Build.props',
      'nuget.config',
      'NuGet.Config',
      'paket.dependencies',
      'paket.lock',
      'project.assets.json',
      'global.json',
    ],
    format: unread('nuget'),
  },
  { form: /\.(?:csproj|fsproj|vbproj|nuspec)$/i, format: unread('nuget') },
];
