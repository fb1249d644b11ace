/** Manifests and lockfiles of Composer. */
import { type KnownFormat, unread } from '../format';

export const PHP: readonly KnownFormat[] = [{ names: ['composer.json', 'composer.lock'], format: unread('composer') }];
