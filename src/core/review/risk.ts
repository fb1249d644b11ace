/**
 * In which order a reviewer best reads the files of a change, and why each stands where it does: what must be decided
 * first, then what is easily missed, then the largest. The same change gives the same order everywhere.
 */
import { append } from '../drift/append';
import { MODE, pathsOf } from '../drift/changes';
import type { Change } from '../drift/diff';
import { pathsOfFinding } from '../drift/places';
import type { Finding } from '../drift/report';
import { plural } from './words';

/** Why a file stands where it does, the gravest first. */
export const RISKS = [
  'blocking',
  'outside',
  'boundary',
  'warning',
  'link',
  'submodule',
  'binary',
  'mode',
  'deleted',
  'tests',
  'large',
  'size',
] as const;
export type Risk = (typeof RISKS)[number];

export interface RankedFile {
  readonly path: string;
  readonly oldPath: string | null;
  readonly risk: Risk;
  /** What the risk is about, for words of one's own: a rule, a boundary; else null. */
  readonly subject: string | null;
  /** The reason in words. */
  readonly reason: string;
  /** Findings of the file that must be answered. */
  readonly findings: number;
}

export interface RiskMaterial {
  readonly changes: readonly Change[];
  readonly findings: readonly Finding[];
  /** The boundary that a path belongs to, whether the brief grants it or not. */
  readonly boundaryOf: (path: string) => string | null;
}

/** Changed lines from which a file is large: more than a reader keeps in mind at once. */
const LARGE_LINES = 300;

/** Folders and names by which tests are known everywhere. */
const TESTS =
  /(?:^|\/)(?:tests?|specs?|__tests__|__mocks__|e2e)\/|(?:^|[/._-])(?:test|spec)s?\.[^/]+$|(?:^|\/)test_[^/]+$/i;

const RULES_OF_SCOPE: ReadonlySet<string> = new Set(['scope/outside', 'scope/avoided']);

/** The files in the order in which to read them; of equal ones the larger first, then by path. */
export function orderByRisk({ changes, findings, boundaryOf }: RiskMaterial): readonly RankedFile[] {
  const byPath = new Map<string, Finding[]>();
  for (const finding of findings) {
    for (const path of pathsOfFinding(finding)) append(byPath, path, finding);
  }
  const ranked = changes.map((change) => {
    const own = pathsOf(change).flatMap((path) => byPath.get(path) ?? []);
    return { size: linesOf(change), file: rank(change, own, boundaryOf) };
  });
  return ranked
    .sort(
      (one, other) =>
        RISKS.indexOf(one.file.risk) - RISKS.indexOf(other.file.risk) ||
        other.file.findings - one.file.findings ||
        other.size - one.size ||
        (one.file.path < other.file.path ? -1 : 1),
    )
    .map(({ file }) => file);
}

function rank(change: Change, findings: readonly Finding[], boundaryOf: RiskMaterial['boundaryOf']): RankedFile {
  const open = findings.filter(({ severity }) => severity !== 'info');
  const { risk, subject, reason } = reasonOf(change, open, boundaryOf);
  return { path: change.path, oldPath: change.oldPath, risk, subject, reason, findings: open.length };
}

type Reason = Pick<RankedFile, 'risk' | 'subject' | 'reason'>;

function reasonOf(change: Change, open: readonly Finding[], boundaryOf: RiskMaterial['boundaryOf']): Reason {
  return findingReason(open) ?? boundaryReason(change, open, boundaryOf) ?? warningReason(open) ?? kindReason(change);
}

/** Scope comes behind other blocks: that a path is not in scope says nothing yet of what is in it. */
function findingReason(open: readonly Finding[]): Reason | null {
  const blocks = open.filter(({ severity }) => severity === 'block');
  const first = blocks.find(({ rule }) => !RULES_OF_SCOPE.has(rule)) ?? blocks[0];
  if (first === undefined) return null;
  const { rule } = first;
  if (!RULES_OF_SCOPE.has(rule)) return { risk: 'blocking', subject: rule, reason: `a blocking finding: ${rule}` };
  const reason = rule === 'scope/avoided' ? 'a path that the brief says to avoid' : 'outside the scope of the brief';
  return { risk: 'outside', subject: rule, reason };
}

function boundaryReason(
  change: Change,
  open: readonly Finding[],
  boundaryOf: RiskMaterial['boundaryOf'],
): Reason | null {
  const found = open.find(({ boundary }) => boundary !== null)?.boundary;
  const boundary =
    found ??
    pathsOf(change)
      .map(boundaryOf)
      .find((name) => name !== null);
  return boundary == null ? null : { risk: 'boundary', subject: boundary, reason: `at the boundary ${boundary}` };
}

function warningReason(open: readonly Finding[]): Reason | null {
  const [first] = open;
  return first === undefined ? null : { risk: 'warning', subject: first.rule, reason: `a warning: ${first.rule}` };
}

function kindReason(change: Change): Reason {
  const { newMode, oldMode } = change;
  const plain = (risk: Risk, reason: string): Reason => ({ risk, subject: null, reason });
  if (newMode === MODE.link) return plain('link', 'a link');
  if (newMode === MODE.gitlink || oldMode === MODE.gitlink) return plain('submodule', 'a submodule');
  if (change.insertions === null || change.deletions === null) return plain('binary', 'binary: no lines to read');
  if (newMode === MODE.executable && oldMode !== MODE.executable) return plain('mode', 'made executable');
  if (change.status === 'D') return plain('deleted', 'deleted');
  if (pathsOf(change).some((path) => TESTS.test(path))) return plain('tests', 'tests, which the checks rest on');
  const lines = linesOf(change);
  const words = plural(lines, 'changed line');
  return lines >= LARGE_LINES ? plain('large', `large: ${words}`) : plain('size', words);
}

function linesOf({ insertions, deletions }: Change): number {
  return (insertions ?? 0) + (deletions ?? 0);
}
