/** What a review needs around it: the host, the editor, and where the reviewer's own things are kept. */
import type { Packet } from '../../core/review/packetSchema';
import type { Remark } from '../../core/review/remark';
import type { Method, ParamsIn, Result } from '../../host/rpc';
import type { Notice } from '../../webview/review/messages';
import type { Translate } from '../translate';
import type { DraftEdit, ReviewDraft } from './draft';

/** The host, as a review asks it. */
export interface ReviewHost {
  readonly live: boolean;
  packet(id: string): Promise<Packet>;
  /** Who sits here, in the words that the task's record takes: as git knows them, else the login name. */
  person(id: string): Promise<string>;
  request<M extends Method>(method: M, params: ParamsIn<M>): Promise<Result<M>>;
}

/** What the reviewer said at places of the diff, and no correction carried yet; the comment threads know. */
export interface RemarkSource {
  list(task: string): readonly Remark[];
  /** @param turn the turn of the correction that carried them */
  markSent(task: string, turn: number): Promise<void>;
}

/** Where the reviewer's drafts are kept. */
export interface DraftSource {
  of(task: string): ReviewDraft;
  edit(task: string, ...edits: readonly DraftEdit[]): Promise<void>;
  forget(task: string): Promise<void>;
}

/** The editor around the page. */
export interface ReviewEditor {
  readonly language: string;
  readonly t: Translate;
  readonly trusted: boolean;
  /** The page is on the screen. */
  readonly visible: boolean;
  /** Never awaited: a hidden page answers nobody. */
  post(notice: Notice): void;
  title(text: string): void;
  /** Runs a command of the extension. */
  run(command: string, ...given: readonly unknown[]): Promise<void>;
  copyPacket(): Promise<void>;
  showBrief(): Promise<void>;
  showLog(check: string): Promise<void>;
  /** Asks before a delivery; false when the person steps back. */
  confirm(question: string, detail: string, button: string): Promise<boolean>;
  /** Shows that something takes its time, until it is done. */
  progress<T>(title: string, work: () => Promise<T>): Promise<T>;
}

export interface ReviewSources {
  readonly host: ReviewHost;
  readonly drafts: DraftSource;
  readonly remarks: RemarkSource;
}
