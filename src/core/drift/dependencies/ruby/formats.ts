/** Manifests and lockfiles of Bundler and gems. */
import { type KnownFormat, lockfile, manifest } from '../format';

const gem = 'gem';

export const RUBY: readonly KnownFormat[] = [
  {
    names: ['Gemfile', 'gems.rb'],
    format: manifest(gem, async (text) => (await import('./gemfile')).readGemfile(text)),
  },
  { form: /\.gemspec$/i, format: manifest(gem, async (text) => (await import('./gemspec')).readGemspec(text)) },
  {
    names: ['Gemfile.lock', 'gems.locked'],
    format: lockfile(gem, ['Gemfile', 'gems.rb', '*.gemspec'], async (text) =>
      (await import('./gemfileLock')).readGemfileLock(text),
    ),
  },
];
