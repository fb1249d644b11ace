/**
 * `hidden/diff-suppressed` by attributes (gitattributes(5)): lines added to a `.gitattributes` that take text out of
 * diffs, or make what is stored, and so read, other than what lies in a working tree and runs.
 */
import { hasNewContent } from '../changes';
import type { RuleContext } from '../input';
import type { RawFinding, Severity } from '../report';
import { isBinaryName } from './textual';

interface Effect {
  readonly attribute: RegExp;
  readonly severity: Severity;
  readonly does: (pattern: string) => string;
  /** Whether it makes no difference to files that are binary by their name. */
  readonly textOnly: boolean;
}

const EFFECTS: readonly Effect[] = [
  {
    // Git's own attributes, and those that hosting sites obey.
    attribute: /^(?:-diff|binary|diff=false|linguist-(?:generated|vendored)(?:=true)?|gitlab-generated(?:=true)?)$/,
    severity: 'block',
    does: (pattern) => `takes ${pattern} out of diffs`,
    textOnly: true,
  },
  {
    attribute: /^(?:working-tree-encoding=.*|ident|filter=.*)$/,
    severity: 'block',
    does: (pattern) => `makes ${pattern} other in a working tree than in its diff`,
    textOnly: false,
  },
  {
    attribute: /^eol=crlf$/,
    severity: 'warn',
    does: (pattern) => `gives ${pattern} other line ends in a working tree than in its diff`,
    textOnly: true,
  },
  {
    // `crlf` is what `text` was called before.
    attribute: /^(?:eol=(?!crlf$).*|[-!]?(?:text|crlf)|(?:text|crlf)=.*)$/,
    severity: 'info',
    does: (pattern) => `decides the line ends of ${pattern}`,
    textOnly: true,
  },
];

/** Judges every line added to a `.gitattributes`: one finding for each kind of effect that it has. */
export async function judgeAttributes({ changes, reader }: RuleContext): Promise<readonly RawFinding[]> {
  const files = changes.filter((change) => /(?:^|\/)\.gitattributes$/i.test(change.path) && hasNewContent(change));
  const findings = files.map(async (change) =>
    (await reader.addedLines(change)).flatMap(({ line, text }) =>
      judgeLine(text.trim()).map((found) => ({ rule: 'hidden/diff-suppressed', path: change.path, line, ...found })),
    ),
  );
  return (await Promise.all(findings)).flat();
}

function judgeLine(text: string): Pick<RawFinding, 'severity' | 'message' | 'evidence'>[] {
  const [pattern = '', ...attributes] = text.split(/\s+/);
  if (pattern.startsWith('#')) return [];
  return EFFECTS.filter(({ textOnly }) => !(textOnly && isBinaryName(pattern))).flatMap((effect) => {
    const named = attributes.filter((attribute) => effect.attribute.test(attribute));
    if (named.length === 0) return [];
    return [{ severity: effect.severity, message: `${named.join(', ')} ${effect.does(pattern)}.`, evidence: text }];
  });
}
