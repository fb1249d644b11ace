/** Manifests and lockfiles of Bundler and gems. */
import { type KnownFormat, unread } from '../format';

export const RUBY: readonly KnownFormat[] = [
  { names: ['Gemfile', 'Gemfile.lock', 'gems.rb', 'gems.locked'], format: unread('gem') },
  { form: /\.gemspec$/i, format: unread('gem') },
];
