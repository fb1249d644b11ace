/** What stands where the form will be: what a brief is, and ways to one. */
import { fill } from './fields';
import type { Choice, Intent, StartPage } from './messages';
import { Shape } from './shape';
import type { ShapePage } from './shapeMessages';

interface Props {
  readonly start: StartPage;
  readonly send: (intent: Intent) => void;
  readonly shape: ShapePage | null;
}

export function Start({ start, send, shape }: Props) {
  const { words } = start;
  return (
    <main class="start" aria-label={words.form}>
      <h1 class="aloud">{words.form}</h1>
      {start.done !== '' && <p class="done prose">{start.done}</p>}
      {start.trouble !== null && (
        <p class="trouble">
          {start.trouble.text}. {start.trouble.fix}.
        </p>
      )}
      <p>{words.about}</p>
      <button type="button" class="primary" onClick={() => send({ type: 'new' })}>
        <span class="codicon codicon-add" aria-hidden="true" /> {words.blank}
      </button>
      {shape !== null && <Shape shape={shape} send={send} />}
      {start.other !== '' && (
        <button type="button" class="wide" onClick={() => send({ type: 'open-other' })}>
          {fill(words.editOther, start.other)}
        </button>
      )}
      <h2>{words.templates}</h2>
      <Choices items={start.templates} choose={(index) => send({ type: 'new', template: index })} />
      <h2>{words.drafts}</h2>
      {start.drafts.length === 0 && <p class="note">{words.noDrafts}</p>}
      <Choices items={start.drafts} choose={(index) => send({ type: 'open-draft', index })} />
    </main>
  );
}

function Choices({ items, choose }: { readonly items: readonly Choice[]; readonly choose: (index: number) => void }) {
  return (
    <ul class="rows">
      {items.map(({ label, details }, index) => (
        <li key={`${index} ${label}`}>
          <button type="button" class="link" onClick={() => choose(index)}>
            {label}
          </button>
          <p class="note">{details}</p>
        </li>
      ))}
    </ul>
  );
}
