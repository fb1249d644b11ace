/** What a command of the diffs was called with: by another part of the extension, a node of the tree, or a link. */
import type { Revision } from '../../host/rpc/reading';

export interface Called {
  /** Null when the person has to choose. */
  readonly task: string | null;
  readonly path: string | null;
  /** 1-based; null for the whole file. */
  readonly line: number | null;
  readonly from: Revision;
  /** Id of the finding that is to be read there; null for none. */
  readonly finding: string | null;
}

type Fields = Partial<Record<'task' | 'path' | 'line' | 'from' | 'finding' | 'tree' | 'to', unknown>>;

const LONGEST_ID = 200;
const LONGEST_PATH = 8_192;

/** Whatever does not fit is left out: commands can be called by anybody. */
export function calledWith(called: unknown): Called {
  const given = (typeof called === 'string' ? { task: called } : (called ?? {})) as Fields;
  const task = (given.task as { readonly id?: unknown } | null | undefined)?.id ?? given.task;
  return {
    task: typeof task === 'string' && task !== '' && task.length <= LONGEST_ID ? task : null,
    path: textOf(given.path),
    line: isCount(given.line, 2 ** 31) ? given.line : null,
    from: isCount(given.from, 10_000) ? given.from : 'base',
    finding: textOf(given.finding),
  };
}

/** The tree that the person saw and the branch that they named; null where the caller says nothing of it. */
export function chosenIn(called: unknown): { readonly tree: string | null; readonly to: string | null } {
  const { tree, to } = (called ?? {}) as Fields;
  return { tree: textOf(tree), to: textOf(to) };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' && value.length <= LONGEST_PATH ? value : null;
}

function isCount(value: unknown, most: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most;
}
