/** The form of a brief that its hash names: what it says, not how somebody laid it out. */
import { sha256Hex } from '../hash';
import type { FrontMatter } from './brief';

/**
 * One line of JSON (the front matter with sorted keys and every default filled in), then the body with LF line ends
 * and without blanks at the end of its lines and of itself. `body` is what follows the closing `---` line.
 */
export function canonicalForm(front: FrontMatter, body: string): string {
  const lines = body.split('\n').map((line) => line.trimEnd());
  return `${JSON.stringify(sortKeys(front))}\n${lines.join('\n').trimEnd()}\n`;
}

/** SHA-256 of the canonical form, 64 lower-case hexadecimal digits. */
export function briefHash(front: FrontMatter, body: string): string {
  return sha256Hex(canonicalForm(front, body));
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, sortKeys(inner)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
