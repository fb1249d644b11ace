/**
 * What the controller needs from the machine, in the core's own words: strings, records and streams. The adapters in
 * `node/` implement these; the tests of the controller implement them again with scripts. Every method that can take
 * long takes an `AbortSignal`; every method throws only `CountersignError`.
 */
import type { ToolAnswer } from './agent/tools/tools';
import type { Brief } from './brief/brief';
import type { Reporting } from './brief/readiness';
import type { Change, RunObservations, TreeReader } from './drift/diff';
import type { DriftReport } from './drift/report';
import type {
  Adoption,
  EventOf,
  Folder,
  JournalLine,
  Landing,
  Repository,
  Signoff,
  Snapshot,
  TaskEvent,
  Usage,
  Workspace,
} from './events';
import type { HandPort } from './handPort';
import type { ChangedFile } from './review/reviewer/changedFile';
import type { Review } from './review/reviewer/review';
import type { Task } from './task/task';
import type { OverlayPlan } from './verify/overlay';
import type { Receipt } from './verify/receipt';
import type { Verification } from './verify/verification';

/** A process as the journal names it: a pid alone may be reused, with its start time it is not. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly startedAt: string;
}

/** What the working directory's repository is, read once at hand-off. */
export interface RepositoryFacts extends Repository {
  /** Full ref of the checked-out branch, or null when detached. */
  readonly branch: string | null;
  readonly head: string;
}

/** Reads of the user's repository that change nothing in it. */
export interface RepositoryPort {
  /** Throws NOT_A_REPOSITORY, REPOSITORY_BARE, REPOSITORY_EMPTY. */
  identify(folder: string): Promise<RepositoryFacts>;
  /** A revision as a full commit oid. Throws REVISION_NOT_FOUND. */
  resolve(repository: Repository, revision: string): Promise<string>;
  /** A text file of a commit, or null when it is absent, no file, or over 1 MiB. */
  textAt(repository: Repository, commit: string, path: string): Promise<string | null>;
  /** Every path of a commit's tree. */
  pathsAt(repository: Repository, commit: string): Promise<readonly string[]>;
  /** Who git says that the user is. */
  identity(repository: Repository): Promise<{ name: string; email: string } | null>;
}

/** What a tree holds at one path. */
export interface TreeEntry {
  readonly oid: string;
  /** Octal, as git writes it. */
  readonly mode: string;
  /** Of the whole content, in bytes. */
  readonly size: number;
  /** The content, cut; a link's is where it leads, a submodule's the name of its commit. */
  readonly bytes: Uint8Array;
}

/** Reads of the snapshots in the user's repository: they are there whatever became of the task's folders. */
export interface ObjectsPort {
  /** The difference of two commits, found and counted as the drift's is. */
  changes(repository: Repository, from: string, to: string): Promise<readonly Change[]>;
  /** The same, with the lines around each change of text. */
  hunks(repository: Repository, from: string, to: string): Promise<readonly ChangedFile[]>;
  /** The file, link or submodule at a path of a commit, at most `most` bytes of it; null when there is none. */
  entry(repository: Repository, commit: string, path: string, most: number): Promise<TreeEntry | null>;
}

/** A branch that could be adopted. */
export interface BranchFacts {
  /** Full name. */
  readonly ref: string;
  /** As people write it: `fix/retry`, `origin/fix/retry`. */
  readonly name: string;
  /** When its newest commit was made, RFC 3339. */
  readonly at: string;
  readonly author: string;
  readonly subject: string;
}

/** Work of others: found in the user's repository, or brought there from one of its remotes. */
export interface AdoptionPort {
  /**
   * Finds what a branch, a revision or a pull request names, and what it adds to `against`. A pull request is fetched, with
   * the user's own git as they would do it, into a ref of ours; no branch, index or configuration of theirs changes.
   *
   * @param request.against a commit: where the work left its history is the base
   * @throws REVISION_NOT_FOUND, ADOPT_EMPTY, ADOPT_UNREACHABLE, ADOPT_REFUSED
   */
  find(request: AdoptionRequest, signal: AbortSignal): Promise<FoundWork>;
  /** Keeps a commit from being collected, as long as the task has a record. */
  keep(repository: Repository, task: string, commit: string): Promise<void>;
  /** Branches, here and as they were last fetched, that the checked-out one does not hold yet; the newest first. */
  branches(repository: RepositoryFacts): Promise<readonly BranchFacts[]>;
}

export interface AdoptionRequest {
  readonly repository: Repository;
  /** As a person names it. */
  readonly named: string;
  readonly against: string;
}

