/**
 * One review on one page: asks the host what there is, composes what the page shows, and does what the person wants. It
 * holds no truth but the reviewer's draft; after everything that it did it looks anew.
 */
import type { ErrorRecord } from '../../core/errors';
import type { Packet } from '../../core/review/packetSchema';
import { findingsIn } from '../../core/review/reviewer/opinions';
import { visible } from '../../core/visible';
import type { Method, ParamsIn, Result } from '../../host/rpc';
import { type Form, MESSAGES_VERSION, type Notice } from '../../webview/review/messages';
import { problemOf, withoutCommandLine } from '../problem';
import { type Ahead, askAhead, asked } from './ahead';
import type { DraftEdit } from './draft';
import { Outbox } from './outbox';
import { isPicked } from './page/correction';
import { rankedChanges } from './page/files';
import { hostMode } from './page/signoff';
import { comparedTurn } from './page/since';
import { type Asked, basisOf, isAtWork, pickedOf, type ReviewState, treeOf } from './page/state';
import type { ReviewEditor, ReviewSources } from './ports';

const v = MESSAGES_VERSION;

export class ReviewSession {
  readonly task: string;
  readonly #sources: ReviewSources;
  readonly #editor: ReviewEditor;
  readonly #outbox: Outbox;
  #state: ReviewState | null = null;
  #looking: Promise<void> | null = null;
  #again = false;
  /** The page is there and was told everything: a hidden one is not, and forgets. */
  #greeted = false;
  #busySince = 0;
  #opening: Form | null = null;
  #ahead: Ahead | null = null;

  constructor(task: string, sources: ReviewSources, editor: ReviewEditor) {
    this.task = task;
    this.#sources = sources;
    this.#editor = editor;
    this.#outbox = new Outbox(editor);
  }

  get state(): ReviewState | null {
    return this.#state;
  }

  get editor(): ReviewEditor {
    return this.#editor;
  }

  /** The number of the list of files that the page has now: places in another list mean nothing. */
  get files(): number {
    return this.#outbox.files;
  }

  /** Asks what the first look needs, while the page is still being made. */
  prepare(): void {
    this.#ahead = askAhead(this.#sources.host, this.task);
  }

