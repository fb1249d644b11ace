/**
 * Every manifest and lockfile that is known, by name, and how it is read. One that cannot be read is known too. What
 * reads a format is loaded with the first file of it: most changes touch none.
 */
import { APPLE } from './apple/formats';
import { BEAM } from './beam/formats';
import { DART } from './dart/formats';
import { DOTNET } from './dotnet/formats';
import { type Format, type KnownFormat, unread } from './format';
import { GO } from './go/formats';
import { JVM } from './jvm/formats';
import { NATIVE } from './native/formats';
import { NPM } from './npm/formats';
import { PHP } from './php/formats';
import { PLATFORM } from './platform/formats';
import { PYTHON } from './python/formats';
import { RUBY } from './ruby/formats';
import { RUST } from './rust/formats';

/** Of ecosystems that nobody reads yet. */
const OTHERS: readonly KnownFormat[] = [
  {
    names: ['cabal.project', 'cabal.project.freeze', 'stack.yaml', 'stack.yaml.lock', 'package.yaml'],
    format: unread('hackage'),
  },
  { names: ['renv.lock'], format: unread('cran') },
  { names: ['Project.toml', 'Manifest.toml'], format: unread('julia') },
  {
    names: [
      'MODULE.bazel',
      'MODULE.bazel.lock',
      'WORKSPACE',
      'WORKSPACE.bazel',
      'elm.json',
      'shard.yml',
      'shard.lock',
      'dub.json',
      'Brewfile',
    ],
    format: unread('generic'),
  },
  { form: /\.cabal$/i, format: unread('hackage') },
];

/** All of them; an exact name counts before a form. */
export const KNOWN: readonly KnownFormat[] = [
  ...NPM,
  ...PYTHON,
  ...RUST,
  ...GO,
  ...JVM,
  ...DOTNET,
  ...RUBY,
  ...PHP,
  ...BEAM,
  ...DART,
  ...APPLE,
  ...NATIVE,
  ...PLATFORM,
  ...OTHERS,
];

const BY_NAME: ReadonlyMap<string, Format> = new Map(
  KNOWN.flatMap(({ names, format }) => (names ?? []).map((name) => [name, format] as const)),
);
const BY_FORM = KNOWN.filter(({ form, path }) => form !== undefined || path !== undefined);

/** The format of a path, or null when it is no manifest or lockfile that we know. An exact name comes first. */
export function formatOf(path: string): Format | null {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const known = BY_NAME.get(name);
  if (known !== undefined) return known;
  return BY_FORM.find(({ form, path: whole }) => form?.test(name) || whole?.test(path))?.format ?? null;
}
