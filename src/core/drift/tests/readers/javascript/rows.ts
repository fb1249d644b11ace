/** The rows of a table test. */
import type { SyntaxNode } from '@lezer/common';
import { type Syntax, textOf } from '../../../syntax/parse';
import type { Tokens } from '../tokens';
import type { Step } from './chain';
import type { Names } from './names';

export interface TableReading {
  readonly syntax: Syntax;
  readonly tokens: Tokens;
  readonly names: Names;
}

/** Longest text of one row. */
const LONGEST_ROW = 2_000;

/** Of `it.each([…])` and of its tagged template; null when they cannot be told. */
export function rowsOf(table: Exclude<Step, { kind: 'member' }>, reading: TableReading): readonly string[] | null {
  if (table.kind === 'template') return templateRows(textOf(reading.syntax, table.template));
  const [first] = table.args;
  return first === undefined ? null : textsOf(first, reading);
}

/** The elements of a list, each as a text; null when they cannot be told. */
export function textsOf(node: SyntaxNode, { names, tokens }: TableReading): readonly string[] | null {
  return names.elementsOf(node)?.map((element) => tokens.compact(element, LONGEST_ROW)) ?? null;
}

/** The lines of a tagged table below its heading. */
function templateRows(template: string): readonly string[] {
  return template
    .slice(1, -1)
    .split('\n')
    .map((line) => line.replace(/\s+/g, ''))
    .filter((line) => line !== '')
    .slice(1);
}
