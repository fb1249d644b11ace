/** Manifests and lockfiles of Swift packages, CocoaPods and Carthage. */
import { type Format, type KnownFormat, lockfile, manifest } from '../format';

const swift = 'swift';
const cocoapods = 'cocoapods';
/** Carthage has no names of its own: its packages are repositories. */
const github = 'github';

const packageSwift: Format = manifest(swift, async (text, path) =>
  (await import('./packageSwift')).readPackageSwift(text, path),
);

export const APPLE: readonly KnownFormat[] = [
  { names: ['Package.swift'], format: packageSwift },
  // Manifests for one version of the tools stand beside the usual one.
  { form: /^Package@swift-[\d.]+\.swift$/, format: packageSwift },
  {
    names: ['Package.resolved'],
    format: lockfile(swift, ['Package.swift'], async (text) =>
      (await import('./packageResolved')).readPackageResolved(text),
    ),
  },
  {
    path: /(?:^|\/)\.swiftpm\/configuration\/(?:mirrors|registries)\.json$/,
    format: manifest(swift, async (text) => (await import('./swiftSettings')).readSwiftSettings(text)),
  },
  {
    names: ['Podfile'],
    format: manifest(cocoapods, async (text, path) => (await import('./podfile')).readPodfile(text, path)),
  },
  {
    names: ['Podfile.lock'],
    format: lockfile(cocoapods, ['Podfile'], async (text, path) =>
      (await import('./podfileLock')).readPodfileLock(text, path),
    ),
  },
  {
    form: /\.podspec$/i,
    format: manifest(cocoapods, async (text, path) => (await import('./podspec')).readPodspec(text, path)),
  },
  {
    names: ['Cartfile', 'Cartfile.private'],
    format: manifest(github, async (text) => (await import('./carthage')).readCartfile(text)),
  },
  {
    names: ['Cartfile.resolved'],
    format: lockfile(github, ['Cartfile', 'Cartfile.private'], async (text) =>
      (await import('./carthage')).readCartfileResolved(text),
    ),
  },
];
