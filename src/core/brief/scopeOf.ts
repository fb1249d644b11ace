/** The scope of a brief that may not be finished: what of it can be read, whatever is wrong around it. */
import { isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { nestsDeeperThan } from '../yamlDepth';
import type { ScopePatterns } from './scope';

const MAX_DEPTH = 50;
const MAX_CHARACTERS = 256 * 1024;
/** As many as a finished brief may have of each. */
const MAX_PATTERNS = 1_000;

const NONE: ScopePatterns = { change: [], avoid: [] };

/** The patterns of `scope.change` and `scope.avoid` as far as they can be read. Never throws. */
export function scopeOf(source: string): ScopePatterns {
  const [first = '', ...lines] = source
    .slice(0, MAX_CHARACTERS)
    .replace(/^\uFEFF/, '')
    .split(/\r\n?|\n/);
  if (first.trimEnd() !== '---') return NONE;
  const end = lines.findIndex((line) => line.trimEnd() === '---');
  const front = (end < 0 ? lines : lines.slice(0, end)).join('\n');
  try {
    if (nestsDeeperThan(MAX_DEPTH, front)) return NONE;
    const { contents } = parseDocument(front, {
      schema: 'core',
      prettyErrors: false,
      strict: false,
      uniqueKeys: false,
    });
    const scope = isMap(contents) ? contents.get('scope', true) : null;
    if (!isMap(scope)) return NONE;
    return { change: textsOf(scope.get('change', true)), avoid: textsOf(scope.get('avoid', true)) };
  } catch {
    return NONE;
  }
}

function textsOf(list: unknown): string[] {
  if (!isSeq(list)) return [];
  const texts = list.items.flatMap((item) => (isScalar(item) && typeof item.value === 'string' ? [item.value] : []));
  return texts.slice(0, MAX_PATTERNS);
}
