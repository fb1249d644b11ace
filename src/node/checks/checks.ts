/** Carries out a brief's setup and checks: in a clean checkout of the snapshot, confined, with their output as evidence. */
import { join } from 'node:path';
import { fail } from '../../core/errors';
import type { CheckPort, FolderSetupRequest, VerifyRequest } from '../../core/ports/checks';
import type { Clock, Progress } from '../../core/ports/machine';
import type { CheckResult, Verification } from '../../core/verify/verification';
import { makeFolder, removeFolder } from '../git/folders';
import { type Confinement, type ConfinementMode, findConfinement } from '../process/confinement';
import { environmentNames } from '../process/environment';
import { BaseResults } from './baseResults';
import type { CheckoutPort } from './checkoutPort';
import { checkNotRun } from './checkRun';
import { addColumns, type ColumnGrounds } from './columns';
import { UNATTENDED } from './confinedCommand';
import type { SetupOutcome } from './setup';
import { SetupCache } from './setupCache';
import { describeFailure, hiddenFrom, prepareFolder, runAt, type Watch } from './site';

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

/** The port that runs checks on this machine. */
export function createChecks(options: ChecksOptions): CheckPort {
  return new ConfinedChecks(options);
}

class ConfinedChecks implements CheckPort {
  readonly #options: ChecksOptions;
  readonly #cache: SetupCache;
  readonly #bases: BaseResults;

  constructor(options: ChecksOptions) {
    this.#options = options;
    this.#cache = new SetupCache(options.places.cache);
    this.#bases = new BaseResults(join(options.places.state, 'cache', 'base'));
  }

  async setup(request: FolderSetupRequest, progress: Progress, signal: AbortSignal): Promise<void> {
    const { tree } = request;
    const grounds = await this.#grounds();
    const place = {
      folder: request.workspace.worktree.path,
      home: this.#options.places.homeOf(request.task),
      readable: [join(request.repository.commonDir, 'objects')],
      hidden: hiddenFrom(grounds, request),
      log: join(request.folder, 'evidence', 'setup.log'),
      unchanged: async (paths: readonly string[]) =>
        tree === null || grounds.checkouts.sameAsBase(request, tree, paths),
    };
    const outcome = await prepareFolder(grounds, request, place, { progress, signal });
    if (outcome !== null && outcome.exit !== 0) fail('SETUP_FAILED', describeFailure(outcome));
  }

  async verify(request: VerifyRequest, progress: Progress, signal: AbortSignal): Promise<Verification> {
    const { clock } = this.#options;
    const grounds = await this.#grounds();
    const startedAt = clock.now();
    const begun = clock.monotonic();
    const { setup, ...results } = await resultsOf(grounds, request, { progress, signal });
    const { commit, tree } = request.snapshot;
    return {
      commit,
      tree,
      brief: request.brief.hash,
      startedAt,
      seconds: Math.round(clock.monotonic() - begun) / 1000,
      confinement: grounds.confinement.kind,
      setup: setup && { command: setup.command, exit: setup.exit, seconds: setup.seconds, cached: setup.cached },
      environment: [...grounds.environment],
      ...results,
    };
  }

  async rehearse(
    request: Omit<VerifyRequest, 'folder' | 'compare'>,
    progress: Progress,
    signal: AbortSignal,
  ): Promise<Verification> {
    const place = await makeFolder(this.#options.places.homes, `rehearsal-${request.task}`);
    try {
      return await this.verify({ ...request, folder: place.path }, progress, signal);
    } finally {
      await removeFolder(place);
    }
  }

  async #grounds(): Promise<ColumnGrounds> {
    const { checkouts, clock, network, places, sandbox } = this.#options;
    const confinement = await findConfinement(sandbox);
    return {
      checkouts,
      confinement,
      cache: this.#cache,
      bases: this.#bases,
      clock,
      homes: places.homes,
      state: places.state,
      network,
      environment: namesGiven(confinement, network),
    };
  }
}

/** Names of the variables that a check is given. */
function namesGiven({ kind }: Confinement, network: readonly string[]): readonly string[] {
  return environmentNames(process.env, {
    network: network.includes('checks'),
    env: UNATTENDED,
    privateTmp: kind === 'bwrap',
  });
}

async function resultsOf(
  grounds: ColumnGrounds,
  request: VerifyRequest,
  watch: Watch,
): Promise<{ readonly setup: SetupOutcome | null } & Pick<Verification, 'checks' | 'overlay'>> {
  const { checks } = request.brief.front;
  const { setup, outcomes } = await runAt(grounds, request, checks, watch);
  if (setup !== null && setup.exit !== 0) {
    const why = describeFailure(setup);
    const results = await Promise.all(checks.map((check) => checkNotRun(request, check, why)));
    return { setup, checks: results.map((result) => notCompared(result, request)) };
  }
  if (request.compare === undefined) return { setup, checks: outcomes.map(({ result }) => result) };
  return { setup, ...(await addColumns(grounds, request, request.compare, outcomes, watch)) };
}

/** Without a setup at the result there is nothing to compare. */
function notCompared(result: CheckResult, { compare }: VerifyRequest): CheckResult {
  if (compare === undefined) return result;
  const column = { kind: 'not-run', why: 'the setup failed at the result' } as const;
  return { ...result, base: column, overlay: column };
}
