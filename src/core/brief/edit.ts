/** A brief's file changed in one place: every byte that a person wrote elsewhere stays as it is. */
import { fail } from '../errors';
import { readSections, type Section, sameSection } from './sections';
import { describeProblems, readYaml } from './yamlDocument';
import { setYamlValue, type YamlValue } from './yamlEdit';

export type { YamlValue } from './yamlEdit';

/**
 * Sets a key of the front matter: `path` is dotted, as in `Brief.lines` (`title`, `scope.change.0`); undefined removes
 * it. An index that is the length of its list adds an item. The value is not checked against the format: parse the
 * result for that. Throws BRIEF_FRONT_MATTER where there is none, BRIEF_INVALID where it is not YAML.
 */
export function setBriefField(source: string, path: string, value: YamlValue | undefined): string {
  const lines = splitLines(source);
  const end = closingLine(lines);
  const before = lines[0]!;
  const front = lines.slice(1, end).join('');
  const { problems } = readYaml(front.replace(/\r\n?/g, '\n'), 2);
  if (problems.length > 0) fail('BRIEF_INVALID', describeProblems('the brief', problems));
  const parts = path.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  return before + setYamlValue(front, parts, value, lineEndOf(source)) + lines.slice(end).join('');
}

/**
 * Sets the text of a section (`Goal`, or any other name); a section that is not there is added at the end. Comments
 * before and after the old text stay. Throws BRIEF_FRONT_MATTER where there is none, BRIEF_INVALID where a code block
 * or comment swallows the rest of the file, and USAGE for a text that would begin a section of its own.
 */
export function setBriefSection(source: string, name: string, text: string): string {
  const eol = lineEndOf(source);
  const written = text.replace(/\r\n?/g, '\n').replace(/^\n+/, '').trimEnd();
  const inner = readSections(written, 1);
  if (inner.unclosed !== null || inner.sections.some((section) => section.name !== '')) {
    fail('USAGE', `the text of \`${name}\` holds a heading, or a code block or comment that is not closed`, {
      fix: 'use headings of the third level or below, and close what is open',
    });
  }
  const lines = splitLines(source);
  const end = closingLine(lines);
  const body = readSections(
    lines
      .slice(end + 1)
      .join('')
      .replace(/\r\n?/g, '\n'),
    end + 2,
  );
  const added = written === '' ? [] : written.split('\n').map((line) => line + eol);
  const at = body.sections.findIndex((section) => section.name !== '' && sameSection(section.name, name));
  const section = body.sections[at];
  if (section !== undefined) {
    const next = body.sections[at + 1]?.line ?? lines.length + 1;
    return replaceText(lines, section, next, added, eol);
  }
  if (body.unclosed !== null) {
    fail('BRIEF_INVALID', `the brief:${body.unclosed.line}: found a ${body.unclosed.what} that is never closed`);
  }
  const closed = /[\r\n]$/.test(source) ? source : source + eol;
  return `${closed}${eol}## ${name}${eol}${added.join('')}`;
}

/** Puts `added` in the place of the visible text of a section that ends before line `next`. Lines are 1-based. */
function replaceText(lines: string[], section: Section, next: number, added: readonly string[], eol: string): string {
  const visible = section.lines.filter(({ text }) => text.trim() !== '').map(({ line }) => line);
  const first = visible[0];
  const last = visible[visible.length - 1];
  if (first !== undefined && last !== undefined) {
    return [...lines.slice(0, first - 1), ...added, ...lines.slice(last)].join('');
  }
  if (added.length === 0) return lines.join('');
  let after = next - 1;
  while (after > section.line && lines[after - 1]!.trim() === '') after--;
  const before = lines.slice(0, after);
  if (!/[\r\n]$/.test(before[after - 1]!)) before[after - 1] += eol;
  const rest = lines.slice(after);
  const gap = rest.length > 0 && rest[0]!.trim() !== '' ? [eol] : [];
  return [...before, ...added, ...gap, ...rest].join('');
}

/** Lines with their line ends. */
export function splitLines(source: string): string[] {
  return source.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];
}

/** Index of the closing `---`. Throws BRIEF_FRONT_MATTER where there is none. */
export function closingLine(lines: readonly string[]): number {
  const isMarker = (line: string): boolean => line.replace(/^\uFEFF/, '').trimEnd() === '---';
  const end = lines.findIndex((line, index) => index > 0 && isMarker(line));
  if (end < 0 || !isMarker(lines[0]!))
    fail('BRIEF_FRONT_MATTER', 'the brief has no front matter between two `---` lines');
  return end;
}

/** The first line end of a text: what added lines end with. */
export function lineEndOf(source: string): string {
  return /\r\n|\r|\n/.exec(source)?.[0] ?? '\n';
}
