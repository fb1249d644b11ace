/** Manifests and lockfiles of Pub. */
import { type KnownFormat, unread } from '../format';

export const DART: readonly KnownFormat[] = [{ names: ['pubspec.yaml', 'pubspec.lock'], format: unread('pub') }];