export interface FoundWork {
  readonly work: Omit<Adoption, 'turn'>;
  /** The merge base. */
  readonly base: string;
  /** Lets go of what was fetched; what `keep` keeps stays. */
  release(): Promise<void>;
}

/** Tasks as they are stored: every change is an event, durable before it is seen. */
export interface TaskRecords {
  create(event: Omit<EventOf<'created'>, 'id' | 'slug' | 'branch'>, brief: string): Promise<Task>;
  /** Judges by `transition`, makes it durable, then shows it. An illegal event throws TASK_STATE and is not written. */
  append(task: string, event: TaskEvent): Promise<Task>;
  /** Throws TASK_NOT_FOUND. */
  get(task: string): Promise<Task>;
  /** Tasks that are not at rest, oldest first. */
  live(): Promise<readonly Task[]>;
  /** Everything that happened to the task so far. */
  history(task: string): Promise<readonly JournalLine[]>;
  /**
   * Takes a task out of every list, for good and durably. Throws TASK_NOT_FOUND, and TASK_STATE when something drives it.
   */
  forget(task: string): Promise<Remains>;
  /** What tasks have left that were forgotten under an earlier host. */
  remains(): Promise<readonly Remains[]>;
  /** The brief's text as it was handed off. */
  brief(task: string): Promise<string>;
  /** The task's folder in the state directory. */
  folder(task: string): string;
  /** Stores evidence under the task's folder; returns the file's name for the journal. */
  saveVerification(task: string, verification: Verification): Promise<string>;
  saveDrift(task: string, report: DriftReport): Promise<string>;
  saveReview(task: string, review: Review): Promise<string>;
  /** Null when there is none; throws JOURNAL_CORRUPT when it does not parse. */
  verification(task: string, file: string): Promise<Verification | null>;
  drift(task: string, file: string): Promise<DriftReport | null>;
  review(task: string, file: string): Promise<Review | null>;
  /** The output of a check as it was kept, its last `most` bytes; null when there is no such file. */
  output(task: string, file: string, most: number): Promise<{ bytes: Uint8Array; size: number } | null>;
  /** SHA-256 of a file of evidence as it lies there now; null when there is no such file. */
  digest(task: string, file: string): Promise<string | null>;
}

/** What the agent said and did, on disk as it comes. */
export interface TranscriptPort {
  add(task: string, update: AgentUpdate): void;
  /** The agent's last message of the newest turn, capped; null when it said nothing. */
  lastWords(task: string): Promise<string | null>;
  /** Resolves when everything so far is on disk; a full disk is told to whoever watches and is no failure of the task. */
  flush(task: string): Promise<void>;
  /** The task has nothing to say for now: its file is let go, and opened again when it has. */
  close(task: string): Promise<void>;
}

export interface WorkspaceRequest {
  readonly task: string;
  readonly slug: string;
  readonly repository: Repository;
  readonly base: string;
  readonly branch: string;
  /** The commit whose files fill the folder; absent = the base. */
  readonly start?: string;
  /** Folders that these take the place of: they go first. */
  readonly instead?: Workspace | null;
  /** Patterns of ignored files to copy from the user's working tree. */
  readonly copy: readonly string[];
}

