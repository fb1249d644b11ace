/** What an agent hears when it asks which paths it may change: judged by the rules that judge the result. */

import { boundaryNames, EMPTY_POLICY } from '../../brief/policy';
import { compileScope } from '../../brief/scope';
import { compileBoundaries } from '../../drift/boundaries';
import type { Change } from '../../drift/diff';
import { quickDrift } from '../../drift/drift';
import { visible } from '../../visible';
import type { Terms } from '../context';

/** What may be done with a path: `free`; `ask` a person first; `never`, whoever is asked. */
export interface ScopeAnswer {
  readonly path: string;
  readonly may: 'free' | 'ask' | 'never';
  /** In words for the agent. */
  readonly why: string;
}

/**
 * A path as the rules read it: relative to the top of the worktree, with `/`, without `.` segments.
 *
 * @param worktree the agent's folder, whose absolute paths agents like to name
 * @returns null for what lies outside, for the top itself, and for what belongs to git
 */
export function repositoryPath(named: string, worktree: string): string | null {
  const below = named === worktree || named.startsWith(`${worktree}/`) ? named.slice(worktree.length + 1) : named;
  if (/^(?:\/|[A-Za-z]:[\\/]|\\\\)/.test(below) || below.includes('\0')) return null;
  const segments = below.split('/').filter((segment) => segment !== '' && segment !== '.');
  if (segments.length === 0 || segments.includes('..')) return null;
  return segments.some((segment) => segment.toLowerCase() === '.git') ? null : segments.join('/');
}

/** Judges paths as changes of a file's text: what only contents show is told when the work is done. */
export function scopeAnswers(paths: readonly string[], { brief, policy }: Terms, worktree: string): ScopeAnswer[] {
  const scope = compileScope(brief.front.scope);
  const boundaries = compileBoundaries(policy?.boundaries ?? []);
  const read = paths.map((named) => ({ named, path: repositoryPath(named, worktree) }));
  const changes = [...new Set(read.flatMap(({ path }) => path ?? []))].map(changeOf);
  const blocked = blockedPaths({ brief, policy }, changes);
  const answer = (path: string): ScopeAnswer => {
    const pattern = scope.decidedBy(path);
    const at = boundaries.of(path).join(', ');
    switch (scope.judge(path)) {
      case 'avoided':
        return { path, may: 'never', why: `the brief says to avoid it (scope.avoid \`${pattern}\`)` };
      case 'outside':
        return { path, may: 'ask', why: at === '' ? 'outside the scope' : `outside the scope, at the boundary ${at}` };
      case 'in':
        return inScope(path, `scope.change \`${pattern}\``, at, blocked.get(path) ?? []);
    }
  };
  return read.map(({ named, path }) => (path === null ? { path: named, may: 'never', why: NO_PATH } : answer(path)));
}

const NO_PATH = 'not a path of the repository that could be changed';

function inScope(path: string, pattern: string, at: string, crossed: readonly string[]): ScopeAnswer {
  if (crossed.length > 0) {
    return { path, may: 'ask', why: `in scope (${pattern}), but it crosses the boundary ${crossed.join(', ')}` };
  }
  return { path, may: 'free', why: at === '' ? pattern : `${pattern}; at the boundary ${at}, which is allowed here` };
}

/** Boundaries, or rules without one, by which a change of a path would block. */
function blockedPaths({ brief, policy }: Terms, changes: readonly Change[]): ReadonlyMap<string, readonly string[]> {
  const blocked = new Map<string, string[]>();
  for (const { severity, places, boundary, rule } of quickDrift({ brief, policy, changes }).findings) {
    if (severity !== 'block') continue;
    for (const { path } of places) blocked.set(path, [...(blocked.get(path) ?? []), boundary ?? rule]);
  }
  return blocked;
}

/** A file whose text changes. */
function changeOf(path: string): Change {
  const modes = { oldMode: '100644', newMode: '100644' };
  return { status: 'M', path, oldPath: null, ...modes, oldOid: null, newOid: null, insertions: 1, deletions: 1 };
}

const SIGNS = { free: 'yes', ask: 'ask first', never: 'no' } as const;

/** The answers as lines, with what to do next. */
export function scopeWords(answers: readonly ScopeAnswer[]): string {
  const lines = answers.map(({ path, may, why }) => `- ${visible(path)}: ${SIGNS[may]}, ${visible(why)}`);
  const asks = answers.some(({ may }) => may === 'ask')
    ? ['Ask with `request_approval` before you change what says "ask first".']
    : [];
  const never = answers.some(({ may }) => may === 'never')
    ? ['What says "no" cannot be approved: leave it as it is.']
    : [];
  return [...lines, '', ...asks, ...never, CONTENT].join('\n');
}

const CONTENT =
  'Dependencies, tests that exist, check configuration, secrets and binaries are judged by what changes in a file: ask ' +
  'for those boundaries by name.';

/** The boundaries of a task, for whoever mistypes one. */
export function namesOfBoundaries({ policy }: Terms): readonly string[] {
  return boundaryNames(policy ?? EMPTY_POLICY);
}
