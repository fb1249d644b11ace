/**
 * Where checks run at one tree: a clean checkout of it and a private HOME, with the brief's setup done in them. Every check
 * begins with what setup left; nothing of the site is there any more when its checks have ended.
 */
import { join } from 'node:path';
import type { Brief, Check } from '../../core/brief/brief';
import type { Clock, Progress } from '../../core/ports/machine';
import { makeFolder, removeFolder } from '../git/folders';
import type { Confinement } from '../process/confinement';
import type { CheckoutPort, CheckoutRequest } from './checkoutPort';
import { type CheckOutcome, type CheckPlace, runCheck } from './checkRun';
import { keepOriginal } from './original';
import { runSetup, SETUP_LIMIT_MS, type SetupOutcome, type SetupRequest } from './setup';
import type { SetupCache } from './setupCache';

/** What all sites of a machine share. */
export interface Grounds {
  readonly checkouts: CheckoutPort;
  readonly confinement: Confinement;
  readonly cache: SetupCache;
  readonly clock: Clock;
  /** HOMEs are made, and removed, below it. */
  readonly homes: string;
  /** The state directory: nothing of it is seen, wherever it lies. */
  readonly state: string;
  /** What may reach the network: `setup`, `checks`. */
  readonly network: readonly string[];
}

/** Which tree, of which task, for which brief; logs go to `evidence/` below `folder`. */
export type SiteRequest = CheckoutRequest & { readonly brief: Brief; readonly folder: string };

export interface Watch {
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

export interface SiteOutcome {
  readonly setup: SetupOutcome | null;
  /** In the order of the checks; empty when setup failed. */
  readonly outcomes: readonly CheckOutcome[];
}

/**
 * Opens a site, runs the checks in it one after the other, and removes it.
 *
 * @param words what the progress says before the name of a step, such as `base: `
 * @param variant tells the evidence from that of other runs at the same tree
 * @throws STOPPED, CHECKOUT_FAILED, STORAGE_FAILED, COMMAND_FAILED and what git throws
 */
export async function runAt(
  grounds: Grounds,
  request: SiteRequest,
  checks: readonly Check[],
  { progress, signal }: Watch,
  { words = '', variant }: { readonly words?: string; readonly variant?: string } = {},
): Promise<SiteOutcome> {
  const say: Progress = (message) => progress(`${words}${message}`);
  say('opening a clean checkout');
  const checkout = await grounds.checkouts.open(request, signal);
  // Not the agent's HOME, nor that of an earlier verification: both could hold what makes a check pass.
  const home = await makeFolder(grounds.homes, `check-${request.task}`);
  try {
    const hidden = hiddenFrom(grounds, request);
    const network = grounds.network.includes('checks');
    const place = { confinement: grounds.confinement, checkout, home, hidden, network };
    const setup = await setUp(grounds, request, place, { progress: say, signal });
    if (setup !== null && setup.exit !== 0) return { setup, outcomes: [] };
    const outcomes = await runAll(grounds, request, place, checks, { progress: say, signal }, variant);
    return { setup, outcomes };
  } finally {
    await removeFolder(home);
    // Checks have run in it: whoever wants to see the snapshot opens a clean one.
    await grounds.checkouts.remove(request);
  }
}

/** What no program of a task sees: the state directory, the user's working tree and git directory. */
export function hiddenFrom(
  { state }: Pick<Grounds, 'state'>,
  { repository }: Pick<SiteRequest, 'repository'>,
): readonly string[] {
  return [state, repository.root, repository.commonDir];
}

function setUp(grounds: Grounds, request: SiteRequest, place: CheckPlace, watch: Watch): Promise<SetupOutcome | null> {
  const { tree } = request.snapshot;
  const setup = {
    folder: place.checkout.folder.path,
    home: place.home.path,
    readable: place.checkout.readable,
    hidden: place.hidden,
    // A dot, so that no name of a check can be the same.
    log: join(request.folder, 'evidence', `setup.${tree}.log`),
    unchanged: (paths: readonly string[]) => grounds.checkouts.sameAsBase(request, tree, paths),
  };
  return prepareFolder(grounds, request, setup, watch);
}

/** Runs the brief's setup in a folder; null when it has none. */
export async function prepareFolder(
  { confinement, cache, network }: Pick<Grounds, 'confinement' | 'cache' | 'network'>,
  request: Pick<SiteRequest, 'task' | 'brief'>,
  place: Pick<SetupRequest, 'folder' | 'home' | 'readable' | 'hidden' | 'log' | 'unchanged'>,
  { progress, signal }: Watch,
): Promise<SetupOutcome | null> {
  const command = request.brief.front.setup;
  if (command === undefined) return null;
  progress(`setup: ${command}`);
  const setup = { task: request.task, command, network: network.includes('setup'), ...place };
  return runSetup(confinement, cache, setup, signal);
}

async function runAll(
  { checkouts, homes, clock }: Grounds,
  request: SiteRequest,
  place: CheckPlace,
  checks: readonly Check[],
  { progress, signal }: Watch,
  variant: string | undefined,
): Promise<readonly CheckOutcome[]> {
  const folders = [place.checkout.folder, place.home];
  const original = checks.length > 1 ? await keepOriginal(folders, homes, `kept-${request.task}`, signal) : null;
  const context = { request, place, checkouts, now: () => clock.now(), variant };
  const outcomes: CheckOutcome[] = [];
  try {
    for (const check of checks) {
      if (outcomes.length > 0) await original?.restore();
      progress(`check ${check.name}: ${check.run}`);
      outcomes.push(await runCheck(context, check, signal));
    }
  } finally {
    await original?.remove();
  }
  return outcomes;
}

/** Why a setup left nothing to run checks in. */
export function describeFailure({ command, exit, timedOut, output }: SetupOutcome): string {
  const how = timedOut ? `did not end within ${SETUP_LIMIT_MS / 60_000} minutes` : `ended with exit ${exit}`;
  const last = (output?.tail || output?.head || '').trimEnd().split('\n').slice(-10).join('\n');
  return `the setup command \`${command}\` ${how}${last === '' ? '' : `:\n${last}`}`;
}
