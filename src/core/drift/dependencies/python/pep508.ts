/** Requirement specifiers: `name[extras] >=1,<2; marker` and `name @ address; marker` (PEP 508). */
import type { Requirement } from '../model';
import { normalName } from './names';
import { sourceOf } from './places';

/** One version clause (PEP 440, "Version specifiers"). */
const CLAUSE = /^(?:===|~=|==|!=|<=|>=|<|>)\s*[\w.*+!-]+$/;
/** A marker's words: strings, parentheses, operators and names. */
const MARKER_WORDS = /'[^']*'|"[^"]*"|[()]|[<>=!~]+|[\w.]+/g;
/** No honest specifier is longer; the looks that are taken at one would be slow. */
const LONGEST = 4096;

/** What a specifier says. */
export interface Specifier {
  readonly name: string;
  readonly spec: string;
  readonly source: string | null;
}

/** Where a requirement stands. */
export interface Place {
  readonly group: string;
  readonly everywhere?: boolean;
}

/**
 * Reads a specifier. The spec is verbatim but for white space, quotes and the order of extras, which mean nothing.
 *
 * @returns null when the text is none
 */
export function parseSpecifier(text: string): Specifier | null {
  if (text.length > LONGEST) return null;
  const trimmed = text.trim().replace(/\s+/g, ' ');
  const name = /^[A-Za-z0-9][A-Za-z0-9._-]*/.exec(trimmed)?.[0];
  if (name === undefined || !/[A-Za-z0-9]$/.test(name)) return null;
  const behind = trimmed.slice(name.length).trimStart();
  const extras = /^\[([^\]]*)\]/.exec(behind);
  const rest = behind.slice(extras?.[0].length ?? 0).trimStart();
  const bracket = extrasOf(extras?.[1] ?? '');
  const found = rest.startsWith('@') ? address(rest.slice(1).trim()) : versions(rest);
  if (found === null) return null;
  return { name: normalName(name), spec: `${bracket}${found.spec}`, source: found.source };
}

/** A specifier as a requirement of a section; null when it is none. */
export function requirementOf(text: string, { group, everywhere = false }: Place): Requirement | null {
  const found = parseSpecifier(text);
  return found && { ...found, group, package: found.name, everywhere };
}

/** Specifiers of a list as requirements; what is none goes to `faults`. */
export function requirementsOf(list: readonly string[] | undefined, place: Place, faults: string[]): Requirement[] {
  return (list ?? []).flatMap((text) => {
    const requirement = requirementOf(text, place);
    if (requirement === null) faults.push(`${place.group}: ${text.trim().slice(0, 80)}`);
    return requirement ?? [];
  });
}

function address(rest: string): Omit<Specifier, 'name'> | null {
  // A semicolon may be part of the address: only behind white space it begins a marker.
  const end = / ;|; /.exec(rest)?.index ?? rest.length;
  const url = rest.slice(0, end).trim();
  if (url === '' || url.includes(' ')) return null;
  return { spec: `@ ${url}${markerOf(rest.slice(end))}`, source: sourceOf(url) };
}

function versions(rest: string): Omit<Specifier, 'name'> | null {
  const semicolon = rest.indexOf(';');
  const before = (semicolon === -1 ? rest : rest.slice(0, semicolon)).trim();
  const inner = before.startsWith('(') && before.endsWith(')') ? before.slice(1, -1) : before;
  const clauses = inner
    .split(',')
    .map((clause) => clause.trim())
    .filter((clause) => clause !== '');
  if (!clauses.every((clause) => CLAUSE.test(clause))) return null;
  const spec = clauses.map((clause) => clause.replace(' ', '')).join(',');
  return { spec: spec + (semicolon === -1 ? '' : markerOf(rest.slice(semicolon))), source: null };
}

function extrasOf(text: string): string {
  const extras = text
    .split(',')
    .map(normalName)
    .filter((extra) => extra !== '');
  return extras.length === 0 ? '' : `[${[...new Set(extras)].sort().join(',')}]`;
}

/** `; ` and the marker with one quote and one spacing; nothing when there is none. */
export function markerOf(text: string): string {
  const words = text.replace(/^[\s;]+/, '').match(MARKER_WORDS) ?? [];
  if (words.length === 0) return '';
  const plain = words.map((word) => (word.startsWith("'") && !word.includes('"') ? `"${word.slice(1, -1)}"` : word));
  return `; ${plain.join(' ').replaceAll('( ', '(').replaceAll(' )', ')')}`;
}
