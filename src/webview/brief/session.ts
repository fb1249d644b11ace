/**
 * What is being typed and not yet in the file. An edit goes out when the typing pauses or the field is left; the editor
 * answers with the form as it is then, and a field that somebody is typing in keeps its text until its own edits are in.
 */
import type { BriefForm, FormEdit, Intent } from './messages';

/** Typing that pauses for so long goes to the file, in milliseconds. */
const PAUSE_MS = 150;

type Box = HTMLInputElement | HTMLTextAreaElement;

interface Pending {
  readonly was: string;
  readonly text: string;
}

export class EditSession {
  readonly #send: (intent: Intent) => void;
  readonly #changed: () => void;
  readonly #pending = new Map<string, Pending>();
  /** What is not known to be saved: what was typed, and what the saved file had there. */
  readonly #unsaved = new Map<string, Pending>();
  /** The last edit of a field that was sent, and what it said. */
  readonly #sent = new Map<string, { readonly seq: number; readonly text: string }>();
  /** What was chosen or ticked last, by its place: shown until the editor's answer says what became of it. */
  readonly #chosen = new Map<string, { readonly seq: number; readonly choice: string | boolean }>();
  /** Why an edit was refused, and what was typed, which the field keeps; null when it was no text that was refused. */
  readonly #refused = new Map<string, { readonly why: string; readonly kept: string | null }>();
  #known: (key: string) => string = () => '';
  #draft = '';
  #seq = 0;
  #applied = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #composing: Box | null = null;
  #wanted: string | null = null;

  /** @param changed called when there is something else to remember or to show */
  constructor(send: (intent: Intent) => void, changed: () => void) {
    this.#send = send;
    this.#changed = changed;
  }

  /** The form as it is now in the file. */
  take(form: BriefForm): void {
    if (form.draft !== this.#draft) {
      this.#pending.clear();
      this.#unsaved.clear();
      this.#sent.clear();
      this.#chosen.clear();
      this.#refused.clear();
      this.#draft = form.draft;
    }
    this.#applied = form.applied;
    this.#seq = Math.max(this.#seq, form.applied);
    this.#known = knownTexts(form);
    this.#forgetSaved(form.saved.dirty);
  }

