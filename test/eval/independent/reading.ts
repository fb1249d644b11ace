/** What an independent reader gives back, and what it may look at. */

/** Name to what is said of it, the places and versions joined. */
export type Reading = ReadonlyMap<string, string>;

/** The tree that a manifest stands in, on one side. */
export interface Surroundings {
  readonly paths: () => Promise<readonly string[]>;
  /** The text at a path; null when there is none. */
  readonly text: (path: string) => Promise<string | null>;
}

/** Reads a manifest. Throws what its parser throws. */
export type IndependentReader = (text: string, around: Surroundings) => Reading | Promise<Reading>;

/** Collects names and what is said of them; a name may be said more than once. */
export class Names {
  readonly #said = new Map<string, string[]>();

  /** `spec` is a version, or the data that holds it; `place` is the section that it stands in. */
  add(name: string, spec: unknown, place = ''): void {
    const text = typeof spec === 'string' ? spec : (JSON.stringify(spec) ?? '');
    this.#said.set(name, [...(this.#said.get(name) ?? []), `${place} ${text}`.trim()]);
  }

  addTable(table: Readonly<Record<string, unknown>>, place = ''): this {
    for (const [name, spec] of Object.entries(table)) this.add(name, spec, place);
    return this;
  }

  reading(): Reading {
    return new Map([...this.#said].map(([name, specs]) => [name, [...new Set(specs)].sort().join(' | ')]));
  }
}
