/** A manifest while it is being read: each reader of a section adds what it finds. */
import { merged } from './merged';
import type { Manifest, Requirement } from './model';

export interface Parts {
  readonly requirements: Requirement[];
  readonly hooks: Map<string, string>;
  readonly registries: Map<string, string>;
  readonly faults: string[];
}

/** Nothing found yet. */
export function noParts(): Parts {
  return { requirements: [], hooks: new Map(), registries: new Map(), faults: [] };
}

/** What was found, with one requirement for each section and name. */
export function asManifest(parts: Parts): Manifest {
  return { ...parts, requirements: merged(parts.requirements), faults: [...new Set(parts.faults)] };
}
