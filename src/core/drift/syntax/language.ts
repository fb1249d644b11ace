/** The language of a source file, by the ending of its name. */

/** `jsx` and `tsx` are languages of their own: `<T>x` means another thing there. */
export type Language =
  | 'javascript'
  | 'jsx'
  | 'typescript'
  | 'tsx'
  | 'python'
  | 'go'
  | 'rust'
  | 'java'
  | 'kotlin'
  | 'csharp'
  | 'ruby'
  | 'php'
  | 'swift'
  | 'cpp';

const ENDINGS: Readonly<Record<Language, readonly string[]>> = {
  // Plain JavaScript files hold JSX often enough, and nothing reads another way for it.
  javascript: [],
  jsx: ['js', 'jsx', 'mjs', 'cjs', 'es6'],
  typescript: ['ts', 'mts', 'cts'],
  tsx: ['tsx'],
  python: ['py', 'pyi', 'pyw'],
  go: ['go'],
  rust: ['rs'],
  java: ['java'],
  kotlin: ['kt', 'kts'],
  csharp: ['cs', 'csx'],
  ruby: ['rb', 'rake', 'gemspec', 'ru'],
  php: ['php', 'phpt', 'inc'],
  swift: ['swift'],
  cpp: ['c', 'cc', 'cpp', 'cxx', 'c++', 'h', 'hh', 'hpp', 'hxx', 'm', 'mm'],
};

const BY_ENDING: ReadonlyMap<string, Language> = new Map(
  (Object.entries(ENDINGS) as [Language, readonly string[]][]).flatMap(([language, endings]) =>
    endings.map((ending) => [ending, language] as const),
  ),
);

/** The language of a path, or null when it is none whose tests and exports are looked at. */
export function languageOf(path: string): Language | null {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return dot === -1 ? null : (BY_ENDING.get(name.slice(dot + 1).toLowerCase()) ?? null);
}
