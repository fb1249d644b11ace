/** The front matter of a brief: where it is, whether it fits the schema, and whether its parts agree with each other. */
import { CountersignError, fail } from '../errors';
import { type FrontMatter, frontMatterSchema } from './brief';
import { reportsOf } from './checkReports';
import { BRIEF_EXPECTATIONS } from './expectations';
import { compilePattern } from './pattern';
import { parsePerson } from './person';
import { checkSchema, describeValue, lineOfPath, type Problem, readYaml } from './yamlDocument';

export interface SplitBrief {
  /** Between the two `---` lines, without them. Its first line is line 2 of the file. */
  readonly front: string;
  /** After the closing `---` line. */
  readonly body: string;
  /** 1-based line of the first line of `body`. */
  readonly bodyLine: number;
}

/** Splits a brief (LF line ends) at its `---` lines. Throws BRIEF_FRONT_MATTER when one of them is missing. */
export function splitFrontMatter(text: string, file: string): SplitBrief {
  const lines = text.split('\n');
  const first = lines[0]!.trimEnd();
  if (first !== '---') fail('BRIEF_FRONT_MATTER', `${file}:1: found ${describeValue(first)}, expected \`---\``);
  const end = lines.findIndex((line, index) => index > 0 && line.trimEnd() === '---');
  if (end < 0) {
    fail('BRIEF_FRONT_MATTER', `${file}:1: found front matter that is never closed, expected a line \`---\` after it`);
  }
  return { front: lines.slice(1, end).join('\n'), body: lines.slice(end + 1).join('\n'), bodyLine: end + 2 };
}

export interface FrontMatterReading {
  /** Null when there are problems of shape; problems of meaning leave it standing. */
  readonly front: FrontMatter | null;
  readonly problems: readonly Problem[];
  readonly lines: Readonly<Record<string, number>>;
}

/** Reads front matter whose first line is line 2 of its file. Never throws. */
export function readFrontMatter(text: string): FrontMatterReading {
  const reading = readYaml(text, 2);
  if (reading.data === undefined) return { front: null, problems: reading.problems, lines: reading.lines };
  const { value, problems } = checkSchema(frontMatterSchema, reading, BRIEF_EXPECTATIONS);
  if (value === null) return { front: null, problems, lines: reading.lines };
  return { front: value, problems: meaningProblems(value, reading.lines), lines: reading.lines };
}

/** What no schema of single fields can see. */
function meaningProblems(front: FrontMatter, lines: Readonly<Record<string, number>>): Problem[] {
  const problems: Problem[] = [];
  const report = (path: string, found: string, expected: string): void => {
    problems.push({ line: lineOfPath(lines, path), path, message: `${path}: found ${found}, expected ${expected}` });
  };
  if (front.agent === 'command' && front.command === undefined) {
    report('agent', '`command` without a command line', 'a key `command` beside it');
  }
  if (front.command !== undefined && front.agent !== undefined && front.agent !== 'command') {
    report('command', `a command line beside \`agent: ${front.agent}\``, '`agent: command`, or no `command`');
  }
  const { review } = front;
  if (review?.agent === 'command' && review.command === undefined) {
    report('review.agent', '`command` without a command line', 'a key `command` beside it');
  }
  if (review?.command !== undefined && review.agent !== undefined && review.agent !== 'command') {
    report('review.command', `a command line beside \`agent: ${review.agent}\``, '`agent: command`, or no `command`');
  }
  const names = front.checks.map((check) => check.name);
  for (const [index, check] of front.checks.entries()) {
    const path = `checks.${index}`;
    if (names.indexOf(check.name) < index) {
      report(`${path}.name`, `a second check named \`${check.name}\``, 'a name of its own');
    }
    for (const [at, name] of reportsOf(check).entries()) {
      const place = typeof check.report === 'string' ? `${path}.report` : `${path}.report.${at}`;
      if (/^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)/.test(name)) {
        report(place, describeValue(name), BRIEF_EXPECTATIONS['checks.*.report']!);
      } else if (/[*?{]/.test(name)) problems.push(...patternProblem(place, name, lines));
    }
  }
  if (front.reviewer !== undefined && parsePerson(front.reviewer) === null) {
    report('reviewer', describeValue(front.reviewer), BRIEF_EXPECTATIONS.reviewer!);
  }
  const { scope, keep } = front;
  const patterns = {
    ...{ copy: front.copy, 'scope.change': scope.change, 'scope.avoid': scope.avoid },
    ...{ 'keep.exports': keep?.exports ?? [], 'keep.files': keep?.files ?? [] },
  };
  for (const [path, list] of Object.entries(patterns)) problems.push(...patternProblems(path, list, lines));
  return problems;
}

/** A problem for each pattern of a list that is none. `path` is the list's dotted path. */
export function patternProblems(
  path: string,
  patterns: readonly string[],
  lines: Readonly<Record<string, number>>,
): Problem[] {
  return patterns.flatMap((pattern, index) => patternProblem(`${path}.${index}`, pattern, lines));
}

function patternProblem(at: string, pattern: string, lines: Readonly<Record<string, number>>): Problem[] {
  try {
    compilePattern(pattern);
    return [];
  } catch (thrown) {
    if (!(thrown instanceof CountersignError)) throw thrown;
    const line = lineOfPath(lines, at);
    return [{ line, path: at, message: `${at}: ${thrown.message}, expected a pattern`, fix: thrown.fix }];
  }
}
