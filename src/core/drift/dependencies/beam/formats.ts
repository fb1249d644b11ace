/** Manifests and lockfiles of Mix and Rebar. */
import { type KnownFormat, lockfile, manifest, unread } from '../format';

const hex = 'hex';

export const BEAM: readonly KnownFormat[] = [
  {
    names: ['mix.exs'],
    format: manifest(hex, async (text, path) => (await import('./mixExs')).readMixExs(text, path)),
  },
  {
    names: ['mix.lock'],
    format: lockfile(hex, ['mix.exs'], async (text) => (await import('./mixLock')).readMixLock(text)),
  },
  {
    names: ['rebar.config'],
    format: manifest(hex, async (text) => (await import('./rebarConfig')).readRebarConfig(text)),
  },
  {
    names: ['rebar.lock'],
    format: lockfile(hex, ['rebar.config'], async (text) => (await import('./rebarLock')).readRebarLock(text)),
  },
  // A program that changes what rebar.config says.
  { names: ['rebar.config.script'], format: unread(hex) },
];
