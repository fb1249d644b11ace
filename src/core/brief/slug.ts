/** Names of files for briefs. */

/** Letters and digits of a text, at most 48 of them, joined by `-`: a name that every file system takes. */
export function slugOf(text: string, fallback: string): string {
  const words = text
    .slice(0, 1_000)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  const slug = (words ?? []).join('-').slice(0, 48).replace(/-+$/, '');
  return slug === '' ? fallback : slug;
}
