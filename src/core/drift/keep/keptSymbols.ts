/** `keep/symbol`: code whose text stays, wherever in its file it stands. */
import { pathsOf } from '../changes';
import type { RuleContext } from '../input';
import type { RawFinding } from '../report';
import { readSide } from './source';
import { symbolText } from './symbols';

/** @param symbols `path#name`, checked when the brief was parsed */
export async function judgeKeptSymbols(
  symbols: readonly string[],
  context: RuleContext,
): Promise<readonly RawFinding[]> {
  const touched = new Set(context.changes.flatMap(pathsOf));
  const findings = await Promise.all(
    symbols.map(async (symbol) => {
      const [path = '', name = ''] = symbol.split('#');
      return touched.has(path) ? judgeSymbol(path, name, context) : [];
    }),
  );
  return findings.flat();
}

async function judgeSymbol(path: string, name: string, context: RuleContext): Promise<readonly RawFinding[]> {
  const rule = 'keep/symbol';
  const before = await readSide('base', path, context);
  if ('missing' in before) return [];
  if ('why' in before)
    return [
      { rule, severity: 'warn', path, message: `${path} ${before.why}: ${name} was not compared.`, evidence: name },
    ];
  const was = symbolText(before.syntax, name);
  if (was.length === 0) {
    const message = `${path} has no ${name} to keep: the brief may mean another name.`;
    return [{ rule, severity: 'warn', path, message, evidence: `${name}: not found` }];
  }
  const after = await readSide('head', path, context);
  if ('why' in after)
    return [
      { rule, severity: 'warn', path, message: `${path} ${after.why}: ${name} was not compared.`, evidence: name },
    ];
  const now = 'missing' in after ? [] : symbolText(after.syntax, name);
  if (now.length === 0) {
    return [{ rule, path, message: `${name} is gone from ${path}; the brief keeps it.`, evidence: `${name}: gone` }];
  }
  if (was.join('\n') === now.join('\n')) return [];
  return [
    {
      rule,
      path,
      message: `${name} of ${path} changed; the brief keeps it.`,
      evidence: firstDifference(was.join('\n'), now.join('\n')),
    },
  ];
}

/** UTF-16 units of each side that are shown, and how many of them stand before the difference; words are not cut. */
const SHOWN = 80;
const BEFORE = 20;
/** A longer word is cut: it is no word. */
const WORD = 40;

/** A stretch of both sides around where they part. */
function firstDifference(was: string, now: string): string {
  let at = 0;
  while (at < was.length && was[at] === now[at]) at++;
  const from = backToWord(was, Math.max(0, at - BEFORE));
  return `${stretch(was, from)} → ${stretch(now, from)}`;
}

function backToWord(text: string, at: number): number {
  const word = /\w*$/.exec(text.slice(Math.max(0, at - WORD), at))?.[0] ?? '';
  return at - word.length;
}

function stretch(text: string, from: number): string {
  const rest = /^\w*/.exec(text.slice(from + SHOWN, from + SHOWN + WORD))?.[0] ?? '';
  const to = from + SHOWN + rest.length;
  return `${from > 0 ? '…' : ''}${text.slice(from, to)}${to < text.length ? '…' : ''}`;
}
