/** What Swift and Ruby look like, as far as manifests are written in them. */
import type { Lexicon } from '../tokens';

/** The Swift Programming Language, "Lexical Structure". */
export const SWIFT: Lexicon = {
  comment: /\/\/[^\n]*/y,
  nested: ['/*', '*/'],
  strings: [{ open: /"""|"/y, close: (opened) => opened, interpolation: ['\\(', ')'] }],
  word: /[A-Za-z_]\w*|\d+/y,
};

/** Ruby's documentation, "Literals". Symbols keep their colon in front, keys of hashes theirs behind. */
export const RUBY: Lexicon = {
  comment: /#[^\n]*/y,
  strings: [
    { open: /"/y, close: (opened) => opened, interpolation: ['#{', '}'] },
    { open: /'/y, close: (opened) => opened, interpolation: null },
  ],
  word: /:?[A-Za-z_@$]\w*[?!]?(?::(?![:\w]))?|\d[\w.]*/y,
};
