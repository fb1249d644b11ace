/** What stands over a class or method of PHPUnit and Codeception, as attributes or in its comment, and behind Pest's cases. */
import type { SyntaxNode } from '@lezer/common';
import { textOf } from '../../../syntax/parse';
import type { Mark } from '../drafts';
import type { Said } from './assertions';
import {
  argumentsOf,
  compactOf,
  constantTruth,
  elementsOf,
  type Link,
  lastName,
  type Reading,
  stringOf,
} from './nodes';

/** What is said over one declaration. */
export interface Above {
  readonly isTest: boolean;
  readonly skips: readonly Mark[];
  /** Methods of the class that give the rows; `` for one of another class. */
  readonly providers: readonly string[];
  readonly rows: readonly string[];
  readonly asserted: readonly (Said & { readonly at: number })[];
}

/** Longest comment of a declaration that is read. */
const LONGEST = 20_000;

/** Reads attributes and the comment over a declaration (PHPUnit manual, "Attributes" and "Annotations"). */
export function above(declaration: SyntaxNode, lineOf: (offset: number) => number, reading: Reading): Above {
  const found = {
    isTest: false,
    skips: [] as Mark[],
    providers: [] as string[],
    rows: [] as string[],
    asserted: [] as (Said & { at: number })[],
  };
  for (const list of declaration.getChildren('Attributes')) {
    for (const attribute of list.getChildren('Attribute')) readAttribute(attribute, lineOf, reading, found);
  }
  const before = declaration.prevSibling;
  if (before?.name === 'BlockComment' && before.to - before.from <= LONGEST) {
    readComment(textOf(reading.syntax, before), lineOf(before.from), found);
  }
  return found;
}

type Found = {
  isTest: boolean;
  readonly skips: Mark[];
  readonly providers: string[];
  readonly rows: string[];
  readonly asserted: (Said & { at: number })[];
};

function readAttribute(
  attribute: SyntaxNode,
  lineOf: (offset: number) => number,
  reading: Reading,
  found: Found,
): void {
  const list = attribute.getChild('ArgList');
  const name = lastName(textOf(reading.syntax, { from: attribute.from, to: list?.from ?? attribute.to }).trim());
  const args = argumentsOf(list);
  const at = lineOf(attribute.from);
  const text = `#[${compactOf(reading, attribute, 70)}]`;
  if (name === 'Test') found.isTest = true;
  else if (/^Requires[A-Z]/.test(name)) found.skips.push({ text, line: at, conditional: true });
  else if (/^(?:Skip|Incomplete)$/.test(name)) found.skips.push({ text, line: at, conditional: false });
  else if (name === 'DataProvider') found.providers.push(stringOf(reading, args[0]) ?? '');
  else if (name === 'DataProviderExternal') found.providers.push('');
  else if (/^TestWith(?:Json)?$/.test(name) && args[0]) found.rows.push(compactOf(reading, args[0], 2_000));
  else if (name === 'DoesNotPerformAssertions')
    found.asserted.push({ text: 'expectNotToPerformAssertions', subject: text, trivial: true, at });
}

function readComment(comment: string, first: number, found: Found): void {
  comment.split('\n').forEach((line, index) => {
    const [, tag = '', rest = ''] = /^[\s/*]*@(\w+)[ \t]*([^\n]*)/.exec(line) ?? [];
    const value = rest.replace(/\*\/\s*$/, '').trim();
    const at = first + index;
    const mark = (conditional: boolean): Mark => ({
      text: `@${tag} ${value}`.trim().slice(0, 80),
      line: at,
      conditional,
    });
    if (tag === 'test') found.isTest = true;
    else if (tag === 'requires') found.skips.push(mark(true));
    else if (tag === 'skip' || tag === 'incomplete') found.skips.push(mark(false));
    else if (tag === 'dataProvider') found.providers.push(/^\w+$/.test(value) ? value : '');
    else if (tag === 'doesNotPerformAssertions')
      found.asserted.push({ text: 'expectNotToPerformAssertions', subject: tag, trivial: true, at });
    else if (/^expectedException(?:Message|Code|MessageRegExp)?$/.test(tag)) {
      const name = tag.replace('expectedException', 'expectException');
      const what = tag === 'expectedException' ? `${value.split(/\s/)[0] ?? ''}::class` : value;
      found.asserted.push({
        text: `${name}(${what})`,
        subject: `${name}(`,
        trivial: false,
        about: 'throws Exception',
        at,
      });
    }
  });
}

/** What Pest's chain behind a case says. */
export interface Behind {
  readonly skips: readonly Mark[];
  readonly focus: Mark | null;
  /** Undefined: none; null: rows that cannot be told. */
  readonly rows: readonly string[] | null | undefined;
  /** The name of a shared table. */
  readonly dataset: string | null;
  readonly asserted: readonly Said[];
}

/** Reads the calls behind `it(…)` (Pest documentation, "Skipping Tests", "Filtering Tests" and "Datasets"). */
export function behind(links: readonly Link[], line: number, reading: Reading): Behind {
  const skips: Mark[] = [];
  const asserted: Said[] = [];
  let focus: Mark | null = null;
  let rows: readonly string[] | null | undefined;
  let dataset: string | null = null;
  for (const { name, args } of links) {
    const [first] = args ?? [];
    const texts = (args ?? []).map((arg) => compactOf(reading, arg, 200));
    const text = `->${name}()`;
    if (name === 'skip' && args !== null) {
      const truth = first === undefined || first.name === 'String' ? true : constantTruth(reading, first);
      if (truth !== false) skips.push({ text, line, conditional: truth === null });
    } else if (name === 'todo' && args !== null) skips.push({ text, line, conditional: false });
    else if (/^(?:skipOn|onlyOn|skipLocally|skipOnCi)/.test(name)) skips.push({ text, line, conditional: true });
    else if (name === 'only' && args !== null) focus = { text, line, conditional: false };
    else if (name === 'with' && first !== undefined) {
      dataset = stringOf(reading, first);
      if (dataset === null) rows = elementsOf(first)?.map((each) => compactOf(reading, each, 2_000)) ?? null;
    } else if (/^throws/.test(name)) {
      asserted.push({ text: `${name}(${texts.join(',')})`, subject: `${name}(`, trivial: false, about: 'throws' });
    } else if (name === 'throwsNoExceptions') asserted.push({ text: name, subject: name, trivial: true });
  }
  return { skips, focus, rows, dataset, asserted };
}
