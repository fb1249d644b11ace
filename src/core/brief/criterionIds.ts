/** The names of acceptance criteria, by which tests, comments and people mean them. */

/** How a criterion is named, and what every spelling of that name has in common. */
export interface CriterionId {
  readonly id: string;
  /** The criterion begins with it; else it is its place in the brief, which means nothing outside this one task. */
  readonly isOwn: boolean;
  readonly key: string;
}

/** Longest id, in characters. */
const ID_LIMIT = 64;

const OWN = /^([A-Za-z](?:-?[A-Za-z0-9]){1,63}):(?=\s|$)/;

/**
 * The id that a criterion begins with, as in `RETRY-1: at most 3 retries`: letters, digits and dashes, at least one
 * dash, a digit at its end, a colon behind it. Null where it begins with none. Without a dash `HTTP2:` or `SHA256:` would
 * be ids, and what mentions these proves nothing.
 */
export function ownIdOf(text: string): string | null {
  const id = OWN.exec(text)?.[1];
  return id !== undefined && id.length <= ID_LIMIT && id.includes('-') && /\d$/.test(id) ? id : null;
}

/** The ids of a brief's criteria, in their order: their own, else `AC-1`, `AC-2`, … by place. Several may be alike. */
export function criterionIds(criteria: readonly { readonly text: string }[]): readonly CriterionId[] {
  return criteria.map(({ text }, index) => {
    const own = ownIdOf(text);
    const id = own ?? `AC-${index + 1}`;
    return { id, isOwn: own !== null, key: keyOfId(id) };
  });
}

/** What a criterion says without the id that it begins with. */
export function withoutId(text: string): string {
  const own = ownIdOf(text);
  return own === null ? text : text.slice(own.length + 1).trim();
}

/**
 * The same for every spelling that identifiers allow: `AC-1`, `AC_1`, `ac1`. A separator between two digits stays, as
 * `X-1-2` is not `X-12`.
 */
export function keyOfId(spelled: string): string {
  return spelled
    .toLowerCase()
    .replace(/[-_]+/g, '-')
    .replace(/(?<!\d)-|-(?!\d)/g, '');
}

/** The place (from 0) of the criterion that a person names by id, in any spelling, or by number; null when there is none, or several. */
export function criterionNamed(ids: readonly CriterionId[], typed: string): number | null {
  const key = keyOfId(typed.trim());
  const found = ids.flatMap((one, index) => (one.key === key ? [index] : []));
  if (found.length > 0) return found.length === 1 ? found[0]! : null;
  const number = /^\d{1,6}$/.test(typed.trim()) ? Number(typed) : 0;
  return number >= 1 && number <= ids.length ? number - 1 : null;
}
