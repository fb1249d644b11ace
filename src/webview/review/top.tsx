/** Above the fold: verdict, goal, the five numbers, and the one action that the state asks for. */
import { useEffect, useId, useState } from 'preact/hooks';
import { usePage } from './context';
import { type Action, type Head, nameOf } from './model';
import { filled } from './pageState';
import { Button } from './parts';

/** The form that an action opens, by the name of its section. */
const FORM_OF: Partial<Record<Action['deed'], string>> = {
  correct: 'correction',
  'sign-off': 'signoff',
  reject: 'reject',
};

/** The key of the one action that the state asks for. */
const PRIMARY_KEY = /mac/i.test(navigator.platform) ? '⌘⏎' : 'Ctrl+Enter';

export function Top({ head, onDeed }: { readonly head: Head; readonly onDeed: (deed: Action['deed']) => void }) {
  const { words, send, go } = usePage();
  return (
    <header>
      <div class="title">
        <h1 tabIndex={-1}>{head.title}</h1>
        <p class="note">{head.revision}</p>
      </div>
      {head.stale !== '' && <p class="problem">{head.stale}</p>}
      <div class="verdict" data-tone={head.verdict.tone}>
        <p class="verdict-words" data-tone={head.verdict.tone}>
          <span class="symbol" aria-hidden="true">
            {head.verdict.symbol}
          </span>{' '}
          <strong>{head.verdict.words}</strong>{' '}
          {head.count !== '' && (
            <button type="button" class="fact" onClick={() => go(head.countTo)}>
              {head.count}
            </button>
          )}
        </p>
        {head.outcome !== '' && <p class="outcome">{head.outcome}</p>}
        {head.reasons.length > 0 && (
          <ul class="reasons">
            {head.reasons.map((reason, index) => (
              <li key={`${index} ${reason}`}>{reason}</li>
            ))}
          </ul>
        )}
        <Actions head={head} onDeed={onDeed} />
      </div>
      <Busy />
      {head.asking !== null && <Asking asking={head.asking} />}
      <p class="goal">
        <strong>{words.goal}:</strong> <span>{head.goal}</span>{' '}
        <Button quiet onPress={() => send({ type: 'open-brief' })} label={words.showBrief}>
          {words.brief} ↗
        </Button>{' '}
        {head.hasTranscript && isUnfinished(head) && (
          <Button quiet onPress={() => send({ type: 'open-transcript' })}>
            {words.openTranscript} ↗
          </Button>
        )}
      </p>
      <Tiles head={head} />
    </header>
  );
}

/** At work or broken off: what the agent said and did is what there is to look at. */
function isUnfinished({ primary, others }: Head): boolean {
  return [primary, ...others].some((action) => action?.deed === 'stop' || action?.deed === 'resume');
}

function Actions({ head, onDeed }: { readonly head: Head; readonly onDeed: (deed: Action['deed']) => void }) {
  const { words } = usePage();
  const id = useId();
  const actions = [...(head.primary === null ? [] : [head.primary]), ...head.others];
  if (actions.length === 0) return null;
  // What hinders everything is said once.
  const reasons = [...new Set(actions.map(({ why }) => why).filter((why) => why !== ''))];
  return (
    <div class="deeds">
      <fieldset class="row" aria-label={words.actions}>
        {actions.map((action) => (
          <Button
            key={action.deed}
            opens={FORM_OF[action.deed]}
            primary={action === head.primary}
            why={action.why}
            describedBy={action.why === '' ? `${id}-does-${action.deed}` : `${id}-why-${reasons.indexOf(action.why)}`}
            onPress={() => onDeed(action.deed)}
          >
            {action.words}
          </Button>
        ))}
      </fieldset>
      {actions.map((action) => (
        <p key={action.deed} id={`${id}-does-${action.deed}`} class={action === head.primary ? 'note' : 'aloud'}>
          {action === head.primary && <kbd>{PRIMARY_KEY}</kbd>} {action.does}
        </p>
      ))}
      {reasons.map((why, index) => (
        <p key={why} id={`${id}-why-${index}`} class="note why">
          {actions
            .filter((action) => action.why === why)
            .map(nameOf)
            .join(', ')}
          : {why}
        </p>
      ))}
    </div>
  );
}

/** What is being done, and for how long. */
function Busy() {
  const { page, words } = usePage();
  const [now, setNow] = useState(Date.now());
  const { busy } = page;
  useEffect(() => {
    if (busy === null) return;
    const tick = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(tick);
  }, [busy?.since]);
  if (busy === null) return null;
  const seconds = Math.max(0, Math.round((now - busy.since) / 1_000));
  return (
    <p class="busy">
      <span class="codicon codicon-sync" aria-hidden="true" /> {busy.words} · {filled(words.elapsed, seconds)}
    </p>
  );
}

function Asking({ asking }: { readonly asking: NonNullable<Head['asking']> }) {
  const { words, send } = usePage();
  const id = useId();
  const answer = (allow: boolean) => send({ type: 'answer', request: asking.request, allow });
  return (
    <section class="asking" aria-labelledby={id}>
      <h2 id={id}>{words.asks}</h2>
      <p class="prose question">{asking.question}</p>
      <p class="row">
        <Button primary why={asking.why} onPress={() => answer(true)}>
          {asking.allow}
        </Button>
        <Button why={asking.why} onPress={() => answer(false)}>
          {words.refuse}
        </Button>
        {asking.why !== '' && <span class="note">{asking.why}</span>}
      </p>
    </section>
  );
}

function Tiles({ head }: { readonly head: Head }) {
  const { words, go } = usePage();
  return (
    <section class="tiles" aria-label={words.atAGlance}>
      {head.tiles.map(({ label, facts }) => (
        <div class="tile" key={label}>
          <h2>{label}</h2>
          <ul>
            {facts.map(({ tone, words: said, to }) => (
              <li key={said}>
                <button type="button" class="fact" data-tone={tone} onClick={() => go(to)}>
                  {said}
                </button>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}
