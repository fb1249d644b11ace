/** rebar.lock: terms of Erlang's, with a list of packages and one of their hashes (Rebar3's `rebar_config`). */
import { Unreadable } from '../document';
import type { LockedPackage, Lockfile } from '../model';
import { listsOf, type Node, splitByComma, treeOf } from '../tokens';
import { ERLANG } from './lexicons';
import { gitAddress } from './mixLock';

/** Reads a rebar.lock; it does not say what needs what. Throws Unreadable. */
export function readRebarLock(text: string): Lockfile {
  const nodes = treeOf(text, ERLANG);
  if (nodes.some(({ kind }) => kind !== 'group' && kind !== 'mark')) throw new Unreadable('it is no list of terms');
  const lists = [...listsOf(nodes)];
  const hashes = hashesOf(lists);
  const packages = new Map(lists.flatMap((list) => packageOf(list, hashes)));
  return { packages, edges: false, resolve: () => [] };
}

/** `{<<"name">>, {pkg, <<"name">>, <<"1.0.0">>}, 0}` or `{<<"name">>, {git, "address", {ref, "commit"}}, 1}`. */
function packageOf(nodes: readonly Node[], hashes: ReadonlyMap<string, string>): [string, LockedPackage][] {
  const [first = [], second = [], level] = splitByComma(nodes);
  const key = binaryOf(first);
  const [tuple] = second;
  if (key === null || level === undefined || tuple?.kind !== 'group') return [];
  const [kind = [], target = [], third = []] = splitByComma(tuple.nodes);
  const shared = { integrity: null, hasInstallScript: false, needs: [] };
  const [word] = kind;
  if (word?.kind === 'word' && word.text === 'pkg') {
    const name = binaryOf(target) ?? key;
    return [[key, { ...shared, name, version: binaryOf(third), resolved: null, integrity: hashes.get(key) ?? null }]];
  }
  const commit = [...listsOf(third)].flat().flatMap((node) => (node.kind === 'text' ? [node.text] : []));
  const resolved = gitAddress(binaryOf(target) ?? '');
  return [[key, { ...shared, name: key, version: commit.join(' '), resolved }]];
}

/** `{pkg_hash, [{<<"name">>, <<"hash">>}, …]}`: the hash of what is in the package, as mix.lock's inner one. */
function hashesOf(lists: readonly (readonly Node[])[]): ReadonlyMap<string, string> {
  const table = lists.find(([first]) => first?.kind === 'word' && first.text === 'pkg_hash')?.at(-1);
  const entries = table?.kind === 'group' ? splitByComma(table.nodes) : [];
  return new Map(
    entries.flatMap(([tuple]) => {
      const [name = [], hash = []] = tuple?.kind === 'group' ? splitByComma(tuple.nodes) : [];
      const [key, value] = [binaryOf(name), binaryOf(hash)];
      return key === null || value === null ? [] : [[key, value] as const];
    }),
  );
}

/** The string in `<<"…">>`, or a plain one. */
function binaryOf(nodes: readonly Node[]): string | null {
  const texts = nodes.filter(({ kind }) => kind === 'text');
  const [only] = texts;
  return texts.length === 1 && only?.kind === 'text' ? only.text : null;
}
