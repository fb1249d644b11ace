/** Comments and attributes by which code asks a tool to look away (each tool's own docs), in one table. */
import type { Language } from '../../syntax/language';

/** `file`: the whole file, or everything below; `line`: one place. */
export type Reach = 'file' | 'line';

export interface SuppressionKind {
  /** What a finding calls it: the mark itself. */
  readonly mark: string;
  readonly pattern: RegExp;
  readonly reach: Reach;
  /** The languages that it means something in; absent: all. */
  readonly languages?: readonly Language[];
  /** `comment`: it must stand in one; `code`: an attribute, annotation or directive. */
  readonly place: 'comment' | 'code';
  /** The mark that ends what this one begins; with it in the text, the reach is a place. */
  readonly end?: RegExp;
}

const JS: readonly Language[] = ['javascript', 'jsx', 'typescript', 'tsx'];

const comment = (
  mark: string,
  pattern: RegExp,
  reach: Reach,
  languages?: readonly Language[],
  end?: RegExp,
): SuppressionKind => ({
  mark,
  pattern,
  reach,
  place: 'comment',
  ...(languages === undefined ? {} : { languages }),
  ...(end === undefined ? {} : { end }),
});
const code = (
  mark: string,
  pattern: RegExp,
  reach: Reach,
  languages: readonly Language[],
  end?: RegExp,
): SuppressionKind => ({
  mark,
  pattern,
  reach,
  place: 'code',
  languages,
  ...(end === undefined ? {} : { end }),
});

