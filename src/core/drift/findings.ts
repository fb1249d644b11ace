/** Turns what the rules said into findings: severity after grants, stable ids, bounded text, a fixed order. */
import { sha256Hex } from '../hash';
import { visible } from '../visible';
import { append } from './append';
import type { DriftVerdict, Finding, RawFinding, Severity } from './report';
import { RULES, ruleOf } from './rules';

/** Longest `evidence` of a finding, in UTF-16 units. */
const EVIDENCE_LIMIT = 400;
/** More findings of one rule than this become one: nobody answers five thousand. */
const FINDINGS_PER_RULE = 5_000;
const ID_DIGITS = 16;
/** Paths that a grouped finding names. */
const NAMED_PATHS = 10;

const WEIGHT: Readonly<Record<Severity, number>> = { block: 0, warn: 1, info: 2 };
const ORDER = new Map(Object.keys(RULES).map((id, index) => [id, index]));

/**
 * Findings as the report shows them. `granted` are the boundaries that the brief allows: their blocks become `info`
 * unless the finding says that it cannot be granted. Ids depend on rule, path and evidence only, so they survive a
 * rebase; of equal findings the second gets the suffix `-2`, and so on.
 */
export function settle(raw: readonly RawFinding[], granted: ReadonlySet<string>): readonly Finding[] {
  const seen = new Map<string, number>();
  const findings = raw.toSorted(inReadingOrder).map((finding) => {
    const stem = sha256Hex(JSON.stringify([finding.rule, finding.path, finding.evidence])).slice(0, ID_DIGITS);
    const ordinal = (seen.get(stem) ?? 0) + 1;
    seen.set(stem, ordinal);
    return settleOne(finding, ordinal === 1 ? stem : `${stem}-${ordinal}`, granted);
  });
  return groupCrowds(findings).toSorted(mostSevereFirst);
}

/** `blocked` with at least one block, `attention` with at least one warning. */
export function verdictOf(findings: readonly Pick<Finding, 'severity'>[]): DriftVerdict {
  if (findings.some((finding) => finding.severity === 'block')) return 'blocked';
  return findings.some((finding) => finding.severity === 'warn') ? 'attention' : 'clean';
}

function settleOne(raw: RawFinding, id: string, granted: ReadonlySet<string>): Finding {
  const rule = ruleOf(raw.rule);
  const boundary = rule?.boundary ?? null;
  const own = raw.severity ?? rule?.severity ?? 'block';
  const allowed = own === 'block' && raw.grantable !== false && boundary !== null && granted.has(boundary);
  return {
    id,
    rule: raw.rule,
    severity: allowed ? 'info' : own,
    path: raw.path,
    line: raw.line ?? null,
    message: visible(raw.message),
    evidence: capped(visible(raw.evidence)),
    boundary,
  };
}

function capped(text: string): string {
  if (text.length <= EVIDENCE_LIMIT) return text;
  // A cut between the halves of a surrogate pair would leave a character that nothing can print.
  return `${text.slice(0, EVIDENCE_LIMIT - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

function groupCrowds(findings: readonly Finding[]): readonly Finding[] {
  const byRule = new Map<string, Finding[]>();
  for (const finding of findings) {
    append(byRule, finding.rule, finding);
  }
  return [...byRule.values()].flatMap((crowd) => (crowd.length > FINDINGS_PER_RULE ? [grouped(crowd)] : crowd));
}

function grouped(crowd: readonly Finding[]): Finding {
  const worst = crowd.toSorted(mostSevereFirst)[0] as Finding;
  const paths = [...new Set(crowd.map((finding) => visible(finding.path ?? '')))].slice(0, NAMED_PATHS);
  return {
    ...worst,
    id: sha256Hex(JSON.stringify([worst.rule, null, crowd.length])).slice(0, ID_DIGITS),
    path: null,
    line: null,
    message: `${crowd.length} findings of ${worst.rule}, shown as one; the first paths are the evidence.`,
    evidence: capped(paths.join(', ')),
  };
}

function inReadingOrder(a: RawFinding, b: RawFinding): number {
  return compare(a.path ?? '', b.path ?? '') || (a.line ?? 0) - (b.line ?? 0) || compare(a.evidence, b.evidence);
}

function mostSevereFirst(a: Finding, b: Finding): number {
  const rank = (finding: Finding) => ORDER.get(finding.rule) ?? ORDER.size;
  return WEIGHT[a.severity] - WEIGHT[b.severity] || rank(a) - rank(b);
}

/** By UTF-16 unit: the same on every machine, whatever its locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
