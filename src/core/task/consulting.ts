/** Puts a task's result before a reviewer, in a clean folder that it cannot write, and holds the answer against the result. */
import { MODE } from '../drift/changes';
import { CountersignError, fail, toCountersignError } from '../errors';
import type { Repository, Snapshot, Usage } from '../events';
import type { ModelAnswer } from '../modelAnswer';
import type { Consultation } from '../ports/agents';
import type { ReadingRoom } from '../ports/workspace';
import { type ReviewAnswer, readAnswer } from '../review/reviewer/answer';
import type { ChangedFile } from '../review/reviewer/changedFile';
import { checkAnswer, pathsToRead } from '../review/reviewer/check';
import { askAgain, composeReviewPrompt } from '../review/reviewer/prompt';
import { noReview, REVIEW_STOPPED, type Review } from '../review/reviewer/review';
import { usageOfBoth } from '../spending';
import type { TaskContext } from './context';
import { evidenceOf } from './inspect';
import type { Reviewer } from './reviewer';
import { workspaceOf } from './stages';
import type { Task } from './task';

/** Minutes for both answers together, unless the brief says otherwise. */
const MINUTES = 15;
/** An answer that does not fit is asked for once more. */
const ATTEMPTS = 2;
/** UTF-16 units of each answer that are kept, for people who want to know why it was not used. */
const ANSWER_KEPT = 64 * 1024;
/** Bytes of one file that a quote is looked for in, and files that are read. */
const TEXT_LIMIT = 1024 * 1024;
const FILES_READ = 500;

/** The review, or the record that there is none and why. Never rejects for what the reviewer does or is. */
export async function consultReviewer(
  context: TaskContext,
  task: Task,
  reviewer: Reviewer,
  signal: AbortSignal,
): Promise<Review> {
  const { clock } = context.ports;
  const { brief } = await context.terms(task);
  const snapshot = task.snapshots.at(-1) ?? fail('INTERNAL', `task ${task.id} has no snapshot to review`);
  const begun = clock.monotonic();
  const of = { tree: snapshot.tree, brief: brief.hash, startedAt: clock.now(), same: reviewer.same };
  const talk = new Talk({ id: reviewer.agent, name: reviewer.agent, version: null });
  const seconds = () => Math.round(clock.monotonic() - begun) / 1000;
  try {
    const question = { task, snapshot, reviewer, talk, begun, minutes: brief.front.review?.minutes ?? MINUTES };
    const found = await inRoom(context, question, signal);
    return { schema: 1, ...of, ...talk.record, ...found, seconds: seconds(), none: null };
  } catch (thrown) {
    return noReview(whyNot(thrown, signal), { ...of, ...talk.record, seconds: seconds() });
  }
}

type Found = Pick<Review, 'findings' | 'criteria' | 'unexplained' | 'dropped' | 'unseen'>;

interface Question {
  readonly task: Task;
  readonly snapshot: Snapshot;
  readonly reviewer: Reviewer;
  readonly talk: Talk;
  /** When it began, monotonic. */
  readonly begun: number;
  readonly minutes: number;
}

/** What is known of a conversation, also of one that failed. */
class Talk {
  #agent: NonNullable<Review['agent']>;
  #confinement: string | null = null;
  #usage: Usage | null = null;
  readonly #answers: string[] = [];
  readonly #refused: string[] = [];

  constructor(agent: NonNullable<Review['agent']>) {
    this.#agent = agent;
  }

  heard({ agent, confinement, usage, text, refused }: Consultation): void {
    this.#agent = { ...this.#agent, ...agent };
    this.#confinement = confinement;
    this.#usage = usageOfBoth(this.#usage, usage);
    this.#answers.push(text.slice(0, ANSWER_KEPT));
    this.#refused.push(...refused);
  }

