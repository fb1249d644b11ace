/**
 * An amendment: the reviewer says that something belongs to the task after all. The brief and its hash stay as they were
 * handed off; the record of the sign-off says what was added, why and by whom.
 */
import { patternOfPath } from '../brief/pattern';
import { pathsOfFinding } from '../drift/places';
import type { Finding } from '../drift/report';
import type { Amendment, Grant } from '../events';

/** Characters of all patterns of one sign-off: what a line of the journal holds, escaped at worst, with room to spare. */
export const PATTERNS_LIMIT = 200_000;

/** What would have to stand in the brief for the finding not to be one: its boundary allowed, or exactly its paths. */
export function amendmentOf(finding: Finding, reason: string): Amendment {
  const { boundary } = finding;
  if (boundary !== null) return { reason, change: [], allow: [boundary] };
  return { reason, change: pathsOfFinding(finding).map(patternOfPath), allow: [] };
}

/** `scope.change: src/a.ts, src/b.ts and 3 more`, or `approval.allow: ci`. */
export function amendmentWords({ change, allow }: Pick<Amendment, 'change' | 'allow'>, most = 5): string {
  const named = (patterns: readonly string[]) => {
    const rest = patterns.length - most;
    return `${patterns.slice(0, most).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
  };
  return [
    ...(change.length === 0 ? [] : [`scope.change: ${named(change)}`]),
    ...(allow.length === 0 ? [] : [`approval.allow: ${named(allow)}`]),
  ].join('; ');
}

/** `widened by NAME while it ran: scope.change: src/c.ts; the agent's reason: …`. */
export function grantWords({ by, reason, ...amendment }: Pick<Grant, 'by' | 'reason' | 'change' | 'allow'>): string {
  return `widened by ${by} while it ran: ${amendmentWords(amendment, GRANT_SHOWN)}; the agent's reason: ${reason}`;
}

/** As many as one request may name. */
const GRANT_SHOWN = 20;
