/** The decisions, each a section of the page: correction, sign-off, rejection. Nothing is a dialog. */
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { usePage } from './context';
import { type Form, PROSE_MOST } from './messages';
import type { Correction, Delivery, SignoffChoice } from './model';
import { Button, Part, Problem, ReasonForm } from './parts';
import { withKey } from './ui';

const SETTLE_MS = 300;

function useClose(form: Form): () => void {
  const { arrange } = usePage();
  return () => arrange(({ forms }) => ({ forms: withKey(forms, form, false) }));
}

export function CorrectionForm({ correction }: { readonly correction: Correction }) {
  const { words, page, draft, send } = usePage();
  const [again, setAgain] = useState(false);
  const close = useClose('correction');
  const box = useRef<HTMLTextAreaElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const id = useId();
  const save = () => {
    clearTimeout(timer.current);
    const text = box.current?.value;
    if (text !== undefined) send({ type: 'correction-text', text });
  };
  // What is ticked changed, or the form was just opened: the editor composes, unless the text was edited.
  const ticked = JSON.stringify([draft.included, draft.justify, page.head?.tree]);
  useEffect(() => {
    const soon = setTimeout(() => send({ type: 'compose', anew: false }), SETTLE_MS);
    return () => clearTimeout(soon);
  }, [ticked]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const spent = correction.spent && !again ? words.oneMoreFirst : '';
  const why = correction.why === '' ? spent : correction.why;
  const submit = () => {
    if (why !== '') return;
    save();
    send({ type: 'send-correction', again });
  };
  return (
    <Part name="correction" title={words.correction} aside={<span class="note">{correction.round}</span>}>
      <p>
        {words.correctionLead} <span class="note">{correction.picked}</span>
      </p>
      {correction.outdated && (
        <p class="stale">
          {words.outdated} <Button onPress={() => send({ type: 'compose', anew: true })}>{words.recompose}</Button>
        </p>
      )}
      {correction.earlier && (
        <p>
          <Button onPress={() => send({ type: 'take-back' })}>{words.earlier}</Button>
        </p>
      )}
      {correction.edition === 0 && page.problems.correction === '' && <p class="note">{words.composing}</p>}
      <label for={id}>{words.body}</label>
      <textarea
        key={correction.edition}
        id={id}
        ref={box}
        rows={12}
        maxLength={PROSE_MOST}
        dir="auto"
        // What is written before the text comes would be replaced by it.
        readOnly={correction.edition === 0}
        defaultValue={correction.body}
        onInput={() => {
          clearTimeout(timer.current);
          timer.current = setTimeout(save, SETTLE_MS);
        }}
        onBlur={save}
        onKeyDown={(event) => {
          if (event.isComposing || event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          event.stopPropagation();
          submit();
        }}
      />
      {correction.fixed !== '' && (
        <details>
          <summary>{words.fixed}</summary>
          <section aria-label={words.fixed}>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
            <pre tabIndex={0}>{correction.fixed}</pre>
          </section>
        </details>
      )}
      {correction.spent && (
        <label class="tick">
          <input type="checkbox" checked={again} onChange={({ currentTarget: { checked } }) => setAgain(checked)} />
          {words.oneMore}
        </label>
      )}
      <Problem text={page.problems.correction} />
      <p class="row">
        <Button primary why={why} describedBy={why === '' ? undefined : `${id}-why`} onPress={submit}>
          {words.send}
        </Button>
        <Button
          onPress={() => {
            save();
            close();
          }}
        >
          {words.cancel}
        </Button>
        {why !== '' && (
          <span class="note" id={`${id}-why`}>
            {why}
          </span>
        )}
      </p>
    </Part>
  );
}

export function SignoffForm({ signoff, tree }: { readonly signoff: SignoffChoice; readonly tree: string }) {
  const { words, page, send } = usePage();
  const close = useClose('signoff');
  const branch = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const id = useId();
  useEffect(() => () => clearTimeout(timer.current), []);
  const choose = (mode: Delivery) => {
    clearTimeout(timer.current);
    send({ type: 'delivery', mode, to: branch.current?.value ?? signoff.to });
  };
  return (
    <Part name="signoff" title={words.signoff}>
      <fieldset class="choices">
        <legend>{words.delivery}</legend>
        {signoff.choices.map(({ mode, words: named, does }) => (
          <label class="tick" key={mode}>
            <input type="radio" name={id} value={mode} checked={mode === signoff.mode} onChange={() => choose(mode)} />
            <span>
              <strong>{named}</strong> <span class="note">{does}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {signoff.named && (
        <p class="row">
          <label for={`${id}-to`}>{words.toBranch}</label>
          <input
            type="text"
            id={`${id}-to`}
            ref={branch}
            maxLength={1_024}
            spellcheck={false}
            autocomplete="off"
            defaultValue={signoff.to}
            placeholder={signoff.toDefault}
            onInput={() => {
              clearTimeout(timer.current);
              timer.current = setTimeout(() => choose(signoff.mode), SETTLE_MS);
            }}
          />
        </p>
      )}
      <p class="sentence" id={`${id}-does`}>
        {signoff.sentence}
      </p>
      <Problem text={page.problems.signoff} />
      <p class="row">
        <Button
          primary
          why={signoff.why}
          describedBy={signoff.why === '' ? `${id}-does` : `${id}-why`}
          onPress={() => {
            if (tree !== '') send({ type: 'sign-off', tree });
          }}
        >
          {signoff.button}
        </Button>
        <Button onPress={close}>{words.cancel}</Button>
        {signoff.why !== '' && (
          <span class="note" id={`${id}-why`}>
            {signoff.why}
          </span>
        )}
      </p>
    </Part>
  );
}

export function RejectForm({ why }: { readonly why: string }) {
  const { words, page, send } = usePage();
  const close = useClose('reject');
  return (
    <Part name="reject" title={words.reject}>
      <p>{words.rejectDoes}</p>
      <ReasonForm
        form="reject"
        field="reject"
        label={words.rejectWhy}
        begin=""
        button={words.rejectNow}
        why={why}
        onKeep={(reason) => send({ type: 'reject', reason })}
        onCancel={close}
      />
      <Problem text={page.problems.reject} />
    </Part>
  );
}
