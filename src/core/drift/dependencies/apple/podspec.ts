/** `*.podspec`: what a pod needs, and what it runs before it is built ("Podspec Syntax Reference"). */
import { joinDuplicates } from '../duplicates';
import type { Manifest, Requirement } from '../model';
import { isMark, isWord, type Node, textOf } from '../tokens';
import { readPodCall } from './podCall';
import { nodesOf, statementsOf, takeBlocks } from './rubyLines';

const HOOK = /^\w+(?:\.\w+)*\.(prepare_command|script_phases?)\b/;
const SUBSPEC = ['subspec', 'test_spec', 'app_spec'];

/** Reads a podspec; what is computed is a fault, and the rest counts. */
export function readPodspec(text: string, path: string): Manifest {
  const { blocks, rest } = takeBlocks(statementsOf(text), (each) => HOOK.exec(each.text)?.[1] ?? null);
  const requirements: Requirement[] = [];
  const faults = new Set<string>();
  let group = 'dependencies';
  let own: string | null = null;
  for (const statement of rest.filter(({ text: line }) => /\.(?:dependency|name|\w*spec)\b/.test(line))) {
    const nodes = nodesOf(statement);
    if (nodes === null) {
      faults.add(statement.text.slice(0, 40));
      continue;
    }
    own ??= ownName(nodes);
    const title = nodes.findIndex((node) => isWord(node, ...SUBSPEC));
    if (title !== -1) group = `subspec ${textOf(nodes.slice(title + 1, title + 2)) ?? '?'}`;
    const call = nodes.findIndex((node, index) => isWord(node, 'dependency') && isMark(nodes[index - 1], '.'));
    if (call === -1 || isOwnPart(nodes[call + 1], own)) continue;
    const pod = readPodCall(nodes.slice(call + 1), group, path);
    if (pod) requirements.push(pod.requirement);
    if (!pod?.isLiteral) faults.add(pod ? `dependency ${pod.requirement.name}` : 'dependency');
  }
  return {
    requirements: joinDuplicates(requirements),
    hooks: new Map(blocks.map(({ name, content }) => [name, content])),
    registries: new Map(),
    faults: [...faults],
  };
}

/** `s.name = 'Pod'`. */
function ownName(nodes: readonly Node[]): string | null {
  const at = nodes.findIndex((node, index) => isWord(node, 'name') && isMark(nodes[index + 1], '='));
  return at === -1 ? null : textOf(nodes.slice(at + 2));
}

/** A subspec may need another of the same pod: `Pod/Core`, or `#{s.name}/Core`. */
function isOwnPart(node: Node | undefined, own: string | null): boolean {
  const [only] = node?.kind === 'group' ? node.nodes : [node];
  if (only?.kind !== 'text') return false;
  return only.isComputed ? /^#\{\w+\.name\}/.test(only.text) : own !== null && only.text.startsWith(`${own}/`);
}
