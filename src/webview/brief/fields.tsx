/** Fields of the form: a label, a box to type into, and what is wrong with it. */
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { BriefForm, Field, Intent } from './messages';
import type { EditSession } from './session';

/** What every part of the form is given. */
export interface FormProps {
  readonly form: BriefForm;
  readonly session: EditSession;
  readonly send: (intent: Intent) => void;
  readonly say: (text: string) => void;
}

interface BoxProps {
  readonly session: EditSession;
  readonly place: string;
  readonly field: Field;
  /** The name of the box where no label stands beside it. */
  readonly name?: string | undefined;
  readonly hint?: string | undefined;
  readonly lines?: boolean;
  readonly numeric?: boolean;
  readonly mono?: boolean;
  readonly required?: boolean;
  readonly onKey?: (event: KeyboardEvent) => void;
}

export const idOf = (place: string) => `f-${place.replaceAll('.', '-')}`;

/** A box whose text is the file's, typed into as any other. */
export function Box({ session, place, field, name, hint, lines, numeric, mono, required, onKey }: BoxProps) {
  const box = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    if (box.current !== null) session.show(place, box.current, field.value);
  });
  const refusal = session.refusal(place);
  const problem = refusal || field.problem || field.locked;
  const shared = {
    id: idOf(place),
    ref: box,
    'aria-label': name,
    'aria-required': required,
    'aria-invalid': refusal !== '' || field.problem !== '',
    'aria-describedby': problem === '' ? undefined : `${idOf(place)}-problem`,
    placeholder: hint,
    readOnly: field.locked !== '',
    spellcheck: !mono,
    class: mono ? 'mono' : undefined,
    onInput: ({ currentTarget }: { currentTarget: HTMLInputElement | HTMLTextAreaElement }) =>
      session.type(place, currentTarget.value),
    onCompositionStart: () => session.compose(box.current),
    onCompositionEnd: () => session.compose(null),
    onBlur: () => session.flush(),
    onKeyDown: (event: KeyboardEvent) => {
      if (!event.isComposing) onKey?.(event);
    },
  };
  return (
    <>
      {lines ? (
        <textarea {...shared} rows={2} />
      ) : (
        <input {...shared} type="text" inputMode={numeric ? 'numeric' : undefined} />
      )}
      <Problem place={place} text={problem} />
    </>
  );
}

/** A labelled box. */
export function TextField({ label, ...box }: BoxProps & { readonly label: string | undefined }) {
  return (
    <div class="field">
      <label for={idOf(box.place)}>
        {label}
        {box.required && <span aria-hidden="true"> *</span>}
      </label>
      <Box {...box} />
    </div>
  );
}

/** What is wrong in a place, beside it; the box names it as its description. */
export function Problem({ place, text }: { readonly place: string; readonly text: string }) {
  if (text === '') return null;
  return (
    <p class="fault" id={`${idOf(place)}-problem`}>
      {text}
    </p>
  );
}

/** Several fields under one name. */
export function Group({
  place,
  label,
  required,
  children,
}: {
  readonly place: string;
  readonly label: string | undefined;
  readonly required?: boolean;
  readonly children: ComponentChildren;
}) {
  return (
    <fieldset class="field" id={idOf(place)}>
      <legend>
        {label}
        {required && <span aria-hidden="true"> *</span>}
      </legend>
      {children}
    </fieldset>
  );
}

/** A small button that shows an icon and says its name. */
export function IconButton({
  icon,
  name,
  whyNot,
  onClick,
  ...others
}: {
  readonly icon: string;
  readonly name: string | undefined;
  /** Why it does nothing now; empty when it does. */
  readonly whyNot?: string;
  readonly onClick: () => void;
  readonly 'aria-expanded'?: boolean;
}) {
  const off = whyNot !== undefined && whyNot !== '';
  return (
    <button
      type="button"
      class="icon"
      aria-label={off ? `${name} (${whyNot})` : name}
      title={off ? `${name}: ${whyNot}` : name}
      aria-disabled={off}
      onClick={() => !off && onClick()}
      {...others}
    >
      <span class={`codicon codicon-${icon}`} aria-hidden="true" />
    </button>
  );
}

/** What a person typed, as part of a name: characters that reorder or vanish are shown to be there. */
export function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '\ufffd');
}

/** A text of ours with something put into its place. */
export function fill(template: string | undefined, value: string | number): string {
  return (template ?? '').replace('{0}', `${value}`);
}
