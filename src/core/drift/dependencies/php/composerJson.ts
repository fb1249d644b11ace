/** composer.json (Composer docs, "The composer.json schema"): requirements, repositories, and what runs at install. */
import * as z from 'zod';
import { parseJson, word, wordTable } from '../document';
import type { Manifest, Requirement } from '../model';
import { asManifest, noParts, type Parts } from '../parts';
import { sectionsOf } from '../sections';

const loose = z.record(z.string(), z.unknown());
/** A list, or a table whose keys are names of one's own. */
const repositories = z.union([z.array(loose), z.record(word, z.union([loose, z.boolean()]))]);
const config = z.looseObject({
  'allow-plugins': z.union([z.boolean(), z.record(word, z.boolean())]).optional(),
  'secure-http': z.unknown().optional(),
  'disable-tls': z.unknown().optional(),
});

const GROUPS = ['require', 'require-dev', 'conflict', 'replace', 'provide'];
/** Events of an install or update (Composer docs, "Scripts", "Event names"). */
const INSTALL_EVENT =
  /^(?:(?:pre|post)-(?:install|update|autoload-dump|package-install|package-update|package-uninstall|operations-exec|file-download|command-run|pool-create|dependencies-solving)(?:-cmd)?|post-root-package-install|post-create-project-cmd|init)$/;
const PACKAGIST = /^https:\/\/(?:repo\.)?packagist\.org\/?$/i;

/** Reads a composer.json; a section of an unexpected shape is a fault, and the others count. Throws Unreadable. */
export function readComposerJson(text: string): Manifest {
  const parts = noParts();
  const read = sectionsOf(parseJson(text, loose), '', parts.faults);
  for (const group of GROUPS) parts.requirements.push(...required(group, read(group, wordTable.or(z.tuple([])))));
  addRepositories(read('repositories', repositories) ?? [], parts);
  addScripts(read('scripts', loose.or(z.tuple([]))) ?? {}, parts);
  addConfig(read('config', config) ?? {}, parts);
  return asManifest(parts);
}

/** An empty table is written as an empty list by PHP. Names are of lower case (Composer docs, "name"). */
function required(group: string, section: Record<string, string> | readonly [] | undefined): Requirement[] {
  return Object.entries(section ?? {}).map(([key, spec]) => ({
    group,
    name: key.toLowerCase(),
    package: key.toLowerCase(),
    spec: spec.trim().replace(/\s+/g, ' '),
    source: null,
    everywhere: false,
  }));
}

/** Scripts of events, and those that they name with `@` (Composer docs, "Referencing scripts"). */
function addScripts(section: Record<string, unknown> | readonly [], { hooks }: Parts): void {
  const scripts = new Map(Object.entries(section));
  const ahead = [...scripts.keys()].filter((name) => INSTALL_EVENT.test(name));
  for (let name = ahead.pop(); name !== undefined; name = ahead.pop()) {
    if (!scripts.has(name) || hooks.has(`scripts.${name}`)) continue;
    const script = scripts.get(name);
    hooks.set(`scripts.${name}`, textOf(script));
    const lines = Array.isArray(script) ? script : [script];
    ahead.push(...lines.flatMap((line) => (typeof line === 'string' ? (/^@(\S+)/.exec(line)?.[1] ?? []) : [])));
  }
}

function addRepositories(section: z.output<typeof repositories>, { registries }: Parts): void {
  const named = Array.isArray(section) ? section.map((each) => [null, each] as const) : Object.entries(section);
  for (const [name, repository] of named) {
    const { url } = typeof repository === 'object' ? repository : {};
    if (typeof url === 'string' && PACKAGIST.test(url)) continue;
    const value = textOf(repository);
    registries.set(`repositories ${name ?? (typeof url === 'string' ? url : value)}`.slice(0, 300), value);
  }
}

function addConfig(settings: z.output<typeof config>, { hooks, registries }: Parts): void {
  const plugins = settings['allow-plugins'];
  if (plugins === true) hooks.set('config.allow-plugins', 'every plug-in may run');
  if (typeof plugins === 'object') {
    for (const [name, isAllowed] of Object.entries(plugins)) {
      if (isAllowed) hooks.set(`config.allow-plugins.${name}`, 'may run');
    }
  }
  if (settings['secure-http'] === false) registries.set('config.secure-http', 'false');
  if (settings['disable-tls'] === true) registries.set('config.disable-tls', 'true');
}

/** A value in one line, keys in the order of the alphabet: their order says nothing. */
function textOf(value: unknown): string {
  const sorted = (_: string, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([one], [other]) => (one < other ? -1 : 1)))
      : each;
  return typeof value === 'string' ? value : (JSON.stringify(value, sorted) ?? '');
}
