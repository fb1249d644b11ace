/** flake.lock (Nix Reference Manual, "nix flake", "Lock files"). */
import * as z from 'zod';
import { append } from '../../append';
import { parseJson, Unreadable, word } from '../document';
import type { LockedPackage, Lockfile } from '../model';
import { flakePlace } from './flakePlace';

const reference = z.looseObject({
  type: word.optional(),
  narHash: word.optional(),
  rev: word.optional(),
  lastModified: z.number().optional(),
});
const node = z.looseObject({
  inputs: z.record(word, z.union([word, z.array(word)])).optional(),
  locked: reference.optional(),
  original: reference.optional(),
});
const flakeLock = z.looseObject({ nodes: z.record(word, node), root: word, version: z.number() });

type Nodes = Readonly<Record<string, z.output<typeof node>>>;
type Reference = z.output<typeof reference>;

/** An input may follow one that follows one: more is a loop. */
const DEEPEST = 20;

/** Reads a lockfile of a flake. Throws Unreadable. */
export function readFlakeLock(text: string): Lockfile {
  const { nodes, root, version } = parseJson(text, flakeLock);
  if (version < 5 || version > 7) throw new Unreadable(`its version ${version} is not known`);
  const packages = new Map<string, LockedPackage>();
  for (const [key, { locked, original }] of Object.entries(nodes)) {
    if (key !== root && locked) packages.set(key, read(locked, original ?? locked));
  }
  for (const [key, locked] of packages) {
    packages.set(key, { ...locked, needs: inputsOf(nodes, root, key).filter((each) => packages.has(each)) });
  }
  // Requirements name the place that they ask for, not the input.
  const directs = new Map<string, string[]>();
  for (const key of inputsOf(nodes, root, root)) {
    const asked = placeOf(own(nodes, key)?.original ?? {});
    if (packages.has(key)) append(directs, asked.toLowerCase(), key);
  }
  return { packages, resolve: (_importer, name) => directs.get(name.toLowerCase()) ?? [] };
}

function read(locked: Reference, original: Reference): LockedPackage {
  const name = placeOf(locked);
  const asked = placeOf(original);
  return {
    name,
    version: locked.rev ?? (locked.lastModified === undefined ? null : String(locked.lastModified)),
    resolved: addressOf(name, asked, original.type === 'indirect'),
    integrity: locked.narHash ?? null,
    hasInstallScript: false,
    needs: [],
  };
}

/**
 * Null for what everybody uses, GitHub, and for what is asked for by that very address: another place than the one asked
 * for is no usual one.
 */
function addressOf(name: string, asked: string, isIndirect: boolean): string | null {
  const isAsked = isIndirect || name.toLowerCase() === asked.toLowerCase();
  if (/^https:/.test(name)) return name;
  const isShort = /^[^/:]+\/[^/:]+$/.test(name);
  if (isAsked && !(isIndirect && name.startsWith('/'))) return null;
  return isShort ? `github:${name}` : name;
}

function placeOf(from: Reference): string {
  const texts = Object.entries(from).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const attributes = Object.fromEntries(texts);
  return flakePlace(attributes)?.name ?? attributes.path ?? attributes.url ?? '';
}

function own(nodes: Nodes, key: string): Nodes[string] | undefined {
  return Object.hasOwn(nodes, key) ? nodes[key] : undefined;
}

function inputsOf(nodes: Nodes, root: string, key: string): readonly string[] {
  return Object.values(own(nodes, key)?.inputs ?? {}).flatMap((input) => follow(nodes, root, input, 0) ?? []);
}

/** A name is a node; a list is a way of inputs from the root. */
function follow(nodes: Nodes, root: string, input: string | readonly string[], depth: number): string | null {
  if (typeof input === 'string') return input;
  if (depth > DEEPEST || input.length > DEEPEST) return null;
  let key: string | null = root;
  for (const name of input) {
    const inputs: Nodes[string]['inputs'] = key === null ? undefined : own(nodes, key)?.inputs;
    const next: string | readonly string[] | undefined =
      inputs && Object.hasOwn(inputs, name) ? inputs[name] : undefined;
    key = next === undefined ? null : follow(nodes, root, next, depth + input.length);
  }
  return key;
}
