/** A named person's word that a criterion of the tree under review is met. */
import { criterionIds, criterionNamed } from '../brief/criterionIds';
import { fail } from '../errors';
import type { EventOf, Signoff } from '../events';
import type { Acceptance } from '../review/criteria/acceptance';
import { isAccepted, proposedReason } from '../review/criteria/words';
import { composePacket } from '../review/packet';
import type { Packet, PacketCriterion } from '../review/packetSchema';
import { visible } from '../visible';
import type { TaskContext } from './context';
import { judgementOf } from './inspect';
import { namesTree } from './namedTree';
import type { Task, TaskIn } from './task';

export interface AcceptanceWish {
  /** As a person names it: by id, in any spelling, or by number. */
  readonly criterion: string;
  /** The tree that the person looked at, or the beginning of its name; null = the one under review. */
  readonly tree: string | null;
  /** What they say; null = what the reviewer proposes. */
  readonly reason: string | null;
  /** Takes an earlier word back instead. */
  readonly withdraw: boolean;
}

/** Longest reason, in UTF-16 units: what an event holds. */
const REASON_LIMIT = 4_000;

/**
 * The event that records it, judged against what is under review now.
 *
 * @throws TASK_STATE       when the task is not ready
 * @throws SIGNOFF_IDENTITY when git names nobody
 * @throws SIGNOFF_REFUSED  when another tree was looked at, and where nobody can tell which proposal was
 * @throws USAGE            for a criterion that is not there or is proven, and where nobody says why
 */
export async function judgeAcceptance(
  context: TaskContext,
  task: Task,
  wish: AcceptanceWish,
): Promise<EventOf<'criterion-accepted'>> {
  requireReady(task);
  const by = await personOf(context, task);
  const { tree } = task.snapshot;
  requireTree(wish.tree, tree);
  const material = await judgementOf(context, task);
  const packet = composePacket({ ...material, task });
  const place = placeOf(packet, wish.criterion);
  const criterion = packet.criteria[place]!;
  const reason = wish.withdraw ? withdrawn(criterion) : reasonOf(criterion, wish.reason);
  if (reason !== null && wish.reason === null) await requireOneReading(context, task, wish.tree);
  const event = { tree, brief: material.brief.hash, criterion: place + 1, id: criterion.id, by, reason };
  const others: readonly Acceptance[] = task.accepted.filter((other) => other.criterion !== place + 1);
  const given = reason === null ? [] : [{ ...event, reason, at: context.ports.clock.now() }];
  const { verdict } = composePacket({ ...material, task: { ...task, accepted: [...others, ...given] } });
  return { type: 'criterion-accepted', ...event, verdict };
}

function requireReady(task: Task): asserts task is TaskIn<'ready'> {
  if (task.state === 'ready') return;
  fail('TASK_STATE', `task ${task.id} is ${task.state}: only criteria of a ready one can be accepted`);
}

async function personOf({ ports }: TaskContext, { repository }: Task): Promise<Signoff['by']> {
  const person = await ports.repositories.identity(repository);
  if (person !== null) return { name: person.name.slice(0, 400), email: person.email.slice(0, 400) };
  return fail('SIGNOFF_IDENTITY', 'git does not say who you are, and only a named person accepts a criterion', {
    fix: 'git config user.name and git config user.email',
  });
}

function requireTree(named: string | null, reviewed: string): void {
  if (named === null || namesTree(named, reviewed)) return;
  fail('SIGNOFF_REFUSED', `you looked at tree ${visible(named)}, and the work is now at ${reviewed}`, {
    fix: 'look at it again with `countersign show`',
  });
}

/** Whoever says only "as proposed" means what they read: it must be the one proposal that there ever was to be read. */
async function requireOneReading({ ports }: TaskContext, task: TaskIn<'ready'>, named: string | null): Promise<void> {
  const { tree } = task.snapshot;
  const history = await ports.records.history(task.id);
  const read = history.flatMap((event) => (event.type === 'reviewed' && event.none === null ? [event.tree] : []));
  const again = read.filter((other) => other === tree).length > 1;
  if (!again && (named !== null || read.length <= 1)) return;
  const binding = again ? 'say yourself why it is met, with --reason' : 'name its tree with --tree';
  fail('SIGNOFF_REFUSED', `the work was read ${read.length} times: which proposal you saw is not known`, {
    fix: `look at the newest with \`countersign show\`, then ${binding}`,
  });
}

function placeOf({ criteria }: Packet, typed: string): number {
  const place = criterionNamed(criterionIds(criteria), typed);
  if (place !== null) return place;
  return fail('USAGE', `the brief has no one criterion "${visible(typed)}"`, {
    fix: `name one of ${criteria.map(({ id }) => visible(id)).join(', ')}, or its number`,
  });
}

function withdrawn(criterion: PacketCriterion): null {
  if (criterion.accepted !== undefined) return null;
  return fail('USAGE', `nobody accepted criterion ${visible(criterion.id)}`, {
    fix: 'look at it with `countersign show`',
  });
}

function reasonOf(criterion: PacketCriterion, said: string | null): string {
  const { id, proof, proposed } = criterion;
  // What is proven needs nobody's word, unless the reviewer doubts it or somebody gave theirs already.
  if (proof === 'proven' && proposed?.proof !== 'unproven' && !isAccepted(criterion)) {
    fail('USAGE', `criterion ${visible(id)} is proven: there is nothing to accept`, {
      fix: 'sign off with `countersign signoff`',
    });
  }
  const reason = (said ?? proposedReason(criterion) ?? '').trim();
  if (reason === '') {
    fail('USAGE', `nobody proposes criterion ${visible(id)} as proven: say yourself why it is met`, {
      fix: 'add --reason TEXT',
    });
  }
  if (reason.length <= REASON_LIMIT) return reason;
  return fail('USAGE', `the reason for ${visible(id)} is over ${REASON_LIMIT} characters`, { fix: 'shorten it' });
}
