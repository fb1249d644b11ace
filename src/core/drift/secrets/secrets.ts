/** `secrets/added`: credentials among the lines that the change added. What stood in the base is lost already. */
import { hasNewContent } from '../changes';
import { mapConcurrently } from '../concurrent';
import type { AddedLine, Change } from '../diff';
import type { ContentRule, RuleContext } from '../input';
import type { RawFinding } from '../report';
import { isTestData } from '../testData';

const READS_AT_ONCE = 4;
/** Characters of a credential that are shown: its prefix says whose it is, and opens nothing. */
const SHOWN = 4;
/** More in one file are a list, not a finding each. */
const ONE_BY_ONE = 20;

export const judgeSecrets: ContentRule = async (context) => {
  const changed = context.changes.filter(hasNewContent);
  return { findings: (await mapConcurrently(changed, READS_AT_ONCE, (change) => secretsOf(change, context))).flat() };
};

async function secretsOf(change: Change, { reader }: RuleContext): Promise<readonly RawFinding[]> {
  const lines = (await reader.addedLines(change)).filter(({ text }) => !text.includes('\0'));
  if (lines.length === 0) return [];
  const text = lines.map((line) => line.text).join('\n');
  const found = await reader.secrets(text, change.path);
  if (found.length === 0) return [];
  const lineOf = lineFinder(lines);
  const milder = isTestData(change.path) ? ({ severity: 'warn' } as const) : {};
  const findings = found.map(({ kind, from, to }): RawFinding => {
    const message = `${change.path} now holds what looks like ${kind}.`;
    const evidence = `${kind}: ${text.slice(from, from + SHOWN)}… (${to - from} characters)`;
    return { rule: 'secrets/added', ...milder, path: change.path, line: lineOf(from), message, evidence };
  });
  const [first] = findings;
  if (first === undefined || findings.length <= ONE_BY_ONE) return findings;
  const kinds = [...new Set(found.map(({ kind }) => kind))].join(', ');
  const message = `${change.path} now holds ${findings.length} of what looks like credentials.`;
  return [{ ...first, message, evidence: `credentials: ${kinds}` }];
}

/** The line in the file of an offset in the joined text. */
function lineFinder(lines: readonly AddedLine[]): (offset: number) => number | null {
  const starts: number[] = [];
  let at = 0;
  for (const { text } of lines) {
    starts.push(at);
    at += text.length + 1;
  }
  return (offset) => {
    const index = starts.findLastIndex((start) => start <= offset);
    return lines[index]?.line ?? null;
  };
}
