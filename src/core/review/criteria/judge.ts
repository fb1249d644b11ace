/** Which criteria are proven, by what, and what speaks against it. Nothing that a model says makes one proven. */
import type { Criterion } from '../../brief/brief';
import { type CriterionId, criterionIds } from '../../brief/criterionIds';
import type { PacketCheck, PacketCriterion } from '../packetSchema';
import type { Proposal, ReviewFinding } from '../reviewer/review';
import { plural } from '../words';
import { type Acceptance, acceptanceOf } from './acceptance';
import type { CriterionEvidence, TestEvidence } from './matrix';
import type { Mentions } from './mentions';

export interface CriteriaMaterial {
  readonly criteria: readonly Criterion[];
  readonly checks: readonly PacketCheck[];
  /** Null where nobody looked. */
  readonly mentions: Mentions | null;
  /** What a reviewer of the tree under review said; null where there is none. */
  readonly review: { readonly criteria: readonly Proposal[]; readonly findings: readonly ReviewFinding[] } | null;
  readonly accepted: readonly Acceptance[];
  /** What is under review. */
  readonly subject: { readonly tree: string | null; readonly brief: string };
}

/** Of one criterion, shown by kind; the rest is counted. */
const SHOWN = { check: 1, test: 20, hunk: 10, remark: 10 } as const;
/** Of all criteria together: a brief may have thousands. */
const ALL_SHOWN = 2_000;
const LEAST_SHOWN = 2;

/** The criteria of a packet, in the order of the brief. */
export function judgeCriteria(material: CriteriaMaterial): PacketCriterion[] {
  const ids = criterionIds(material.criteria);
  const times = new Map<string, number>();
  for (const { key } of ids) times.set(key, (times.get(key) ?? 0) + 1);
  const room = Math.max(LEAST_SHOWN, Math.floor(ALL_SHOWN / Math.max(1, ids.length)));
  const besides = besidesOf(material);
  const proposals = new Map(material.review?.criteria.map(({ criterion, ...said }) => [criterion, said]));
  return material.criteria.map((criterion, place) => {
    const id = ids[place]!;
    const tests = testsOf(material, place, (times.get(id.key) ?? 0) > 1);
    const judged = judge(criterion, material.checks, { id, tests, looked: material.mentions !== null });
    const { evidence, more } = bounded([...judged.evidence, ...tests, ...(besides.get(place) ?? [])], room);
    const proposed = proposals.get(place + 1);
    const accepted = acceptanceOf(material.accepted, place + 1, material.subject);
    return {
      id: id.id,
      text: criterion.text,
      proof: judged.proof,
      check: criterion.proof.kind === 'check' ? criterion.proof.check : null,
      because: judged.because,
      evidence,
      more,
      ...(proposed === undefined ? {} : { proposed }),
      ...(accepted === null ? {} : { accepted }),
    };
  });
}

type Judged = Pick<PacketCriterion, 'proof' | 'because'> & { readonly evidence: readonly CriterionEvidence[] };

interface Named {
  readonly id: CriterionId;
  readonly tests: readonly TestEvidence[];
  /** Whether somebody looked for tests and changes that name it. */
  readonly looked: boolean;
}

function judge({ proof }: Criterion, checks: readonly PacketCheck[], named: Named): Judged {
  const against = named.tests.filter(({ says }) => says === 'against');
  switch (proof.kind) {
    case 'review': {
      const but = against.length === 0 ? '' : `; but ${againstWords(against)}`;
      return { proof: 'review', because: `the brief leaves it to the reviewer${but}`, evidence: [] };
    }
    case 'check': {
      const check = checks.find((candidate) => candidate.name === proof.check);
      const isProven = check !== undefined && isProof(check) && against.length === 0;
      const because = [provenBy(proof.check, check), ...(against.length === 0 ? [] : [againstWords(against)])];
      const evidence = check === undefined ? [] : [asEvidence(check)];
      return { proof: isProven ? 'proven' : 'unproven', because: because.join(', but '), evidence };
    }
    case 'none':
      return { ...byTests(named, against), evidence: [] };
  }
}

