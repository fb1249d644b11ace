/** Gems as requirements: what `gem` and `add_dependency` are given. */
import type { Requirement } from '../model';
import type { Call, Value } from './statements';

/** Options that say where a gem comes from, and a few words for it (Bundler docs, "gemfile(5)"). */
const SOURCES: Readonly<Record<string, string>> = {
  git: 'git',
  github: 'git',
  gist: 'git',
  bitbucket: 'git',
  gitlab: 'git',
  svn: 'a repository',
  path: 'a path',
};
/** Options that change which gem is installed, and where. */
const DECIDING = [...Object.keys(SOURCES), 'source', 'branch', 'tag', 'ref', 'install_if'];

/** A requirement, and whether a part of it is computed. */
export interface Gem {
  readonly requirement: Requirement;
  readonly isComputed: boolean;
}

/**
 * The gem that a call asks for; null when its name is computed.
 *
 * @param group the section that it belongs to
 * @param inherited options of the blocks around the call
 */
export function gemOf(call: Call, group: string, inherited: ReadonlyMap<string, Value> = new Map()): Gem | null {
  const [first, ...versions] = call.values;
  if (first === undefined || !('literal' in first) || first.literal === '') return null;
  const options = new Map([...inherited, ...call.pairs]);
  const deciding = DECIDING.flatMap((key) => {
    const value = options.get(key);
    return value === undefined ? [] : [`${key}: ${textOf(value)}`];
  });
  const isOfVersions = versions.length === 0 ? [] : [versions.map(textOf).join(', ')];
  return {
    requirement: {
      group,
      name: first.literal,
      package: first.literal,
      spec: [...isOfVersions, ...deciding].join('; ') || '>= 0',
      source: sourceOf(options),
      everywhere: false,
    },
    isComputed: versions.some(isComputed),
  };
}

function sourceOf(options: ReadonlyMap<string, Value>): string | null {
  for (const [key, words] of Object.entries(SOURCES)) if (options.has(key)) return words;
  const source = options.get('source');
  return source === undefined || isUsualSource(textOf(source)) ? null : `the registry ${textOf(source)}`;
}

/** Whether an address is RubyGems itself. */
export function isUsualSource(address: string): boolean {
  return /^(?:https:\/\/(?:index\.)?rubygems\.org\/?|rubygems)$/i.test(address.trim());
}

/** A value as text: lists with commas between. */
export function textOf(value: Value): string {
  if ('literal' in value) return value.literal;
  return 'list' in value ? value.list.map(textOf).join(', ') : value.computed;
}

/** Whether a part of a value is known only to whoever runs the file. */
export function isComputed(value: Value): boolean {
  return 'computed' in value || ('list' in value && value.list.some(isComputed));
}
