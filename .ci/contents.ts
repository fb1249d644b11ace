/** What is inside the extension's package: everything that it needs, and nothing else. */

/** The whole package, in bytes. */
export const SIZE_LIMIT = 1.5 * 1024 * 1024;

/** The built files in it: the command line is no part of the extension. */
export const shipped = (file: string) => file !== 'dist/cli.js';

const EXPECTED: readonly RegExp[] = [
  /^package\.json$/,
  /^package\.nls(\.[\w-]+)?\.json$/,
  /^dist\/l10n\/bundle\.l10n(\.[\w-]+)?\.json$/,
  /^(README|CHANGELOG)\.md$/,
  /^LICENSE$/,
  /^dist\/(extension|host|mcp)\.js$/,
  /^dist\/apart\/\w+\.js$/,
  /^dist\/late\/\w+\.js$/,
  /^dist\/webview\/\w+\.(js|css|ttf)$/,
  /^dist\/package\.json$/,
  /^dist\/ThirdPartyNotices\.txt$/,
  /^media\/[\w-]+\.(svg|png)$/,
  /^media\/[\w-]+\.tmLanguage\.json$/,
  /^media\/walkthrough\/[\w-]+\.(svg|png|md)$/,
];

const NEEDED: readonly string[] = [
  'package.json',
  'package.nls.json',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
  'dist/extension.js',
  'dist/host.js',
  'dist/mcp.js',
  'dist/apart/contentRules.js',
  'dist/apart/credentialRules.js',
  'dist/apart/grammars.js',
  'dist/apart/jsonrpc.js',
  'dist/apart/yaml.js',
  'dist/apart/zod.js',
  'dist/package.json',
  'dist/ThirdPartyNotices.txt',
  'media/icon.png',
  'media/countersign.svg',
];

/** Files that have no business in the package. */
export function strangersIn(files: readonly string[]): string[] {
  return files.filter((file) => !EXPECTED.some((pattern) => pattern.test(file)));
}

/** Files without which it would not be whole. */
export function missingFrom(files: readonly string[]): string[] {
  return NEEDED.filter((file) => !files.includes(file));
}