/** A criterion whose brief names no proof is proven by tests that name it. */
function byTests({ id, tests, looked }: Named, against: readonly TestEvidence[]): Omit<Judged, 'evidence'> {
  const nothing = 'the brief names no proof';
  if (against.length > 0) return { proof: 'unproven', because: `${nothing}, and ${againstWords(against)}` };
  const passed = tests.filter(({ says }) => says === 'for');
  if (passed.length > 0) return { proof: 'proven', because: forWords(passed) };
  if (tests.length > 0) {
    return { proof: 'unproven', because: `${nothing}, and ${id.id} is the id of several criteria` };
  }
  return { proof: 'unproven', because: looked ? `${nothing}, and no test names ${id.id}` : nothing };
}

/** The tests that name a criterion, of checks that ended and are of the tree under review. */
function testsOf({ mentions, checks }: CriteriaMaterial, place: number, isAmbiguous: boolean): readonly TestEvidence[] {
  const sound = new Set(checks.filter(isSound).map(({ name }) => name));
  return (mentions?.tests[place] ?? [])
    .filter(({ check }) => sound.has(check))
    .map((test) => ({
      kind: 'test',
      says: test.status !== 'passed' ? 'against' : isAmbiguous ? 'beside' : 'for',
      ...test,
    }));
}

/** What it says of each test is of this very tree: it ran to its end in a clean checkout. */
function isSound({ status, stale }: PacketCheck): boolean {
  return !stale && (status === 'passed' || status === 'failed');
}

/** What names a criterion and proves nothing, by its place. */
function besidesOf({ mentions, review }: CriteriaMaterial): ReadonlyMap<number, readonly CriterionEvidence[]> {
  const found = new Map<number, CriterionEvidence[]>();
  const add = (place: number, evidence: CriterionEvidence) => {
    const list = found.get(place) ?? [];
    list.push(evidence);
    found.set(place, list);
  };
  for (const { criteria, path, line, lines } of mentions?.places ?? []) {
    for (const place of criteria) add(place, { kind: 'hunk', says: 'beside', path, line, lines });
  }
  for (const { id: finding, criterion, severity, path, line, message } of review?.findings ?? []) {
    if (criterion === null) continue;
    add(criterion - 1, { kind: 'remark', says: 'against', finding, severity, path, line, message });
  }
  return found;
}

function bounded(all: readonly CriterionEvidence[], room: number) {
  const kinds = Object.entries(SHOWN);
  const ofKinds = kinds.flatMap(([kind, most]) => all.filter((one) => one.kind === kind).slice(0, most));
  const evidence = ofKinds.slice(0, room);
  return { evidence, more: all.length - evidence.length };
}

function isProof(check: PacketCheck): boolean {
  return check.status === 'passed' && !check.stale;
}

function asEvidence(check: PacketCheck): CriterionEvidence {
  const { name, status, stale } = check;
  return { kind: 'check', says: isProof(check) ? 'for' : 'against', check: name, status, stale };
}

function provenBy(name: string, check: PacketCheck | undefined): string {
  if (check === undefined) return `the brief has no check "${name}"`;
  if (check.stale) return `check "${name}" ran at another tree`;
  return check.status === 'passed' ? `check "${name}" passed` : `check "${name}": ${check.status}`;
}

/** Characters of a test's name in a sentence. */
const NAME_SHOWN = 120;

const quoted = (name: string) => `"${name.length > NAME_SHOWN ? `${name.slice(0, NAME_SHOWN)}…` : name}"`;

/** `test "AC-1: …" was skipped`, `2 tests that name it failed`. */
function againstWords(tests: readonly TestEvidence[]): string {
  const said = { failed: 'failed', vanished: 'is not there any more', skipped: 'was skipped', passed: 'passed' };
  const first = tests[0]!;
  const one = `test ${quoted(first.name)} ${said[first.status]}`;
  return tests.length === 1 ? one : `${one}, and ${plural(tests.length - 1, 'more test')} did not pass`;
}

function forWords(tests: readonly TestEvidence[]): string {
  const began = tests.filter(({ before }) => before === 'failed' || before === 'absent').length;
  const news = began === 0 ? '' : began === tests.length ? ', and did not before' : `, ${began} of them did not before`;
  if (tests.length > 1) return `${tests.length} tests name it and passed${news}`;
  return `test ${quoted(tests[0]!.name)} names it and passed${news}`;
}
