/** Manifests and lockfiles of Cargo. */
import { type KnownFormat, lockfile, manifest } from '../format';

const cargo = 'cargo';

export const RUST: readonly KnownFormat[] = [
  {
    names: ['Cargo.toml'],
    format: manifest(cargo, async (text, path) => (await import('./cargoToml')).readCargoToml(text, path)),
  },
  {
    names: ['Cargo.lock'],
    format: lockfile(cargo, ['Cargo.toml'], async (text) => (await import('./cargoLock')).readCargoLock(text)),
  },
  {
    path: /(?:^|\/)\.cargo\/config(?:\.toml)?$/,
    format: manifest(cargo, async (text, path) => (await import('./cargoConfig')).readCargoConfig(text, path)),
  },
];
