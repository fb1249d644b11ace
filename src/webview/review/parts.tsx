/** Shapes of the review page: buttons that say why they do nothing, sections that can be led to, forms for a reason. */
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { usePage } from './context';
import { REASON_MOST } from './messages';
import type { Target } from './model';
import { withKey } from './ui';

const SETTLE_MS = 300;

interface ButtonProps {
  readonly children: ComponentChildren;
  readonly onPress: () => void;
  /** Why it cannot be pressed; empty when it can. */
  readonly why?: string;
  readonly primary?: boolean;
  readonly quiet?: boolean;
  readonly pressed?: boolean;
  readonly label?: string;
  /** Id of the text that says what it does, or why not. */
  readonly describedBy?: string | undefined;
  /** Name of the form that it opens: the focus comes back to it. */
  readonly opens?: string | undefined;
}

/** An answer that was given, until it is taken back. */
export function Given({ children }: { readonly children: ComponentChildren }) {
  return (
    <p class="answer">
      <span class="symbol" aria-hidden="true">
        ✓
      </span>{' '}
      {children}
    </p>
  );
}

interface TickProps {
  readonly on: boolean;
  /** Number of the list that it stands in, if of any: a click on one that is gone by then is not taken. */
  readonly list?: number;
  readonly label: string;
  readonly onTick: (on: boolean) => void;
  readonly children?: ComponentChildren;
}

/** A box that shows a click at once: a page that is drawn before the editor has heard of it does not take it back. */
export function Tick({ on, list, label, onTick, children }: TickProps) {
  const [shown, show] = useState(on);
  useEffect(() => show(on), [on, list]);
  const tick = (wanted: boolean) => {
    show(wanted);
    onTick(wanted);
  };
  return (
    <label class="tick">
      <input
        type="checkbox"
        checked={shown}
        aria-label={label}
        onChange={({ currentTarget: { checked } }) => tick(checked)}
      />
      {children}
    </label>
  );
}

/** Stays reachable by keyboard when it cannot be pressed: the reason is part of it. */
export function Button({
  children,
  onPress,
  why = '',
  primary,
  quiet,
  pressed,
  label,
  describedBy,
  opens,
}: ButtonProps) {
  const off = why !== '';
  return (
    <button
      type="button"
      class={primary ? 'primary' : quiet ? 'quiet' : undefined}
      aria-disabled={off ? 'true' : undefined}
      aria-pressed={pressed}
      aria-label={label}
      aria-describedby={describedBy}
      data-opens={opens}
      title={off ? why : undefined}
      onClick={() => {
        if (!off) onPress();
      }}
    >
      {children}
    </button>
  );
}

/** A section that numbers lead to. */
export function Part({
  name,
  title,
  aside,
  children,
}: {
  readonly name: Target | 'afterwards' | 'correction' | 'signoff' | 'reject';
  readonly title: string;
  readonly aside?: ComponentChildren;
  readonly children: ComponentChildren;
}) {
  const id = `part-${name}`;
  return (
    <section aria-labelledby={id} class="part" data-part={name}>
      <div class="part-head">
        <h2 id={id} tabIndex={-1}>
          {title}
        </h2>
        {aside}
      </div>
      {children}
    </section>
  );
}

/** Brings a section into view and its heading to the focus. */
export function focusPart(name: string): void {
  const heading = document.getElementById(`part-${name}`);
  if (heading === null) return;
  heading.closest('details')?.setAttribute('open', '');
  heading.focus({ preventScroll: true });
  heading.scrollIntoView({ block: 'start' });
}

/** A section that is looked at when it is wanted. */
export function Fold({
  name,
  title,
  children,
}: {
  readonly name: string;
  readonly title: string;
  readonly children: ComponentChildren;
}) {
  const { ui, arrange } = usePage();
  return (
    <details
      class="part fold"
      open={ui.unfolded.includes(name)}
      onToggle={({ currentTarget: { open } }) =>
        arrange((last) =>
          last.unfolded.includes(name) === open ? {} : { unfolded: withKey(last.unfolded, name, open) },
        )
      }
    >
      <summary>
        <h2 id={`part-${name}`} tabIndex={-1}>
          {title}
        </h2>
      </summary>
      {children}
    </details>
  );
}

/** What went wrong with the form that it stands in. */
export function Problem({ text }: { readonly text: string }) {
  return text === '' ? null : <p class="problem">{text}</p>;
}

interface ReasonFormProps {
  /** What it is about, for the button that opens it. */
  readonly form: string;
  /** Name of the field in `text` intents: what is typed is kept by the editor at once. */
  readonly field: string;
  readonly label: string;
  /** What there is to know before one writes. */
  readonly about?: ComponentChildren;
  readonly begin: string;
  readonly button: string;
  readonly onKeep: (reason: string) => void;
  readonly onCancel: () => void;
  readonly why?: string;
}

/** A reason in the person's own words. It never takes the text that is being typed from under the cursor. */
export function ReasonForm({ form, field, label, about, begin, button, onKeep, onCancel, why = '' }: ReasonFormProps) {
  const { words, page, draft, send } = usePage();
  const box = useRef<HTMLTextAreaElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const [missing, setMissing] = useState(false);
  const id = useId();
  /** A form that closes loses the focus too: what was kept by then is no draft any more. */
  const kept = useRef(false);
  const save = () => {
    if (!kept.current) send({ type: 'text', field, text: box.current?.value ?? '' });
  };
  // Before the next key arrives: what is typed at once belongs here.
  useLayoutEffect(() => {
    whenOpened(field, () => box.current?.focus());
    return () => clearTimeout(timer.current);
  }, [field]);
  const keep = () => {
    clearTimeout(timer.current);
    const reason = box.current?.value.trim() ?? '';
    setMissing(reason === '');
    if (reason === '') box.current?.focus();
    if (reason === '' || why !== '') return;
    kept.current = true;
    onKeep(reason);
  };
  const cancel = () => {
    clearTimeout(timer.current);
    save();
    onCancel();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.stopPropagation();
      keep();
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      cancel();
    }
  };
  return (
    <div class="reason" data-form={form}>
      {about && <div id={`${id}-about`}>{about}</div>}
      <label for={id}>{label}</label>
      <textarea
        // After a reload the form is there before the text is that was half written.
        key={`${page.hasDraft}`}
        id={id}
        ref={box}
        rows={2}
        maxLength={REASON_MOST}
        dir="auto"
        defaultValue={draft.texts[field] ?? begin}
        aria-invalid={missing}
        aria-describedby={missing ? `${id}-missing` : about ? `${id}-about` : undefined}
        onKeyDown={onKeyDown}
        onInput={() => {
          kept.current = false;
          clearTimeout(timer.current);
          timer.current = setTimeout(save, SETTLE_MS);
        }}
        onBlur={save}
      />
      {missing && (
        <p class="note" id={`${id}-missing`}>
          {words.reasonNeeded}
        </p>
      )}
      <p class="row">
        <Button primary onPress={keep} why={why}>
          {button}
        </Button>
        <Button onPress={cancel}>{words.cancel}</Button>
        {why !== '' && <span class="note">{why}</span>}
      </p>
    </div>
  );
}

/** The field that the person has just opened: it gets the focus; one that comes back after a reload does not. */
let justOpened = '';

export function opening(field: string): void {
  justOpened = field;
}

/** Gives the focus to what the person has just opened; once. */
export function whenOpened(field: string, focus: () => void): void {
  if (justOpened === field) focus();
  justOpened = '';
}
