/** How the task came about; read from the host when somebody wants to see it. */
import { useEffect } from 'preact/hooks';
import { Rows } from '../shared/parts';
import { usePage } from './context';
import { Fold } from './parts';

const CALLS = 'tool-calls';
const TIMELINE = 'timeline';

export function HistoryFolds() {
  const { words, page, ui, send } = usePage();
  const { history } = page;
  const wanted = ui.unfolded.includes(CALLS) || ui.unfolded.includes(TIMELINE);
  useEffect(() => {
    if (wanted) send({ type: 'history' });
  }, [wanted]);
  const count = history === null || history.note !== '' ? '' : ` (${history.calls.length})`;
  const note = history === null ? words.loading : history.note;
  return (
    <>
      <Fold name={CALLS} title={`${words.toolCalls}${count}`}>
        {note === '' ? <Calls /> : <p class="note">{note}</p>}
      </Fold>
      <Fold name={TIMELINE} title={words.timeline}>
        {note === '' ? <Rows rows={history?.events ?? []} /> : <p class="note">{note}</p>}
      </Fold>
    </>
  );
}

function Calls() {
  const { history } = usePage().page;
  if (history === null) return null;
  return (
    <>
      <p class="note">{history.callsNote}</p>
      <ul class="plain tight">
        {history.calls.map(({ when, status, what, paths }, index) => (
          <li key={`${index} ${what}`}>
            <code>{what}</code>{' '}
            <span class="note">{[status, ...paths, when].filter((part) => part !== '').join(' · ')}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
