/** Arguments of `pod` and `dependency` (CocoaPods' "Podfile Syntax Reference" and "Podspec Syntax Reference"). */
import { addressFault } from '../address';
import type { Requirement } from '../model';
import { pathSource } from '../repositoryPath';
import { isMark, isWord, type Node, rendered, splitByComma, textOf } from '../tokens';

/** Options that say which pod it is, in the order in which they are shown. */
const SHOWN = [
  'git',
  'branch',
  'tag',
  'commit',
  'path',
  'podspec',
  'http',
  'source',
  'subspecs',
  'testspecs',
  'inhibit',
];
/** Those that must be written out to be known. */
const PLACES = ['git', 'branch', 'tag', 'commit', 'path', 'podspec', 'http', 'source'];
/** The public specs, by their addresses of now and then. */
const USUAL = /^https:\/\/(?:cdn\.cocoapods\.org|(?:www\.)?github\.com\/CocoaPods\/Specs)(?:\.git)?\/?$/i;

/** Whether an address is that of the public specs. */
export function isUsualSpecs(address: string): boolean {
  return address === 'trunk' || USUAL.test(address);
}

export interface PodCall {
  readonly requirement: Requirement;
  /** Whether version and place are written out, and not computed. */
  readonly isLiteral: boolean;
}

/** Reads the nodes behind a call's name; null when the pod's name is not written out. */
export function readPodCall(nodes: readonly Node[], group: string, path: string): PodCall | null {
  const [only] = nodes;
  const inner = only?.kind === 'group' && only.open === '(' ? only.nodes : nodes;
  const condition = inner.findIndex((node) => isWord(node, 'if', 'unless'));
  const [first = [], ...rest] = splitByComma(condition === -1 ? inner : inner.slice(0, condition));
  const name = textOf(first);
  if (name === null) return null;
  const versions = rest.filter((part) => keyOf(part) === null);
  const options = new Map(rest.flatMap((part) => option(part)));
  const shown = SHOWN.flatMap((key) => {
    const value = options.get(key);
    return value === undefined ? [] : [`${key}: ${rendered(value)}`];
  });
  const requirement = {
    group,
    name,
    // A subspec is a part of its pod.
    package: name.replace(/\/.*$/, ''),
    spec: [...versions.map((part) => textOf(part) ?? rendered(part)), ...shown].join(', '),
    source: sourceOf(options, path),
    everywhere: false,
  };
  const isLiteral =
    versions.every((part) => textOf(part) !== null || isVersions(part)) &&
    PLACES.every((key) => !options.has(key) || textOf(options.get(key) ?? []) !== null);
  return { requirement, isLiteral };
}

/** `['~> 1.0', '>= 1.0.2']`. */
function isVersions(part: readonly Node[]): boolean {
  const [only] = part;
  return only?.kind === 'group' && only.open === '[' && splitByComma(only.nodes).every((each) => textOf(each) !== null);
}

/** `:key => value` or `key: value`. */
function option(part: readonly Node[]): [string, readonly Node[]][] {
  const key = keyOf(part);
  if (key === null) return [];
  return [[key, isMark(part[1], '=') && isMark(part[2], '>') ? part.slice(3) : part.slice(1)]];
}

function keyOf([first, second]: readonly Node[]): string | null {
  if (first?.kind !== 'word') return null;
  if (first.text.endsWith(':')) return first.text.slice(0, -1);
  return first.text.startsWith(':') && isMark(second, '=') ? first.text.slice(1) : null;
}

function sourceOf(options: ReadonlyMap<string, readonly Node[]>, from: string): string | null {
  const literal = (key: string) => textOf(options.get(key) ?? []);
  if (options.has('git')) return 'git';
  if (options.has('path')) return pathSource(from, literal('path') ?? '/');
  if (options.has('http')) return 'a URL';
  const podspec = literal('podspec');
  if (options.has('podspec')) {
    if (podspec === null || /^[a-z]+:/i.test(podspec)) return 'a URL';
    return addressFault(podspec) === null ? null : pathSource(from, podspec);
  }
  const specs = literal('source');
  return specs === null || isUsualSpecs(specs) ? null : `the registry ${specs}`;
}
