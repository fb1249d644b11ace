/** `secrets/added`: credentials among the lines that the change added. What stood in the base is lost already. */
import { append } from '../append';
import { hasNewContent } from '../changes';
import { mapConcurrently } from '../concurrent';
import type { SecretMatch } from '../diff';
import type { ContentRule } from '../input';
import type { RawFinding } from '../report';
import { isTestData } from '../testData';
import { batchesOf, type Stretch, stretchAt } from './batches';

const READS_AT_ONCE = 16;
/** Characters of a credential that are shown: its prefix says whose it is, and opens nothing. */
const SHOWN = 4;
/** More in one file are a list, not a finding each. */
const ONE_BY_ONE = 20;

interface Found extends SecretMatch {
  /** Its line in the file. */
  readonly line: number | null;
  readonly shown: string;
}

export const judgeSecrets: ContentRule = async ({ changes, reader }) => {
  const texts = await mapConcurrently(changes.filter(hasNewContent), READS_AT_ONCE, async (change) => ({
    path: change.path,
    lines: (await reader.addedLines(change)).filter(({ text }) => !text.includes('\0')),
  }));
  const found = new Map<string, Found[]>();
  for (const { text, stretches } of batchesOf(texts)) {
    for (const match of await reader.secrets(text)) {
      const place = stretchAt(stretches, match.from);
      if (place !== null) append(found, place.path, { ...match, line: lineAt(place, match.from), shown: text });
    }
  }
  return { findings: [...found].flatMap(([path, matches]) => findingsOf(path, matches)) };
};

function findingsOf(path: string, found: readonly Found[]): readonly RawFinding[] {
  const milder = isTestData(path) ? ({ severity: 'warn' } as const) : {};
  const findings = found.map(({ kind, from, to, line, shown }): RawFinding => {
    const message = `${path} now holds what looks like ${kind}.`;
    const evidence = `${kind}: ${shown.slice(from, from + SHOWN)}… (${to - from} characters)`;
    return { rule: 'secrets/added', ...milder, path, line, message, evidence };
  });
  const [first] = findings;
  if (first === undefined || findings.length <= ONE_BY_ONE) return findings;
  const kinds = [...new Set(found.map(({ kind }) => kind))].join(', ');
  const message = `${path} now holds ${findings.length} of what looks like credentials.`;
  return [{ ...first, message, evidence: `credentials: ${kinds}` }];
}

function lineAt({ starts, lines }: Stretch, offset: number): number | null {
  const index = starts.findLastIndex((start) => start <= offset);
  return lines[index]?.line ?? null;
}
