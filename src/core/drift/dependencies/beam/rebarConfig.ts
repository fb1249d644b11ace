/** rebar.config: dependencies, plug-ins and hooks of a Rebar project (Rebar3's documentation, "Dependencies"). */
import { joinDuplicates } from '../duplicates';
import type { Manifest, Requirement } from '../model';
import { type Group, type Node, rendered, splitByComma, textOf, treeOf } from '../tokens';
import { ERLANG } from './lexicons';

const LISTS: ReadonlySet<string> = new Set(['deps', 'plugins', 'project_plugins']);
const HOOKS: ReadonlySet<string> = new Set(['pre_hooks', 'post_hooks', 'provider_hooks']);

interface Found {
  readonly requirements: Requirement[];
  readonly hooks: Map<string, string>;
  readonly registries: Map<string, string>;
  readonly faults: string[];
}

/** Reads a rebar.config. Throws Unreadable. */
export function readRebarConfig(text: string): Manifest {
  const found: Found = { requirements: [], hooks: new Map(), registries: new Map(), faults: [] };
  readTerms(treeOf(text, ERLANG), '', found);
  return { ...found, requirements: joinDuplicates(found.requirements) };
}

/** Terms of the file, or of one of its profiles. */
function readTerms(nodes: readonly Node[], prefix: string, found: Found): void {
  for (const node of nodes) {
    if (node.kind !== 'group' || node.open !== '{') continue;
    const [key = [], value = []] = splitByComma(node.nodes);
    const name = rendered(key);
    if (LISTS.has(name)) readList(value, `${prefix}${name}`, found);
    else if (HOOKS.has(name)) found.hooks.set(`${prefix}${name}`, rendered(value));
    else if (name === 'hex') found.registries.set(`${prefix}hex`, rendered(value));
    else if (name === 'overrides') found.requirements.push(...overrides(value));
    else if (name === 'profiles' && prefix === '') {
      for (const profile of itemsOf(value)) {
        const [title = [], terms = []] = profile.kind === 'group' ? splitByComma(profile.nodes) : [];
        readTerms(itemsOf(terms), `${rendered(title)}.`, found);
      }
    }
  }
}

function itemsOf(nodes: readonly Node[]): readonly Node[] {
  const [list] = nodes;
  return nodes.length === 1 && list?.kind === 'group' ? list.nodes.filter(({ kind }) => kind !== 'mark') : [];
}

function readList(value: readonly Node[], group: string, found: Found): void {
  const [list] = value;
  if (value.length !== 1 || list?.kind !== 'group') found.faults.push(group);
  for (const item of itemsOf(value)) {
    const requirement = read(item, group);
    if (requirement === null) found.faults.push(group);
    else found.requirements.push(requirement);
  }
}

/** `name`, `{name, "1.0"}`, `{name, {git, …}}`, `{name, "1.0", {pkg, other}}` and the like. */
function read(item: Node, group: string): Requirement | null {
  if (item.kind === 'word' || item.kind === 'text') return plain(group, item.text, '');
  if (item.kind !== 'group' || item.open !== '{') return null;
  const [first = [], ...rest] = splitByComma(item.nodes);
  const name = nameOf(first);
  if (name === null) return null;
  const tuple = rest.map(([only]) => only).find((node): node is Group => node?.kind === 'group' && node.open === '{');
  const [kind = [], target = []] = splitByComma(tuple?.nodes ?? []);
  const isPackage = tuple === undefined || rendered(kind) === 'pkg';
  const version = rest.map(textOf).find((text) => text !== null);
  const spec = [...(version === undefined ? [] : [version]), ...(tuple ? [rendered([tuple])] : [])].join(', ');
  return {
    ...plain(group, name, spec),
    package: (tuple && isPackage ? nameOf(target) : null) ?? name,
    source: isPackage ? null : rendered(kind).startsWith('git') ? 'git' : `the source ${rendered(kind).slice(0, 100)}`,
  };
}

/** Changes to the configuration of others: what they want, and how they are built. */
function overrides(value: readonly Node[]): readonly Requirement[] {
  return itemsOf(value).map((item) => {
    const [kind = [], name = []] = item.kind === 'group' ? splitByComma(item.nodes) : [];
    const title = nameOf(name) ?? '*';
    return { ...plain('overrides', `${rendered(kind)} ${title}`, rendered([item])), package: title, everywhere: true };
  });
}

/** An atom, quoted or not. */
function nameOf(nodes: readonly Node[]): string | null {
  const [only] = nodes;
  return nodes.length === 1 && (only?.kind === 'word' || only?.kind === 'text') ? only.text : null;
}

function plain(group: string, name: string, spec: string): Requirement {
  return { group, name, package: name, spec, source: null, everywhere: false };
}
