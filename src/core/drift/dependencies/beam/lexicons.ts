/** What Elixir and Erlang look like (Elixir's "Syntax reference"; Erlang's "Character Set and Source File Encoding"). */
import type { Lexicon } from '../tokens';

const INTERPOLATION = ['#{', '}'] as const;
const SIGIL_ENDS: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
  ['<', '>'],
]);

/** Atoms keep their colon in front, keys of keyword lists theirs behind. */
export const ELIXIR: Lexicon = {
  comment: /#[^\n]*/y,
  strings: [
    { open: /"""|'''|["']/y, close: (opened) => opened, interpolation: INTERPOLATION },
    { open: /~[A-Za-z]+(?:"""|'''|["'/|([{<])/y, close: sigilEnd, interpolation: INTERPOLATION },
  ],
  word: /\?\\?[^\s]|:[A-Za-z_]\w*[?!]?|[A-Za-z_@]\w*[?!]?(?::(?=\s))?|\d[\w.]*/y,
};

export const ERLANG: Lexicon = {
  comment: /%[^\n]*/y,
  strings: [{ open: /["']/y, close: (opened) => opened, interpolation: null }],
  word: /\$\\?[\s\S]|[A-Za-z_][\w@]*|\d[\w.#]*/y,
};

function sigilEnd(opened: string): string {
  const delimiter = opened.replace(/^~[A-Za-z]+/, '');
  return SIGIL_ENDS.get(delimiter) ?? delimiter;
}
