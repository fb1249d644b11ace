/** What a person can do when the budget of corrections is spent. Pure. */
import * as z from 'zod';
import { plural } from '../words';

export const choiceSchema = z.object({
  choice: z.enum(['sign-off', 'take-over', 'split', 'reject']),
  /** The command line's words for it. */
  command: z.string(),
  /** Why it cannot be done now; null when it can. */
  why: z.string().nullable(),
});
export type Choice = z.infer<typeof choiceSchema>;

interface Subject {
  readonly id: string;
  readonly state: string;
  readonly corrections: { readonly used: number; readonly allowed: number };
  readonly takenOver: { readonly by: string } | null;
}

/**
 * Exactly these are left; one more correction only on a person's word. Empty while one is foreseen, and where there is
 * nothing to decide.
 *
 * @param open decisions that sign-off waits for
 */
export function choicesOf({ id, state, corrections, takenOver }: Subject, open: number): Choice[] {
  if (state !== 'ready' || corrections.used < corrections.allowed) return [];
  const taken = takenOver === null ? null : `${takenOver.by} has taken it over`;
  const waits = open === 0 ? null : `${plural(open, 'decision')} ${open === 1 ? 'is' : 'are'} open`;
  return [
    { choice: 'sign-off', command: `countersign signoff ${id}`, why: taken ?? waits },
    { choice: 'take-over', command: `countersign takeover ${id}`, why: taken },
    { choice: 'split', command: `countersign split ${id} --keep PATTERN`, why: taken },
    { choice: 'reject', command: `countersign reject ${id} --reason TEXT`, why: null },
  ];
}
