/**
 * Trials: one check of a brief that is not handed off, at the commit that is checked out, run as a verification runs it.
 * Each has folders of its own, and nothing of it is left when it ends; what a killed host left goes at the next start.
 */
import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Brief, Check } from '../../core/brief/brief';
import { fail, toCountersignError } from '../../core/errors';
import type { Workspace } from '../../core/events';
import type { CheckPort } from '../../core/ports/checks';
import type { Progress } from '../../core/ports/machine';
import type { RepositoryFacts } from '../../core/ports/repository';
import type { CheckResult, CheckStatus, Counts } from '../../core/verify/verification';
import { removeChecks } from '../git/checkout';
import { identifyFolder, makeFolder, removeFolder } from '../git/folders';
import { headTree, makeTrialShadow, TRIAL_SHADOW } from '../git/trialShadow';
import { reapTask } from '../process/reap';

/** Folders of trials and of readings for plans, below a state directory. */
export const TRIALS_FOLDER = 'trials';
/** Their names; the processes of a trial or a planner carry it too. */
const NAME = /^(?:trial|plan)-[0-9a-f-]+$/;

/** Bytes of an output that is shown whole: what a log keeps of its beginning and its end (`CAPTURE_LIMITS`). */
const SHOWN_WHOLE = 20 * 1024;

export interface TrialRequest {
  readonly repository: RepositoryFacts;
  /** As the policy tightened it. */
  readonly brief: Brief;
  readonly check: Check;
}

export interface TrialOutcome {
  readonly status: CheckStatus;
  readonly exit: number | null;
  readonly seconds: number;
  readonly counts: Counts | null;
  readonly note: string | null;
  readonly output: string;
  readonly base: string;
  readonly confinement: string;
}

export interface TrialsOptions {
  readonly checks: Pick<CheckPort, 'verify'>;
  readonly stateDir: string;
  readonly isolation: Workspace['isolation'];
}

/** Runs one trial to its end. Throws STOPPED when `signal` fires, and what a verification throws. */
export async function runTrial(
  { checks, stateDir, isolation }: TrialsOptions,
  { repository, brief, check }: TrialRequest,
  progress: Progress,
  signal: AbortSignal,
): Promise<TrialOutcome> {
  const name = `trial-${randomUUID()}`;
  const home = await makeFolder(join(stateDir, TRIALS_FOLDER), name);
  try {
    progress('preparing');
    const workspace = await makeTrialShadow(stateDir, home, repository, isolation);
    const snapshot = { commit: repository.head, tree: await headTree(repository) };
    if (signal.aborted) fail('STOPPED', 'the trial was stopped');
    const verification = await checks.verify(
      {
        task: name,
        slug: name.slice(0, 'trial-'.length + 8),
        repository,
        workspace,
        snapshot,
        brief: { ...brief, front: { ...brief.front, checks: [check] } },
        folder: home.path,
      },
      progress,
      signal,
    );
    const [result] = verification.checks;
    if (result === undefined) return fail('INTERNAL', `the check ${check.name} gave no result`);
    return { ...outcomeOf(result), base: repository.head, confinement: verification.confinement };
  } finally {
    // What does not go now goes at the next start: the answer stands either way.
    await removeFolder(home).catch(() => undefined);
  }
}

function outcomeOf({ status, exit, seconds, counts, note, log }: CheckResult) {
  const output = log.tail === '' || log.bytes <= SHOWN_WHOLE ? log.head + log.tail : log.tail;
  return { status, exit, seconds, counts, note, output };
}

/**
 * What a host that died left of its trials and plans: processes, checkouts, folders. Called before any of them runs.
 *
 * @returns what could not be removed, in words; the next start tries again
 */
export async function sweepTrials(stateDir: string): Promise<string[]> {
  const folder = join(stateDir, TRIALS_FOLDER);
  const trouble: string[] = [];
  for (const name of await readdir(folder).catch(() => [])) {
    await sweepTrial(stateDir, folder, name).catch((thrown: unknown) => {
      trouble.push(`${join(folder, name)}: ${toCountersignError(thrown).message}`);
    });
  }
  return trouble;
}

async function sweepTrial(stateDir: string, folder: string, name: string): Promise<void> {
  const home = await identifyFolder(join(folder, name));
  if (NAME.test(name)) await reapTask(name);
  const shadow = await identifyFolder(join(home.path, TRIAL_SHADOW)).catch(() => null);
  if (shadow !== null) await removeChecks(stateDir, shadow);
  await removeFolder(home);
}
