/** Manifests and lockfiles of C and C++: CMake, vcpkg and Conan. */
import { type KnownFormat, unread } from '../format';

export const NATIVE: readonly KnownFormat[] = [
  { names: ['conanfile.txt', 'conanfile.py', 'conan.lock'], format: unread('conan') },
  { names: ['vcpkg.json', 'vcpkg-configuration.json'], format: unread('generic') },
];
