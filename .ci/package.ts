/**
 * Makes the extension's package from what `npm run build` made: `countersign-VERSION.vsix`, ready to be published.
 *
 *   npm run package [-- FILE]
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { missingFrom, SIZE_LIMIT, shipped, strangersIn } from './contents';
import { noticesOf, noticesText } from './notices';

const NOTICES = 'dist/ThirdPartyNotices.txt';
const VSCE = 'node_modules/@vscode/vsce/vsce';
const sourcesSchema = z.record(z.string(), z.array(z.string()));

/** Writes the notices beside the bundles that they are about. */
export function writeNotices(): void {
  const sources = sourcesSchema.parse(JSON.parse(readFileSync('dist/sources.json', 'utf8')));
  writeFileSync(NOTICES, noticesText(noticesOf(sources, shipped)));
}

/** The files that would be packaged now, by `vsce`'s own rules. */
export function listPackage(): string[] {
  return vsce('ls').split('\n').filter(Boolean);
}

/**
 * Packages what is built.
 *
 * @param file where to
 * @returns its size in bytes
 * @throws when something is missing or too much, or the package is too big
 */
export function packageExtension(file: string): number {
  writeNotices();
  const files = listPackage();
  const [missing, strangers] = [missingFrom(files), strangersIn(files)];
  if (missing.length > 0) throw new Error(`not in the package: ${missing.join(', ')}; \`npm run build\` first?`);
  if (strangers.length > 0) throw new Error(`in the package, and not expected there: ${strangers.join(', ')}`);
  vsce('package', '--out', file);
  const { size } = statSync(file);
  if (size > SIZE_LIMIT) throw new Error(`the package has ${size} bytes, and ${SIZE_LIMIT} is the limit`);
  return size;
}

/** Nothing is taken from `node_modules`: the bundles are whole. */
function vsce(command: string, ...args: string[]): string {
  return execFileSync(process.execPath, [VSCE, command, '--no-dependencies', ...args], { encoding: 'utf8' });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  const file = process.argv[2] ?? `countersign-${version}.vsix`;
  const size = packageExtension(file);
  process.stdout.write(`${listPackage().join('\n')}\n\n${file}: ${(size / 1024).toFixed(0)} KB\n`);
}
