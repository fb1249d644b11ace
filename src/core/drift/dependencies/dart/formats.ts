/** Manifests and lockfiles of Pub. */
import { type KnownFormat, lockfile, manifest } from '../format';

const pub = 'pub';

export const DART: readonly KnownFormat[] = [
  {
    names: ['pubspec.yaml', 'pubspec_overrides.yaml'],
    format: manifest(pub, async (text, path) => (await import('./pubspec')).readPubspec(text, path)),
  },
  {
    names: ['pubspec.lock'],
    format: lockfile(pub, ['pubspec.yaml'], async (text, path) =>
      (await import('./pubspecLock')).readPubspecLock(text, path),
    ),
  },
];
