/** Carries out a brief's setup and checks: in a clean checkout of the snapshot, confined, with their output as evidence. */
import { join } from 'node:path';
import { fail } from '../../core/errors';
import type { CheckPort, CheckRequest, Clock, FolderSetupRequest, Progress, VerifyRequest } from '../../core/ports';
import type { CheckResult, Verification } from '../../core/verify/verification';
import { makeFolder, removeFolder } from '../git/folders';
import { type Confinement, type ConfinementMode, findConfinement } from '../process/confinement';
import type { CheckoutPort } from './checkoutPort';
import { type CheckPlace, checkNotRun, runCheck } from './checkRun';
import { keepOriginal } from './original';
import { runSetup, SETUP_LIMIT_MS, type SetupOutcome, type SetupRequest } from './setup';
import { SetupCache } from './setupCache';

export interface ChecksOptions {
  readonly checkouts: CheckoutPort;
  readonly sandbox: ConfinementMode;
  /** What may reach the network: `setup`, `checks`. */
  readonly network: readonly string[];
  readonly places: {
    /** HOMEs of verifications are made, and removed, below it. */
    readonly homes: string;
    /** Results of pure installers are kept below it. */
    readonly cache: string;
    /** The private HOME of a task's agent: what setup puts there, the agent is meant to find. */
    readonly homeOf: (task: string) => string;
    /** The state directory: nothing of it is seen, wherever it lies. */
    readonly state: string;
  };
  readonly clock: Clock;
}

type SetupPlace = Pick<SetupRequest, 'folder' | 'home' | 'readable' | 'hidden' | 'log' | 'unchanged'>;

/** The port that runs checks on this machine. */
export function createChecks(options: ChecksOptions): CheckPort {
  return new ConfinedChecks(options);
}

class ConfinedChecks implements CheckPort {
  readonly #options: ChecksOptions;
  readonly #cache: SetupCache;

  constructor(options: ChecksOptions) {
    this.#options = options;
    this.#cache = new SetupCache(options.places.cache);
  }

  async setup(request: FolderSetupRequest, progress: Progress, signal: AbortSignal): Promise<void> {
    const { tree } = request;
    const place = {
      folder: request.workspace.worktree.path,
      home: this.#options.places.homeOf(request.task),
      readable: [join(request.repository.commonDir, 'objects')],
      hidden: this.#hidden(request),
      log: join(request.folder, 'evidence', 'setup.log'),
      unchanged: async (paths: readonly string[]) =>
        tree === null || this.#options.checkouts.sameAsBase(request, tree, paths),
    };
    const confinement = await findConfinement(this.#options.sandbox);
    const outcome = await this.#prepare(confinement, request, place, { progress, signal });
    if (outcome !== null && outcome.exit !== 0) fail('SETUP_FAILED', describeFailure(outcome));
  }

  async verify(request: VerifyRequest, progress: Progress, signal: AbortSignal): Promise<Verification> {
    const { checkouts, clock, places } = this.#options;
    const confinement = await findConfinement(this.#options.sandbox);
    const startedAt = clock.now();
    const begun = clock.monotonic();
    progress('opening a clean checkout');
    const checkout = await checkouts.open(request, signal);
    // Not the agent's HOME, nor that of an earlier verification: both could hold what makes a check pass.
    const home = await makeFolder(places.homes, `check-${request.task}`);
    try {
      const network = this.#options.network.includes('checks');
      const place = { confinement, checkout, home, hidden: this.#hidden(request), network };
      const setup = await this.#prepareCheckout(request, place, { progress, signal });
      const checks = await this.#runChecks(request, place, setup, { progress, signal });
      const { commit, tree } = request.snapshot;
      const seconds = Math.round(clock.monotonic() - begun) / 1000;
      const ran = setup && { command: setup.command, exit: setup.exit, seconds: setup.seconds, cached: setup.cached };
      return {
        commit,
        tree,
        brief: request.brief.hash,
        startedAt,
        seconds,
        confinement: confinement.kind,
        setup: ran,
        checks,
      };
    } finally {
      await removeFolder(home);
      // Checks have run in it: whoever wants to see the snapshot opens a clean one.
      await checkouts.remove(request);
    }
  }

  #hidden({ repository }: Pick<CheckRequest, 'repository'>): readonly string[] {
    return [this.#options.places.state, repository.root, repository.commonDir];
  }

  #prepareCheckout(request: VerifyRequest, place: CheckPlace, watch: Watch): Promise<SetupOutcome | null> {
    const { tree } = request.snapshot;
    const setup = {
      folder: place.checkout.folder.path,
      home: place.home.path,
      readable: place.checkout.readable,
      hidden: place.hidden,
      // A dot, so that no name of a check can be the same.
      log: join(request.folder, 'evidence', `setup.${tree}.log`),
      unchanged: (paths: readonly string[]) => this.#options.checkouts.sameAsBase(request, tree, paths),
    };
    return this.#prepare(place.confinement, request, setup, watch);
  }

  async #prepare(
    confinement: Confinement,
    request: Pick<VerifyRequest, 'task' | 'brief'>,
    place: SetupPlace,
    { progress, signal }: Watch,
  ): Promise<SetupOutcome | null> {
    const command = request.brief.front.setup;
    if (command === undefined) return null;
    progress(`setup: ${command}`);
    const network = this.#options.network.includes('setup');
    return runSetup(confinement, this.#cache, { task: request.task, command, network, ...place }, signal);
  }

  async #runChecks(
    request: VerifyRequest,
    place: CheckPlace,
    setup: SetupOutcome | null,
    { progress, signal }: Watch,
  ): Promise<CheckResult[]> {
    const { checks } = request.brief.front;
    if (setup !== null && setup.exit !== 0) {
      return Promise.all(checks.map((check) => checkNotRun(request, check, describeFailure(setup))));
    }
    const { checkouts, places } = this.#options;
    const folders = [place.checkout.folder, place.home];
    const original =
      checks.length > 1 ? await keepOriginal(folders, places.homes, `kept-${request.task}`, signal) : null;
    const results: CheckResult[] = [];
    try {
      for (const check of checks) {
        if (results.length > 0) await original?.restore();
        progress(`check ${check.name}: ${check.run}`);
        results.push(await runCheck({ request, place, checkouts }, check, signal));
      }
    } finally {
      await original?.remove();
    }
    return results;
  }
}

interface Watch {
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

function describeFailure({ command, exit, timedOut, output }: SetupOutcome): string {
  const how = timedOut ? `did not end within ${SETUP_LIMIT_MS / 60_000} minutes` : `ended with exit ${exit}`;
  const last = (output?.tail || output?.head || '').trimEnd().split('\n').slice(-10).join('\n');
  return `the setup command \`${command}\` ${how}${last === '' ? '' : `:\n${last}`}`;
}
