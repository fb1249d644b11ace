/** What can still be read of a brief that somebody writes just now: part by part, each with the reason where it cannot. */
import { CountersignError } from '../errors';
import { splitFrontMatter } from './frontMatter';
import { type ItemList, readItemList } from './itemEdit';
import { BRIEF_SOURCE } from './parse';
import { hidesNothing, readSections, SECTION_NAMES, sameSection, textOf } from './sections';
import { readSource } from './source';
import { type Problem, readYaml } from './yamlDocument';

export interface Prose {
  readonly text: string;
  /** There is a comment in the middle of it, which no change in place could keep. */
  readonly isLocked: boolean;
}

export interface PartialBrief {
  /** Plain data of the front matter; null when it is no map that can be read. */
  readonly front: Readonly<Record<string, unknown>> | null;
  /** Why `front` is null. */
  readonly frontProblem: Problem | null;
  /** 1-based lines by dotted path and by `# Section`. */
  readonly lines: Readonly<Record<string, number>>;
  /** Null when the text has no front matter that ends, so that no part of it has a place. */
  readonly body: {
    readonly goal: Prose;
    readonly context: Prose;
    readonly nonGoals: ItemList;
    readonly criteria: ItemList;
  } | null;
  /** Why nothing can be read. */
  readonly error: CountersignError | null;
}

/** Reads what there is. `file` names it in messages. Never throws for a text, whatever it is. */
export function readPartialBrief(source: string, file: string): PartialBrief {
  try {
    const text = readSource(source, file, BRIEF_SOURCE);
    const { front: frontText, body: bodyText, bodyLine } = splitFrontMatter(text, file);
    const lines = text.split('\n');
    const proseOf = (name: string): Prose => {
      const own = find(name)?.lines ?? [];
      return { text: textOf(own), isLocked: !hidesNothing(lines, own) };
    };
    const reading = readYaml(frontText, 2);
    const { sections } = readSections(bodyText, bodyLine);
    const find = (name: string) => sections.find((section) => sameSection(section.name, name));
    const known = Object.values(SECTION_NAMES).flatMap((name) => {
      const line = find(name)?.line;
      return line === undefined ? [] : [[`# ${name}`, line] as const];
    });
    return {
      ...frontOf(reading.data, reading.problems),
      lines: { ...reading.lines, ...Object.fromEntries(known) },
      body: {
        goal: proseOf(SECTION_NAMES.goal),
        context: proseOf(SECTION_NAMES.context),
        nonGoals: readItemList(source, SECTION_NAMES.nonGoals),
        criteria: readItemList(source, SECTION_NAMES.criteria),
      },
      error: null,
    };
  } catch (thrown) {
    if (!(thrown instanceof CountersignError)) throw thrown;
    return { front: null, frontProblem: null, lines: {}, body: null, error: thrown };
  }
}

function frontOf(data: unknown, problems: readonly Problem[]): Pick<PartialBrief, 'front' | 'frontProblem'> {
  const [problem] = problems;
  if (problem !== undefined) return { front: null, frontProblem: problem };
  if (data === null || data === undefined) return { front: {}, frontProblem: null };
  if (typeof data === 'object' && !Array.isArray(data)) {
    return { front: data as Readonly<Record<string, unknown>>, frontProblem: null };
  }
  const message = 'found no `key: value` lines in the front matter';
  return { front: null, frontProblem: { line: 2, path: '', message } };
}
