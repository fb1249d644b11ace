/** INI files as Python's configparser reads them (Python docs, "Supported INI File Structure"); properties files, too. */
import { Unreadable } from '../dependencies/document';
import type { Table, Value } from './value';

/** Sections by name, each a table; keys before the first section stand in the section with the empty name. */
export function readIni(text: string): Table {
  const sections = new Map<string, Map<string, Value>>([['', new Map()]]);
  let section = sections.get('') as Map<string, Value>;
  let last: string | null = null;
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#') || line.startsWith(';')) continue;
    const header = /^\[([^\]]*)\]/.exec(line);
    const indented = /^[ \t]/.test(raw);
    if (header && !indented) {
      const name = (header[1] ?? '').trim();
      section = sections.get(name) ?? new Map();
      sections.set(name, section);
      last = null;
    } else if (indented && last !== null) {
      const lines = continued(section, last);
      lines.push(line.replace(/\s[#;].*$/, ''));
    } else {
      const at = line.search(/[=:]/);
      if (at <= 0) throw new Unreadable('it is not an INI file');
      last = line.slice(0, at).trim().toLowerCase();
      section.set(
        last,
        line
          .slice(at + 1)
          .trim()
          .replace(/\s[#;].*$/, ''),
      );
    }
  }
  return sections;
}

/** The lines of a value that goes on, to add to in place: many of them cost no copies. */
function continued(section: Map<string, Value>, key: string): Value[] {
  const known = section.get(key);
  const lines = Array.isArray(known) ? (known as Value[]) : typeof known === 'string' && known !== '' ? [known] : [];
  section.set(key, lines);
  return lines;
}
