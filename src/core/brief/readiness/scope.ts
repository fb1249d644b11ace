/** Readiness of the scope: is it bounded, does it meet anything, and what does it touch that needs care? */
import type { Brief } from '../brief';
import { remembered } from '../remembered';
import { compileMatcher, compileScope, type Scope, scopesOverlap } from '../scope';
import { block, type ReadinessCase, type ReadinessFinding, warn } from './finding';
import { areasOf } from './sensitive';

export function judgeScope({ brief, facts, policy }: ReadinessCase): ReadinessFinding[] {
  const line = brief.lines['scope.change'] ?? null;
  const scope = compileScope(brief.front.scope);
  if (scope.matchesWholeRepository) {
    const message = 'the scope matches the whole repository; name the folders that the task is about';
    return [block('readiness/whole-repository', message, line)];
  }
  const { change, avoid } = brief.front.scope;
  const inside =
    facts.paths === null
      ? null
      : remembered(facts.paths, JSON.stringify(['inside', change, avoid]), () =>
          (facts.paths ?? []).filter((path) => scope.judge(path) === 'in'),
        );
  const findings: ReadinessFinding[] = [];
  if (inside?.length === 0) {
    const message = 'the scope matches no file that exists; patterns start at the top of the repository and know case';
    findings.push(warn('readiness/empty-scope', message, line));
  }
  findings.push(...judgeAreas(brief, scope, inside ?? []));
  for (const boundary of policy.boundaries) {
    const part =
      inside === null
        ? []
        : remembered(inside, JSON.stringify(['part', boundary.paths]), () =>
            inside.filter(compileMatcher(boundary.paths)),
          );
    findings.push(...areaFinding(brief, scope, `the policy's \`${boundary.name}\``, part));
  }
  return findings;
}

/** Areas seen in the files in scope, or, where nothing exists yet, in the words of the patterns. */
function judgeAreas(brief: Brief, scope: Scope, inside: readonly string[]): ReadinessFinding[] {
  const byArea = new Map(remembered(inside, 'areas', () => sortByArea(inside)));
  const findings = [...byArea].flatMap(([area, paths]) => areaFinding(brief, scope, area, paths));
  for (const [index, pattern] of brief.front.scope.change.entries()) {
    for (const area of areasOf(pattern)) {
      if (byArea.has(area)) continue;
      byArea.set(area, []);
      const message = `\`${pattern}\` is ${area}: needs tight human review`;
      findings.push(warn('readiness/sensitive-area', message, brief.lines[`scope.change.${index}`] ?? null));
    }
  }
  return findings;
}

function sortByArea(paths: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const byArea = new Map<string, string[]>();
  for (const path of paths) {
    for (const area of areasOf(path)) {
      const found = byArea.get(area);
      if (found === undefined) byArea.set(area, [path]);
      else found.push(path);
    }
  }
  return byArea;
}

function areaFinding(brief: Brief, scope: Scope, area: string, paths: readonly string[]): ReadinessFinding[] {
  const [first] = paths;
  if (first === undefined) return [];
  const more = paths.length === 1 ? '' : ` and ${paths.length - 1} more`;
  const index = brief.front.scope.change.indexOf(scope.decidedBy(first) ?? '');
  const message = `\`${first}\`${more} in scope: ${area}, needs tight human review`;
  return [warn('readiness/sensitive-area', message, brief.lines[`scope.change.${index}`] ?? null)];
}

export function judgeOverlap({ brief, facts }: ReadinessCase): ReadinessFinding[] {
  return facts.liveTasks
    .filter((task) => scopesOverlap(brief.front.scope, { change: task.change, avoid: [] }))
    .map((task) => {
      const message = `the scope overlaps that of the live task ${task.id} (${task.title}); the later one may meet conflicts`;
      return warn('readiness/overlap', message, brief.lines['scope.change'] ?? null);
    });
}
