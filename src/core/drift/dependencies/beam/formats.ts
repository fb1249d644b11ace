/** Manifests and lockfiles of Mix and Rebar. */
import { type KnownFormat, unread } from '../format';

export const BEAM: readonly KnownFormat[] = [
  { names: ['mix.exs', 'mix.lock', 'rebar.config', 'rebar.lock'], format: unread('hex') },
];
