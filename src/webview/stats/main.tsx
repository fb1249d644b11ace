/** The page of statistics: shows the figures that the editor sends, and asks for those of another choice. */
import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { type Choice, choiceSchema, FIRST_CHOICE, type Intent, noticeSchema, type StatsPage } from './messages';
import { StatsView } from './statsView';
import '../shared/base.css';
import './stats.css';

interface Api {
  postMessage(message: Intent): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): Api;

const api = acquireVsCodeApi();

/** What was chosen before the tab went out of sight. */
function rememberedChoice(): Choice {
  const parsed = choiceSchema.safeParse(api.getState());
  return parsed.success ? parsed.data : FIRST_CHOICE;
}

function App() {
  const [page, setPage] = useState<StatsPage | null>(null);
  const [problem, setProblem] = useState('');
  const read = (choice: Choice) => {
    api.setState(choice);
    api.postMessage({ type: 'read', choice });
  };
  useEffect(() => {
    const hear = ({ data }: MessageEvent) => {
      const notice = noticeSchema.safeParse(data);
      if (!notice.success) return;
      setProblem(notice.data.type === 'problem' ? notice.data.text : '');
      if (notice.data.type === 'page') setPage(notice.data.page);
    };
    addEventListener('message', hear);
    read(rememberedChoice());
    return () => removeEventListener('message', hear);
  }, []);
  useEffect(() => {
    if (page !== null) document.documentElement.lang = page.language;
  }, [page?.language]);
  return (
    <main>
      {problem !== '' && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      {page !== null && <StatsView page={page} read={read} newBrief={() => api.postMessage({ type: 'new-brief' })} />}
    </main>
  );
}

render(<App />, document.body);
