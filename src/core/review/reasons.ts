/** Why a packet has its verdict, in words. */
import type { Finding, Severity } from '../drift/report';
import type { EventOf } from '../events';
import { isAccepted } from './criteria/words';
import type { Packet } from './packetSchema';
import { alteredWords } from './receipts';
import { requiredReview, reviewReasons } from './reviewer/reasons';
import { plural } from './words';

/** What the reasons are found in: a packet before its verdict. */
type Evidence = Omit<Packet, 'verdict' | 'reasons' | 'decisions' | 'choices'>;

/** What of a task no packet has. */
interface Circumstances {
  readonly asking: EventOf<'asked'> | null;
  readonly handed?: { readonly turn: number; readonly by: string } | null;
}

/** States whose work is over: before them, missing evidence only means that it is not there yet. */
const AT_REST: ReadonlySet<string> = new Set(['ready', 'signed', 'delivered', 'rejected']);

/** What blocks, and what only asks for attention; both empty = clean. */
export function reasonsOf(
  packet: Evidence,
  { asking, handed }: Circumstances,
): { readonly blocked: readonly string[]; readonly attention: readonly string[] } {
  return {
    blocked: [
      ...stateReasons(packet, asking),
      ...evidenceReasons(packet),
      ...checkReasons(packet),
      ...findingReasons(packet, 'block'),
      ...requiredReview(packet),
    ],
    attention: [
      ...findingReasons(packet, 'warn'),
      ...proofReasons(packet),
      ...survivorReasons(packet),
      ...alteredReasons(packet),
      ...reviewReasons(packet),
      ...handReasons(packet, handed ?? null),
    ],
  };
}

function stateReasons({ error, rejected, state }: Evidence, asking: EventOf<'asked'> | null): string[] {
  const reasons: string[] = [];
  if (error !== null) reasons.push(`the work failed: ${error.code}: ${error.message}`);
  if (rejected !== null) reasons.push(`rejected: ${rejected}`);
  if (asking !== null) reasons.push(`the agent asks for permission: ${asking.what}`);
  if (!AT_REST.has(state) && error === null) reasons.push(`the work is not ready: it is ${state}`);
  return reasons;
}

function evidenceReasons({ stale, drift, state }: Evidence): string[] {
  const reasons: string[] = [];
  if (stale.includes('verification')) reasons.push('the checks ran at another tree or for another brief');
  if (stale.includes('drift')) reasons.push('the drift was computed for another tree or another brief');
  if (drift === null && AT_REST.has(state)) reasons.push('there is no drift report');
  return reasons;
}

function checkReasons({ checks, state }: Evidence): string[] {
  return checks
    .filter(({ status }) => status !== 'passed' && (status !== 'missing' || AT_REST.has(state)))
    .map(({ name, status, note }) => `check ${name}: ${status}${note === null ? '' : ` (${note})`}`);
}

/** `2 blocking findings: scope/outside, deps/added`. */
function findingReasons({ drift }: Evidence, severity: Exclude<Severity, 'info'>): string[] {
  const findings: readonly Finding[] = drift?.findings.filter((finding) => finding.severity === severity) ?? [];
  if (findings.length === 0) return [];
  const rules = [...new Set(findings.map((finding) => finding.rule))];
  return [`${plural(findings.length, severity === 'block' ? 'blocking finding' : 'warning')}: ${rules.join(', ')}`];
}

function proofReasons({ criteria, checks, unchecked, state }: Evidence): string[] {
  if (!AT_REST.has(state)) return [];
  const reasons: string[] = [];
  const unproven = criteria.filter((criterion) => criterion.proof === 'unproven' && !isAccepted(criterion)).length;
  if (unproven > 0) reasons.push(`${plural(unproven, 'criterion', 'criteria')} without proof`);
  if (checks.length === 0) reasons.push(`nothing was checked: ${unchecked ?? 'the brief has no check'}`);
  return reasons;
}

function alteredReasons({ receipts }: Evidence): string[] {
  if (receipts === undefined || receipts.altered.length === 0) return [];
  return [`the evidence of the checks is not as they left it: ${alteredWords(receipts.altered)}`];
}

function survivorReasons({ agent: { survivors } }: Evidence): string[] {
  if (survivors.length === 0) return [];
  return [`${plural(survivors.length, 'process', 'processes')} of the agent could not be ended`];
}

/** Who changed it by hand and signs it looks at their own work: that is allowed, and told. */
function handReasons({ reviewer, signoff, turn }: Evidence, handed: { turn: number; by: string } | null): string[] {
  if (handed === null || handed.turn > turn) return [];
  const signer = signoff === undefined ? reviewer : `${signoff.by.name} <${signoff.by.email}>`;
  if (signer === null || !isSamePerson(signer, handed.by)) return [];
  return [
    `${signoff === undefined ? 'to be signed' : 'signed'} by who changed it: ${handed.by} made turn ${handed.turn} by hand`,
  ];
}

/** By address, where both have one. */
function isSamePerson(one: string, other: string): boolean {
  const address = (person: string) => /<([^<>]*)>\s*$/.exec(person)?.[1] ?? person.trim();
  return address(one).toLowerCase() === address(other).toLowerCase();
}
