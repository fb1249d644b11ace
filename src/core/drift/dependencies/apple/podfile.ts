/** Podfile: pods of each target, where specs come from, and what runs at install ("Podfile Syntax Reference"). */
import { joinDuplicates } from '../duplicates';
import type { Manifest, Requirement } from '../model';
import { isMark, isWord, type Node, rendered, splitBy, textOf } from '../tokens';
import { isUsualSpecs, readPodCall } from './podCall';
import { type Block, nodesOf, type Statement, statementsOf, takeBlocks } from './rubyLines';

const HOOK = /^(?:pre_install|post_install|pre_integrate|post_integrate|script_phase)\b/;
const HEADER = /^(?:target|abstract_target|def)\b/;
/** What reads pods from elsewhere. */
const EVALUATES = /\b(?:instance_eval|eval|load)\b/;

/** Reads a Podfile; what is computed is a fault, and the rest counts. */
export function readPodfile(text: string, path: string): Manifest {
  const { blocks, rest } = takeBlocks(statementsOf(text), (each) => HOOK.exec(each.text)?.[0] ?? null);
  const hooks = hooksOf(blocks);
  const found: Found = { requirements: [], registries: new Map(), hooks, faults: new Set(), group: 'pods' };
  for (const statement of rest) readStatement(statement, path, found);
  return {
    requirements: joinDuplicates(found.requirements),
    hooks,
    registries: found.registries,
    faults: [...found.faults],
  };
}

/** The same hook twice is two: of targets, say. */
function hooksOf(blocks: readonly Block[]): Map<string, string> {
  const hooks = new Map<string, string>();
  const counts = new Map<string, number>();
  for (const { name, content } of blocks) {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    hooks.set(count === 1 ? name : `${name} ${count}`, content);
  }
  return hooks;
}

interface Found {
  readonly requirements: Requirement[];
  readonly registries: Map<string, string>;
  readonly hooks: Map<string, string>;
  readonly faults: Set<string>;
  /** The target or method that was begun last. */
  group: string;
}

function readStatement(statement: Statement, path: string, found: Found): void {
  const isOfInterest = /\b(?:pod|source|plugin)\b/.test(statement.text) || HEADER.test(statement.text);
  if (EVALUATES.test(statement.text)) found.faults.add('eval');
  if (!isOfInterest) return;
  const nodes = nodesOf(statement);
  if (nodes === null) {
    found.faults.add(statement.text.slice(0, 40));
    return;
  }
  const [verb, subject] = nodes;
  if (isWord(verb, 'target', 'abstract_target', 'def') && subject)
    found.group = `${rendered([verb as Node])} ${nameOf(subject)}`;
  if (isWord(verb, 'source')) addSource(nodes.slice(1), found);
  if (isWord(verb, 'plugin') && subject) found.hooks.set(`plugin ${nameOf(subject)}`, rendered(nodes.slice(1)));
  for (const list of listsWith(nodes)) {
    const call = list.findIndex((node, index) => isPodCall(node, list[index - 1], list[index + 1]));
    if (call !== -1) addPod(list.slice(call + 1), path, found);
  }
}

function isPodCall(node: Node, before: Node | undefined, next: Node | undefined): boolean {
  if (!isWord(node, 'pod') || isMark(before, '.') || next === undefined || next.kind === 'mark') return false;
  return next.kind !== 'group' || next.open === '(';
}

/** The parts of a line between semicolons, and what stands in braces: a block on one line. */
function listsWith(nodes: readonly Node[]): readonly (readonly Node[])[] {
  const braces = nodes.flatMap((node) => (node.kind === 'group' && node.open === '{' ? [node.nodes] : []));
  return [nodes, ...braces].flatMap((list) => splitBy(';', list));
}

function addPod(nodes: readonly Node[], path: string, found: Found): void {
  const call = readPodCall(nodes, found.group, path);
  if (call) found.requirements.push(call.requirement);
  if (!call?.isLiteral) found.faults.add(call ? `pod ${call.requirement.name}` : 'pod');
}

function addSource(nodes: readonly Node[], found: Found): void {
  const address = textOf(nodes);
  if (address === null) found.faults.add('source');
  else if (!isUsualSpecs(address)) found.registries.set(`source ${address}`, address);
}

function nameOf(node: Node): string {
  return node.kind === 'text' ? node.text : rendered([node]);
}
