/** Tests of PHP itself and of extensions: one case a file, in sections (PHP Internals, "The .phpt file layout"). */
import type { Strength, TestFile } from '../../model';
import type { Source } from '../../readers';
import { caseIn, finishCase, skip } from '../drafts';

const EXPECTED: Readonly<Record<string, Strength>> = {
  EXPECT: 'exact',
  EXPECT_EXTERNAL: 'exact',
  EXPECTF: 'loose',
  EXPECTF_EXTERNAL: 'loose',
  EXPECTREGEX: 'partial',
  EXPECTREGEX_EXTERNAL: 'partial',
};
const SECTION = /^--([_A-Z]+)--[ \t]*$/;
const LONGEST = 20_000;

interface Section {
  readonly line: number;
  readonly lines: string[];
}

/** Reads a text whatever it is; one without the section TEST has no case. */
export function readPhpt({ path, text }: Source): TestFile {
  const sections = sectionsOf(text);
  const nothing = { skip: null, mocks: new Map(), patience: new Map(), readBy: 'lines' } as const;
  if (!sections.has('TEST')) return { cases: [], ...nothing };
  const draft = caseIn(null, path.slice(path.lastIndexOf('/') + 1).replace(/\.phpt$/, ''), 1);
  const value = (name: string) =>
    (sections.get(name)?.lines ?? [])
      .map((line) => line.trim())
      .join('\n')
      .trim();
  for (const [name, { line }] of sections) {
    const strength = EXPECTED[name];
    if (strength === undefined) continue;
    const said = `--${name}-- ${value(name)}`.slice(0, LONGEST);
    const subject = `--${name}--`;
    draft.assertions.push({ text: said, subject, trivial: false, about: 'output', strength, line });
  }
  const skipped = sections.get('SKIPIF');
  if (skipped !== undefined) {
    // A section that says so without asking anything always skips.
    const conditional = /\b(?:if|include|require|require_once|or|and|\|\||&&)\b|\?|\|\||&&/.test(
      value('SKIPIF').replace(/^<\?php/, ''),
    );
    skip(draft, { text: '--SKIPIF--', line: skipped.line, conditional });
  }
  const failing = sections.get('XFAIL');
  if (failing !== undefined) skip(draft, { text: '--XFAIL--', line: failing.line, conditional: false });
  draft.body = `${value('FILE')}${value('FILEEOF')}${value('ARGS')}${value('STDIN')}`.slice(0, LONGEST);
  return { cases: [finishCase(draft)], ...nothing };
}

function sectionsOf(text: string): ReadonlyMap<string, Section> {
  const sections = new Map<string, Section>();
  let current: Section | null = null;
  text.split('\n').forEach((line, index) => {
    const name = SECTION.exec(line.replace(/\r$/, ''))?.[1];
    if (name === undefined) current?.lines.push(line);
    else {
      current = { line: index + 1, lines: [] };
      if (!sections.has(name)) sections.set(name, current);
    }
  });
  return sections;
}
