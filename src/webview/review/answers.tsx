/** What a person can say to a finding or to a check: the same wherever it stands on the page. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { usePage } from './context';
import type { PageCheck, PageFinding } from './model';
import { filled } from './pageState';
import { Button, opening, ReasonForm } from './parts';
import { withKey } from './ui';

/** @param where tells apart the places that show the same finding: only one of them has the form open */
export function FindingAnswers({ finding, where }: { readonly finding: PageFinding; readonly where: string }) {
  const { words, draft, ui, arrange, send } = usePage();
  const answer = draft.accepted.find(({ id }) => id === finding.id);
  const grown = draft.grown.find(({ id }) => id === finding.id);
  const row = useRef<HTMLDivElement>(null);
  const nameOf = (form: AnswerForm) => `${where} ${form}:${finding.id}`;
  const open = ANSWER_FORMS.find((form) => ui.answering.includes(nameOf(form))) ?? null;
  useReturnedFocus(row, open !== null);
  const set = (form: AnswerForm, on: boolean) =>
    arrange(({ answering }) => ({ answering: withKey(answering, nameOf(form), on) }));
  const begin = (form: AnswerForm) => {
    if (form !== 'revert') opening(`${form}:${finding.id}`);
    set(form, true);
  };
  return (
    <div class="answers" ref={row}>
      {answer !== undefined && (
        <p class="answer">
          <span class="symbol" aria-hidden="true">
            ✓
          </span>{' '}
          {filled(answer.widens ? words.widened : words.accepted, answer.reason)}
          {answer.note !== '' && <span class="note"> ({answer.note})</span>}
        </p>
      )}
      {grown !== undefined && <p class="stale">{grown.words}</p>}
      {finding.places.length > 0 && <Places finding={finding} />}
      {open === null && <AnswerButtons finding={finding} begin={begin} />}
      {(open === 'accept' || open === 'widen') && (
        <ReasonForm
          field={`${open}:${finding.id}`}
          label={open === 'widen' ? words.widenWhy : words.acceptWhy}
          begin={answer?.reason ?? ''}
          button={words.keep}
          onKeep={(reason) => {
            send({ type: open, id: finding.id, reason });
            set(open, false);
          }}
          onCancel={() => set(open, false)}
        />
      )}
      {open === 'revert' && <RevertQuestion finding={finding} close={() => set('revert', false)} />}
    </div>
  );
}

/** What can stand open in the place of the buttons. */
const ANSWER_FORMS = ['accept', 'widen', 'revert'] as const;
type AnswerForm = (typeof ANSWER_FORMS)[number];

interface AnswerButtonsProps {
  readonly finding: PageFinding;
  readonly begin: (form: AnswerForm) => void;
}

/** Only answers that make sense have a button; one that is expected, and does not, says why. */
function AnswerButtons({ finding, begin }: AnswerButtonsProps) {
  const { words, page, draft, send } = usePage();
  const answer = draft.accepted.find(({ id }) => id === finding.id);
  const about = finding.place === '' ? finding.message : finding.place;
  const accept = answer === undefined || answer.widens ? words.accept : words.change;
  const widen = answer?.widens === true ? words.change : words.widen;
  const revert = finding.places.length > 0 ? filled(words.revertMany, finding.places.length) : words.revert;
  return (
    <div class="row">
      {finding.opens && (
        <Button
          onPress={() => send({ type: 'open-finding', id: finding.id, place: 0 })}
          label={`${words.openDiff}: ${about}`}
        >
          {words.openDiff}
        </Button>
      )}
      {finding.asks && (
        <Button onPress={() => begin('accept')} why={finding.acceptNot} label={`${accept} ${about}`}>
          {accept}
        </Button>
      )}
      {finding.asks && finding.acceptNot !== '' && <span class="note">{finding.acceptNot}</span>}
      {finding.asks && finding.widens && (
        <Button onPress={() => begin('widen')} label={`${widen} ${about}`}>
          {widen}
        </Button>
      )}
      {answer !== undefined && (
        <Button onPress={() => send({ type: 'accept', id: finding.id, reason: '' })}>{words.takeBack}</Button>
      )}
      {finding.reverts && (
        <Button onPress={() => begin('revert')} why={page.busy?.words ?? ''} label={`${revert} ${about}`}>
          {revert}
        </Button>
      )}
      {page.correction !== null && <JustifyButton finding={finding} about={about} />}
      {page.correction !== null && <IncludeBox finding={finding} about={about} />}
    </div>
  );
}

function RevertQuestion({ finding, close }: { readonly finding: PageFinding; readonly close: () => void }) {
  const { words, page, send } = usePage();
  const many = finding.places.length > 0;
  return (
    <div class="reason">
      <p>{many ? words.revertManyDoes : words.revertDoes}</p>
      <p class="row">
        <Button
          primary
          why={page.busy?.words ?? ''}
          onPress={() => {
            send({ type: 'revert', id: finding.id });
            close();
          }}
        >
          {many ? words.revertManyNow : words.revertNow}
        </Button>
        <Button onPress={close}>{words.cancel}</Button>
      </p>
    </div>
  );
}

