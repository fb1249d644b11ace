/** Gathers the evidence on both sides of a task's corrections, for what became of each thing that was sent. */
import type { Brief } from '../brief/brief';
import type { Snapshot, TaskEvent } from '../events';
import { jsonOf } from '../json';
import type { Pass } from '../review/afterwards/afterwards';
import type { Sent } from '../review/afterwards/sent';
import { checksOf, ofTree, type Side } from '../review/afterwards/side';
import type { CheckStatus } from '../verify/checkStatus';
import type { TestedRun } from '../verify/comparison';
import { testResultsSchema } from '../verify/results';
import type { CheckResult, Verification } from '../verify/verification';
import type { TaskContext } from './context';
import type { Task } from './task';

/** Passes that are looked at, the newest. */
const PASSES_MOST = 5;
/** Bytes of one file of tests by name, and of all that are read for a packet; what is larger is not read. */
const TESTS_MOST = 32 * 1024 * 1024;
const ALL_TESTS_MOST = 96 * 1024 * 1024;

type Asked = Extract<TaskEvent, { type: 'correction-requested' }> & { readonly sent: Sent };

/**
 * The corrections whose turn has brought a snapshot, oldest first; none for a task that is still on its way, and of
 * journals that do not say what was sent. Evidence that is gone, or does not parse, is no evidence.
 */
export async function passesOf(
  context: TaskContext,
  task: Task,
  { brief, history, agentWords }: { brief: Brief; history: readonly TaskEvent[]; agentWords: string | null },
): Promise<readonly Pass[]> {
  const newest = task.snapshots.at(-1);
  if (newest === undefined || newest.turn !== task.turns || !AT_REST.has(task.state)) return [];
  const asked = history.filter(isAsked).filter(({ turn }) => turn <= newest.turn);
  const read = new Reading(context, task, brief, history);
  const passes: Pass[] = [];
  // The newest first: it is told thing by thing, and has the most of what may be read.
  for (const event of asked.slice(-PASSES_MOST).reverse()) {
    const isLast = event === asked.at(-1);
    const pass = await read.pass(event, isLast ? newest : null);
    if (pass !== null) passes.push({ ...pass, agentWords: isLast ? agentWords : null });
  }
  return passes.reverse();
}

/** Where evidence is still being made, nothing is said of it. */
const AT_REST: ReadonlySet<Task['state']> = new Set<Task['state']>(['ready', 'signed', 'delivered', 'rejected']);

function isAsked(event: TaskEvent): event is Asked {
  return event.type === 'correction-requested' && event.sent !== undefined;
}

class Reading {
  #room = ALL_TESTS_MOST;

  constructor(
    private readonly context: TaskContext,
    private readonly task: Task,
    private readonly brief: Brief,
    private readonly history: readonly TaskEvent[],
  ) {}

  /** @param now the newest snapshot; null = as the turn of the correction left it */
  async pass(event: Asked, now: Snapshot | null): Promise<Omit<Pass, 'agentWords'> | null> {
    const { snapshots, repository } = this.task;
    const { turn, by, sent } = event;
    const before = snapshots.findLast((snapshot) => snapshot.turn < turn);
    const then = snapshots.find((snapshot) => snapshot.turn === turn);
    const after = now ?? then;
    if (before === undefined || after === undefined) return null;
    const changed =
      before.tree === after.tree
        ? []
        : sent.items.some(({ kind }) => kind === 'remark' || kind === 'text')
          ? await this.context.ports.objects.hunks(repository, before.commit, after.commit).catch(() => null)
          : null;
    return {
      ...{ turn, by, sent, changed },
      before: before.tree === after.tree ? this.#replaced(before, event) : await this.#side(before),
      own: then === undefined || then.tree === after.tree ? null : await this.#side(then),
      after: await this.#side(after),
    };
  }

  /** The evidence of a tree that was verified again is that of the last time; of before, the journal knows how checks ended. */
  #replaced({ turn, tree }: Snapshot, event: Asked): Side {
    const earlier = this.history.slice(0, this.history.indexOf(event));
    const verified = earlier.findLast((one) => one.type === 'verified' && one.tree === tree);
    const statuses: Readonly<Record<string, CheckStatus>> = verified?.type === 'verified' ? verified.checks : {};
    const checks = Object.entries(statuses).map(
      ([name, status]) => [name, { status, run: null, failed: null }] as const,
    );
    return { turn, tree, drift: null, review: null, checks: new Map(checks) };
  }

  async #side({ turn, tree }: Snapshot): Promise<Side> {
    const { records } = this.context.ports;
    const { id } = this.task;
    const wanted = { tree, brief: this.brief.hash };
    const read = async <E extends { readonly tree: string; readonly brief: string }>(
      type: 'drift' | 'verified' | 'reviewed',
      from: (file: string) => Promise<E | null>,
    ): Promise<E | null> => {
      const file = this.#file(type, tree);
      return file === null ? null : ofTree(await from(file).catch(() => null), wanted);
    };
    const [drift, verification, review] = await Promise.all([
      read('drift', (file) => records.drift(id, file)),
      read('verified', (file) => records.verification(id, file)),
      read('reviewed', (file) => records.review(id, file)),
    ]);
    return { turn, tree, drift, review, checks: checksOf(verification, await this.#runs(verification)) };
  }

  #file(type: 'drift' | 'verified' | 'reviewed', tree: string): string | null {
    const event = this.history.findLast((one) => one.type === type && one.tree === tree);
    return event?.type === type ? event.file : null;
  }

  async #runs(verification: Verification | null): Promise<ReadonlyMap<string, TestedRun>> {
    const runs = new Map<string, TestedRun>();
    for (const check of verification?.checks ?? []) {
      const run = await this.#run(check);
      if (run !== null) runs.set(check.name, run);
    }
    return runs;
  }

  /** Null for tests that are not known by name any more: too much, gone, or other than they were recorded. */
  async #run({ results, status }: CheckResult): Promise<TestedRun | null> {
    const most = Math.min(TESTS_MOST, this.#room);
    if (results === null || results.bytes > most) return null;
    const { records } = this.context.ports;
    const { id } = this.task;
    const found = await records.output(id, results.path, most).catch(() => null);
    if (found === null) return null;
    this.#room -= found.bytes.length;
    const digest = await records.digest(id, results.path).catch(() => null);
    if (found.size > found.bytes.length || digest !== results.sha256) return null;
    const parsed = testResultsSchema.safeParse(jsonOf(new TextDecoder().decode(found.bytes)));
    return parsed.success ? { status, tests: parsed.data.tests, total: parsed.data.counts.total } : null;
  }
}
