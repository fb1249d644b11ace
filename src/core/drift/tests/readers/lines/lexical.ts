/**
 * What a language takes for comments and strings: a table for each language that is read without a grammar. Every
 * `open` is sticky and looks at a bounded stretch, so that finding them all takes one pass.
 */

export interface CommentSyntax {
  readonly open: RegExp;
  /** Null: it ends with its line. */
  readonly close: string | null;
  /** Whether a comment of the kind can stand in another. */
  readonly nested?: true;
}

export interface StringSyntax {
  readonly open: RegExp;
  /** What ends it, by how it began. */
  readonly close: (open: RegExpExecArray) => string;
  /** Whether a backslash takes away the meaning of what follows. */
  readonly escaped?: (open: RegExpExecArray) => boolean;
  /** Whether the closing twice is the closing as a character: `@"say ""hi"""`. */
  readonly doubled?: true;
  /** Whether closing characters that go on belong to it: `"""say "hi""""`. */
  readonly greedy?: true;
  readonly multiline?: true;
  /** What code in it begins and ends with; doubled beginnings are characters where `doubled` says so. */
  readonly hole?: (
    open: RegExpExecArray,
  ) => { readonly open: string; readonly close: string; readonly doubled?: true } | null;
  /** It opens only behind this, which is held against the 20 characters before it. */
  readonly after?: RegExp;
}

export interface LexicalSyntax {
  readonly comments: readonly CommentSyntax[];
  readonly strings: readonly StringSyntax[];
  /** Characters that something of the above can begin with. */
  readonly starts: string;
  /** A name in quotes, in which nothing else begins; sticky. */
  readonly quoted?: RegExp;
  /** Lines that speak to the compiler; sticky. */
  readonly directive?: RegExp;
  /** Sticky. */
  readonly word: RegExp;
}

const quote = () => '"';
const always = () => true;
const NAME = /`[^`\n]{1,300}`/y;
const LINE: CommentSyntax = { open: /\/\//y, close: null };

/** Kotlin language specification, "Lexical grammar". */
export const KOTLIN: LexicalSyntax = {
  comments: [
    LINE,
    { open: /\/\*/y, close: '*/', nested: true },
    // The first line of a script.
    { open: /#!/y, close: null },
  ],
  strings: [
    {
      open: /"""/y,
      close: () => '"""',
      greedy: true,
      multiline: true,
      hole: () => ({ open: '${', close: '}' }),
    },
    { open: /"/y, close: quote, escaped: always, hole: () => ({ open: '${', close: '}' }) },
    { open: /'/y, close: () => "'", escaped: always },
  ],
  starts: '/"\'#`',
  quoted: NAME,
  word: /`[^`\n]{1,300}`|[\p{L}_$][\p{L}\p{N}_$]*/uy,
};

/** C# language specification, "Lexical structure"; raw strings by "Raw string literals" of C# 11. */
export const CSHARP: LexicalSyntax = {
  comments: [LINE, { open: /\/\*/y, close: '*/' }],
  strings: [
    {
      open: /(\${0,8})("{3,20})/y,
      close: ([, , quotes = '"""']) => quotes,
      multiline: true,
      hole: ([, dollars = '']) =>
        dollars === '' ? null : { open: '{'.repeat(dollars.length), close: '}'.repeat(dollars.length) },
    },
    {
      open: /(?:@\$|\$@)"/y,
      close: quote,
      doubled: true,
      multiline: true,
      hole: () => ({ open: '{', close: '}', doubled: true }),
    },
    { open: /@"/y, close: quote, doubled: true, multiline: true },
    { open: /\$"/y, close: quote, escaped: always, hole: () => ({ open: '{', close: '}', doubled: true }) },
    { open: /"/y, close: quote, escaped: always },
    { open: /'/y, close: () => "'", escaped: always },
  ],
  starts: '/"\'$@',
  directive:
    /#[ \t]{0,20}(?:if|elif|else|endif|region|endregion|pragma|nullable|define|undef|line|warning|error)\b[^\n]*/y,
  word: /@?[\p{L}_][\p{L}\p{N}_]*/uy,
};

/** The Swift Programming Language, "Lexical Structure". */
export const SWIFT: LexicalSyntax = {
  comments: [LINE, { open: /\/\*/y, close: '*/', nested: true }, { open: /#!/y, close: null }],
  strings: [
    {
      open: /(#{0,8})"""/y,
      close: ([, hashes = '']) => `"""${hashes}`,
      escaped: ([, hashes = '']) => hashes === '',
      multiline: true,
      hole: ([, hashes = '']) => ({ open: `\\${hashes}(`, close: ')' }),
    },
    {
      open: /(#{0,8})"/y,
      close: ([, hashes = '']) => `"${hashes}`,
      escaped: ([, hashes = '']) => hashes === '',
      hole: ([, hashes = '']) => ({ open: `\\${hashes}(`, close: ')' }),
    },
    { open: /(#{1,8})\//y, close: ([, hashes = '']) => `/${hashes}`, multiline: true },
    {
      open: /\/(?=[^\s/*][^\n/]{0,200}\/)/y,
      close: () => '/',
      escaped: always,
      after: /(?:^|[=(,:[{!&|]|\breturn|\btry)\s*$/,
    },
  ],
  starts: '/"#`',
  quoted: NAME,
  directive: /#(?:if|elseif|else|endif|sourceLocation|warning|error)\b[^\n]*/y,
  word: /`[^`\n]{1,300}`|[\p{L}_$][\p{L}\p{N}_$]*/uy,
};

/** C++ working draft, "Lexical conventions"; C and Objective-C have no more that matters here. */
export const CPP: LexicalSyntax = {
  comments: [LINE, { open: /\/\*/y, close: '*/' }],
  strings: [
    {
      open: /R"([^()\\\s"]{0,16})\(/y,
      close: ([, delimiter = '']) => `)${delimiter}"`,
      multiline: true,
    },
    { open: /"/y, close: quote, escaped: always },
    // Between digits it only makes a number readable.
    { open: /'/y, close: () => "'", escaped: always, after: /(?:^|[^\p{L}\p{N}_])(?:L|u8?|U)?$/u },
  ],
  starts: '/"\'R',
  word: /[\p{L}_$][\p{L}\p{N}_$]*/uy,
};
