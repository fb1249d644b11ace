/**
 * Many patterns as one machine that reads a path once, from left to right. The patterns become a nondeterministic
 * automaton; its sets of states are made deterministic only as paths need them and kept in a bounded cache. So the time
 * for a path is linear in its length whatever the patterns are (the technique: Russ Cox, "Regular Expression Matching in
 * the Wild", 2010), and questions about the patterns themselves can be answered exactly by walking the machine.
 */
import type { Atom, Pattern, Segment } from './pattern';

/** Character classes: a character that no pattern names, the slash, then one class for each character named. */
type CharClass = number;
const OTHER: CharClass = 0;
const SLASH: CharClass = 1;

/** What an edge reads: one class, or one of these. */
const NOT_SLASH = -1;
const ANY = -2;

interface Node {
  readonly edges: { readonly reads: CharClass; readonly to: number }[];
  readonly free: number[];
  readonly accepts: number | null;
}

/** A set of nodes. `accepts`: indices of the patterns that match a path that ends here, ascending. */
export interface State {
  readonly key: string;
  readonly nodes: readonly number[];
  readonly accepts: readonly number[];
  readonly next: (State | undefined)[];
}

/** The cache is emptied above these, so that no set of patterns can make memory grow without end. */
const MAX_STATES = 10_000;
const MAX_CACHED_NODES = 1_000_000;

export class Automaton {
  readonly #nodes: Node[] = [];
  readonly #classes = new Map<number, CharClass>([[47, SLASH]]);
  /** The same for ASCII, where paths mostly live: an array is several times faster than a map. */
  readonly #ascii: CharClass[] = Array.from({ length: 128 }, (_, char) => (char === 47 ? SLASH : OTHER));
  readonly #start: State;
  readonly #states = new Map<string, State>();
  #cachedNodes = 0;

