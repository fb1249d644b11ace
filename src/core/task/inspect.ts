/** Reads what a reviewer needs of a task: its evidence, and the packet composed from it. */
import type { Brief } from '../brief/brief';
import type { DriftReport } from '../drift/report';
import { afterwardsOf } from '../review/afterwards/afterwards';
import type { Afterwards } from '../review/afterwards/outcome';
import { composePacket, type Packet, type PacketMaterial } from '../review/packet';
import type { Review } from '../review/reviewer/review';
import { evidenceFilesOf } from '../verify/receipt';
import type { Verification } from '../verify/verification';
import type { TaskContext } from './context';
import { Kept } from './kept';
import { mentionsOf } from './mentions';
import { passesOf } from './passes';
import { isDriven, type Task } from './task';

export interface Evidence {
  readonly brief: Brief;
  readonly verification: Verification | null;
  readonly drift: DriftReport | null;
  readonly review: Review | null;
}

/** The effective brief and the newest evidence; what is missing is null. Throws JOURNAL_CORRUPT when it does not parse. */
export async function evidenceOf(context: TaskContext, task: Task): Promise<Evidence> {
  const { records } = context.ports;
  const { verification, drift, review } = task.evidence;
  return {
    brief: (await context.terms(task)).brief,
    verification: verification === null ? null : await records.verification(task.id, verification.file),
    drift: drift === null ? null : await records.drift(task.id, drift.file),
    review: review === null ? null : await records.review(task.id, review.file),
  };
}

/** What a verdict is composed of, without what is only shown. Throws JOURNAL_CORRUPT when evidence does not parse. */
export async function judgementOf(context: TaskContext, task: Task): Promise<Omit<PacketMaterial, 'task'>> {
  const evidence = await evidenceOf(context, task);
  return { ...evidence, mentions: await mentionsOf(context, task, evidence), agentWords: null, history: [] };
}

/** The review packet of a task as it stands now. */
export async function packetOf(context: TaskContext, task: Task): Promise<Packet> {
  const { records, transcripts, landings } = context.ports;
  // A repository that is gone has no notes, and is no reason to show nothing.
  const noted =
    task.state === 'delivered' && task.commit !== null && task.signoff.receipts !== undefined
      ? { note: await landings.noted(task.repository, task.commit).catch(() => null) }
      : {};
  const agentWords = await transcripts.lastWords(task.id);
  const history = await records.history(task.id);
  const judgement = await judgementOf(context, task);
  const altered = await alteredOf(context, task, judgement);
  const correction = await correctionOf(context, task, { brief: judgement.brief, history, agentWords });
  return composePacket({ task, ...noted, ...judgement, ...altered, agentWords, history, correction });
}

const CORRECTIONS = new Kept<Afterwards | null>();

/** It rests on evidence of two trees, which only an event changes. */
function correctionOf(context: TaskContext, task: Task, told: Parameters<typeof passesOf>[2]) {
  const { brief, history, agentWords } = told;
  const question = JSON.stringify([task.state, brief.hash, history.length, agentWords]);
  return CORRECTIONS.of(context, task.id, question, async () => afterwardsOf(await passesOf(context, task, told)));
}

/** While checks run, the files of an earlier run at the same tree are written anew. */
async function alteredOf(context: TaskContext, task: Task, { verification }: Pick<Evidence, 'verification'>) {
  if (verification === null || isDriven(task)) return {};
  const looked = evidenceFilesOf(verification).map(async ({ path, sha256 }) => {
    const now = await context.ports.records.digest(task.id, path);
    if (now === sha256) return [];
    return [{ path, state: now === null ? ('missing' as const) : ('changed' as const) }];
  });
  return { altered: (await Promise.all(looked)).flat() };
}
