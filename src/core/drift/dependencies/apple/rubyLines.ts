/** Lines of a Podfile or podspec. Ruby is read a statement at a time: what is between is no concern of ours. */
import { Unreadable } from '../document';
import { type Node, treeOf } from '../tokens';
import { RUBY } from './lexicons';

export interface Statement {
  readonly text: string;
  readonly indent: number;
}

/** A block that something runs: what it is called, and its statements without comments, on one line. */
export interface Block {
  readonly name: string;
  readonly content: string;
}

/** Lines joined where one ends in the middle of a list, or begins with its end; without `=begin` comments. */
export function statementsOf(text: string): readonly Statement[] {
  const statements: string[][] = [];
  let isOpen = false;
  let isComment = false;
  for (const line of text.split(/\r?\n/)) {
    if (/^=(?:begin|end)\b/.test(line)) {
      isComment = line.startsWith('=begin');
      continue;
    }
    if (isComment || /^\s*(?:#|$)/.test(line)) continue;
    if (isOpen || /^\s*[)\]]/.test(line)) statements.at(-1)?.push(line);
    else statements.push([line]);
    isOpen = /[,(\\]\s*(?:#[\s\S]*)?$/.test(line);
  }
  return statements.map(statement);
}

function statement(lines: readonly string[]): Statement {
  const text = lines.join('\n');
  return { text: text.trim(), indent: text.search(/\S/) };
}

/** The brackets of a statement; null when it is none by itself. */
export function nodesOf({ text }: Statement): readonly Node[] | null {
  try {
    return treeOf(text.replaceAll('\\\n', '\n'), RUBY);
  } catch (error) {
    if (error instanceof Unreadable) return null;
    throw error;
  }
}

/** Takes the blocks of such names out of the statements; a block ends with an `end` or `}` where it began. */
export function takeBlocks(
  statements: readonly Statement[],
  nameOf: (statement: Statement) => string | null,
): { readonly blocks: readonly Block[]; readonly rest: readonly Statement[] } {
  const blocks: Block[] = [];
  const rest: Statement[] = [];
  let block: { name: string; indent: number; end: RegExp; lines: string[] } | null = null;
  const close = () => {
    if (block) blocks.push({ name: block.name, content: block.lines.join('\n').replace(/\s+/g, ' ') });
    block = null;
  };
  for (const each of statements) {
    if (block) {
      block.lines.push(each.text);
      if (each.indent <= block.indent && block.end.test(each.text)) close();
      continue;
    }
    const name = nameOf(each);
    if (name === null) rest.push(each);
    else {
      block = { name, indent: each.indent, end: endOf(each.text), lines: [each.text] };
      if (!isOpen(each.text)) close();
    }
  }
  close();
  return { blocks, rest };
}

const HEREDOC = /<<[-~]?["'`]?([A-Za-z_]\w*)/;

function isOpen(text: string): boolean {
  // Of one line, and nothing twice: a statement may be long.
  const last = text.slice(text.lastIndexOf('\n') + 1);
  return HEREDOC.test(text) || /(?:\bdo|\{)(?:\s*\|[^|]*\|)?\s*(?:#[\s\S]*)?$/.test(last);
}

/** A heredoc ends with its own word, which may be indented deeper than where it began. */
function endOf(text: string): RegExp {
  const word = HEREDOC.exec(text)?.[1];
  return word === undefined ? /^(?:end\b|\})/ : new RegExp(`^${word}$`);
}
