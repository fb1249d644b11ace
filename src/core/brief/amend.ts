/** How the amendments of a task widen its brief. */
import type { Brief } from './brief';

/** What an amendment adds: patterns of `scope.change`, names of `approval.allow`. */
export interface Widening {
  readonly change: readonly string[];
  readonly allow: readonly string[];
}

/**
 * The brief that is worked and judged by after people widened it: patterns and boundaries are added, and nothing else
 * changes. What is avoided stays avoided, because `avoid` wins over `change`; budget, checks and review stay as policy and
 * brief want them; `hash` and `source` stay those of the text that was handed off. Idempotent.
 *
 * @param brief as the policy tightened it
 */
export function amendBrief(brief: Brief, widenings: readonly Widening[]): Brief {
  if (widenings.length === 0) return brief;
  const { front } = brief;
  const added = (own: readonly string[], more: readonly string[]) => [...new Set([...own, ...more])];
  const change = added(
    front.scope.change,
    widenings.flatMap((widening) => widening.change),
  );
  const allow = added(
    front.approval.allow,
    widenings.flatMap((widening) => widening.allow),
  );
  return { ...brief, front: { ...front, scope: { ...front.scope, change }, approval: { ...front.approval, allow } } };
}
