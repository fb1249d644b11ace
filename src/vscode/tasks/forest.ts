/**
 * The nodes of the tree as they were shown last. A new list of tasks grows over the old nodes: a node that stands for the
 * same thing stays the same object, and only what looks different is named, so that a thousand tasks stay quick.
 */
import type { TaskSummary } from '../../core/task/summary';
import type { Translate } from '../translate';
import { type Face, faceOf, type Matter } from './faces';
import { groupTasks } from './groups';

/** Tasks of one group that are shown at first, and that each "Show More" adds. */
const PAGE = 200;

export interface Node {
  /** Unique in the tree, and the same as long as it stands for the same thing in the same place. */
  readonly key: string;
  readonly matter: Matter;
  /** The task that the commands of its menu are about; null for a group. */
  readonly task: TaskSummary | null;
  readonly face: Face;
  readonly children: readonly Node[];
}

interface Growing {
  readonly key: string;
  matter: Matter;
  task: TaskSummary | null;
  face: Face;
  children: readonly Growing[];
}

/** What is to be shown anew: all of it, or some nodes, each with what is below it. */
export type Changes = 'all' | readonly Node[];

export class Forest {
  readonly #translate: Translate;
  #roots: readonly Growing[] = [];
  #tasks: readonly TaskSummary[] = [];
  /** How many tasks each group shows, by the key of its node; absent = the first page. */
  readonly #shown = new Map<string, number>();

  constructor(translate: Translate) {
    this.#translate = translate;
  }

  get roots(): readonly Node[] {
    return this.#roots;
  }

  /** @param now milliseconds since the epoch */
  grow(tasks: readonly TaskSummary[], now: number): Changes {
    this.#tasks = tasks;
    const old = new Map<string, Growing>();
    for (const root of this.#roots) gather(root, old);
    const changed: Growing[] = [];
    const before = this.#roots;
    this.#roots = this.#planted(now).map((root) => graft(root, old, changed));
    return sameNodes(before, this.#roots) ? changed : 'all';
  }

  /** Shows one page more of a group. */
  showMore(group: string, now: number): Changes {
    this.#shown.set(group, (this.#shown.get(group) ?? PAGE) + PAGE);
    return this.grow(this.#tasks, now);
  }

  #planted(now: number): Growing[] {
    const repositories = new Map<string, TaskSummary[]>();
    for (const task of this.#tasks) {
      const own = repositories.get(task.repository.id);
      if (own === undefined) repositories.set(task.repository.id, [task]);
      else own.push(task);
    }
    const [only, ...others] = repositories.values();
    if (only === undefined) return [];
    if (others.length === 0) return this.#groups(only, '', now);
    const names = [...repositories.values()].map((own) => own[0]!.repository.name);
    return [...repositories].map(([id, own]) => {
      const { name, root } = own[0]!.repository;
      const twin = names.indexOf(name) !== names.lastIndexOf(name);
      const matter: Matter = { kind: 'repository', name, root, count: own.length, twin };
      return this.#node(id, matter, this.#groups(own, `${id}/`, now), now);
    });
  }

  #groups(tasks: readonly TaskSummary[], prefix: string, now: number): Growing[] {
    return groupTasks(tasks, now).map(({ group, tasks: own }) => {
      const key = `${prefix}${group}`;
      const shown = this.#shown.get(key) ?? PAGE;
      const children = own.slice(0, shown).map((task) => this.#task(task, key, now));
      if (own.length > shown) {
        const matter: Matter = { kind: 'more', shelf: key, hidden: own.length - shown };
        children.push(this.#node(`${key}/more`, matter, [], now));
      }
      return this.#node(key, { kind: 'group', group, count: own.length }, children, now);
    });
  }

  /** Its place is part of the key: the editor knows an item by one place only, also while it moves. */
  #task(task: TaskSummary, place: string, now: number): Growing {
    const key = `${place}/${task.id}`;
    if (task.question === null) return this.#node(key, { kind: 'task', task }, [], now);
    const { request, what, boundary } = task.question;
    const question = this.#node(`${key}/${request}`, { kind: 'question', task, what, boundary }, [], now);
    return this.#node(key, { kind: 'task', task }, [question], now);
  }

  #node(key: string, matter: Matter, children: readonly Growing[], now: number): Growing {
    const task = matter.kind === 'task' || matter.kind === 'question' ? matter.task : null;
    return { key, matter, task, face: faceOf(matter, now, this.#translate), children };
  }
}

function gather(node: Growing, into: Map<string, Growing>): void {
  into.set(node.key, node);
  for (const child of node.children) gather(child, into);
}

/** The old node of the same key, brought up to date, or the new one. What is to be shown anew is added to `changed`. */
function graft(fresh: Growing, old: ReadonlyMap<string, Growing>, changed: Growing[]): Growing {
  const known = old.get(fresh.key);
  const below: Growing[] = [];
  const children = fresh.children.map((child) => graft(child, old, below));
  if (known === undefined) {
    fresh.children = children;
    return fresh;
  }
  const anew = !sameNodes(known.children, children) || !sameFace(known.face, fresh.face);
  known.matter = fresh.matter;
  known.task = fresh.task;
  known.face = fresh.face;
  known.children = children;
  // Showing a node anew shows what is below it anew.
  if (anew) changed.push(known);
  else changed.push(...below);
  return known;
}

function sameNodes(one: readonly Growing[], other: readonly Growing[]): boolean {
  return one.length === other.length && one.every((node, index) => node === other[index]);
}

function sameFace(one: Face, other: Face): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
