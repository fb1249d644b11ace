/** The words for criteria that every rendering of a packet shares. Without schemas: windows load it. */
import { withoutId } from '../../brief/criterionIds';
import type { PacketCriterion } from '../packetSchema';
import { PROOF_WORDS, plural } from '../words';
import type { CriterionEvidence, TestEvidence, UnexplainedChanges } from './matrix';

/** Whether a person gave their word for it, for the tree under review. */
export function isAccepted({ accepted }: Pick<PacketCriterion, 'accepted'>): boolean {
  return accepted !== undefined && !accepted.stale;
}

/** Symbol and words of what is known of a criterion: a person's word stands where a proof is wanting, and is called by its name. */
export function criterionState(criterion: Pick<PacketCriterion, 'proof' | 'accepted'>): {
  readonly symbol: string;
  readonly words: string;
} {
  const proof = PROOF_WORDS[criterion.proof];
  const { accepted } = criterion;
  if (accepted === undefined) return proof;
  if (accepted.stale) return { ...proof, words: `${proof.words}; accepted for another tree` };
  const words = criterion.proof === 'proven' ? `${proof.words}, accepted` : 'accepted';
  return { symbol: PROOF_WORDS.proven.symbol, words: `${words} by ${accepted.by.name}` };
}

/** `AC-1: at most 3 retries`; a criterion that begins with its id, as it stands. */
export function criterionTitle({ id, text }: Pick<PacketCriterion, 'id' | 'text'>): string {
  return id === '' ? text : `${id}: ${withoutId(text)}`;
}

/** What a person who accepts the reviewer's proposal would say, unless they say something else; null without one. */
export function proposedReason({ proposed }: Pick<PacketCriterion, 'proposed'>): string | null {
  return proposed?.proof === 'proven' ? proposed.because : null;
}

/** `passed, failed before`: what a test did at the result and at the base. */
export function testWords({ status, before }: Pick<TestEvidence, 'status' | 'before'>): string {
  const now = status === 'vanished' ? 'gone' : status;
  switch (before) {
    case null:
      return now;
    case 'absent':
      return `${now}, new`;
    default:
      return before === status ? `${now}, as before` : `${now}, ${before} before`;
  }
}

/** What is said of a piece of evidence beside its name or place. */
export function evidenceWords(evidence: CriterionEvidence): string {
  switch (evidence.kind) {
    case 'check':
      return evidence.stale ? `${evidence.status} (stale)` : evidence.status;
    case 'test':
      return testWords(evidence);
    case 'hunk':
      return plural(evidence.lines, 'changed line');
    case 'remark':
      return `${evidence.severity}: ${evidence.message}`;
  }
}

/** What is said above the changes that serve no criterion; empty where nobody looked. */
export function unexplainedWords(changes: UnexplainedChanges | null): string {
  if (changes === null) return '';
  if (changes.judges.length === 0) return 'Nobody tied changes to criteria: no test and no change names an id.';
  const [ids, reviewer] = (['ids', 'reviewer'] as const).map((judge) => changes.judges.includes(judge));
  const how =
    ids && reviewer
      ? 'by the ids in it and as the reviewer sees it'
      : ids
        ? 'by the ids in it'
        : 'as the reviewer sees it';
  if (changes.total === 0) return `Every change serves a criterion, ${how}.`;
  return `${plural(changes.total, 'changed place serves', 'changed places serve')} no criterion, ${how}`;
}