  /** Somebody typed into a field. */
  type(key: string, text: string): void {
    const was = this.#pending.get(key)?.was ?? this.#latest(key);
    this.#pending.set(key, { was, text });
    this.#unsaved.set(key, { was: this.#unsaved.get(key)?.was ?? this.#known(key), text });
    if (this.#refused.delete(key)) this.#changed();
    this.#wanted = null;
    clearTimeout(this.#timer);
    if (this.#composing === null) this.#timer = setTimeout(() => this.flush(), PAUSE_MS);
    this.#changed();
  }

  /** An input method puts a word together: nothing is sent, and nothing shown, before it is done. */
  compose(box: Box | null): void {
    this.#composing = box;
    if (box === null) this.#timer = setTimeout(() => this.flush(), PAUSE_MS);
    else clearTimeout(this.#timer);
  }

  /** Everything that was typed goes to the file. */
  flush(): void {
    clearTimeout(this.#timer);
    for (const [key, { was, text }] of this.#pending) {
      this.#pending.delete(key);
      this.#edit({ kind: 'set', key, was, text });
      this.#sent.set(key, { seq: this.#seq, text });
    }
    this.#changed();
  }

  /** Anything else than typing, after what was typed. */
  act(edit: FormEdit): void {
    this.flush();
    for (const [key, { kept }] of this.#refused) if (kept === null) this.#refused.delete(key);
    this.#edit(edit);
  }

  /**
   * Something was chosen from a list or ticked. Keys choose faster than the editor answers.
   *
   * @param place the same as `chosen` is asked with
   */
  choose(place: string, choice: string | boolean, edit: FormEdit): void {
    this.flush();
    this.#chosen.set(place, { seq: this.#seq + 1, choice });
    this.act(edit);
  }

  /** What a list or a tick is to show: what was chosen and is on its way, else what the form has. */
  chosen<T extends string | boolean>(place: string, known: T): T {
    const last = this.#chosen.get(place);
    return last !== undefined && last.seq > this.#applied ? (last.choice as T) : known;
  }

  /** An intent that is about the file as it is typed now. */
  ask(intent: Intent): void {
    this.flush();
    this.#send(intent);
  }

  /** Whether something was typed or chosen that is not in the form as the editor sent it last. */
  get isAhead(): boolean {
    return this.#pending.size > 0 || this.#seq > this.#applied;
  }

  /** The text that the file has in a place, as far as this page knows, once what was typed is in it. */
  was(key: string): string {
    return this.#pending.get(key)?.text ?? this.#latest(key);
  }

  refuse(seq: number, key: string, why: string): void {
    const sent = this.#sent.get(key);
    if (sent !== undefined && sent.seq > seq) return;
    this.#sent.delete(key);
    this.#refused.set(key, { why, kept: sent?.seq === seq ? sent.text : null });
    this.#changed();
  }

  /** Why what stands in a field is not in the file; empty when it is. */
  refusal(key: string): string {
    return this.#refused.get(key)?.why ?? '';
  }

  /** Puts the file's text into a field; where somebody typed what is not in the file yet, or never will be, that. */
  show(key: string, box: Box, value: string): void {
    if (this.#composing === box) return;
    const typed = this.#typed(key);
    // A blank at the end of what is typed is none of the file's; taking it away would stop the next word.
    if (typed === undefined && document.activeElement === box && same(box.value, value)) return;
    const text = typed ?? value;
    if (box.value === text) return;
    const { selectionStart, selectionEnd } = box;
    box.value = text;
    if (document.activeElement === box) box.setSelectionRange(selectionStart, selectionEnd);
  }

  /** A place that does not exist yet gets the focus once it is there. */
  want(key: string): void {
    this.#wanted = key;
  }

  get wanted(): string | null {
    return this.#wanted;
  }

  /** The place has the focus, or somebody went on elsewhere. */
  forgetWanted(): void {
    this.#wanted = null;
  }

  /** What could be lost with the window: to be remembered, and typed again. */
  get unsaved(): Readonly<Record<string, Pending>> {
    return Object.fromEntries(this.#unsaved);
  }

  get draft(): string {
    return this.#draft;
  }

  /** Types again what a page before this one did not see saved, where the file does not have it. */
  resume(unsaved: Readonly<Record<string, Pending>>): void {
    for (const [key, typed] of Object.entries(unsaved)) {
      if (same(this.#known(key), typed.text)) continue;
      this.#pending.set(key, typed);
      this.#unsaved.set(key, typed);
    }
    this.flush();
  }

  #latest(key: string): string {
    return this.#onItsWay(key) ?? this.#known(key);
  }

  /** What was sent last of a field, until the editor's answer says what became of it. */
  #onItsWay(key: string): string | undefined {
    const sent = this.#sent.get(key);
    return sent !== undefined && sent.seq > this.#applied ? sent.text : undefined;
  }

  /** What stands in a field and not in the file. */
  #typed(key: string): string | undefined {
    return this.#pending.get(key)?.text ?? this.#onItsWay(key) ?? this.#refused.get(key)?.kept ?? undefined;
  }

  /** What is in the file is not lost with the window; nor is what somebody put another text in the place of. */
  #forgetSaved(isDirty: boolean): void {
    for (const [key, { text }] of this.#unsaved) {
      const known = this.#known(key);
      const isSettled = this.#typed(key) === undefined;
      if (isSettled && !(isDirty && same(known, text))) this.#unsaved.delete(key);
      else if (!isDirty) this.#unsaved.set(key, { was: known, text });
    }
  }

  #edit(edit: FormEdit): void {
    this.#seq++;
    this.#send({ type: 'edit', draft: this.#draft, seq: this.#seq, edit });
  }
}

function same(one: string, other: string): boolean {
  const flat = (text: string) => text.replace(/\s+/g, ' ').trim();
  return flat(one) === flat(other);
}

/** The file's text of each place, by its key. */
function knownTexts(form: BriefForm): (key: string) => string {
  const items = [...form.nonGoals, ...form.criteria, ...form.change, ...form.avoid];
  const checks = form.checks.flatMap(({ key, name, run, timeout, report }) =>
    Object.entries({ name, run, timeout, report }).map(([part, { value }]) => [`${key}.${part}`, value] as const),
  );
  const texts = new Map([
    ...Object.entries(form.fields).map(([key, { value }]) => [key, value] as const),
    ...items.map(({ key, value }) => [key, value] as const),
    ...checks,
    ...form.checks.map(({ key, name }) => [key, name.value] as const),
    ['nonGoals', form.nonGoalsProse?.value ?? ''] as const,
    ['agent', form.agent.chosen] as const,
    ['review.agent', form.reviewing.chosen] as const,
  ]);
  return (key) => texts.get(key) ?? '';
}
