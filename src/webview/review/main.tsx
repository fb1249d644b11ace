/** The review page: shows what the editor sends, sends back what the person wants, and decides nothing. */
import { render } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Context, type PageContext } from './context';
import { keepFocus } from './keptFocus';
import { type Form, type Intent, MESSAGES_VERSION, type Notice, noticeSchema, type Wish } from './messages';
import type { Target } from './model';
import { isWaiting, NOTHING_YET, type PageState, reducePage } from './pageState';
import { focusPart, opening } from './parts';
import { ReviewView } from './reviewView';
import { filterOf, restoredUi, type Ui, withKey } from './ui';
import '../shared/base.css';
import './review.css';

/** What VS Code gives to a webview's script, once. */
declare function acquireVsCodeApi(): {
  postMessage(message: Intent): void;
  getState(): unknown;
  setState(state: unknown): void;
};

const SETTLE_MS = 250;
const editor = acquireVsCodeApi();
const send = (wish: Wish) => editor.postMessage({ ...wish, v: MESSAGES_VERSION } as Intent);

function App() {
  const [page, take] = usePageState();
  const [ui, arrange] = useUi();
  const [aloud, setAloud] = useState('');
  const verdict = useRef('');

  useEffect(() => {
    const hear = ({ data }: MessageEvent<unknown>) => {
      const notice = noticeSchema.safeParse(data);
      if (!notice.success) return;
      take(notice.data);
      follow(notice.data);
    };
    /** A form whose decision is taken, here or in another window, does not come back with the next one. */
    const close = (form: Form) =>
      arrange(({ forms }) => (forms.includes(form) ? { forms: withKey(forms, form, false) } : {}));
    const follow = (notice: Notice) => {
      switch (notice.type) {
        case 'words':
          document.documentElement.lang = notice.language;
          return;
        case 'head': {
          const said = [notice.head.verdict.words, notice.head.count].filter((part) => part !== '').join(', ');
          if (said !== verdict.current) setAloud(said);
          verdict.current = said;
          const { primary, others } = notice.head;
          if (![primary, ...others].some((action) => action?.deed === 'reject')) close('reject');
          return;
        }
        case 'correction':
          if (notice.correction === null) close('correction');
          return;
        case 'signoff':
          if (notice.signoff === null) close('signoff');
          return;
        case 'said':
          return setAloud(notice.text);
        case 'problem':
          if (notice.text !== '') setAloud(notice.text);
          return;
        case 'open':
          if (notice.form === 'reject') opening('reject');
          arrange(({ forms }) => ({ forms: withKey(forms, notice.form, true) }));
          requestAnimationFrame(() => requestAnimationFrame(() => notice.form !== 'reject' && focusPart(notice.form)));
          return;
      }
    };
    window.addEventListener('message', hear);
    send({ type: 'ready' });
    return () => window.removeEventListener('message', hear);
  }, []);
  useEffect(keepFocus, []);
  useRestoredScroll(ui.scroll, page.findings.list + page.files.list + (page.evidence === null ? 0 : 1));

  const context = useMemo((): PageContext | null => {
    if (page.words === null) return null;
    const go = (target: Target) => {
      if (target === 'changes') return send({ type: 'open-changes' });
      const filter = filterOf(target);
      if (filter !== null) arrange({ filter, finding: 0 });
      if (target === 'brief') arrange(({ unfolded }) => ({ unfolded: withKey(unfolded, 'brief', true) }));
      requestAnimationFrame(() => focusPart(filter === null ? target : 'findings'));
    };
    return { words: page.words, page, draft: page.draft, ui, arrange, send, say: setAloud, go };
  }, [page, ui]);

  return (
    <>
      {/* The one live region: the verdict when it changes, what was done, and what went wrong. */}
      <p class="aloud" role="status" aria-live="polite">
        {aloud}
      </p>
      {page.problems.page !== '' && <p class="problem">{page.problems.page}</p>}
      {context !== null && page.head === null && page.problems.page === '' && (
        <p class="note">{context.words.loading}</p>
      )}
      {context !== null && page.head !== null && (
        <Context.Provider value={context}>
          <ReviewView head={page.head} />
        </Context.Provider>
      )}
    </>
  );
}

/** What the editor sent; shown when there is something to show: not for each chunk of a long list on its way. */
function usePageState(): [PageState, (notice: Notice) => void] {
  const [page, show] = useState(NOTHING_YET);
  const latest = useRef(page);
  const take = (notice: Notice) => {
    latest.current = reducePage(latest.current, notice);
    if (!isWaiting(latest.current, notice)) show(latest.current);
  };
  return [page, take];
}

/** How the page is arranged, kept with the page: the editor gives it back after a reload. */
function useUi(): [Ui, PageContext['arrange']] {
  const [ui, setUi] = useState<Ui>(() => restoredUi(editor.getState()));
  useEffect(() => keep(ui), [ui]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const note = () => {
      clearTimeout(timer);
      timer = setTimeout(() => setUi((last) => ({ ...last, scroll: window.scrollY })), SETTLE_MS);
    };
    window.addEventListener('scroll', note, { passive: true });
    return () => window.removeEventListener('scroll', note);
  }, []);
  const arrange: PageContext['arrange'] = (change) =>
    setUi((last) => {
      const changed = typeof change === 'function' ? change(last) : change;
      return Object.keys(changed).length === 0 ? last : { ...last, ...changed };
    });
  return [ui, arrange];
}

/** The panel is restored with this state after a reload: the editor wrote the task into the page. */
function keep(ui: Ui): void {
  editor.setState({ task: document.body.dataset.task, ui });
}

/** Goes back to where the page was, as its parts arrive, until the person scrolls or all of it is there. */
function useRestoredScroll(scroll: number, arrived: number): void {
  const wanted = useRef<number | null>(scroll > 0 ? scroll : null);
  useEffect(() => {
    const stop = () => {
      wanted.current = null;
    };
    const own = ['wheel', 'keydown', 'pointerdown'] as const;
    for (const kind of own) window.addEventListener(kind, stop, { once: true, passive: true });
    return () => own.forEach((kind) => void window.removeEventListener(kind, stop));
  }, []);
  useEffect(() => {
    if (wanted.current === null) return;
    window.scrollTo(0, wanted.current);
    if (Math.abs(window.scrollY - wanted.current) < 2) wanted.current = null;
  }, [arrived]);
}

render(<App />, document.body);
