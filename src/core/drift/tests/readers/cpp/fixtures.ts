/** Fixtures of GoogleTest that skip: what their SetUp skips does not run (GoogleTest, "Skipping test execution"). */
import type { Stream } from '../lines/stream';

/** How far before a brace the words of its function or class stand. */
const LONGEST_HEAD = 60;
/** Braces around a token, beyond which no SetUp is looked for. */
const DEEPEST = 12;
const SETUP = /^SetUp(?:TestSuite|TestCase)?$/;

/** The fixture in whose SetUp a token stands; null: it stands in none. */
export function fixtureAround(stream: Stream, at: number): string | null {
  let open = stream.parent(at);
  for (let depth = 0; open > 0 && depth < DEEPEST; depth++, open = stream.parent(open)) {
    if (stream.at(open) !== '{') continue;
    const setUp = headBefore(stream, open).findIndex((word) => SETUP.test(word));
    if (setUp !== -1) return classAround(stream, open);
  }
  return null;
}

function classAround(stream: Stream, inner: number): string | null {
  const head = headBefore(stream, inner);
  const at = head.findIndex((word) => SETUP.test(word));
  // `void CartTest::SetUp() {` stands outside of the class.
  if (head[at - 1] === '::' && head[at - 2] !== undefined) return head[at - 2] ?? null;
  const words = headBefore(stream, stream.parent(inner));
  const keyword = words.findIndex((word) => word === 'class' || word === 'struct');
  return keyword === -1 ? null : (words[keyword + 1] ?? null);
}

/** The tokens before a brace, back to the end of what stands before. */
function headBefore(stream: Stream, open: number): readonly string[] {
  let from = open;
  while (from > 0 && open - from < LONGEST_HEAD && !/^[;{}]$/.test(stream.at(from - 1))) from--;
  return Array.from({ length: Math.max(0, open - from) }, (_, index) => stream.at(from + index));
}