/** The git side of a task: everything it does goes through git directories that the agent cannot write. */
export interface WorkspacePort {
  /** Pins the base, makes clone and shadow, fingerprints both. Leaves nothing behind when it fails. */
  prepare(request: WorkspaceRequest, signal: AbortSignal): Promise<Workspace>;
  /**
   * Called before the agent starts where more than the checkout filled the folder (a setup command, copied files): what
   * is ignored now is not the agent's.
   */
  settled(task: string, workspace: Workspace): Promise<void>;
  /** Whether the agent's folder is still the one that was made: somebody may have deleted or replaced it. */
  isThere(workspace: Workspace): Promise<boolean>;
  /** The tree of the folder as it is now; cheap, no commit, for live drift. */
  look(task: string, workspace: Workspace, signal: AbortSignal): Promise<{ tree: string; changes: readonly Change[] }>;
  /** Walks, snapshots, fetches into the user's repository as `refs/countersign/<task>/<turn>`. */
  snapshot(
    request: SnapshotRequest,
    signal: AbortSignal,
  ): Promise<{ snapshot: Snapshot; observations: RunObservations }>;
  /**
   * The snapshot of work that somebody else committed: its very tree, on top of its commit, whatever the folder holds.
   * Throws SNAPSHOT_FAILED when git refuses an object of it.
   */
  adopt(request: AdoptRequest, signal: AbortSignal): Promise<Snapshot>;
  /**
   * Takes paths of the folder back to the base: what was added goes, what was changed or deleted comes back. What is at
   * the base already stays so, and it may be repeated. Throws REVERT_REFUSED, before anything is changed, when a path is
   * neither as in the snapshot nor as in the base.
   */
  revert(request: RevertRequest, signal: AbortSignal): Promise<void>;
  /** The difference base → tree, with a reader over both. */
  diff(workspace: Workspace, tree: string): Promise<{ changes: readonly Change[]; reader: TreeReader & Closable }>;
  /** Deletes worktree, shadow and checkouts of the task, if they are still the folders that we made. Returns what went. */
  remove(task: string, workspace: Workspace): Promise<readonly string[]>;
  /** The work is in the history: the pins of its base and of the stashes at hand-off are let go. The snapshots stay. */
  unpin(task: string, repository: Repository): Promise<void>;
  /** The refs that keep the task's base and snapshots in the user's repository; none where that is gone. */
  refs(task: string, repository: Repository): Promise<readonly string[]>;
  /** A folder with a snapshot's files, for a person: one that nobody touched since it was made. Returns its path. */
  checkout(request: LookRequest, signal: AbortSignal): Promise<string>;
  /** A folder with a snapshot's files for a program that only reads them; one at a time for a snapshot. */
  reading(request: LookRequest, signal: AbortSignal): Promise<ReadingRoom>;
  /** Folders of `checkout` in which somebody changed something: no removal takes them along. */
  touched(workspace: Workspace): Promise<readonly string[]>;
  /** Work of a person in the place of the agent. */
  readonly hand: HandPort;
  /** Deletes what is left of a task that the records forgot. What has gone already is no failure. */
  discard(remains: Remains): Promise<void>;
  /** After a crash: deletes what a `prepare` that never ended left of this task, by the identity that it wrote down. */
  sweep(task: string, repository: Repository): Promise<readonly string[]>;
  /** Makes the folders again from the newest snapshot, for a restored task. */
  restore(
    request: WorkspaceRequest,
    snapshot: Pick<Snapshot, 'commit'> | null,
    signal: AbortSignal,
  ): Promise<Workspace>;
}

/** What a deleted task has left, until it is discarded. */
export interface Remains {
  /** What was its folder in the state directory. */
  readonly folder: string;
  /** Its other folders; null when it had none. */
  readonly workspace: Workspace | null;
}

export interface ReadingRoom extends Closable {
  readonly folder: string;
  /** What git needs to read there: the object store behind its git directory. */
  readonly readable: readonly string[];
  /** Whether it holds the snapshot and nothing else, what the base ignores aside. */
  isUntouched(): Promise<boolean>;
}

export interface LookRequest {
  readonly task: string;
  readonly slug: string;
  readonly repository: Repository;
  readonly workspace: Workspace;
  readonly snapshot: { readonly commit: string; readonly tree: string };
}

export interface SnapshotRequest {
  readonly task: string;
  readonly turn: number;
  readonly repository: Repository;
  readonly workspace: Workspace;
  /** The previous snapshot's commit or the base: the parent. */
  readonly parent: string;
  readonly message: string;
  /** An earlier snapshot of the same turn: its commit is kept by a ref of its own. */
  readonly replaces?: string | null;
}

/** `parent` is the commit that is adopted. */
export interface AdoptRequest extends SnapshotRequest {
  readonly tree: string;
}

export interface RevertRequest {
  readonly workspace: Workspace;
  /** The snapshot that the person saw. */
  readonly snapshot: Snapshot;
  readonly paths: readonly string[];
}

export interface Closable {
  close(): Promise<void>;
}

/** One line of the transcript, already capped. The whole stream is on disk. */
export type AgentUpdate =
  | { readonly kind: 'text'; readonly role: 'agent' | 'thought' | 'user'; readonly text: string }
  | { readonly kind: 'output'; readonly stream: 'stdout' | 'stderr'; readonly text: string }
  | {
      readonly kind: 'tool';
      readonly call: string;
      readonly title: string;
      readonly status: string;
      readonly paths: readonly string[];
    }
  | { readonly kind: 'plan'; readonly entries: readonly { text: string; status: string }[] }
  | { readonly kind: 'note'; readonly text: string };

export interface PermissionQuestion {
  readonly request: string;
  readonly what: string;
  readonly boundary: string | null;
}

