/** Manifests and lockfiles of Composer. */
import { type KnownFormat, lockfile, manifest } from '../format';

const composer = 'composer';

export const PHP: readonly KnownFormat[] = [
  {
    names: ['composer.json'],
    format: manifest(composer, async (text) => (await import('./composerJson')).readComposerJson(text)),
  },
  {
    names: ['composer.lock'],
    format: lockfile(composer, ['composer.json'], async (text) =>
      (await import('./composerLock')).readComposerLock(text),
    ),
  },
];
