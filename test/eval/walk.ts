/** Walks the last commits of a clone and judges each against its parent, as `drift` would. */
import { parseBrief } from '../../src/core/brief/parse';
import type { Change, TreeReader } from '../../src/core/drift/diff';
import { NO_OBSERVATIONS } from '../../src/core/drift/diff';
import { computeDrift } from '../../src/core/drift/drift';
import type { DriftReport } from '../../src/core/drift/report';
import { CountersignError } from '../../src/core/errors';
import { diffTrees } from '../../src/node/git/diff';
import { openGit } from '../../src/node/git/git';
import { viewObjects } from '../../src/node/git/gitDirectory';
import { openReader } from '../../src/node/git/reader';
import { locateRevisions } from '../../src/node/revisions';

export interface Step {
  readonly commit: string;
  readonly parent: string;
  readonly changes: readonly Change[];
  readonly report: DriftReport;
  readonly reader: TreeReader;
  /** Milliseconds of drift alone, git's answers included. */
  readonly took: number;
}

/** Anything may change, and the checks are those that projects have: what counts is what the rules say of the content. */
const BRIEF = parseBrief(
  `---
countersign: 1
title: Whatever the commit did
scope:
  change: ['**']
checks:
  - { name: npm, run: npm test }
  - { name: lint, run: npm run lint }
  - { name: make, run: make test }
  - { name: pytest, run: pytest }
  - { name: tox, run: tox }
  - { name: go, run: go test ./... }
  - { name: cargo, run: cargo test }
  - { name: maven, run: mvn verify }
  - { name: gradle, run: ./gradlew check }
  - { name: rake, run: bundle exec rake test }
  - { name: composer, run: composer test }
reviewer: Reviewer <reviewer@example.com>
---
## Goal
Judge what a commit did to dependencies, tests and checks.
## Acceptance criteria
- [ ] every finding is right (review)
`,
  'history.md',
);

/** A commit that could not be judged. */
export interface Skipped {
  readonly commit: string;
  /** What git said. */
  readonly reason: string;
  /** Whether objects of its trees, or of its parent's, are not in the clone; false: something else went wrong. */
  readonly isIncomplete: boolean;
}

/**
 * Judges the last `count` commits that have one parent, newest first, one after the other.
 *
 * @param visit called with each; its reader is closed afterwards
 * @returns the commits that could not be judged
 */
export async function walkHistory(
  folder: string,
  count: number,
  visit: (step: Step) => Promise<void> | void,
): Promise<readonly Skipped[]> {
  const { commonDir, gitDir } = await locateRevisions(folder, ['HEAD']);
  const listed = await openGit(gitDir).text(['rev-list', '--no-merges', '--parents', `--max-count=${count}`, 'HEAD']);
  const view = await viewObjects(commonDir);
  const skipped: Skipped[] = [];
  try {
    for (const line of listed.split('\n')) {
      const [commit, parent] = line.split(' ');
      if (commit === undefined || parent === undefined) continue;
      const reader = openReader(view.gitDir, parent, commit);
      try {
        const started = performance.now();
        const changes = await diffTrees(view.gitDir, parent, commit);
        const request = { brief: BRIEF, base: parent, head: commit, tree: commit, changes, reader };
        const report = await computeDrift({ ...request, observations: NO_OBSERVATIONS, policy: null });
        await visit({ commit, parent, changes, report, reader, took: performance.now() - started });
      } catch (thrown) {
        if (!(thrown instanceof CountersignError) || thrown.code !== 'GIT_FAILED') throw thrown;
        const isIncomplete = await lacksObjects(commonDir, [parent, commit]);
        skipped.push({ commit, reason: thrown.message, isIncomplete });
      } finally {
        await reader.close();
      }
    }
  } finally {
    await view.close();
  }
  return skipped;
}

/** Whether the clone lacks an object of these commits' trees: git names each, with `?` before it (git-rev-list docs). */
async function lacksObjects(commonDir: string, commits: readonly string[]): Promise<boolean> {
  try {
    const args = ['rev-list', '--objects', '--missing=print', '--no-walk', ...commits];
    return /^\?/m.test(await openGit(commonDir).text(args));
  } catch {
    // Git that cannot even list them says nothing of what is there: the failure itself is shown.
    return false;
  }
}