/** Places that are listed at once; more come when they are asked for. */
const PLACES_AT_ONCE = 100;

/** The places of a group: folded, and each opens its difference. */
function Places({ finding }: { readonly finding: PageFinding }) {
  const { words, send } = usePage();
  const [most, setMost] = useState(PLACES_AT_ONCE);
  const [unfolded, setUnfolded] = useState(false);
  const rest = finding.places.length - most;
  return (
    <details class="places" open={unfolded} onToggle={({ currentTarget }) => setUnfolded(currentTarget.open)}>
      <summary>{filled(words.places, finding.places.length)}</summary>
      {unfolded && (
        <ul class="plain tight">
          {finding.places.slice(0, most).map((place, index) => (
            <li key={`${index} ${place}`}>
              <button
                type="button"
                class="link"
                aria-label={`${words.openDiff}: ${place}`}
                onClick={() => send({ type: 'open-finding', id: finding.id, place: index })}
              >
                {place}
              </button>
            </li>
          ))}
        </ul>
      )}
      {unfolded && rest > 0 && (
        <Button quiet onPress={() => setMost(most + PLACES_AT_ONCE * 10)}>
          {filled(words.morePlaces, Math.min(rest, PLACES_AT_ONCE * 10))}
        </Button>
      )}
    </details>
  );
}

interface AboutFinding {
  readonly finding: PageFinding;
  readonly about: string;
}

function JustifyButton({ finding, about }: AboutFinding) {
  const { words, draft, send } = usePage();
  const on = draft.justify.includes(finding.id);
  return (
    <Button
      pressed={on}
      onPress={() => send({ type: 'justify', id: finding.id, on: !on })}
      label={`${words.justify}: ${about}`}
    >
      {on ? '✓ ' : ''}
      {words.justify}
    </Button>
  );
}

export function IncludeBox({ finding, about }: AboutFinding) {
  const { words, draft, send } = usePage();
  return (
    <label class="tick">
      <input
        type="checkbox"
        checked={draft.included.includes(finding.id)}
        aria-label={`${words.include}: ${about}`}
        onChange={({ currentTarget: { checked } }) => send({ type: 'include', id: finding.id, on: checked })}
      />
      {words.include}
    </label>
  );
}

/** @param where tells apart the places that show the same check */
export function CheckAnswers({ check, where }: { readonly check: PageCheck; readonly where: string }) {
  const { words, draft, ui, arrange, send } = usePage();
  const field = `override:${check.index}`;
  const key = `${where} ${field}`;
  const answer = draft.overridden.find(({ id }) => id === `${check.index}`);
  const row = useRef<HTMLDivElement>(null);
  const writing = ui.answering.includes(key);
  useReturnedFocus(row, writing);
  const set = (on: boolean) => arrange(({ answering }) => ({ answering: withKey(answering, key, on) }));
  const write = () => {
    opening(field);
    set(true);
  };
  const failed = check.mark.tone !== 'good' && check.logged;
  return (
    <div class="answers" ref={row}>
      {answer !== undefined && (
        <p class="answer">
          <span class="symbol" aria-hidden="true">
            ✓
          </span>{' '}
          {filled(words.overridden, answer.reason)}
        </p>
      )}
      {!writing && (
        <div class="row">
          {check.logged && (
            <Button
              onPress={() => send({ type: 'show-log', check: check.index })}
              label={`${words.showLog}: ${check.name}`}
            >
              {words.showLog}
            </Button>
          )}
          {check.asks && (
            <Button onPress={write} label={`${answer === undefined ? words.override : words.change} ${check.name}`}>
              {answer === undefined ? words.override : words.change}
            </Button>
          )}
          {answer !== undefined && (
            <Button onPress={() => send({ type: 'override', check: check.index, reason: '' })}>{words.takeBack}</Button>
          )}
          {failed && (
            <Button quiet onPress={() => send({ type: 'brief-from-check', check: check.index })}>
              {words.briefFromCheck}
            </Button>
          )}
        </div>
      )}
      {writing && (
        <ReasonForm
          field={field}
          label={words.overrideWhy}
          begin={answer?.reason ?? ''}
          button={words.keep}
          onKeep={(reason) => {
            send({ type: 'override', check: check.index, reason });
            set(false);
          }}
          onCancel={() => set(false)}
        />
      )}
    </div>
  );
}

/** When a form closes, the focus goes to what is in its place: it must not fall to the top of the page. */
function useReturnedFocus(row: { readonly current: HTMLElement | null }, open: boolean): void {
  const was = useRef(open);
  useEffect(() => {
    if (was.current && !open) {
      const lost = document.activeElement === null || document.activeElement === document.body;
      if (lost) row.current?.querySelector<HTMLElement>('button')?.focus();
    }
    was.current = open;
  }, [open]);
}
