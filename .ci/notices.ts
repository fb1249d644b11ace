/** The third-party notices that ship with the extension: of the packages that are really inside its bundles. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

/** Licences that a product under MIT may carry inside, with their texts beside it. */
const ALLOWED = new Set(['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'CC-BY-4.0']);

const packageSchema = z.object({
  name: z.string(),
  version: z.string(),
  license: z.string(),
  author: z.union([z.string(), z.object({ name: z.string() })]).optional(),
});

export interface Notice {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  /** The texts of its licence and its own notices, as it ships them. */
  readonly texts: readonly string[];
}

/**
 * Finds the packages inside built files, with their licences.
 *
 * @param sources what each built file is made of, as the build wrote it down in `dist/sources.json`
 * @param ships whether a built file is in the package
 * @returns sorted by name
 * @throws when a package's licence is not one that may ship, or has no text
 */
export function noticesOf(
  sources: Readonly<Record<string, readonly string[]>>,
  ships: (file: string) => boolean,
): Notice[] {
  const inputs = Object.entries(sources).flatMap(([file, inside]) => (ships(file) ? inside : []));
  const folders = new Set(inputs.flatMap((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? []));
  return [...folders].map(noticeOf).sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** The notices as one text file. */
export function noticesText(notices: readonly Notice[]): string {
  const line = '-'.repeat(80);
  const sections = notices.map(
    ({ name, version, license, texts }) =>
      `${line}\n${name} ${version} (${license})\n${line}\n\n${texts.join('\n\n')}\n`,
  );
  return `The bundles of Countersign contain code, styles or fonts of the following packages.\n\n${sections.join('\n')}`;
}

function noticeOf(folder: string): Notice {
  const { name, version, license, author } = packageSchema.parse(
    JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')),
  );
  if (!ALLOWED.has(license)) throw new Error(`${name} ${version} is under ${license}: it may not ship`);
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice|thirdpartynotices)/i.test(file));
  const texts = files.sort().map((file) => readFileSync(join(folder, file), 'utf8').trim());
  if (texts.length > 0) return { name, version, license, texts };
  if (license !== 'MIT' || author === undefined) throw new Error(`${name} ${version} ships no text of its licence`);
  return { name, version, license, texts: [mit(typeof author === 'string' ? author : author.name)] };
}

/** The text of the MIT licence, which our own is, in the name of another holder. */
function mit(holder: string): string {
  return readFileSync('LICENSE', 'utf8')
    .trim()
    .replace(/^Copyright .*$/m, `Copyright (c) ${holder}`);
}