/** What the adapter reports while a turn runs. `ask` resolves when a person answers, or refuses when nobody is there. */
export interface AgentEvents {
  update(update: AgentUpdate): void;
  session(session: string | null, agent: { name: string; version: string | null }): Promise<void>;
  decided(event: Extract<TaskEvent, { type: 'decided' }>): Promise<void>;
  ask(question: PermissionQuestion): Promise<{ allow: boolean; by: string }>;
  /** The adapter saw a sign that files were written, or the agent has fallen quiet. */
  wrote(): void;
  /** What the agent may ask of us while it works; absent: nothing. */
  readonly tools?: AgentTools;
}

/** The tools that we offer to an agent (`agent/tools/tools.ts`). */
export interface AgentTools {
  /** Answers one call, whatever it holds; `waiting` is told when a person is waited for, and when no more. Never rejects. */
  call(tool: string, input: unknown, waiting: (waits: boolean) => void): Promise<ToolAnswer>;
}

export interface TurnRequest {
  readonly task: string;
  readonly turn: number;
  readonly kind: 'work' | 'correction';
  readonly agent: string;
  readonly brief: Brief;
  readonly prompt: string;
  readonly worktree: string;
  /** Read-only for the agent: the user's object store behind the private clone. */
  readonly readable: readonly string[];
  /** Never seen by the agent, save for what it may read: the user's working tree and git directory. */
  readonly hidden: readonly string[];
  /** The brief as people have widened it by now; absent = `brief`. */
  readonly briefNow?: () => Brief;
  /** The session of an earlier turn, to be loaded again. */
  readonly session: string | null;
  /** Wall-clock limit in milliseconds, or null. */
  readonly limit: number | null;
  /** What the turn may cost, as far as the agent tells; absent = whatever it costs. */
  readonly spending?: Spending;
}

/** The budget of one turn in tokens and US dollars; null = no limit. */
export interface Spending {
  readonly tokens: number | null;
  readonly usd: number | null;
  /** What the task's newest earlier turn reported: running totals of a session that goes on begin there. */
  readonly before: Usage | null;
}

export interface TurnOutcome {
  /** `end_turn`, `exit`, `cancelled`, `timeout`, `budget`, ... as the agent or the adapter named it. */
  readonly stop: string;
  /** Of `budget`: what was reported and the limit, in words. */
  readonly over?: string | null;
  readonly exit: number | null;
  readonly usage: Usage | null;
  readonly survivors: readonly string[];
}

/** One question to an agent that may only read: a second opinion on a result, or the shape of a brief. */
export interface ConsultRequest {
  /** Marks its processes, so that `reap` finds them. */
  readonly task: string;
  readonly agent: string;
  /** Of the built-in `command` agent: a shell command that reads the prompt from its input and prints the answer; else null. */
  readonly command: string | null;
  readonly prompt: string;
  /** Where it works. It cannot write there, as far as this machine has a sandbox; whoever made the folder looks afterwards. */
  readonly folder: string;
  /** As of a turn. */
  readonly readable: readonly string[];
  readonly hidden: readonly string[];
  /** Wall-clock limit in milliseconds. */
  readonly limit: number;
  readonly purpose: 'review' | 'plan';
  /** Told what it is doing. */
  readonly progress?: Progress;
}

export interface Consultation {
  /** What it said, without thoughts and tools; cut where it said more than an answer may have. */
  readonly text: string;
  readonly usage: Usage | null;
  readonly agent: { readonly name: string; readonly version: string | null };
  /** As of a turn; `too-long` when it was ended because its answer had no end. */
  readonly stop: string;
  /** What it asked to do beyond reading, and was refused; the first of it. */
  readonly refused: readonly string[];
  /** How its processes were confined. */
  readonly confinement: string;
  readonly survivors: readonly string[];
}

/** Runs one turn of one agent to its end, and leaves no process behind whatever happens. */
export interface AgentPort {
  /** How the agent's processes will be confined on this machine. Throws AGENT_UNKNOWN, AGENT_NOT_INSTALLED, SANDBOX_REQUIRED. */
  confinement(agent: string): Promise<string>;
  /** Whether a turn of this agent is given tools of ours, where its events offer them. */
  takesTools?(agent: string): boolean;
  /** What an agent tells of what it uses; null for one that is not known. */
  reporting?(agent: string): Reporting | null;
  /** Resolves when the turn ended and every process of it is gone; rejects with a coded error. Abort = stop it. */
  turn(request: TurnRequest, events: AgentEvents, signal: AbortSignal): Promise<TurnOutcome>;
  /**
   * Puts one question to an agent, in a session and a HOME of its own that are gone afterwards. It may read; what it asks
   * to do beyond that is refused. Resolves when every process of it is gone, also when `signal` or the limit ended it
   * (`cancelled`, `timeout`). Throws AGENT_*, SANDBOX_REQUIRED, and COMMAND_FAILED when the command failed.
   */
  consult(request: ConsultRequest, signal: AbortSignal): Promise<Consultation>;
  /** Agents of this machine that could be asked: those that speak ACP and whose program is there, the user's own first. */
  installed(): Promise<readonly string[]>;
  /** After a crash of the host: ends what is left of a task's processes. Returns descriptions of survivors. */
  reap(task: string): Promise<readonly string[]>;
}

