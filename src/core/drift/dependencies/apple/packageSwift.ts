/** Package.swift: packages, binaries and plug-ins as they are written out (Swift's documentation, "PackageDescription"). */
import { addressFault, addressName } from '../address';
import { joinDuplicates } from '../duplicates';
import type { Manifest, Requirement } from '../model';
import { pathSource } from '../repositoryPath';
import { type Group, isMark, isWord, listsOf, type Node, rendered, splitByComma, textOf, treeOf } from '../tokens';
import { SWIFT } from './lexicons';

/** Words of a requirement that are no values of a program. */
const LITERAL = new Set([
  ...[
    'from',
    'exact',
    'branch',
    'revision',
    'upToNextMajor',
    'upToNextMinor',
    'majorVersion',
    'minor',
    'versions',
    'init',
    'prereleaseIdentifiers',
  ],
  ...[
    'Version',
    'Range',
    'Package',
    'Dependency',
    'Requirement',
    'traits',
    'trait',
    'name',
    'defaults',
    'defaultTraits',
  ],
]);

/** Reads a Package.swift; what is computed is a fault, and the rest counts. Throws Unreadable. */
export function readPackageSwift(text: string, path: string): Manifest {
  const faults = new Set<string>();
  const requirements: Requirement[] = [];
  const hooks = new Map<string, string>();
  for (const list of listsOf(treeOf(text, SWIFT))) {
    for (const [index, node] of list.entries()) {
      const call = list[index + 1];
      if (!isMark(list[index - 1], '.') || node.kind !== 'word' || call?.kind !== 'group' || call.open !== '(')
        continue;
      if (isWord(node, 'package', 'Package')) requirements.push(...packages(labelled(call), path, faults));
      if (isWord(node, 'binaryTarget')) requirements.push(...binaries(labelled(call), path, faults));
      if (isWord(node, 'plugin')) addPlugin(labelled(call), hooks);
    }
  }
  return { requirements: joinDuplicates(requirements), hooks, registries: new Map(), faults: [...faults] };
}

/** Arguments by label; what has none comes under ''. */
type Arguments = readonly (readonly [label: string, nodes: readonly Node[]])[];

function labelled(call: Group): Arguments {
  return splitByComma(call.nodes).map((nodes) => {
    const [label, colon, ...value] = nodes;
    return label?.kind === 'word' && isMark(colon, ':') ? ([label.text, value] as const) : (['', nodes] as const);
  });
}

function argument(all: Arguments, label: string): readonly Node[] | undefined {
  return all.find(([each]) => each === label)?.[1];
}

/** `.package(url: …, …)`, `.package(path: …)` or `.package(id: …, …)`. */
function packages(all: Arguments, path: string, faults: Set<string>): readonly Requirement[] {
  const place = ['url', 'path', 'id'].find((label) => argument(all, label) !== undefined);
  const address = textOf(argument(all, place ?? '') ?? []);
  if (place === undefined || address === null) {
    // `.package` without arguments is a member of something else.
    if (all.length > 0) faults.add('dependencies');
    return [];
  }
  if (place === 'path')
    return [plain('dependencies', folderName(address), `path: ${address}`, pathSource(path, address))];
  const rest = all.filter(([label]) => !['url', 'id', 'name'].includes(label));
  const name = place === 'id' ? address : addressName(address);
  if (!rest.every(([, nodes]) => isLiteral(nodes))) faults.add(`dependencies.${name}`);
  const spec = rest.map(([label, nodes]) => (label === '' ? '' : `${label}: `) + rendered(nodes)).join(', ');
  return [plain('dependencies', name, spec, addressFault(address))];
}

function binaries(all: Arguments, path: string, faults: Set<string>): readonly Requirement[] {
  const name = textOf(argument(all, 'name') ?? []);
  const [url, folder] = [argument(all, 'url'), argument(all, 'path')];
  const place = textOf(url ?? folder ?? []);
  const checksum = textOf(argument(all, 'checksum') ?? []);
  if (name === null || place === null || (url && checksum === null)) {
    faults.add('binaryTarget');
    return [];
  }
  const source = url === undefined ? pathSource(path, place) : 'a URL';
  const requirement = plain('binaryTargets', name, place, source);
  return [checksum === null ? requirement : { ...requirement, integrity: checksum }];
}

/** A plug-in of a package runs with every build of the target that uses it. */
function addPlugin(all: Arguments, hooks: Map<string, string>): void {
  const name = argument(all, 'name');
  const from = argument(all, 'package');
  if (name && from) hooks.set(`plugin ${rendered(name)}`, rendered(from));
}

function isLiteral(nodes: readonly Node[]): boolean {
  return [...listsOf(nodes)].every((list) =>
    list.every(
      (node) =>
        node.kind === 'group' ||
        node.kind === 'mark' ||
        (node.kind === 'text' ? !node.isComputed : LITERAL.has(node.text) || /^\d+$/.test(node.text)),
    ),
  );
}

function folderName(path: string): string {
  const segments = path.split('/').filter((segment) => segment !== '');
  return segments.at(-1) ?? path;
}

function plain(group: string, name: string, spec: string, source: string | null): Requirement {
  return { group, name, package: name, spec, source, everywhere: false };
}