/** The first that matches a piece of code names it. */
export const SUPPRESSIONS: readonly SuppressionKind[] = [
  comment('eslint-disable-line', /\beslint-disable-(?:next-)?line\b/, 'line', JS),
  comment('eslint-disable', /\beslint-disable\b(?!-)/, 'file', JS, /\beslint-enable\b/),
  comment('eslint rule off', /^\/\*\s*eslint\s[^*]*:\s*(?:0|["']?off)/, 'file', JS),
  comment('@ts-nocheck', /^\/[/*]+\s*@ts-nocheck\b/, 'file', JS),
  comment('@ts-ignore', /@ts-ignore\b/, 'line', JS),
  comment('@ts-expect-error', /@ts-expect-error\b/, 'line', JS),
  comment('biome-ignore-all', /\bbiome-ignore-all\b/, 'file', JS),
  comment('biome-ignore', /\bbiome-ignore(?:-start)?\b/, 'line', JS),
  comment('tslint:disable', /\btslint:disable(?!-(?:next-)?line)\b/, 'file', JS, /\btslint:enable\b/),
  comment('oxlint-disable-line', /\boxlint-disable-(?:next-)?line\b/, 'line', JS),
  comment('oxlint-disable', /\boxlint-disable\b(?!-)/, 'file', JS, /\boxlint-enable\b/),
  comment('istanbul ignore file', /\b(?:istanbul|c8|v8) ignore file\b/, 'file', JS),
  comment('coverage ignore', /\b(?:istanbul|c8|v8) ignore\b(?! (?:stop|end)\b)/, 'line', JS),
  comment('mypy: ignore-errors', /^#\s*mypy:\s*ignore-errors\b/, 'file', ['python']),
  comment('ruff: noqa', /^#\s*ruff\s*:\s*noqa\b/i, 'file', ['python']),
  comment('flake8: noqa', /^#\s*flake8\s*[:=]\s*noqa\b/i, 'file', ['python']),
  comment('pylint: skip-file', /\bpylint:\s*skip-file\b/, 'file', ['python']),
  comment('pyright: off', /^#\s*pyright:\s*(?:basic|report\w+\s*=\s*false)\b/, 'file', ['python']),
  comment('type: ignore', /#\s*type:\s*ignore\b/, 'line', ['python']),
  comment('pyright: ignore', /#\s*pyright:\s*ignore\b/, 'line', ['python']),
  comment('noqa', /#\s*noqa\b/i, 'line', ['python']),
  comment('nosec', /#\s*nosec\b/, 'line', ['python']),
  comment('pylint: disable', /\bpylint:\s*disable\b/, 'line', ['python']),
  comment('pragma: no cover', /#\s*pragma:\s*no\s?(?:cover|branch)\b/i, 'line', ['python']),
  code('#![allow]', /^#!\[\s*(?:cfg_attr\([^)]{1,200},\s*)?allow\b/, 'file', ['rust']),
  code('#[allow]', /^#\[\s*(?:cfg_attr\([^)]{1,200},\s*)?allow\b/, 'line', ['rust']),
  code('#[expect]', /^#\[\s*expect\b/, 'line', ['rust']),
  comment('nolint', /^\/\/\s?nolint\b/, 'line', ['go']),
  comment('lint:file-ignore', /^\/\/\s?lint:file-ignore\b/, 'file', ['go']),
  comment('lint:ignore', /^\/\/\s?lint:ignore\b/, 'line', ['go']),
  comment('#nosec', /^\/[/*]\s*#nosec\b/, 'line', ['go']),
  code('@file:Suppress', /^@file:\s?\[?Suppress\b/, 'file', ['kotlin']),
  code('@Suppress', /^@Suppress\b/, 'line', ['kotlin']),
  code('@SuppressWarnings', /^@(?:SuppressWarnings|SuppressFBWarnings)\b/, 'line', ['java', 'kotlin']),
  comment('CHECKSTYLE:OFF', /\bCHECKSTYLE[:.]\s?OFF\b/, 'line', ['java', 'kotlin']),
  code('#pragma warning disable', /^#pragma\s+warning\s+disable\b/, 'line', ['csharp']),
  code('SuppressMessage', /^\[(?:assembly:\s*)?(?:\w+\.)*SuppressMessage\b/, 'line', ['csharp']),
  comment('phpcs:disable', /\bphpcs:disable\b/, 'file', ['php'], /\bphpcs:enable\b/),
  comment('phpcs:ignoreFile', /\bphpcs:ignoreFile\b/, 'file', ['php']),
  comment('phpcs:ignore', /\bphpcs:ignore\b/, 'line', ['php']),
  comment('@phpstan-ignore', /@phpstan-ignore\b/, 'line', ['php']),
  comment('@psalm-suppress', /@psalm-suppress\b/, 'line', ['php']),
  comment('@codeCoverageIgnore', /@codeCoverageIgnore\b/, 'line', ['php']),
  comment('rubocop:disable', /\brubocop:(?:disable|todo)\b/, 'file', ['ruby'], /\brubocop:enable\b/),
  comment(':nocov:', /^#\s*:nocov:/, 'line', ['ruby']),
  comment(
    'swiftlint:disable',
    /\bswiftlint:disable\s+(?!(?:next|this|previous)\b)/,
    'file',
    ['swift'],
    /\bswiftlint:enable\b/,
  ),
  comment('swiftlint:disable', /\bswiftlint:disable\b/, 'line', ['swift']),
  code('#pragma warning(disable)', /^#\s*pragma\s+warning\s*\(\s*disable\b/, 'line', ['cpp']),
  code('#pragma diagnostic ignored', /^#\s*pragma\s+(?:GCC|clang)\s+diagnostic\s+ignored\b/, 'line', ['cpp']),
  comment('NOLINT', /\bNOLINT(?:NEXTLINE|BEGIN)?\b/, 'line', ['cpp']),
  comment('cppcheck-suppress', /\bcppcheck-suppress\b/, 'line', ['cpp']),
  comment('NOSONAR', /\bNOSONAR\b/, 'line'),
];

/** Asked of a text first: without one of these words nothing in it is a suppression. */
export const MAYBE =
  /disable|ignore|nocheck|expect|noqa|nosec|no\s?cover|no\s?branch|nolint|allow|suppress|skip-file|nocov|NOSONAR|CHECKSTYLE|eslint|pyright/i;

const SCRIPT_MARKS = /eslint|@ts-|biome-ignore|tslint|oxlint|(?:istanbul|c8|v8) ignore|NOSONAR/;

/**
 * The same by language, and narrower: what every pattern of the table for it has in it. Words such as `expect` and
 * `allow` stand in nearly every source, which is parsed only for one of these.
 */
export const MARKS: Readonly<Record<Language, RegExp>> = {
  javascript: SCRIPT_MARKS,
  jsx: SCRIPT_MARKS,
  typescript: SCRIPT_MARKS,
  tsx: SCRIPT_MARKS,
  python: /mypy|noqa|pylint|pyright|type:\s*ignore|nosec|pragma:\s*no|NOSONAR/i,
  rust: /\[\s*(?:cfg_attr|allow|expect)|NOSONAR/,
  go: /nolint|lint:|#nosec|NOSONAR/,
  java: /Suppress|CHECKSTYLE|NOSONAR/,
  kotlin: /Suppress|CHECKSTYLE|NOSONAR/,
  csharp: /pragma|SuppressMessage|NOSONAR/,
  php: /phpcs|@phpstan|@psalm|@codeCoverage|NOSONAR/,
  ruby: /rubocop|:nocov:|NOSONAR/,
  swift: /swiftlint|NOSONAR/,
  cpp: /pragma|NOLINT|cppcheck|NOSONAR/,
};
