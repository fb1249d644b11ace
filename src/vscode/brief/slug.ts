/** Names of files for briefs. Pure. */

/** Letters and digits of a text, at most 48 of them, joined by `-`; `fallback` where it has none. */
export function slugOf(text: string, fallback: string): string {
  const words = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  const slug = (words ?? []).join('-').slice(0, 48).replace(/-+$/, '');
  return slug === '' ? fallback : slug;
}

/** `name`, `name-2`, `name-3`, …: what to try until one is free. */
export function* namesFrom(name: string): Generator<string> {
  yield name;
  for (let at = 2; at <= 1_000; at++) yield `${name}-${at}`;
}
