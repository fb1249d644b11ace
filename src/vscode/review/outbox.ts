/** Sends the page what changed, and only that: each part on its own, long lists in chunks after the first paint. */
import type { Packet } from '../../core/review/packetSchema';
import { CHUNK, MESSAGES_VERSION, type Notice } from '../../webview/review/messages';
import type { PageFile, PageFinding } from '../../webview/review/model';
import type { Translate } from '../translate';
import { afterwardsOf } from './page/afterwards';
import { correctionOf } from './page/correction';
import { decideOf } from './page/decide';
import { draftViewOf } from './page/draftView';
import { evidenceOf } from './page/evidence';
import { filesOf } from './page/files';
import { findingsOf } from './page/findings';
import { headOf } from './page/head';
import { historyOf } from './page/history';
import { signoffOf } from './page/signoff';
import { sinceOf } from './page/since';
import type { Changes, ReviewState } from './page/state';
import { pageWords } from './page/words';

const v = MESSAGES_VERSION;

/** Whom it sends to. */
export interface Page {
  readonly language: string;
  readonly t: Translate;
  post(notice: Notice): void;
}

export class Outbox {
  readonly #page: Page;
  /** What was sent last of each part, as text. */
  readonly #sent = new Map<string, string>();
  #findings: { readonly of: readonly [Packet['drift'], Packet['review']]; readonly state: string } | null = null;
  #files: Changes | null = null;
  #filesText = '';
  #findingsText = '';
  /** Numbers of the lists that the page has. */
  #lists = { findings: 0, files: 0 };

  constructor(page: Page) {
    this.#page = page;
  }

  /** The page forgot everything. */
  greet(): void {
    this.#sent.clear();
    this.#findings = null;
    this.#files = null;
    this.#filesText = '';
    this.#findingsText = '';
    this.#page.post({ v, type: 'words', language: this.#page.language, words: pageWords(this.#page.t) });
  }

  /** The number of the list of files that the page has now. */
  get files(): number {
    return this.#lists.files;
  }

  send(state: ReviewState): void {
    const { t } = this.#page;
    this.#part({ v, type: 'head', head: headOf(state, t) });
    this.#part({ v, type: 'decide', decide: decideOf(state, t) });
    this.#part({ v, type: 'since', since: sinceOf(state, t) });
    this.#part({ v, type: 'afterwards', afterwards: afterwardsOf(state, t) });
    this.#part({ v, type: 'evidence', evidence: evidenceOf(state, t) });
    this.#part({ v, type: 'history', history: historyOf(state, this.#page.language, t) });
    this.#part({ v, type: 'correction', correction: correctionOf(state, t) });
    this.#part({ v, type: 'signoff', signoff: signoffOf(state, t) });
    this.#sendFindings(state);
    this.#sendFiles(state);
    this.#part({ v, type: 'draft', draft: draftViewOf(state, this.#lists.files, t) });
  }

  #part(notice: Notice): void {
    const text = JSON.stringify(notice);
    if (this.#sent.get(notice.type) === text) return;
    this.#sent.set(notice.type, text);
    this.#page.post(notice);
  }

  #sendFindings(state: ReviewState): void {
    const key = `${state.packet.state} ${state.trusted}`;
    const { drift, review } = state.packet;
    const last = this.#findings;
    if (last !== null && last.of[0] === drift && last.of[1] === review && last.state === key) return;
    this.#findings = { of: [drift, review], state: key };
    const items = findingsOf(state, this.#page.t);
    const text = JSON.stringify(items);
    if (text === this.#findingsText) return;
    this.#findingsText = text;
    const list = ++this.#lists.findings;
    chunks<PageFinding>(items, (from, part) =>
      this.#page.post({ v, type: 'findings', list, from, total: items.length, items: part }),
    );
  }

  #sendFiles({ changes }: ReviewState): void {
    if (changes.kind !== 'known') return;
    if (this.#files === changes.value) return;
    this.#files = changes.value;
    const items = filesOf(changes.value, this.#page.t);
    const text = JSON.stringify(items);
    if (text === this.#filesText) return;
    this.#filesText = text;
    const list = ++this.#lists.files;
    chunks<PageFile>(items, (from, part) =>
      this.#page.post({ v, type: 'files', list, from, total: items.length, items: part }),
    );
  }
}

/** An empty list is one empty chunk: it takes the place of the former list. */
function chunks<T>(items: readonly T[], send: (from: number, part: T[]) => void): void {
  for (let from = 0; from === 0 || from < items.length; from += CHUNK) send(from, items.slice(from, from + CHUNK));
}
