/** From the text of a brief to the brief, or to everything that is wrong with it, each with its line. */
import { fail } from '../errors';
import type { Brief, Criterion } from './brief';
import { briefHash } from './canonical';
import { readCriteria, readNonGoals } from './criteria';
import { readFrontMatter, splitFrontMatter } from './frontMatter';
import { type Body, readSections, SECTION_NAMES, type Section, sameSection, textOf } from './sections';
import { readSource, type SourceKind } from './source';
import { describeProblems, type Problem } from './yamlDocument';

/** How large a brief may be, and what it is called when it cannot be read. */
export const BRIEF_SOURCE: SourceKind = {
  noun: 'brief',
  maxBytes: 256 * 1024,
  empty: 'BRIEF_EMPTY',
  tooLarge: 'BRIEF_TOO_LARGE',
  encoding: 'BRIEF_ENCODING',
};

/**
 * Parses a brief. `file` names it in messages. Throws BRIEF_EMPTY, BRIEF_TOO_LARGE (over 256 KiB), BRIEF_ENCODING,
 * BRIEF_FRONT_MATTER, or BRIEF_INVALID with every problem found, one a line, in the order of the file.
 */
export function parseBrief(source: string | Uint8Array, file: string): Brief {
  const reading = readBrief(source, file);
  if (reading.brief !== null) return reading.brief;
  const { fix } = reading.problems[0]!;
  return fail('BRIEF_INVALID', describeProblems(file, reading.problems), fix === undefined ? {} : { fix });
}

/**
 * A brief for trying its commands, before its sections say all that they must: its front matter fits the schema, and
 * whatever else is missing is empty. Throws what `parseBrief` throws where the front matter itself is wrong.
 */
export function parseCommands(source: string | Uint8Array, file: string): Brief {
  const reading = readBrief(source, file);
  if (reading.brief !== null) return reading.brief;
  const { front: text } = splitFrontMatter(readSource(source, file, BRIEF_SOURCE), file);
  const { front, lines } = readFrontMatter(text);
  if (front === null) return parseBrief(source, file);
  const nothing = { goal: '', nonGoals: [], criteria: [], context: '', otherSections: [] };
  const title = front.title ?? titleFrom('');
  return { source: '', hash: briefHash(front, ''), title, front, ...nothing, lines };
}

/** A brief, or at least one problem in the order of the file. */
export type BriefReading =
  | { readonly brief: Brief; readonly problems: readonly [] }
  | { readonly brief: null; readonly problems: readonly Problem[] };

/** The same as `parseBrief` for those who want the problems one by one; what has no line is thrown here, too. */
export function readBrief(source: string | Uint8Array, file: string): BriefReading {
  const text = readSource(source, file, BRIEF_SOURCE);
  const { front: frontText, body: bodyText, bodyLine } = splitFrontMatter(text, file);
  const { front, problems: frontProblems, lines } = readFrontMatter(frontText);
  const body = readSections(bodyText, bodyLine);
  const parts = readParts(body);
  const problems = [...frontProblems, ...sectionProblems(body, parts.criteria, bodyLine)];
  if (front === null || problems.length > 0) {
    return { brief: null, problems: problems.sort((a, b) => a.line - b.line) };
  }
  const brief: Brief = {
    // The file as it was read, so that it can be kept and edited byte for byte.
    source: typeof source === 'string' ? source : new TextDecoder('utf-8', { ignoreBOM: true }).decode(source),
    hash: briefHash(front, bodyText),
    title: front.title ?? titleFrom(parts.goal),
    front,
    ...parts,
    lines: { ...lines, ...sectionLines(body) },
  };
  return { brief, problems: [] };
}

type BriefParts = Pick<Brief, 'goal' | 'nonGoals' | 'criteria' | 'context' | 'otherSections'>;

function readParts({ sections }: Body): BriefParts {
  const linesOf = (name: string) => sections.find((section) => sameSection(section.name, name))?.lines ?? [];
  return {
    goal: textOf(linesOf(SECTION_NAMES.goal)),
    nonGoals: readNonGoals(linesOf(SECTION_NAMES.nonGoals)),
    criteria: readCriteria(linesOf(SECTION_NAMES.criteria)),
    context: textOf(linesOf(SECTION_NAMES.context)),
    otherSections: sections
      .filter((section) => knownName(section) === null)
      .map(({ name, line, lines }) => ({ name, text: textOf(lines), line }))
      .filter(({ text }) => text !== ''),
  };
}

/** The format's own name of a section, or null for one that it does not know. */
function knownName(section: Section): string | null {
  return Object.values(SECTION_NAMES).find((name) => sameSection(name, section.name)) ?? null;
}

function sectionLines({ sections }: Body): Record<string, number> {
  return Object.fromEntries(sections.map((section) => [`# ${knownName(section) ?? section.name}`, section.line]));
}

function sectionProblems(body: Body, criteria: readonly Criterion[], bodyLine: number): Problem[] {
  const problems: Problem[] = [];
  const { unclosed } = body;
  const hint = unclosed === null ? '' : ` (the ${unclosed.what} that begins in line ${unclosed.line} is never closed)`;
  const find = (name: string): Section[] => body.sections.filter((section) => sameSection(section.name, name));
  for (const name of [SECTION_NAMES.goal, SECTION_NAMES.criteria]) {
    if (find(name).length === 0) {
      problems.push({
        line: bodyLine,
        path: `# ${name}`,
        message: `found no section \`## ${name}\`${hint}, expected one`,
      });
    }
  }
  for (const name of Object.values(SECTION_NAMES)) {
    const [first, second] = find(name);
    if (first === undefined || second === undefined) continue;
    const message = `found a second section \`## ${name}\` (the first is in line ${first.line}), expected one`;
    problems.push({ line: second.line, path: `# ${name}`, message });
  }
  const [section] = find(SECTION_NAMES.criteria);
  if (section !== undefined && criteria.length === 0) {
    const message = `\`## ${section.name}\`: found no list item${hint}, expected at least one: \`- [ ] … (check: NAME)\``;
    problems.push({ line: section.line, path: `# ${SECTION_NAMES.criteria}`, message });
  }
  return problems;
}

/** The first words of a goal, for a brief without a title. */
function titleFrom(goal: string): string {
  const words = goal
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .split(/\s+/);
  let title = '';
  for (const word of words.slice(0, 10)) {
    if (title.length + word.length > 72) break;
    title = title === '' ? word : `${title} ${word}`;
  }
  if (title === '') return words[0] ? `${words[0].slice(0, 72)}…` : 'Untitled';
  return words.length > title.split(' ').length ? `${title}…` : title.replace(/[.:;,]$/, '');
}