export interface CheckRequest {
  readonly task: string;
  readonly slug: string;
  readonly repository: Repository;
  readonly workspace: Workspace;
  readonly snapshot: { readonly commit: string; readonly tree: string };
  readonly brief: Brief;
  /** The task's folder in the state directory; logs go to `evidence/` below it. */
  readonly folder: string;
}

/** Of the task's places, checks at a snapshot need only the shadow. */
export type VerifyRequest = Omit<CheckRequest, 'workspace'> & {
  readonly workspace: Pick<Workspace, 'shadow' | 'base' | 'isolation'>;
  /** What the result is compared with; absent: the checks run at the snapshot alone. */
  readonly compare?: ColumnsRequest;
};

/** What stands beside the result of a check: the base, and the result with the base's tests and check configuration. */
export interface ColumnsRequest {
  readonly overlay: OverlayPlan;
  /** Paths that the work adds: a runner names a test file that does not load by its path. */
  readonly added: readonly string[];
  /** The agent's folder; null where no agent worked in it. A check that fails is tried once in a copy of it. */
  readonly folder: Folder | null;
}

export type FolderSetupRequest = Omit<CheckRequest, 'snapshot'> & {
  /** What lies in the folder; null = the base. */
  readonly tree: string | null;
};

/** Runs the brief's setup and checks in a clean checkout of a snapshot. */
export interface CheckPort {
  /** Runs the brief's setup command in the agent's folder, before the first turn. */
  setup(request: FolderSetupRequest, progress: Progress, signal: AbortSignal): Promise<void>;
  verify(request: VerifyRequest, progress: Progress, signal: AbortSignal): Promise<Verification>;
  /** The same for whoever is still at work: it is compared with nothing, and nothing of it is kept. */
  rehearse(
    request: Omit<VerifyRequest, 'folder' | 'compare'>,
    progress: Progress,
    signal: AbortSignal,
  ): Promise<Verification>;
}

export type Progress = (message: string) => void;

/** Brings a signed tree to its target. */
export interface LandingPort {
  /** Computes what would move, without moving anything. Throws LANDING_* when it may not. */
  plan(request: LandingRequest, signal: AbortSignal): Promise<LandingPlan>;
  /** Carries it out under the journal; `journal` makes each step durable before the next. */
  land(
    request: LandingRequest,
    plan: LandingPlan,
    journal: (event: TaskEvent) => Promise<void>,
  ): Promise<readonly string[]>;
  /**
   * Writes the receipts into the note of a delivered commit, beside what others wrote there. Repeated, it does no harm.
   * Throws GIT_FAILED when other processes change the notes all the time, STORAGE_FAILED.
   */
  note(repository: Repository, commit: string, receipts: readonly Receipt[], by: Signoff['by']): Promise<void>;
  /** The note of a commit; null when there is none. */
  noted(repository: Repository, commit: string): Promise<string | null>;
  /** Ends a landing that a dead host began: forward if the ref is new, back if it is old. Returns the final events. */
  recover(repository: Repository, landing: Landing): Promise<{ delivered: boolean; kept: readonly string[] }>;
}

export interface LandingRequest {
  readonly task: string;
  readonly repository: Repository;
  readonly mode: 'merge' | 'squash' | 'branch' | 'none';
  /** Full ref name to move. */
  readonly ref: string;
  readonly base: string;
  readonly snapshot: { readonly commit: string; readonly tree: string };
  readonly message: string;
  readonly by: { readonly name: string; readonly email: string };
}

export interface LandingPlan {
  readonly old: string | null;
  /** The tree that will be landed: the signed one, or the merge with a target that moved. */
  readonly tree: string;
  readonly moved: boolean;
  /** A commit of `tree`, to run the checks at when the target moved. It is never landed itself. */
  readonly probe: string;
  readonly checkout: Landing['checkout'];
}

export interface Clock {
  /** RFC 3339, for records only. */
  now(): string;
  /** Monotonic milliseconds, for every duration and limit. */
  monotonic(): number;
}
