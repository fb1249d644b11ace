/** Who reads the tests of which language. Each reader is loaded with the first file of its language. */
import type { Language } from '../syntax/language';
import type { Syntax } from '../syntax/parse';
import type { TestFile } from './model';

export interface Source {
  readonly path: string;
  readonly text: string;
  /** Null where there is no grammar of the language: the reader goes by lines. */
  readonly syntax: Syntax | null;
}

/**
 * Reads one file. Synchronous, linear in its text, and never throws for what it contains. A file without any test has
 * no cases; null says that the file could not be read, and becomes a finding.
 */
export type ReadTests = (source: Source) => TestFile | null;

const javascript = async () => (await import('./readers/javascript')).readJavaScript;

export const READERS: { readonly [K in Language]?: () => Promise<ReadTests> } = {
  javascript,
  jsx: javascript,
  typescript: javascript,
  tsx: javascript,
  python: async () => (await import('./readers/python')).readPython,
  go: async () => (await import('./readers/go')).readGo,
  rust: async () => (await import('./readers/rust')).readRust,
  java: async () => (await import('./readers/java')).readJava,
  kotlin: async () => (await import('./readers/kotlin')).readKotlin,
  csharp: async () => (await import('./readers/csharp')).readCSharp,
  swift: async () => (await import('./readers/swift')).readSwift,
  php: async () => (await import('./readers/php')).readPhp,
  ruby: async () => (await import('./readers/ruby')).readRuby,
  cpp: async () => (await import('./readers/cpp')).readCpp,
};
