/** The functions of a file that are no cases. Those of one name, in several classes, are one: a call tells no more. */
import { type HelperDraft, helperNamed } from './drafts';

/** Longest text of the functions of one name. */
const LONGEST = 4_000;

export class HelperDrafts {
  readonly #drafts = new Map<string, HelperDraft>();

  /** The function of a name, with its text put to that of others. */
  add(name: string, line: number, body: string): HelperDraft {
    const known = this.#drafts.get(name);
    const draft = known ?? helperNamed(name, line);
    if ((draft.body ?? '').length < LONGEST) draft.body = known === undefined ? body : `${known.body ?? ''};${body}`;
    this.#drafts.set(name, draft);
    return draft;
  }

  all(): readonly HelperDraft[] {
    return [...this.#drafts.values()];
  }
}
