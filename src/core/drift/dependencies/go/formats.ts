/** Manifests and lockfiles of Go modules. */
import { type KnownFormat, lockfile, manifest, type Read } from '../format';
import type { Lockfile, Manifest } from '../model';

const golang = 'golang';

const readGoMod: Read<Manifest> = async (text, path) => (await import('./goMod')).readGoMod(text, path);
const readGoSum: Read<Lockfile> = async (text) => (await import('./goSum')).readGoSum(text);

export const GO: readonly KnownFormat[] = [
  { names: ['go.mod', 'go.work'], format: manifest(golang, readGoMod) },
  { names: ['go.sum'], format: lockfile(golang, ['go.mod'], readGoSum) },
  { names: ['go.work.sum'], format: lockfile(golang, ['go.work'], readGoSum) },
];
