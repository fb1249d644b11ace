/** `hidden/diff-suppressed` by attributes: lines added to a `.gitattributes` that take text out of diffs. */
import { hasNewContent } from '../changes';
import type { RuleContext } from '../input';
import type { RawFinding } from '../report';
import { isBinaryName } from './textual';

/** What hides a file from readers: git's own attributes (gitattributes), and those that hosting sites obey. */
const SUPPRESSING =
  /^(?:-diff|binary|diff=false|linguist-(?:generated|vendored)(?:=true)?|gitlab-generated(?:=true)?)$/;

/** Judges every line added to a `.gitattributes`, save for patterns of files that are binary by their name. */
export async function judgeAttributes({ changes, reader }: RuleContext): Promise<readonly RawFinding[]> {
  const files = changes.filter((change) => /(?:^|\/)\.gitattributes$/i.test(change.path) && hasNewContent(change));
  const findings = files.map(async (change) =>
    (await reader.addedLines(change)).flatMap(({ line, text }): RawFinding[] => {
      const [pattern = '', ...attributes] = text.trim().split(/\s+/);
      const hiding = attributes.filter((attribute) => SUPPRESSING.test(attribute));
      if (hiding.length === 0 || pattern.startsWith('#') || isBinaryName(pattern)) return [];
      const message = `${hiding.join(', ')} takes ${pattern} out of diffs.`;
      return [{ rule: 'hidden/diff-suppressed', path: change.path, line, message, evidence: text.trim() }];
    }),
  );
  return (await Promise.all(findings)).flat();
}
