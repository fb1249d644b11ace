/** The trials that run now. None outlives its client or the host. */
import { applyPolicy } from '../../core/brief/applyPolicy';
import type { Brief, Check } from '../../core/brief/brief';
import { parseCommands } from '../../core/brief/parse';
import { fail } from '../../core/errors';
import type { RepositoryPort } from '../../core/ports/repository';
import type { CommitReader } from '../../node/briefs/commitFacts';
import { runTrial, type TrialsOptions } from '../../node/checks/trials';
import type { Caller, Params, Result } from '../rpc';
import { Errands } from './errands';

/** Each may start whatever its check starts. */
const MOST_TRIALS = 4;

export class TrialDesk {
  readonly #options: TrialsOptions;
  readonly #repositories: Pick<RepositoryPort, 'identify'>;
  readonly #commits: CommitReader;
  readonly #errands = new Errands('trial', MOST_TRIALS);

  constructor(options: TrialsOptions, repositories: Pick<RepositoryPort, 'identify'>, commits: CommitReader) {
    this.#options = options;
    this.#repositories = repositories;
    this.#commits = commits;
  }

  /**
   * Runs one check of a brief, for as long as its client is there.
   * @throws BRIEF_*, POLICY_INVALID, USAGE for a check that the brief does not have, HOST_BUSY, STOPPED, and what
   *   `identify` and a verification throw
   */
  run(params: Params<'brief/try'>, caller: Caller): Promise<Result<'brief/try'>> {
    return this.#errands.run(params.trial, caller, (signal) => this.#try(params, caller, signal));
  }

  /** Stops a trial of this client; one that has ended needs no stopping. */
  stop(trial: string, caller: Caller): void {
    this.#errands.stop(trial, caller);
  }

  /** Stops all, for the host's end. */
  close(): Promise<void> {
    return this.#errands.close();
  }

  async #try(
    { repo, brief: { text, file }, check: name, trial }: Params<'brief/try'>,
    caller: Caller,
    signal: AbortSignal,
  ): Promise<Result<'brief/try'>> {
    const repository = await this.#repositories.identify(repo);
    const parsed = parseCommands(text, file ?? 'brief.md');
    const policy = (await this.#commits.of(repository)).policy();
    const brief = policy === null ? parsed : applyPolicy(parsed, policy).brief;
    const request = { repository, brief, check: checkOf(brief, name) };
    const progress = (message: string) => caller.notify('trial/progress', { trial, message });
    return { ...(await runTrial(this.#options, request, progress, signal)) };
  }
}

function checkOf({ front: { checks } }: Brief, name: string): Check {
  const found = checks.find((check) => check.name === name);
  if (found !== undefined) return found;
  const known = checks.length === 0 ? 'it has none' : `it has ${checks.map((check) => check.name).join(', ')}`;
  return fail('USAGE', `the brief has no check \`${name}\`; ${known}`, { fix: 'name one of its checks' });
}
