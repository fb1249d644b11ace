/** A repository with a task's snapshot in it, ready to be landed. */
import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Repository, TaskEvent } from '../../../src/core/events';
import type { LandingPlan, LandingRequest } from '../../../src/core/ports/landing';
import { deliveryMessage } from '../../../src/core/signoff/trailers';
import { createLandings } from '../../../src/node/git/land';
import { type Files, makeRepository, runGit, type TestRepository, writeFiles } from '../../fixtures/repository';

export const TASK = 'T1';
export const BRIEF = 'b'.repeat(64);
export const REVIEWER = { name: 'Reviewer', email: 'reviewer@example.com' };

export interface Work {
  readonly repo: TestRepository;
  readonly repository: Repository;
  readonly base: string;
  readonly snapshot: { readonly commit: string; readonly tree: string };
}

export interface Edits {
  readonly files?: Files;
  readonly remove?: readonly string[];
  /** Run in the agent's clone before the snapshot is made. */
  readonly before?: (dir: string) => void;
}

/** A repository on `main`, and a snapshot on top of its tip, made in a clone as an agent's would be. */
export function makeWork(base: Files, edits: Edits, name = 'repo'): Work {
  const repo = makeRepository({ files: base, name });
  const clone = join(repo.outside, 'clone');
  runGit(repo.outside, ['clone', '-q', '--no-hardlinks', repo.dir, clone]);
  for (const path of edits.remove ?? []) rmSync(join(clone, path), { recursive: true, force: true });
  writeFiles(clone, edits.files ?? {});
  edits.before?.(clone);
  runGit(clone, ['add', '-A', '-f']);
  runGit(clone, ['commit', '-q', '--allow-empty', '-m', `turn 1\n\nCountersign-Task: ${TASK}\nCountersign-Turn: 1`]);
  repo.git('fetch', '-q', clone, `HEAD:refs/countersign/${TASK}/1`);
  rmSync(clone, { recursive: true, force: true });
  const ref = `refs/countersign/${TASK}/1`;
  const [tip = '', commit = '', tree = ''] = repo.git('rev-parse', 'HEAD', ref, `${ref}^{tree}`).split('\n');
  return { repo, repository: repositoryOf(repo.dir), base: tip, snapshot: { commit, tree } };
}

export function repositoryOf(root: string): Repository {
  const git = join(root, '.git');
  // A worktree's own directory names the common one.
  const commonDir = lstatSync(git).isDirectory()
    ? git
    : runGit(root, ['rev-parse', '--path-format=absolute', '--git-common-dir']);
  return { id: 'a'.repeat(16), name: 'repo', root, commonDir };
}

export function requestOf(work: Work, change: Partial<LandingRequest> = {}): LandingRequest {
  const { repository, base, snapshot } = work;
  const ref = 'refs/heads/main';
  return { task: TASK, repository, mode: 'merge', ref, base, snapshot, message: '', by: REVIEWER, ...change };
}

export function messageFor(tree: string): string {
  const signoff = { by: REVIEWER, brief: BRIEF, checks: { tests: 'passed' as const }, accepted: {}, overridden: {} };
  return deliveryMessage({
    task: TASK,
    title: 'Change things',
    goal: 'Things must change.',
    signoff,
    findings: {},
    tree,
  });
}

export interface Landed {
  readonly plan: LandingPlan;
  readonly kept: readonly string[];
  readonly events: readonly TaskEvent[];
  /** The delivered commit. */
  readonly commit: string;
}

/** Plans and lands, as the controller does. `between` runs after the plan. */
export async function landWork(
  work: Work,
  change: Partial<LandingRequest> = {},
  between: () => void = () => undefined,
): Promise<Landed> {
  const landings = createLandings();
  const request = requestOf(work, change);
  const plan = await landings.plan(request, new AbortController().signal);
  between();
  const events: TaskEvent[] = [];
  const journal = async (event: TaskEvent) => {
    events.push(event);
  };
  const kept = await landings.land({ ...request, message: messageFor(plan.tree) }, plan, journal);
  const landing = events.find((event) => event.type === 'landing');
  return { plan, kept, events, commit: landing?.type === 'landing' ? landing.landing.new : '' };
}

/** Every file of a folder with its content, mode and link target, without `.git`. */
export function contentOf(dir: string, below = ''): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of readdirSync(join(dir, below)).toSorted()) {
    const path = below === '' ? name : `${below}/${name}`;
    if (name === '.git') continue;
    const stat = lstatSync(join(dir, path));
    if (stat.isDirectory()) Object.assign(found, contentOf(dir, path));
    else if (stat.isSymbolicLink()) found[path] = `link ${readlinkSync(join(dir, path))}`;
    else found[path] = `${(stat.mode & 0o111) === 0 ? 'file' : 'script'} ${readFileSync(join(dir, path), 'latin1')}`;
  }
  return found;
}

/** What a landing may leave behind in a git directory: nothing. */
export function leftovers(gitDir: string): string[] {
  const ours = readdirSync(gitDir).filter(
    (name) => name.startsWith('countersign-landing-') || name.startsWith('.gone-'),
  );
  const locks = ['index.lock', 'HEAD.lock', 'refs/heads/main.lock'].filter((name) => existsSync(join(gitDir, name)));
  return [...ours, ...locks];
}
