/** Proposes a brief for the difference of two revisions, so that work without one can be judged and adopted. */
import { inferredBrief } from '../../core/brief/infer';
import { inferPatterns } from '../../core/brief/inferScope';
import { parseBrief } from '../../core/brief/parse';
import { pathsOf } from '../../core/drift/changes';
import { pathsOfFinding } from '../../core/drift/places';
import type { Finding } from '../../core/drift/report';
import { fail, toCountersignError } from '../../core/errors';
import { type Comparison, type ComparisonRequest, driftOf, openComparison } from '../driftOfRevisions';
import { diffTrees } from '../git/diff';
import { openReader } from '../git/reader';
import { readSurroundings, surveyProject } from './surroundings';

export interface InferredBrief {
  readonly text: string;
  readonly change: readonly string[];
  /** Boundaries that the difference crosses; the brief proposes them and grants none. */
  readonly boundaries: readonly string[];
  readonly files: number;
}

/**
 * A brief whose scope is what changed. It parses, and the drift of the same difference from it has no `scope/outside`.
 *
 * @throws REVISION_NOT_FOUND, SNAPSHOT_FAILED, GIT_FAILED, POLICY_INVALID, and the repository's errors
 */
export async function inferBrief(request: ComparisonRequest): Promise<InferredBrief> {
  const comparison = await openComparison(request);
  try {
    const [{ changed, files, all }, subjects, facts] = await Promise.all([
      difference(comparison),
      subjectsOf(request),
      readSurroundings(request.folder).catch(withoutWorkingTree).then(surveyProject),
    ]);
    if (files === 0) {
      fail('USAGE', 'the two sides are the same: there is nothing to infer a brief from', {
        fix: 'name other revisions',
      });
    }
    const { base, head } = request;
    const given = { base, head, files, subjects, facts };
    const judged = async (change: readonly string[]) => {
      const brief = parseBrief(inferredBrief({ ...given, change, crossings: [] }), 'the inferred brief');
      return { change, findings: (await driftOf(comparison, brief)).findings };
    };
    // What the scope covers is nothing to tell; what else the difference does is for the rules to say.
    const first = await judged(inferPatterns(changed, all));
    const meant = meantIn(first.findings);
    const { change, findings } = meant.size === 0 ? first : await judged(inferPatterns(changed, all, meant));
    const crossings = crossingsOf(findings);
    const text = inferredBrief({ ...given, change, crossings });
    return { text, change, boundaries: crossings.map(({ boundary }) => boundary), files };
  } finally {
    await comparison.close();
  }
}

async function difference({ gitDir, base, tree }: Comparison) {
  const reader = openReader(gitDir, base.tree, tree);
  try {
    const [changes, before, after] = await Promise.all([
      diffTrees(gitDir, base.tree, tree),
      reader.paths('base'),
      reader.paths('head'),
    ]);
    return { changed: changes.flatMap(pathsOf), files: changes.length, all: [...before, ...after] };
  } finally {
    await reader.close();
  }
}

/** The first lines of the commits; none where the two sides are no commits, or the clone is cut between them. */
async function subjectsOf({ folder, base, head }: ComparisonRequest): Promise<readonly string[]> {
  const { commitsOfRange } = await import('../commitsOfRange');
  const commits = await commitsOfRange(folder, base, head ?? 'HEAD').catch((thrown: unknown) => {
    if (/^(REVISION_NOT_FOUND|REPOSITORY_UNSUPPORTED)$/.test(toCountersignError(thrown).code)) return [];
    throw thrown;
  });
  return commits
    .filter(({ parents }) => parents.length < 2)
    .map(({ message }) => message.trimStart().split('\n', 1)[0] ?? '');
}

/** A bare repository has revisions and no project around. */
function withoutWorkingTree(thrown: unknown): null {
  if (/REPOSITORY/.test(toCountersignError(thrown).code)) return null;
  throw thrown;
}

/** Paths of a boundary that count as meant, because the scope that was just made up names them. */
function meantIn(findings: readonly Finding[]): ReadonlySet<string> {
  const meant = findings.filter(({ rule, severity }) => rule.startsWith('boundary/') && severity === 'info');
  return new Set(meant.flatMap(pathsOfFinding));
}

/** Only what blocks at a boundary asks for a grant. */
function crossingsOf(findings: readonly Finding[]) {
  const byBoundary = new Map<string, { readonly boundary: string; readonly because: string; count: number }>();
  for (const { boundary, severity, message, places, answers } of findings) {
    if (boundary === null || severity !== 'block' || !answers.includes('widen')) continue;
    const known = byBoundary.get(boundary) ?? { boundary, because: message, count: 0 };
    known.count += Math.max(1, places.length);
    byBoundary.set(boundary, known);
  }
  return [...byBoundary.values()];
}