  constructor(patterns: readonly Pattern[]) {
    const entries = patterns.map((pattern, index) => this.#addPattern(pattern, index));
    this.#start = this.#intern(this.#close(entries));
  }

  /** Indices of the patterns that match `path`, ascending. */
  run(path: string): readonly number[] {
    const ascii = this.#ascii;
    let state = this.#start;
    for (let i = 0; i < path.length; i++) {
      const unit = path.charCodeAt(i);
      let read = ascii[unit];
      if (read === undefined) {
        const char = path.codePointAt(i)!;
        if (char > 0xffff) i++;
        read = this.#classes.get(char) ?? OTHER;
      }
      state = state.next[read] ?? this.#step(state, read);
      if (state.nodes.length === 0) break;
    }
    return state.accepts;
  }

  /**
   * Whether a path, of all that a repository could hold, has matching patterns that satisfy `wanted`. Null when the
   * machine is too large to be walked within the `limit` of edges read.
   */
  somePath(wanted: (accepts: readonly number[]) => boolean, limit = 1_000_000): boolean | null {
    let work = 0;
    const seen = new Set<string>();
    const ahead: { state: State; inName: boolean }[] = [{ state: this.#start, inName: false }];
    while (ahead.length > 0) {
      const { state, inName } = ahead.pop()!;
      const key = `${inName}:${state.key}`;
      if (seen.has(key)) continue;
      seen.add(key);
      work += (state.nodes.length + 1) * this.#classes.size;
      if (work > limit) return null;
      if (inName && wanted(state.accepts)) return true;
      for (let read = OTHER; read <= this.#classes.size; read++) {
        // No path has an empty segment.
        if (read !== SLASH || inName) ahead.push({ state: this.#step(state, read), inName: read !== SLASH });
      }
    }
    return false;
  }

  #step(state: State, read: CharClass): State {
    const known = state.next[read];
    if (known !== undefined) return known;
    const reached: number[] = [];
    for (const id of state.nodes) {
      for (const edge of this.#nodes[id]!.edges) {
        if (edge.reads === read || edge.reads === ANY || (edge.reads === NOT_SLASH && read !== SLASH)) {
          reached.push(edge.to);
        }
      }
    }
    const next = this.#intern(this.#close(reached));
    state.next[read] = next;
    return next;
  }

  /** The nodes with all that is reachable without reading, ascending. */
  #close(ids: readonly number[]): number[] {
    const closed = new Set<number>();
    const ahead = [...ids];
    while (ahead.length > 0) {
      const id = ahead.pop()!;
      if (closed.has(id)) continue;
      closed.add(id);
      ahead.push(...this.#nodes[id]!.free);
    }
    return [...closed].sort((a, b) => a - b);
  }

  #intern(nodes: readonly number[]): State {
    const key = nodes.join(',');
    const known = this.#states.get(key);
    if (known !== undefined) return known;
    if (this.#states.size >= MAX_STATES || this.#cachedNodes + nodes.length > MAX_CACHED_NODES) {
      for (const state of this.#states.values()) state.next.length = 0;
      this.#states.clear();
      this.#cachedNodes = 0;
    }
    const accepts = nodes.flatMap((id) => this.#nodes[id]!.accepts ?? []);
    const state: State = { key, nodes, accepts: [...new Set(accepts)].sort((a, b) => a - b), next: [] };
    this.#states.set(key, state);
    this.#cachedNodes += nodes.length;
    return state;
  }

  #add(node: Partial<Node>): number {
    return this.#nodes.push({ edges: [], free: [], accepts: null, ...node }) - 1;
  }

  /** A node that reads the same thing again and again; returns its id so that more can be joined to it. */
  #loop(reads: CharClass, node: Partial<Node> = {}): number {
    const id = this.#add(node);
    this.#nodes[id]!.edges.push({ reads, to: id });
    return id;
  }

  #classOf(char: number): CharClass {
    const known = this.#classes.get(char);
    if (known !== undefined) return known;
    const fresh = this.#classes.size + 1;
    this.#classes.set(char, fresh);
    if (char < 128) this.#ascii[char] = fresh;
    return fresh;
  }

  /** Built from the end to the front, so that every node knows where it leads. Returns the entry. */
  #addPattern({ segments }: Pattern, accepts: number): number {
    let next = this.#add({ accepts });
    for (let i = segments.length - 1; i >= 0; i--) {
      const isLast = i === segments.length - 1;
      next = this.#addSegment(segments[i]!, next, isLast ? accepts : null);
      const before = segments[i - 1];
      // `**` before this segment has read the slash already.
      if (before === undefined || before.kind === 'deep') continue;
      const entry = next;
      next = this.#add({ edges: [{ reads: SLASH, to: entry }] });
      // `a/**` matches `a` itself, too: no segment is a number of segments.
      if (isLast && segments[i]!.kind === 'deep') this.#nodes[next]!.free.push(this.#add({ accepts }));
    }
    return next;
  }

  #addSegment(segment: Segment, next: number, last: number | null): number {
    if (segment.kind === 'name') return this.#addAtoms(segment.atoms, next);
    if (last !== null) return this.#loop(ANY, { accepts: last });
    const between = this.#add({ free: [next] });
    const inside = this.#loop(NOT_SLASH);
    this.#nodes[inside]!.edges.push({ reads: SLASH, to: between });
    this.#nodes[between]!.edges.push({ reads: NOT_SLASH, to: inside });
    return between;
  }

  #addAtoms(atoms: readonly Atom[], next: number): number {
    return atoms.reduceRight((to, atom) => this.#addAtom(atom, to), next);
  }

  #addAtom(atom: Atom, to: number): number {
    switch (atom.kind) {
      case 'literal':
        return this.#add({ edges: [{ reads: this.#classOf(atom.char), to }] });
      case 'one':
        return this.#add({ edges: [{ reads: NOT_SLASH, to }] });
      case 'many':
        return this.#loop(NOT_SLASH, { free: [to] });
      case 'either':
        return this.#add({ free: atom.options.map((option) => this.#addAtoms(option, to)) });
    }
  }
}
