/** A repository, a task's folders in it, and the checks of a brief at a snapshot of what was written there. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Brief, frontMatterSchema } from '../../../src/core/brief/brief';
import type { Workspace } from '../../../src/core/events';
import type { CheckPort, CheckRequest, ColumnsRequest } from '../../../src/core/ports/checks';
import type { RepositoryFacts } from '../../../src/core/ports/repository';
import { columnsOf } from '../../../src/core/task/columnsOf';
import type { CheckResult, Verification } from '../../../src/core/verify/verification';
import { createChecks } from '../../../src/node/checks/checks';
import { createCheckouts } from '../../../src/node/git/checkout';
import { identifyRepository } from '../../../src/node/git/repository';
import { createWorkspaces } from '../../../src/node/git/workspace';
import type { ConfinementMode } from '../../../src/node/process/confinement';
import { makeRepository, type TestRepository, writeFiles } from '../../fixtures/repository';

type Files = Parameters<typeof writeFiles>[1];

export interface CheckDraft {
  readonly run: string;
  readonly timeout?: number;
  readonly report?: string | readonly string[];
}

const never = new AbortController().signal;

export class ChecksHarness {
  readonly state = realpathSync(mkdtempSync(join(tmpdir(), 'cs-checks-')));
  readonly folder = join(this.state, 'task-folder');
  readonly progress: string[] = [];
  readonly #repository: TestRepository;
  readonly #workspaces = createWorkspaces(this.state, 'shared');
  readonly #checks: CheckPort;
  #facts: RepositoryFacts | null = null;
  #workspace: Workspace | null = null;
  #turn = 0;

  constructor(base: Files, options: { sandbox?: ConfinementMode; network?: readonly string[] } = {}) {
    this.#repository = makeRepository({ files: base });
    mkdirSync(this.folder);
    this.#checks = createChecks({
      checkouts: createCheckouts(this.state),
      sandbox: options.sandbox ?? 'auto',
      network: options.network ?? [],
      places: {
        homes: join(this.state, 'homes'),
        cache: join(this.state, 'cache', 'setup'),
        homeOf: (task) => join(this.state, 'homes', task),
        state: this.state,
      },
      clock: { now: () => '2026-01-01T00:00:00Z', monotonic: () => performance.now() },
    });
  }

  get workspace(): Workspace {
    return this.#workspace!;
  }

  async prepare(): Promise<this> {
    this.#facts = await identifyRepository(this.#repository.dir);
    const { head } = this.#facts;
    const request = {
      task: 't1',
      slug: 'do-it',
      repository: this.#facts,
      base: head,
      branch: 'countersign/do-it',
      copy: [],
    };
    this.#workspace = await this.#workspaces.prepare(request, never);
    return this;
  }

  /** The brief's setup in the agent's folder. */
  setup(command: string, signal = never): Promise<void> {
    return this.#checks.setup(
      { ...this.#request({}, command), tree: null },
      (line) => this.progress.push(line),
      signal,
    );
  }

  /** Writes `files` as an agent would, takes a snapshot and verifies it. */
  async verify(
    checks: Readonly<Record<string, CheckDraft>>,
    options: {
      files?: Files;
      gone?: readonly string[];
      setup?: string;
      signal?: AbortSignal;
      /** Whether the columns beside the results are made. */
      compare?: boolean;
    } = {},
  ): Promise<Verification> {
    writeFiles(this.workspace.worktree.path, options.files ?? {});
    for (const path of options.gone ?? []) rmSync(join(this.workspace.worktree.path, path));
    const { snapshot } = await this.#workspaces.snapshot(
      {
        task: 't1',
        turn: ++this.#turn,
        repository: this.#facts!,
        workspace: this.workspace,
        parent: this.#facts!.head,
        message: 'turn',
      },
      never,
    );
    const request = { ...this.#request(checks, options.setup), snapshot };
    const compare = options.compare === true ? { compare: await this.#columns(request.brief, snapshot.tree) } : {};
    return this.#checks.verify({ ...request, ...compare }, (line) => this.progress.push(line), options.signal ?? never);
  }

  async #columns(brief: Brief, tree: string): Promise<ColumnsRequest> {
    const { changes, reader } = await this.#workspaces.diff(this.workspace, tree);
    try {
      return await columnsOf({ brief, changes, reader }, this.workspace.worktree);
    } finally {
      await reader.close();
    }
  }

  /** Verifies one check. */
  async check(draft: CheckDraft, options: Parameters<ChecksHarness['verify']>[1] = {}): Promise<CheckResult> {
    return (await this.verify({ it: draft }, options)).checks[0]!;
  }

  log(result: CheckResult): Buffer {
    return readFileSync(join(this.folder, result.log.path));
  }

  /** Names of folders below a part of the state directory. */
  left(part: string): string[] {
    try {
      return readdirSync(join(this.state, part));
    } catch {
      return [];
    }
  }

  remove(): void {
    rmSync(this.state, { recursive: true, force: true });
    this.#repository.remove();
  }

  #request(checks: Readonly<Record<string, CheckDraft>>, setup?: string): Omit<CheckRequest, 'snapshot'> {
    const front = frontMatterSchema.parse({
      countersign: 1,
      scope: { change: ['src/**'] },
      checks: Object.entries(checks).map(([name, draft]) => ({ name, ...draft })),
      ...(setup === undefined ? {} : { setup }),
    });
    const brief: Brief = {
      source: '',
      hash: 'b'.repeat(64),
      title: 'A brief',
      front,
      goal: 'Do it',
      nonGoals: [],
      criteria: [],
      context: '',
      otherSections: [],
      lines: {},
    };
    const { workspace, folder } = this;
    return { task: 't1', slug: 'do-it', repository: this.#facts!, workspace, brief, folder };
  }
}