  get record(): Pick<Review, 'agent' | 'confinement' | 'usage' | 'answers' | 'refused'> {
    return {
      agent: this.#agent,
      confinement: this.#confinement,
      usage: this.#usage,
      answers: [...this.#answers],
      refused: [...this.#refused],
    };
  }
}

/** Why there is no review, in words. */
class NoReview extends Error {
  override readonly name = 'NoReview';
}

function whyNot(thrown: unknown, signal: AbortSignal): string {
  if (signal.aborted) return REVIEW_STOPPED;
  return thrown instanceof NoReview ? thrown.message : toCountersignError(thrown).message;
}

async function inRoom(context: TaskContext, question: Question, signal: AbortSignal): Promise<Found> {
  const { id, slug, repository } = question.task;
  const place = { task: id, slug, repository, workspace: workspaceOf(question.task), snapshot: question.snapshot };
  context.audience.progress(id, 'review: opening a clean checkout');
  const room = await context.ports.workspaces.reading(place, signal);
  try {
    const found = await ask(context, question, room, signal);
    // Whatever the sandbox holds: a reader that wrote read something else in the end.
    if (!(await room.isUntouched()))
      throw new NoReview('the reviewer changed files of the checkout; what it said is void');
    return found;
  } finally {
    await room.close();
  }
}

async function ask(context: TaskContext, question: Question, room: ReadingRoom, signal: AbortSignal): Promise<Found> {
  const { objects } = context.ports;
  const { task, snapshot } = question;
  const { brief, verification } = await evidenceOf(context, task);
  const files = await objects.hunks(task.repository, task.base, snapshot.commit);
  const run = crypto.randomUUID();
  const prompt = composeReviewPrompt({ brief, verification, files, run });
  let text = prompt.text;
  let problem = '';
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const said = await consult(context, question, room, text, signal);
    const read = readSaid(said, run, brief.criteria.length);
    if (read.answer !== null) {
      const checked = await hold(
        context,
        question,
        { files, folder: room.folder, criteria: brief.criteria.length },
        read.answer,
      );
      return { ...checked, unseen: prompt.unseen };
    }
    problem = read.problem;
    context.audience.progress(task.id, `review: the answer cannot be used (${problem})`);
    text = askAgain(prompt, problem, run);
  }
  throw new NoReview(`its answer could not be used, and neither could the second one: ${problem}`);
}

async function consult(
  context: TaskContext,
  { task, reviewer, talk, begun, minutes }: Question,
  room: ReadingRoom,
  prompt: string,
  signal: AbortSignal,
): Promise<Consultation> {
  const { agents, clock } = context.ports;
  const limit = minutes * 60_000 - (clock.monotonic() - begun);
  const late = `the reviewer gave no answer within ${minutes} min`;
  if (limit <= 0) throw new NoReview(late);
  context.audience.progress(task.id, `review: ${reviewer.agent} reads the change`);
  const { id, repository } = task;
  const said = await agents.consult(
    {
      ...{ task: id, agent: reviewer.agent, command: reviewer.command, prompt, limit, purpose: 'review' },
      folder: room.folder,
      readable: room.readable,
      hidden: [repository.root, repository.commonDir],
      progress: (message) => context.audience.progress(id, `review: ${message}`),
    },
    signal,
  );
  talk.heard(said);
  signal.throwIfAborted();
  if (said.stop === 'timeout') throw new NoReview(late);
  if (said.survivors.length > 0) {
    throw new CountersignError(
      'SURVIVORS',
      `processes of the reviewer could not be ended: ${said.survivors.join(', ')}`,
    );
  }
  return said;
}

function readSaid({ text, stop }: Consultation, run: string, criteria: number): ModelAnswer<ReviewAnswer> {
  if (stop === 'too-long') return { answer: null, problem: 'it is far longer than an answer may be' };
  return readAnswer(text, run, criteria);
}

/** Reads the files that the answer names, and holds it against them. */
async function hold(
  context: TaskContext,
  { task: { repository }, snapshot: { commit } }: Question,
  result: { readonly files: readonly ChangedFile[]; readonly folder: string; readonly criteria: number },
  answer: ReviewAnswer,
) {
  const paths = new Set(await context.ports.repositories.pathsAt(repository, commit));
  const known = { ...result, paths };
  const texts = new Map<string, string>();
  for (const path of pathsToRead(answer, known).slice(0, FILES_READ)) {
    const text = await textAt(context, repository, commit, path);
    if (text !== null) texts.set(path, text);
  }
  return checkAnswer(answer, { ...known, texts });
}

/** Null for what is no text, or too large. */
async function textAt(context: TaskContext, repository: Repository, commit: string, path: string) {
  const entry = await context.ports.objects.entry(repository, commit, path, TEXT_LIMIT);
  if (entry === null || entry.size > entry.bytes.length || entry.mode === MODE.gitlink) return null;
  return entry.bytes.includes(0) ? null : new TextDecoder().decode(entry.bytes);
}