  /** A page that was just made, or made anew: it knows nothing. */
  async greet(): Promise<void> {
    this.#greeted = true;
    this.#outbox.greet();
    if (this.#state !== null) this.#outbox.send(this.#state);
    this.#showBusy();
    await this.look();
  }

  /** The page went out of sight: when it comes back it is made anew. */
  hide(): void {
    this.#greeted = false;
    this.#ahead = null;
  }

  /** Looks at the task anew; what it found is on the page when it resolves. Never throws. */
  async look(): Promise<void> {
    if (this.#looking !== null) {
      this.#again = true;
      return this.#looking;
    }
    this.#looking = this.#look().finally(() => {
      this.#looking = null;
    });
    await this.#looking;
    if (this.#again) {
      this.#again = false;
      await this.look();
    }
  }

  /** The connection ended: what is shown is the last that the host said. */
  lose(): void {
    this.#change({ live: false });
  }

  /** Opens a form of the page, as soon as there is a page. */
  open(form: Form): void {
    this.#opening = form;
    this.#openForm();
  }

  /** Changes the draft, keeps it, and shows it. */
  edit(...edits: readonly DraftEdit[]): void {
    void this.#sources.drafts.edit(this.task, ...edits);
    this.redraft();
  }

  /** The draft changed, here or in the threads on the diffs. */
  redraft(): void {
    const draft = this.#sources.drafts.of(this.task);
    if (this.#state !== null && JSON.stringify(draft) !== JSON.stringify(this.#state.draft)) this.#change({ draft });
  }

  /** The reviewer's remarks changed. */
  remark(): void {
    this.#change({ remarks: this.#sources.remarks.list(this.task) });
  }

  /** A correction carried the remarks. */
  async remarksSent(turn: number): Promise<void> {
    await this.#sources.remarks.markSent(this.task, turn);
    this.remark();
  }

  say(text: string): void {
    this.#editor.post({ v, type: 'said', text });
  }

  /** Tells the page what went wrong; an empty text takes it back. */
  problem(at: Extract<Notice, { type: 'problem' }>['at'], thrown: unknown | null): void {
    this.#editor.post({ v, type: 'problem', at, text: thrown === null ? '' : problemText(thrown) });
  }

  request<M extends Method>(method: M, params: ParamsIn<M>): Promise<Result<M>> {
    return this.#sources.host.request(method, params);
  }

  /** Does something that takes its time, and says so; looks anew afterwards. Throws what the work throws. */
  async busy<T>(words: string, work: () => Promise<T>): Promise<T> {
    this.#busySince = Date.now();
    this.#change({ busy: words });
    this.#showBusy();
    try {
      return await work();
    } finally {
      this.#change({ busy: null });
      this.#showBusy();
      await this.look();
    }
  }

  /** Who says it, for the record: as git knows the person, else the login name. */
  async person(): Promise<string> {
    const known = this.#state?.signoff;
    if (known?.kind === 'known' && known.value.by !== null) return personWords(known.value.by);
    return this.#sources.host.person(this.task);
  }

  /** The decision is taken: the record has what became of the draft. */
  forget(): void {
    void this.#sources.drafts.forget(this.task);
  }

  /** Asks what a sign-off would do as it is chosen now. */
  async previewSignoff(): Promise<void> {
    const { packet, draft } = this.#state ?? {};
    if (packet === undefined || draft === undefined || (packet.state !== 'ready' && packet.state !== 'signed')) {
      return this.#change({ signoff: null });
    }
    const { mode, to } = draft.delivery;
    const named = to.trim() === '' ? {} : { to: to.trim() };
    const signoff = await this.#ask('task/preview-signoff', { id: this.task, deliver: hostMode(mode), ...named });
    // Another choice was made meanwhile: its own answer is on the way.
    const now = this.#state?.draft.delivery;
    if (now?.mode === mode && now.to === to) this.#change({ signoff });
  }

  async compareSince(): Promise<void> {
    if (this.#state === null) return;
    const turn = comparedTurn(this.#state);
    if (turn === null) return this.#change({ since: null });
    const since = await this.#ask('task/since', { id: this.task, turn });
    if (this.#state !== null && comparedTurn(this.#state) === turn) this.#change({ since });
  }

  /** Reads how the task came about, for whoever wants to see it; from then on it is kept up to date. */
  async readHistory(): Promise<void> {
    if (this.#state === null) return;
    if (this.#state.history === null) this.#change({ history: { kind: 'pending' } });
    this.#change({ history: await this.#ask('task/history', { id: this.task }) });
  }

  /** Composes the correction of what is ticked, unless a person edited what is there. Throws what the host throws. */
  async compose(anew: boolean): Promise<void> {
    const state = this.#state;
    if (state === null || state.packet.state !== 'ready') return;
    const { correction } = state.draft;
    const basis = basisOf(state);
    if (correction !== null && !anew && (correction.edited || correction.basis === basis)) return;
    if (!isPicked(state)) return this.edit({ type: 'composed', body: '', fixed: correction?.fixed ?? '', basis });
    const { findings, justify, remarks } = pickedOf(state);
    const { body, fixed } = await this.request('task/preview-correction', {
      id: this.task,
      findings: [...findings],
      justify: [...justify],
      remarks: remarks.map((remark) => ({ ...remark })),
    });
    // Ticks of the meantime are composed by whoever made them, and what was written meanwhile stays.
    if (this.#state === null || basisOf(this.#state) !== basis) return;
    if (anew || this.#state.draft.correction?.edited !== true) this.edit({ type: 'composed', body, fixed, basis });
  }

  async #look(): Promise<void> {
    const { host, drafts, remarks } = this.#sources;
    const ahead = this.#ahead;
    this.#ahead = null;
    let packet: Packet;
    try {
      packet = await (ahead?.packet ?? host.packet(this.task));
    } catch (thrown) {
      const gone = problemOf(thrown).code === 'TASK_NOT_FOUND';
      if (this.#state !== null) this.#change({ live: host.live, gone });
      // What is still shown says that it is gone.
      return this.problem('page', gone && this.#state !== null ? null : thrown);
    }
    this.problem('page', null);
    this.#editor.title(this.#editor.t('Review: {0}', visible(packet.title)));
    const last = this.#state;
    const same = last !== null && stageOf(last.packet) === stageOf(packet);
    this.#state = {
      packet,
      draft: drafts.of(this.task),
      // Of the same tree the list stays on the page until it is read anew.
      changes: last !== null && treeOf(last.packet) === treeOf(packet) ? last.changes : { kind: 'pending' },
      since: same ? last.since : packet.turn > 1 ? { kind: 'pending' } : null,
      history: last?.history ?? null,
      signoff: last?.signoff ?? { kind: 'pending' },
      remarks: remarks.list(this.task),
      gone: false,
      live: host.live,
      trusted: this.#editor.trusted,
      busy: last?.busy ?? null,
    };
    // What is still being made is not looked at yet.
    if (this.#editor.visible && packet.snapshot !== null && !isAtWork(packet))
      this.#noteLook(packet, packet.snapshot.tree);
    this.#outbox.send(this.#state);
    this.#openForm();
    // What is known at this stage stays so; what could not be read before may be there now.
    await Promise.all([
      same && last.changes.kind === 'known' ? undefined : this.#readChanges(packet, ahead),
      same && last.since?.kind === 'known' ? undefined : this.compareSince(),
      same || last?.history == null ? undefined : this.readHistory(),
    ]);
    // The dearest question, which a reviewer needs last.
    await this.previewSignoff();
  }

  #noteLook(packet: Packet, tree: string): void {
    const { turn, drift, stale } = packet;
    const known = drift !== null && !stale.includes('drift');
    const findings = known ? findingsIn(packet) : null;
    void this.#sources.drafts.edit(this.task, { type: 'looked', turn, tree, findings });
    if (this.#state !== null) this.#state = { ...this.#state, draft: this.#sources.drafts.of(this.task) };
  }

  async #readChanges(packet: Packet, ahead: Ahead | null): Promise<void> {
    if (packet.snapshot === null) return;
    const early = await ahead?.changes;
    // The task may have gone on between the two answers.
    const fits = early?.kind === 'known' && early.value.to === packet.turn;
    const read = fits ? early : await this.#ask('task/changes', { id: this.task });
    if (this.#state === null || treeOf(this.#state.packet) !== treeOf(packet)) return;
    if (read.kind !== 'known') return this.#change({ changes: read });
    this.#change({ changes: { kind: 'known', value: rankedChanges(read.value, findingsIn(packet)) } });
  }

  #ask<M extends Method>(method: M, params: ParamsIn<M>): Promise<Asked<Result<M>>> {
    return asked(this.request(method, params));
  }

  #showBusy(): void {
    const words = this.#state?.busy ?? null;
    this.#editor.post({ v, type: 'busy', busy: words === null ? null : { words, since: this.#busySince } });
  }

  #openForm(): void {
    if (this.#opening === null || this.#state === null || !this.#greeted) return;
    this.#editor.post({ v, type: 'open', form: this.#opening });
    this.#opening = null;
  }

  #change(part: Partial<ReviewState>): void {
    if (this.#state === null) return;
    this.#state = { ...this.#state, ...part };
    this.#outbox.send(this.#state);
  }
}

/** What there is to read stays the same as long as this does: the evidence comes with the last state. */
function stageOf(packet: Packet): string {
  const { review, reviewing } = packet;
  return [treeOf(packet), packet.turn, packet.state, reviewing !== null, review?.tree, review?.seconds].join(' ');
}

function personWords({ name, email }: { readonly name: string; readonly email: string }): string {
  return `${name} <${email}>`;
}

function problemText(thrown: unknown): string {
  const { code, message, fix }: ErrorRecord = problemOf(thrown);
  return visible(`${code}: ${message}. ${withoutCommandLine(fix)}`);
}
