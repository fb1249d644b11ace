/** The transcript as plain text, for terminals and files. */
import { visible } from '../visible';
import { plainText } from './plainText';
import { foldTranscript, type TranscriptLine } from './transcript';

/** Lines folded and written as text, one blank line between entries, escapes taken out; ends with a line feed. */
export function renderTranscript(lines: Iterable<TranscriptLine>): string {
  const blocks = foldTranscript(lines).map((entry) => renderEntry(entry).trimEnd());
  return blocks.length === 0 ? '' : `${blocks.join('\n\n')}\n`;
}

function renderEntry(entry: TranscriptLine): string {
  switch (entry.kind) {
    case 'text':
      return `${SPEAKERS[entry.role]}: ${plainText(entry.text)}`;
    case 'output':
      return prefixed(entry.stream === 'stderr' ? '! ' : '| ', plainText(entry.text));
    case 'tool':
      return `tool (${visible(entry.status)}): ${visible(entry.title)}${entry.paths.map((path) => `\n  ${visible(path)}`).join('')}`;
    case 'plan':
      return `plan:${entry.entries.map((step) => `\n  [${visible(step.status)}] ${plainText(step.text)}`).join('')}`;
    case 'note':
      return `-- ${plainText(entry.text)}`;
  }
}

const SPEAKERS = { agent: 'agent', thought: 'agent (thinking)', user: 'prompt' } as const;

function prefixed(prefix: string, text: string): string {
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => prefix + line)
    .join('\n');
}
