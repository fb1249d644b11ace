/** Programs that hold or are what a check runs: sessions of noxfile.py, tasks of tasks.py, scripts. */

import { plainShell } from '../../../../shell/commands';
import { languageOf } from '../../../syntax/language';
import { parseSource } from '../../../syntax/parse';
import { lineAt } from '../../lines';
import { sameForFormatters, tokensOf } from '../../tokens';
import type { Entries, Entry } from '../reference';

/** Top-level functions of a Python file, decorators included, by name. */
export async function readPythonFunctions(text: string): Promise<Entries> {
  const syntax = await parseSource('python', text);
  const entries = new Map<string, Entry>();
  if (syntax === null) return { entries };
  for (let node = syntax.tree.topNode.firstChild; node !== null; node = node.nextSibling) {
    const definition = node.name === 'DecoratedStatement' ? node.getChild('FunctionDefinition') : node;
    const name = definition?.name === 'FunctionDefinition' ? definition.getChild('VariableName') : null;
    if (!name) continue;
    const named = /@(?:nox\.)?session\([^)]*\bname\s*=\s*["']([^"']+)/.exec(text.slice(node.from, name.from))?.[1];
    const body = text.slice(node.from, node.to);
    entries.set(named ?? text.slice(name.from, name.to), {
      text: body,
      meaning: sameForFormatters(tokensOf(syntax, node.from, node.to)),
      line: lineAt(text, node.from),
      needs: [],
      commands: runCalls(body),
    });
  }
  return { entries };
}

/** The literal words of `session.run("pytest", "-x")`, and the text of `c.run("pytest -x")`. */
function runCalls(body: string): readonly string[] {
  return [...body.matchAll(/\.run(?:_always|_install)?\(([^()]{0,2000})/g)].map(([, list = '']) =>
    [...list.matchAll(/"([^"\n]*)"|'([^'\n]*)'/g)].map(([, double, single]) => double ?? single ?? '').join(' '),
  );
}

/** A script as one entry: without comments where its language is known; shell text is followed further. */
export async function readScriptFile(text: string, path: string): Promise<Entries> {
  const shell = isShell(text, path);
  const language = languageOf(path) ?? languageOfShebang(text);
  const syntax = shell || language === null ? null : await parseSource(language, text);
  const body = syntax === null ? plainShell(text.replace(/\r\n/g, '\n')) : text;
  const meaning = syntax === null ? body : sameForFormatters(tokensOf(syntax, 0, text.length));
  return { entries: new Map([['', { text: body, meaning, line: 1, needs: [], commands: shell ? [text] : [] }]]) };
}

function isShell(text: string, path: string): boolean {
  return (
    /\.(?:sh|bash|zsh|ksh)$/.test(path) || /^#!.*\b(?:ba|da|z|k|a)?sh\b/.test(text.slice(0, 200).split('\n')[0] ?? '')
  );
}

function languageOfShebang(text: string): 'python' | 'javascript' | null {
  const first = text.slice(0, 200).split('\n')[0] ?? '';
  if (!first.startsWith('#!')) return null;
  return /\bpython/.test(first) ? 'python' : /\bnode\b/.test(first) ? 'javascript' : null;
}
