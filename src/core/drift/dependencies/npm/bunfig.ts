/** bunfig.toml (Bun docs, "bunfig.toml", "Package manager"): which registry packages come from. */
import * as z from 'zod';
import { word } from '../document';
import type { Manifest } from '../model';
import { asManifest, noParts } from '../parts';
import { sectionsOf } from '../sections';
import { parseToml } from '../toml';

const loose = z.record(z.string(), z.unknown());
/** An address, perhaps with what Bun signs in with, which is nobody's business here. */
const registry = z.union([word, z.looseObject({ url: word })]);
const USUAL = /^https:\/\/registry\.npmjs\.org\/?$/i;

/** Reads a bunfig.toml. Throws Unreadable. */
export function readBunfig(text: string): Manifest {
  const parts = noParts();
  const top = sectionsOf(parseToml(text, loose), '', parts.faults);
  const install = sectionsOf(top('install', loose) ?? {}, 'install.', parts.faults);
  const own = install('registry', registry);
  const scopes = install('scopes', z.record(word, registry)) ?? {};
  const all = [['install.registry', own] as const, ...Object.entries(scopes).map(scoped)];
  for (const [setting, value] of all) {
    const url = typeof value === 'object' ? value.url : value;
    if (url !== undefined && !USUAL.test(url)) parts.registries.set(setting, url);
  }
  return asManifest(parts);
}

function scoped([scope, value]: readonly [string, z.output<typeof registry>]) {
  return [`install.scopes.${scope}`, value] as const;
}
