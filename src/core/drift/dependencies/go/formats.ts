/** Manifests and lockfiles of Go modules. */
import { type KnownFormat, unread } from '../format';

export const GO: readonly KnownFormat[] = [
  { names: ['go.mod', 'go.sum', 'go.work', 'go.work.sum'], format: unread('golang') },
];
