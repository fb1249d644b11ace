/** `boundary/*`: paths that need a person's decision, whatever the scope says. */
import { compilePattern, type Pattern } from '../brief/scope';
import { describeChange, pathsOf } from './changes';
import type { PathRule } from './input';
import type { RawFinding, Severity } from './report';

/**
 * One finding for each boundary of each touched path. A file that the scope names letter by letter was meant: it is
 * `info`, for a person to look at.
 */
export const judgeBoundaries: PathRule = ({ brief, boundaries, scope, changes }) => {
  const meant = new Set(brief.front.scope.change.map(compilePattern).flatMap((pattern) => exactPath(pattern) ?? []));
  return changes.flatMap((change) =>
    pathsOf(change).flatMap((path) =>
      boundaries.of(path).map((boundary): RawFinding => {
        const rule = `boundary/${boundary}`;
        const named = meant.has(path) && scope.judge(path) === 'in';
        const severity: { severity?: Severity } = named ? { severity: 'info' } : {};
        const message = `${path} belongs to the boundary ${boundary}.`;
        return { rule, ...severity, path, message, evidence: describeChange(change, path) };
      }),
    ),
  );
};

/** The one path that a pattern without wildcards names, or null. (It also means everything below, which is not exact.) */
function exactPath({ segments }: Pattern): string | null {
  const names: string[] = [];
  for (const [index, segment] of segments.entries()) {
    if (segment.kind === 'deep') return index === segments.length - 1 ? names.join('/') : null;
    if (segment.atoms.some((atom) => atom.kind !== 'literal')) return null;
    names.push(segment.atoms.map((atom) => (atom.kind === 'literal' ? String.fromCodePoint(atom.char) : '')).join(''));
  }
  return null;
}
