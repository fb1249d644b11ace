/** What a person can say to a finding or to a check: the same wherever it stands on the page. */
import { useEffect, useRef } from 'preact/hooks';
import { usePage } from './context';
import type { PageCheck, PageFinding } from './model';
import { filled } from './pageState';
import { Button, opening, ReasonForm } from './parts';
import { withKey } from './ui';

/** @param where tells apart the places that show the same finding: only one of them has the form open */
export function FindingAnswers({ finding, where }: { readonly finding: PageFinding; readonly where: string }) {
  const { words, page, draft, ui, arrange, send } = usePage();
  const field = `accept:${finding.id}`;
  const key = `${where} ${field}`;
  const question = `${where} revert:${finding.id}`;
  const answer = draft.accepted.find(({ id }) => id === finding.id);
  const row = useRef<HTMLDivElement>(null);
  const writing = ui.answering.includes(key);
  const asking = ui.answering.includes(question);
  useReturnedFocus(row, writing || asking);
  const set = (name: string, on: boolean) => arrange(({ answering }) => ({ answering: withKey(answering, name, on) }));
  const write = () => {
    opening(field);
    set(key, true);
  };
  const about = finding.place === '' ? finding.message : finding.place;
  return (
    <div class="answers" ref={row}>
      {answer !== undefined && (
        <p class="answer">
          <span class="symbol" aria-hidden="true">
            ✓
          </span>{' '}
          {filled(words.accepted, answer.reason)}
          {answer.note !== '' && <span class="note"> ({answer.note})</span>}
        </p>
      )}
      {!writing && !asking && (
        <div class="row">
          {finding.opens && (
            <Button
              onPress={() => send({ type: 'open-finding', id: finding.id })}
              label={`${words.openDiff}: ${about}`}
            >
              {words.openDiff}
            </Button>
          )}
          {finding.asks && (
            <Button onPress={write} label={`${answer === undefined ? words.accept : words.change} ${about}`}>
              {answer === undefined ? words.accept : words.change}
            </Button>
          )}
          {answer !== undefined && (
            <Button onPress={() => send({ type: 'accept', id: finding.id, reason: '' })}>{words.takeBack}</Button>
          )}
          {finding.reverts && (
            <Button onPress={() => set(question, true)} why={page.busy?.words ?? ''} label={`${words.revert} ${about}`}>
              {words.revert}
            </Button>
          )}
          {page.correction !== null && <JustifyButton finding={finding} about={about} />}
          {page.correction !== null && <IncludeBox finding={finding} about={about} />}
        </div>
      )}
      {writing && (
        <ReasonForm
          field={field}
          label={words.acceptWhy}
          begin={answer?.reason ?? ''}
          button={words.keep}
          onKeep={(reason) => {
            send({ type: 'accept', id: finding.id, reason });
            set(key, false);
          }}
          onCancel={() => set(key, false)}
        />
      )}
      {asking && (
        <div class="reason">
          <p>{words.revertDoes}</p>
          <p class="row">
            <Button
              primary
              why={page.busy?.words ?? ''}
              onPress={() => {
                send({ type: 'revert', id: finding.id });
                set(question, false);
              }}
            >
              {words.revertNow}
            </Button>
            <Button onPress={() => set(question, false)}>{words.cancel}</Button>
          </p>
        </div>
      )}
    </div>
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
