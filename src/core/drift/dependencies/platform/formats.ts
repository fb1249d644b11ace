/** Manifests and lockfiles of what projects are built on and with: actions, images, charts, providers, flakes, hooks. */
import { type KnownFormat, unread } from '../format';

export const PLATFORM: readonly KnownFormat[] = [
  { names: ['flake.nix', 'flake.lock', '.terraform.lock.hcl', 'Chart.lock'], format: unread('generic') },
];
