/**
 * Whether one of many expressions matches a text, by one look for each set of flags: an engine that tries alternatives
 * side by side reads the text once, and not once an expression.
 *
 * @param forms without groups that are numbered or named, and neither global nor sticky
 */
export function anyForm(forms: readonly RegExp[]): (text: string) => boolean {
  const byFlags = new Map<string, string[]>();
  for (const { source, flags } of forms) {
    const sources = byFlags.get(flags) ?? [];
    sources.push(`(?:${source})`);
    byFlags.set(flags, sources);
  }
  const joined = [...byFlags].map(([flags, sources]) => new RegExp(sources.join('|'), flags));
  return (text) => joined.some((form) => form.test(text));
}
