/** The review page: shows what the editor sends, sends back what the person wants, and decides nothing. */
import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { type Intent, type Notice, noticeSchema, type ReviewPage } from './messages';
import { ReviewView } from './reviewView';
import '../shared/base.css';
import './review.css';

/** What VS Code gives to a webview's script, once. */
declare function acquireVsCodeApi(): { postMessage(message: Intent): void; setState(state: unknown): void };

const editor = acquireVsCodeApi();
const send = (intent: Intent) => editor.postMessage(intent);

function App() {
  const [page, setPage] = useState<ReviewPage | null>(null);
  const [problem, setProblem] = useState('');
  const [said, setSaid] = useState('');

  useEffect(() => {
    const hear = ({ data }: MessageEvent<unknown>) => {
      const notice = noticeSchema.safeParse(data);
      if (!notice.success) return;
      apply(notice.data);
    };
    const apply = (notice: Notice) => {
      switch (notice.type) {
        case 'page':
          setPage(notice.page);
          setProblem('');
          setSaid([notice.page.verdict.words, ...notice.page.reasons].join('. '));
          document.documentElement.lang = notice.page.language;
          break;
        case 'problem':
          setProblem(notice.text);
          setSaid(notice.text);
          break;
        case 'said':
          setSaid(notice.text);
          break;
      }
    };
    window.addEventListener('message', hear);
    send({ type: 'ready' });
    return () => window.removeEventListener('message', hear);
  }, []);

  return (
    <>
      {/* The one live region: the verdict when it changes, and what was done. */}
      <p class="aloud" role="status" aria-live="polite">
        {said}
      </p>
      {problem !== '' && <p class="problem">{problem}</p>}
      {page !== null && <ReviewView page={page} send={send} />}
    </>
  );
}

// The panel is restored with this state after a reload: the editor wrote it into the page.
editor.setState({ task: document.body.dataset.task });
render(<App />, document.body);
