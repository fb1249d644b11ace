/** What the page knows: the last of each part that the editor sent. Pure. */
import type { Afterwards } from './afterwardsModel';
import type { Notice } from './messages';
import type {
  Correction,
  Decide,
  Evidence,
  Head,
  PageDraft,
  PageFile,
  PageFinding,
  PageHistory,
  PageWords,
  SignoffChoice,
  Since,
} from './model';

/** A long list: what stands, and what is on its way to take its place. */
export interface Listed<T> {
  /** Number of the list that stands; 0 before the first. */
  readonly list: number;
  readonly items: readonly T[];
  readonly coming: { readonly list: number; readonly items: readonly T[] } | null;
}

export type ProblemPlace = Extract<Notice, { type: 'problem' }>['at'];

export interface PageState {
  readonly words: PageWords | null;
  readonly language: string;
  readonly head: Head | null;
  readonly decide: Decide | null;
  readonly since: Since | null;
  readonly afterwards: Afterwards | null;
  readonly evidence: Evidence | null;
  readonly history: PageHistory | null;
  readonly findings: Listed<PageFinding>;
  readonly files: Listed<PageFile>;
  readonly draft: PageDraft;
  /** Whether the draft has arrived: what was half written is in it. */
  readonly hasDraft: boolean;
  readonly correction: Correction | null;
  readonly signoff: SignoffChoice | null;
  readonly busy: { readonly words: string; readonly since: number } | null;
  readonly problems: Readonly<Record<ProblemPlace, string>>;
  /** What was done last, to be said aloud; the number makes the same words news again. */
  readonly said: { readonly text: string; readonly count: number };
}

const NONE = { list: 0, items: [], coming: null };

export const NOTHING_YET: PageState = {
  words: null,
  language: 'en',
  head: null,
  decide: null,
  since: null,
  afterwards: null,
  evidence: null,
  history: null,
  findings: NONE,
  files: NONE,
  draft: {
    accepted: [],
    grown: [],
    overridden: [],
    included: [],
    justify: [],
    viewed: { list: 0, files: [] },
    texts: {},
  },
  hasDraft: false,
  correction: null,
  signoff: null,
  busy: null,
  problems: { page: '', correction: '', signoff: '', reject: '' },
  said: { text: '', count: 0 },
};

export function reducePage(state: PageState, notice: Notice): PageState {
  switch (notice.type) {
    case 'words':
      return { ...state, words: notice.words, language: notice.language };
    case 'head':
      return { ...state, head: notice.head };
    case 'decide':
      return { ...state, decide: notice.decide };
    case 'since':
      return { ...state, since: notice.since };
    case 'afterwards':
      return { ...state, afterwards: notice.afterwards };
    case 'evidence':
      return { ...state, evidence: notice.evidence };
    case 'history':
      return { ...state, history: notice.history };
    case 'findings':
      return { ...state, findings: taken(state.findings, notice) };
    case 'files':
      return { ...state, files: taken(state.files, notice) };
    case 'draft':
      return { ...state, draft: notice.draft, hasDraft: true };
    case 'correction':
      return { ...state, correction: notice.correction };
    case 'signoff':
      return { ...state, signoff: notice.signoff };
    case 'busy':
      return { ...state, busy: notice.busy };
    case 'problem':
      return { ...state, problems: { ...state.problems, [notice.at]: notice.text } };
    case 'said':
      return { ...state, said: { text: notice.text, count: state.said.count + 1 } };
    case 'open':
      return state;
  }
}

/** Whether a notice was a part of a list that does not stand yet: it changed nothing that is shown. */
export function isWaiting({ findings, files }: PageState, { type }: Notice): boolean {
  return (type === 'findings' && findings.coming !== null) || (type === 'files' && files.coming !== null);
}

interface Chunk<T> {
  readonly list: number;
  readonly from: number;
  readonly total: number;
  readonly items: readonly T[];
}

/** A chunk that does not follow the ones before it is dropped: its list comes anew. */
function taken<T>(listed: Listed<T>, { list, from, total, items }: Chunk<T>): Listed<T> {
  const before = listed.coming?.list === list ? listed.coming.items : [];
  if (from !== before.length) return listed;
  const all = [...before, ...items];
  if (all.length >= total) return { list, items: all, coming: null };
  return { ...listed, coming: { list, items: all } };
}

/** Puts values into the places of a text, as the editor's own translations do. */
export function filled(text: string, ...values: (string | number)[]): string {
  return text.replace(/\{(\d+)\}/g, (whole, place) => `${values[Number(place)] ?? whole}`);
}
