/** mix.exs: the `deps` of a Mix project, as far as they are written out. */
import { joinDuplicates } from '../duplicates';
import type { Manifest } from '../model';
import { type Group, isMark, isWord, listsOf, type Node, treeOf } from '../tokens';
import { ELIXIR } from './lexicons';
import { type MixDependency, readDependency } from './mixDependency';

/** Functions and attributes that hold dependencies are called so. */
const DEPS = /deps|dependencies/;
/** What makes a list of dependencies out of something else. */
const COMPUTING = ['Enum', 'Stream', 'Code', 'File', 'Keyword', 'Map', 'List', 'for', 'apply'];

/** Reads a mix.exs; what is computed is a fault, and the rest counts. Throws Unreadable. */
export function readMixExs(text: string, path: string): Manifest {
  const nodes = treeOf(text, ELIXIR);
  const lists = [...listsOf(nodes)];
  const bodies = bodiesOf(nodes);
  const attributes = attributesOf(lists);
  const faults = new Set<string>();
  const found: MixDependency[] = [];
  for (const [name, body] of [...bodies, ...projectLists(lists, bodies, faults)]) {
    for (const tuple of tuplesIn(body)) {
      const dependency = readDependency(tuple, attributes, path);
      if (dependency) found.push(dependency);
      if (!dependency?.isLiteral) faults.add(dependency ? `deps.${dependency.requirement.name}` : name);
    }
    if (isComputed(body, bodies)) faults.add(name);
  }
  const hooks = found.flatMap(({ requirement, compile }) =>
    compile === null ? [] : [[`deps.${requirement.name}.compile`, compile] as const],
  );
  return {
    requirements: joinDuplicates(found.map(({ requirement }) => requirement)),
    hooks: new Map(hooks),
    registries: new Map(),
    faults: [...faults],
  };
}

type Bodies = ReadonlyMap<string, readonly Node[]>;

/** What functions and attributes of such names hold, each up to the next definition. */
function bodiesOf(nodes: readonly Node[]): Bodies {
  const bodies = new Map<string, Node[]>();
  let body: Node[] | null = null;
  for (const [index, node] of nodes.entries()) {
    const after = nodes[index + 1];
    if (isWord(node, 'def', 'defp') && after?.kind === 'word') {
      const clauses = bodies.get(after.text) ?? [];
      body = DEPS.test(after.text) ? clauses : null;
      if (body !== null) bodies.set(after.text, body);
    } else if (node.kind === 'word' && /^@\w*deps/.test(node.text) && after?.kind === 'group') {
      bodies.set(node.text, [after]);
    } else if (!isDefinition(nodes[index - 1])) body?.push(node);
  }
  return bodies;
}

function isDefinition(node: Node | undefined): boolean {
  return isWord(node, 'def', 'defp');
}

/** `deps: [...]` written into the project itself; `deps: something_else()` is a fault. */
function projectLists(lists: readonly (readonly Node[])[], bodies: Bodies, faults: Set<string>): [string, Node[]][] {
  return lists.flatMap((list) =>
    list.flatMap((node, index): [string, Node[]][] => {
      const value = list[index + 1];
      if (!isWord(node, 'deps:') || value === undefined) return [];
      if (value.kind === 'group' && value.open === '[') return [['deps', [value]]];
      if (value.kind !== 'word' || !bodies.has(value.text)) faults.add('deps');
      return [];
    }),
  );
}

/** Tuples, and none of those within them: their options are no dependencies. */
function tuplesIn(nodes: readonly Node[]): Group[] {
  return nodes.flatMap((node, index): Group[] => {
    if (node.kind !== 'group') return [];
    const isTuple = node.open === '{' && !isMark(nodes[index - 1], '%');
    return isTuple ? [node] : tuplesIn(node.nodes);
  });
}

/** Whether a body makes dependencies that nobody can read: by calls, or without any list and other function of deps. */
function isComputed(body: readonly Node[], bodies: Bodies): boolean {
  const all = [...listsOf(body)];
  if (all.some((list) => list.some((node) => isWord(node, ...COMPUTING)))) return true;
  const names = all.flatMap((list) => list.flatMap((node) => (node.kind === 'word' ? [node.text] : [])));
  return !body.some((node) => node.kind === 'group' && node.open === '[') && !names.some((name) => bodies.has(name));
}

/** `@version "1.0"`: attributes of one string. */
function attributesOf(lists: readonly (readonly Node[])[]): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  for (const list of lists) {
    for (const [index, node] of list.entries()) {
      const value = list[index + 1];
      if (node.kind !== 'word' || !node.text.startsWith('@') || value?.kind !== 'text' || value.isComputed) continue;
      attributes.set(node.text, value.text);
    }
  }
  return attributes;
}
