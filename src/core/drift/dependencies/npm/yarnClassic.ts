/** yarn.lock of yarn 1: a format of its own, blocks of indented lines. */
import { append } from '../../append';
import { Unreadable } from '../document';
import type { LockedPackage, Lockfile } from '../model';
import { packageOf } from './spec';

interface Block {
  readonly descriptors: readonly string[];
  readonly fields: Map<string, string>;
  readonly wants: [name: string, range: string][];
}

/** A name or value: quoted like JSON, or bare up to white space. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?$)|[^\s",][^\s,]*/g;
/** Copies of a package that a range without an entry of its own may mean. */
const MOST_COPIES = 50;

/** Reads a yarn.lock of version 1. Throws Unreadable. */
export function readYarnClassic(text: string): Lockfile {
  const blocks = readBlocks(text);
  const keyOf = new Map(blocks.flatMap(({ descriptors }, index) => descriptors.map((each) => [each, String(index)])));
  const byName = new Map<string, string[]>();
  for (const [descriptor, key] of keyOf) {
    const { name } = split(descriptor);
    append(byName, name, key);
  }
  const find = (name: string, range: string) => {
    const exact = keyOf.get(`${name}@${range}`);
    // `resolutions` give a package another range than its dependants ask for.
    return exact === undefined ? (byName.get(name) ?? []).slice(0, MOST_COPIES) : [exact];
  };
  const packages = new Map(
    blocks.map((block, index) => [String(index), locked(block, find)] satisfies [string, LockedPackage]),
  );
  return { packages, resolve: (_importer, name, spec) => find(name, spec) };
}

function locked({ descriptors, fields, wants }: Block, find: (name: string, range: string) => string[]): LockedPackage {
  const { name, range } = split(descriptors[0] ?? '');
  return {
    name: packageOf(name, range),
    version: fields.get('version') ?? null,
    resolved: fields.get('resolved') ?? null,
    integrity: fields.get('integrity') ?? null,
    hasInstallScript: false,
    needs: wants.flatMap(([wanted, itsRange]) => find(wanted, itsRange)),
  };
}

function readBlocks(text: string): readonly Block[] {
  const blocks: Block[] = [];
  let inDependencies = false;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const depth = line.length - line.trimStart().length;
    const tokens = [...line.matchAll(TOKEN)].map(([token]) => unquote(token));
    const [first, second] = tokens;
    const block = blocks.at(-1);
    if (depth === 0 && line.trimEnd().endsWith(':') && first !== undefined) {
      blocks.push({ descriptors: tokens.map(withoutColon).filter(Boolean), fields: new Map(), wants: [] });
      inDependencies = false;
    } else if (depth === 2 && block && first !== undefined && line.trimEnd().endsWith(':')) {
      inDependencies = /^(?:optionalDependencies|dependencies):$/.test(first);
    } else if (depth === 2 && block && first !== undefined && second !== undefined) {
      block.fields.set(first, second);
      inDependencies = false;
    } else if (depth === 4 && block && first !== undefined && second !== undefined) {
      if (inDependencies) block.wants.push([first, second]);
    } else {
      throw new Unreadable(`line ${index + 1} is not in the format of yarn 1`);
    }
  }
  return blocks;
}

function unquote(token: string): string {
  if (!token.startsWith('"')) return token;
  try {
    return String(JSON.parse(token));
  } catch {
    throw new Unreadable('it has a string that does not end');
  }
}

/** The last descriptor of a header carries the colon when it is bare; when it is quoted the colon stands alone. */
function withoutColon(token: string): string {
  return token.endsWith(':') ? token.slice(0, -1) : token;
}

function split(descriptor: string): { name: string; range: string } {
  const at = descriptor.indexOf('@', 1);
  if (at === -1) return { name: descriptor, range: '' };
  return { name: descriptor.slice(0, at), range: descriptor.slice(at + 1) };
}
