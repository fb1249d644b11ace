/** Turns what the rules said into findings: severity after grants, stable ids, bounded text, a fixed order. */
import { sha256Hex } from '../hash';
import { visible } from '../visible';
import { append } from './append';
import { causeOf, groupByCause, type Single } from './grouping';
import type { DriftReport, DriftVerdict, Finding, RawFinding, Severity } from './report';
import { answersTo, RULES, ruleOf } from './rules';

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
 * rebase; of equal findings the second gets the suffix `-2`, and so on. Many of one cause are one finding.
 *
 * @param reverts whether the base of a path can come back: whether the diff changed it
 */
export function settle(
  raw: readonly RawFinding[],
  granted: ReadonlySet<string>,
  reverts: (path: string) => boolean = () => true,
): readonly Finding[] {
  const seen = new Map<string, number>();
  const singles = raw.toSorted(inReadingOrder).map((finding): Single => {
    const stem = sha256Hex(JSON.stringify([finding.rule, finding.path, finding.evidence])).slice(0, ID_DIGITS);
    const ordinal = (seen.get(stem) ?? 0) + 1;
    seen.set(stem, ordinal);
    const settled = settleOne(finding, ordinal === 1 ? stem : `${stem}-${ordinal}`, granted, reverts);
    return { finding: settled, cause: finding.cause ?? causeOf(settled) };
  });
  const { crowds, others } = withoutCrowds(singles);
  return [...crowds, ...groupByCause(others)].toSorted(mostSevereFirst);
}

/** A report with findings that came to light after the diff was judged; itself when there are none. */
export function withFindings(report: DriftReport, raw: readonly RawFinding[]): DriftReport {
  if (raw.length === 0) return report;
  const more = settle(raw, new Set(), () => false);
  const findings = [...report.findings, ...more].toSorted(mostSevereFirst);
  return { ...report, findings, verdict: verdictOf(findings) };
}

/** `blocked` with at least one block, `attention` with at least one warning. */
export function verdictOf(findings: readonly Pick<Finding, 'severity'>[]): DriftVerdict {
  if (findings.some((finding) => finding.severity === 'block')) return 'blocked';
  return findings.some((finding) => finding.severity === 'warn') ? 'attention' : 'clean';
}

function settleOne(
  { rule: name, path, line = null, message, evidence, severity: stated, grantable = true }: RawFinding,
  id: string,
  granted: ReadonlySet<string>,
  reverts: (path: string) => boolean,
): Finding {
  const rule = ruleOf(name);
  const boundary = rule?.boundary ?? null;
  const own = stated ?? rule?.severity ?? 'block';
  const allowed = own === 'block' && grantable && boundary !== null && granted.has(boundary);
  const severity = allowed ? 'info' : own;
  return {
    id,
    rule: name,
    severity,
    path,
    line,
    message: visible(message),
    evidence: capped(visible(evidence)),
    boundary,
    why: rule?.why ?? '',
    answers: [...answersTo(name, { severity, reverts: path !== null && reverts(path), grantable })],
    places: path === null ? [] : [{ id, path, line }],
  };
}

function capped(text: string): string {
  if (text.length <= EVIDENCE_LIMIT) return text;
  // A cut between the halves of a surrogate pair would leave a character that nothing can print.
  return `${text.slice(0, EVIDENCE_LIMIT - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** The last resort: of a rule that says the same thousands of times one finding is left, without its places. */
function withoutCrowds(singles: readonly Single[]): {
  readonly crowds: readonly Finding[];
  readonly others: readonly Single[];
} {
  const byRule = new Map<string, Finding[]>();
  for (const { finding } of singles) append(byRule, finding.rule, finding);
  const crowded = [...byRule].filter(([, findings]) => findings.length > FINDINGS_PER_RULE);
  const rules = new Set(crowded.map(([rule]) => rule));
  return {
    crowds: crowded.map(([, findings]) => crowd(findings)),
    others: rules.size === 0 ? singles : singles.filter(({ finding }) => !rules.has(finding.rule)),
  };
}

function crowd(findings: readonly Finding[]): Finding {
  const worst = findings.toSorted(mostSevereFirst)[0] as Finding;
  const paths = [...new Set(findings.map((finding) => visible(finding.path ?? '')))].slice(0, NAMED_PATHS);
  // It names no places, so that another crowd must be another finding: an answer covers exactly what it was given for.
  const members = findings.map(({ id, severity }) => `${severity} ${id}`).join('\n');
  return {
    ...worst,
    id: sha256Hex(JSON.stringify([worst.rule, null, members])).slice(0, ID_DIGITS),
    path: null,
    line: null,
    message: `${findings.length} findings of ${worst.rule}, shown as one; the first paths are the evidence.`,
    evidence: capped(paths.join(', ')),
    answers: worst.answers.filter((answer) => answer === 'accept' || answer === 'ask'),
    places: [],
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
