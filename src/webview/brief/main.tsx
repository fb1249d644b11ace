/** The brief's page: shows what the editor sends, sends back what the person types and wants, and decides nothing. */
import { render } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useReducer, useRef, useState } from 'preact/hooks';
import { focusPlace, hasPlace, isFolded } from './focus';
import { Form } from './form';
import { type Memory, readMemory } from './memory';
import { type BriefForm, type Intent, type Notice, noticeSchema, type StartPage } from './messages';
import { tryHandOff } from './readiness';
import { EditSession } from './session';
import type { ShapePage } from './shapeMessages';
import { Start } from './start';
import '../shared/base.css';
import './brief.css';

/** What VS Code gives to a webview's script, once. */
declare function acquireVsCodeApi(): {
  postMessage(message: Intent): void;
  getState(): unknown;
  setState(state: Memory): void;
};

const editor = acquireVsCodeApi();
const send = (intent: Intent) => editor.postMessage(intent);
const remembered = readMemory(editor.getState());

type Shown = { readonly form: BriefForm } | { readonly start: StartPage } | null;

function App() {
  const [shown, show] = useState<Shown>(null);
  const [shape, showShape] = useState<ShapePage | null>(null);
  const [said, say] = useState('');
  const [isMoreOpen, openMore] = useState(remembered.isMoreOpen);
  const [, again] = useReducer((count: number) => count + 1, 0);
  const goal = useRef<string | null>(null);
  const session = useMemo(() => new EditSession(send, () => again(undefined)), []);
  const form = shown !== null && 'form' in shown ? shown.form : null;

  useNotices(session, { show, showShape, say, goTo });
  useKeys(form, session, say);
  useMemory(form, session, isMoreOpen);

  // Only now is the place there.
  useLayoutEffect(() => {
    if (form === null) return;
    if (session.wanted !== null && hasPlace(session.wanted)) {
      focusPlace(session.wanted);
      session.forgetWanted();
    }
    if (goal.current !== null && focusPlace(goal.current)) goal.current = null;
  });

  function goTo(key: string) {
    if (isFolded(key)) openMore(true);
    goal.current = key;
    again(undefined);
  }

  return (
    <>
      {/* The one live region: what was done, and what could not be. */}
      <p class="aloud" role="status" aria-live="polite">
        {said}
      </p>
      {shown !== null && 'start' in shown && <Start start={shown.start} send={send} shape={shape} />}
      {form !== null && <Form {...{ form, session, send, say, goTo, isMoreOpen, openMore, shape }} />}
    </>
  );
}

interface Hearing {
  show(shown: Shown): void;
  showShape(shape: ShapePage): void;
  say(text: string): void;
  goTo(key: string): void;
}

function useNotices(session: EditSession, { show, showShape, say, goTo }: Hearing) {
  const isFirst = useRef(true);
  const place = useRef('');
  const hearing = useRef({ show, showShape, say, goTo });
  hearing.current = { show, showShape, say, goTo };
  useEffect(() => {
    // Another brief, or none, begins at its top; the first page comes back where it was.
    const turnTo = (next: string) => {
      if (place.current !== next && !isFirst.current) window.scrollTo(0, 0);
      place.current = next;
    };
    const apply = (notice: Notice) => {
      switch (notice.type) {
        case 'form':
          session.take(notice.form);
          turnTo(notice.form.draft);
          hearing.current.show({ form: notice.form });
          document.documentElement.lang = notice.form.language;
          if (isFirst.current && notice.form.draft === remembered.draft) resume(session);
          isFirst.current = false;
          break;
        case 'start':
          turnTo('');
          hearing.current.show({ start: notice.start });
          document.documentElement.lang = notice.start.language;
          isFirst.current = false;
          break;
        case 'refused':
          session.refuse(notice.seq, notice.key, notice.text);
          hearing.current.say(notice.text);
          break;
        case 'focus':
          hearing.current.goTo(notice.key);
          break;
        case 'said':
          hearing.current.say(notice.text);
          break;
        case 'shape':
          hearing.current.showShape(notice.shape);
          break;
      }
    };
    const hear = ({ data }: MessageEvent<unknown>) => {
      const notice = noticeSchema.safeParse(data);
      if (notice.success) apply(notice.data);
    };
    window.addEventListener('message', hear);
    send({ type: 'ready' });
    return () => window.removeEventListener('message', hear);
  }, [session]);
}

/** The page comes back as it was: with what was typed last, where it was. */
function resume(session: EditSession) {
  session.resume(remembered.unsaved);
  requestAnimationFrame(() => {
    window.scrollTo(0, remembered.scroll);
    // Taking the focus from wherever the person is by now would be rude: only where the page has it.
    if (document.hasFocus() && remembered.focus !== '') document.getElementById(remembered.focus)?.focus();
  });
}

function useKeys(form: BriefForm | null, session: EditSession, say: (text: string) => void) {
  const now = useRef(form);
  now.current = form;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
      event.preventDefault();
      if (now.current !== null) tryHandOff({ form: now.current, session, say });
    };
    const leave = () => session.flush();
    window.addEventListener('keydown', press);
    window.addEventListener('blur', leave);
    document.addEventListener('visibilitychange', leave);
    return () => {
      window.removeEventListener('keydown', press);
      window.removeEventListener('blur', leave);
      document.removeEventListener('visibilitychange', leave);
    };
  }, [session, say]);
}

function useMemory(form: BriefForm | null, session: EditSession, isMoreOpen: boolean) {
  const keep = () => {
    if (form === null) return;
    const focus = document.activeElement?.id ?? '';
    editor.setState({ draft: session.draft, unsaved: session.unsaved, isMoreOpen, scroll: window.scrollY, focus });
  };
  const latest = useRef(keep);
  latest.current = keep;
  // Not after it is drawn: the window may be gone by then.
  useLayoutEffect(keep);
  useEffect(() => {
    const note = () => latest.current();
    window.addEventListener('scrollend', note);
    window.addEventListener('focusin', note);
    return () => {
      window.removeEventListener('scrollend', note);
      window.removeEventListener('focusin', note);
    };
  }, []);
}

render(<App />, document.body);
