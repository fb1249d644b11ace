/** Manifests and lockfiles of Cargo. */
import { type KnownFormat, unread } from '../format';

export const RUST: readonly KnownFormat[] = [{ names: ['Cargo.toml', 'Cargo.lock'], format: unread('cargo') }];
