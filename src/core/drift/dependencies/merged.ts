/** One requirement for each section and name: formats may ask for a package twice, for two platforms say. */
import { append } from '../append';
import type { Requirement } from './model';

/** The same requirements, where those of one section and name are one: specs and hashes sorted, so that order is no change. */
export function merged(requirements: readonly Requirement[]): readonly Requirement[] {
  const groups = new Map<string, Requirement[]>();
  for (const each of requirements) {
    append(groups, JSON.stringify([each.group, each.name]), each);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined || group.length === 1 ? group : [asOne(first, group)];
  });
}

function asOne(first: Requirement, group: readonly Requirement[]): Requirement {
  const sorted = (texts: readonly string[]) => [...new Set(texts)].sort();
  const sources = sorted(group.flatMap(({ source }) => source ?? []));
  const hashes = sorted(group.flatMap(({ integrity }) => integrity?.split(' ') ?? []));
  const { isOwn: _, ...rest } = first;
  return {
    ...rest,
    ...(group.every(({ isOwn }) => isOwn === true) ? { isOwn: true } : {}),
    spec: sorted(group.map(({ spec }) => spec)).join(' | '),
    source: sources.length === 0 ? null : sources.join(' and '),
    direct: group.some(({ direct }) => direct !== false),
    ...(hashes.length === 0 ? {} : { integrity: hashes.join(' ') }),
  };
}
