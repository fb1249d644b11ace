/** One entry of a `deps` list of Mix (Elixir's documentation of `mix deps`, "Dependency definition"). */
import type { Requirement } from '../model';
import { pathSource } from '../repositoryPath';
import { type Group, type Node, rendered, splitByComma, textOf } from '../tokens';

/** Options that say which package it is, in the order in which they are shown. */
const SHOWN = [
  ...['git', 'github', 'branch', 'tag', 'ref', 'sparse', 'subdir', 'submodules', 'path', 'in_umbrella', 'hex', 'repo'],
  ...['organization', 'override', 'compile'],
];

export interface MixDependency {
  readonly requirement: Requirement;
  /** The command that compiles it in place of the usual one. */
  readonly compile: string | null;
  /** Whether its version or place is written out, and not computed. */
  readonly isLiteral: boolean;
}

/** An atom without its colon; null for anything else. */
export function atomOf(nodes: readonly Node[]): string | null {
  const [first, second] = nodes;
  if (nodes.length === 1 && first?.kind === 'word' && /^:\w/.test(first.text)) return first.text.slice(1);
  // `:"quoted"` is a colon and a string.
  const isQuoted = nodes.length === 2 && first?.kind === 'mark' && first.text === ':' && second?.kind === 'text';
  return isQuoted ? second.text : null;
}

/**
 * Reads a tuple as a dependency; null when it does not begin with a name. `attributes` are the module's literal ones,
 * `path` is that of the mix.exs.
 */
export function readDependency(
  tuple: Group,
  attributes: ReadonlyMap<string, string>,
  path: string,
): MixDependency | null {
  const [first = [], ...rest] = splitByComma(tuple.nodes);
  const name = atomOf(first);
  if (name === null) return null;
  const literal = (nodes: readonly Node[]) => textOf(nodes) ?? attributes.get(rendered(nodes)) ?? null;
  const [second = []] = rest;
  const isOption = (nodes: readonly Node[]) => keyOf(nodes) !== null || isList(nodes);
  const version = second.length === 0 || isOption(second) ? '' : literal(second);
  const options = optionsOf(rest.filter(isOption));
  const shown = SHOWN.flatMap((key) => {
    const value = options.get(key);
    return value === undefined ? [] : [`${key}: ${literalOr(value, literal)}`];
  });
  const written = version ?? rendered(second);
  const requirement = {
    group: groupOf(options.get('only')),
    name,
    package: nameIn(options.get('hex')) ?? name,
    spec: [...(written === '' ? [] : [written]), ...shown].join(', '),
    source: sourceOf(options, literal, path),
    everywhere: rendered(options.get('override') ?? []) === 'true',
  };
  const computed = ['git', 'github', 'branch', 'tag', 'ref', 'path'].some((key) => {
    const value = options.get(key);
    return value !== undefined && literal(value) === null && atomOf(value) === null;
  });
  const compile = options.get('compile');
  return {
    requirement,
    compile: compile === undefined || rendered(compile) === 'false' ? null : rendered(compile),
    isLiteral: version !== null && !computed && rest.slice(1).every(isOption),
  };
}

type Options = ReadonlyMap<string, readonly Node[]>;
type Literal = (nodes: readonly Node[]) => string | null;

function literalOr(nodes: readonly Node[], literal: Literal): string {
  const text = literal(nodes);
  return text === null ? rendered(nodes) : JSON.stringify(text);
}

/** `key: value` of the tuple itself, or of a list at its end. */
function optionsOf(parts: readonly (readonly Node[])[]): Options {
  const pairs = parts.flatMap((part) => {
    const [only] = part;
    return isList(part) && only?.kind === 'group' ? splitByComma(only.nodes) : [part];
  });
  return new Map(pairs.map((pair) => [keyOf(pair) ?? '', pair.slice(1)]));
}

function isList(nodes: readonly Node[]): boolean {
  const [only] = nodes;
  return nodes.length === 1 && only?.kind === 'group' && only.open === '[';
}

function keyOf(nodes: readonly Node[]): string | null {
  const [first] = nodes;
  return first?.kind === 'word' && first.text.endsWith(':') ? first.text.slice(0, -1) : null;
}

/** `only: :test` makes a group of its own. */
function groupOf(only: readonly Node[] | undefined): string {
  if (only === undefined) return 'deps';
  const environments = rendered(only).match(/\w+/g) ?? [];
  return `deps (${environments.sort().join(', ')})`;
}

function nameIn(nodes: readonly Node[] | undefined): string | null {
  return nodes === undefined ? null : (atomOf(nodes) ?? textOf(nodes));
}

function sourceOf(options: Options, literal: Literal, path: string): string | null {
  if (options.has('git') || options.has('github')) return 'git';
  const folder = options.get('path');
  if (folder !== undefined) {
    const text = literal(folder);
    return text === null ? 'a path' : pathSource(path, text);
  }
  const repository = options.get('organization') ?? options.get('repo');
  const name = repository === undefined ? null : literalOr(repository, literal);
  return name === null || name === '"hexpm"' ? null : `the registry ${name.replaceAll('"', '')}`;
}
