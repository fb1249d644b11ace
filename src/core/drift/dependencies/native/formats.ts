/** Manifests and lockfiles of C and C++: CMake, vcpkg and Conan. */
import { type Format, type KnownFormat, lockfile, manifest } from '../format';

const conan = 'conan';
/** vcpkg has no type of package URL, and what CMake fetches may be anything. */
const generic = 'generic';

const cmake: Format = manifest(generic, async (text, path) => (await import('./cmake')).readCmake(text, path));

export const NATIVE: readonly KnownFormat[] = [
  { names: ['CMakeLists.txt'], format: cmake },
  { form: /\.cmake$/i, format: cmake },
  {
    names: ['vcpkg.json'],
    format: manifest(generic, async (text, path) => (await import('./vcpkg')).readVcpkg(text, path)),
  },
  {
    names: ['vcpkg-configuration.json'],
    format: manifest(generic, async (text, path) => (await import('./vcpkg')).readVcpkgConfiguration(text, path)),
  },
  {
    names: ['conanfile.txt'],
    format: manifest(conan, async (text) => (await import('./conanfileText')).readConanfileText(text)),
  },
  {
    names: ['conanfile.py'],
    format: manifest(conan, async (text) => (await import('./conanfilePython')).readConanfilePython(text)),
  },
  {
    names: ['conan.lock'],
    format: lockfile(conan, ['conanfile.txt', 'conanfile.py'], async (text) =>
      (await import('./conanLock')).readConanLock(text),
    ),
  },
];
