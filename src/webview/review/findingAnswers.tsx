/** What a person can say to a finding: the same wherever it stands on the page. */
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { Rows } from '../shared/parts';
import { usePage } from './context';
import type { PageDraft, PageFinding, PageWords } from './model';
import { filled } from './pageState';
import { Button, Given, opening, ReasonForm, Tick, whenOpened } from './parts';
import { Places } from './places';
import { withKey } from './ui';

/** @param where tells apart the places that show the same finding: only one of them has the form open */
export function FindingAnswers({ finding, where }: { readonly finding: PageFinding; readonly where: string }) {
  const { words, draft, ui, arrange, send } = usePage();
  const answer = draft.accepted.find(({ id }) => id === finding.id);
  const grown = draft.grown.find(({ id }) => id === finding.id);
  const nameOf = (form: AnswerForm) => `${where} ${form}:${finding.id}`;
  const open = ANSWER_FORMS.find((form) => ui.answering.includes(nameOf(form))) ?? null;
  const set = (form: AnswerForm, on: boolean) =>
    arrange(({ answering }) => ({ answering: withKey(answering, nameOf(form), on) }));
  const begin = (form: AnswerForm) => {
    opening(`${form}:${finding.id}`);
    set(form, true);
  };
  return (
    <div class="answers">
      {answer !== undefined && (
        <Given>
          {answerWords(finding, answer, words)}
          {answer.note !== '' && <span class="note"> ({answer.note})</span>}
        </Given>
      )}
      {grown !== undefined && <p class="stale">{grown.words}</p>}
      {finding.places.length > 0 && <Places finding={finding} />}
      {open === null && <AnswerButtons finding={finding} begin={begin} />}
      {(open === 'accept' || open === 'widen') && (
        <ReasonForm
          form={open}
          field={`${open}:${finding.id}`}
          label={whyWords(finding, open, words)}
          about={open === 'widen' && <Rows rows={finding.amends} />}
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

/** What was answered, and to how much: a group is answered for all of its places at once. */
function answerWords(
  { places: { length } }: PageFinding,
  { reason, widens }: PageDraft['accepted'][number],
  words: PageWords,
): string {
  if (length === 0) return filled(widens ? words.widened : words.accepted, reason);
  return filled(widens ? words.widenedMany : words.acceptedMany, reason, length);
}

function whyWords({ places: { length } }: PageFinding, form: 'accept' | 'widen', words: PageWords): string {
  if (length === 0) return form === 'widen' ? words.widenWhy : words.acceptWhy;
  return filled(form === 'widen' ? words.widenManyWhy : words.acceptManyWhy, length);
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
  const id = useId();
  const { length } = finding.places;
  const answer = draft.accepted.find((one) => one.id === finding.id);
  const about = aboutOf(finding);
  const acceptNew = length > 0 ? filled(words.acceptMany, length) : words.accept;
  const accept = answer === undefined || answer.widens ? acceptNew : words.change;
  const widen = answer?.widens === true ? words.change : words.widen;
  const revert = length > 0 ? filled(words.revertMany, length) : words.revert;
  const hindered = finding.asks && finding.acceptNot !== '';
  return (
    <>
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
          <Button
            opens="accept"
            onPress={() => begin('accept')}
            why={finding.acceptNot}
            describedBy={hindered ? id : undefined}
            label={`${accept} ${about}`}
          >
            {accept}
          </Button>
        )}
        {finding.asks && finding.amends.length > 0 && (
          <Button opens="widen" onPress={() => begin('widen')} label={`${widen} ${about}`}>
            {widen}
          </Button>
        )}
        {answer !== undefined && (
          <Button
            onPress={() => send({ type: 'accept', id: finding.id, reason: '' })}
            label={`${words.takeBack}: ${about}`}
          >
            {words.takeBack}
          </Button>
        )}
        {finding.reverts && (
          <Button
            opens="revert"
            onPress={() => begin('revert')}
            why={page.busy?.words ?? ''}
            label={`${revert} ${about}`}
          >
            {revert}
          </Button>
        )}
        {page.correction !== null && <JustifyButton finding={finding} about={about} />}
        {page.correction !== null && <IncludeBox finding={finding} about={about} />}
      </div>
      {hindered && (
        <p class="note" id={id}>
          {finding.acceptNot}
        </p>
      )}
    </>
  );
}

function RevertQuestion({ finding, close }: { readonly finding: PageFinding; readonly close: () => void }) {
  const { words, page, send } = usePage();
  const many = finding.places.length > 0;
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    // Not the button: a key that is held down would answer what nobody has read.
    whenOpened(`revert:${finding.id}`, () => box.current?.querySelector('p')?.focus());
    const leave = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.isComposing) return;
      event.stopPropagation();
      close();
    };
    box.current?.addEventListener('keydown', leave);
    return () => box.current?.removeEventListener('keydown', leave);
  }, []);
  return (
    <div class="reason" data-form="revert" ref={box}>
      <p tabIndex={-1}>{many ? words.revertManyDoes : words.revertDoes}</p>
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

/** Tells a finding apart in the names of its buttons: a place may have several, and a group is no one place. */
export function aboutOf({ place, rule, message }: PageFinding): string {
  return place === '' ? message : `${place}, ${rule}`;
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
    <Tick
      on={draft.included.includes(finding.id)}
      label={`${words.include}: ${about}`}
      onTick={(on) => send({ type: 'include', id: finding.id, on })}
    >
      {words.include}
    </Tick>
  );
}
