/** Joins the judgements of one correction: what became of each thing that it asked for, and what it broke. Pure. */
import { visible } from '../../visible';
import type { ChangedFile } from '../reviewer/changedFile';
import { judgeCheck } from './checks';
import { judgeFinding, subjectsOfItem } from './findings';
import { type Judgement, judged } from './judged';
import { judgeOpinion } from './opinions';
import type { Afterwards, CorrectedItem, OutcomeCounts, Regression } from './outcome';
import { keyOfRegression, regressionsOf } from './regressions';
import { judgeRemark, judgeText } from './remarks';
import type { Sent, SentItem } from './sent';
import type { Side } from './side';

/** One correction with the evidence on both sides of it. */
export interface Pass {
  readonly turn: number;
  readonly by: string;
  readonly sent: Sent;
  readonly before: Side;
  /** As its own turn left it; null where that snapshot has no evidence any more. */
  readonly own: Side | null;
  /** As it is now: of an earlier pass, the same as `own`. */
  readonly after: Side;
  /** What changed between the two trees; null where that is not known. */
  readonly changed: readonly ChangedFile[] | null;
  /** The agent's last message of that turn; null when it said nothing, or another turn came after it. */
  readonly agentWords: string | null;
}

/** Regressions that are listed, and UTF-16 units of what an agent says. */
const REGRESSIONS_MOST = 200;
const SAYS_MOST = 400;

/**
 * @param passes all that are looked at, oldest first: the last one is told item by item
 * @returns null where there is none
 */
export function afterwardsOf(passes: readonly Pass[]): Afterwards | null {
  const pass = passes.at(-1);
  if (pass === undefined) return null;
  const { turn, by, sent, before, after } = pass;
  const items = sent.items.map((item) => corrected(item, pass));
  const regressions = regressionsIn(pass);
  return {
    ...{ turn, by },
    before: { turn: before.turn, tree: before.tree },
    after: { turn: after.turn, tree: after.tree },
    edited: sent.edited,
    compared: before.drift !== null || before.tree === after.tree,
    regressions: regressions.slice(0, REGRESSIONS_MOST),
    moreRegressions: Math.max(0, regressions.length - REGRESSIONS_MOST),
    items,
    omitted: sent.omitted,
    counts: countsOf(items, regressions.length),
    earlier: passes.slice(0, -1).map((one) => ({
      turn: one.turn,
      by: one.by,
      counts: countsOf(
        one.sent.items.map((item) => corrected(item, one)),
        regressionsIn(one).length,
      ),
    })),
  };
}

function countsOf(items: readonly CorrectedItem[], regressions: number): OutcomeCounts {
  const count = (outcome: CorrectedItem['outcome']) => items.filter((item) => item.outcome === outcome).length;
  return {
    fixed: count('fixed'),
    notFixed: count('not-fixed'),
    worse: count('worse'),
    open: count('open'),
    regressions,
  };
}

function regressionsIn({ sent, before, own, after }: Pass): readonly Regression[] {
  const covered = new Set(
    sent.items.filter(({ kind }) => kind === 'finding').flatMap((item) => [...subjectsOfItem(item, before)]),
  );
  const then = own === null ? null : new Set(regressionsOf(before, own, covered).map(keyOfRegression));
  return regressionsOf(before, after, covered).map((one) => ({
    ...one,
    since: then === null || then.has(keyOfRegression(one)) ? 'correction' : 'later',
  }));
}

function corrected(item: SentItem, pass: Pass): CorrectedItem {
  const { kind, id, rule, path, line, message, justify = false } = item;
  const judgement = justified(item, judge(item, pass), pass.agentWords);
  return { ...{ kind, id, rule, path, line, message, justify }, ...judgement };
}

function judge(item: SentItem, { before, after, changed }: Pass): Judgement {
  switch (item.kind) {
    case 'check':
      return judgeCheck(item, before, after);
    case 'finding':
      return judgeFinding(item, before, after);
    case 'opinion':
      return judgeOpinion(item, before, after);
    case 'remark':
      return judgeRemark(item, changed);
    case 'text':
      return judgeText(changed);
  }
}

/** Who was asked to say why may say so; what is said is a claim, which a person weighs. */
function justified(
  { justify = false }: SentItem,
  judgement: Judgement,
  agentWords: string | null,
): Judgement & { readonly says: string | null } {
  if (!justify) return { ...judgement, says: null };
  if (judgement.outcome === 'fixed') return { ...judged('fixed', 'it was taken back'), says: null };
  const words = visible((agentWords ?? '').trim().replace(/\s+/g, ' '));
  const says = words === '' ? null : words.length <= SAYS_MOST ? words : `${words.slice(0, SAYS_MOST - 1)}…`;
  if (says === null || judgement.outcome !== 'not-fixed') return { ...judgement, says };
  return { ...judged('open', 'it is still there, and the agent says why', judgement.now), says };
}
