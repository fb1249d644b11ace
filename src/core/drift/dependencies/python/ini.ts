/** INI files as Python reads them (configparser, "Supported INI File Structure"). */

/** Values by section and key, both in lower case; the lines of a value are kept apart. */
export type Ini = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;

/** Sections, keys and values; null when a line is neither of them. Continuations are indented. */
export function parseIni(text: string): Ini | null {
  const sections = new Map<string, Map<string, string[]>>();
  let section: Map<string, string[]> | null = null;
  let value: string[] | null = null;
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#') || line.startsWith(';')) continue;
    const isContinued = /^\s/.test(raw) && value !== null;
    if (isContinued) {
      value?.push(withoutComment(line));
    } else if (line.startsWith('[') && line.includes(']')) {
      const name = line.slice(1, line.lastIndexOf(']')).trim().toLowerCase();
      section = sections.get(name) ?? new Map();
      sections.set(name, section);
      value = null;
    } else {
      const end = line.search(/[=:]/);
      if (section === null) return null;
      const key = (end === -1 ? line : line.slice(0, end)).trim().toLowerCase();
      const first = end === -1 ? '' : withoutComment(line.slice(end + 1).trim());
      value = first === '' ? [] : [first];
      section.set(key, value);
    }
  }
  return sections;
}

/** Tools differ on comments behind values: one that begins behind white space is none of a requirement. */
function withoutComment(text: string): string {
  const comment = /(?:^|\s)#/.exec(text);
  return comment ? text.slice(0, comment.index).trim() : text;
}
