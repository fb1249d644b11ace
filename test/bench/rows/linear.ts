/** A row about readers: how their time grows with a text that repeats what a fuzzer thought of. */
import * as fc from 'fast-check';
import { formatOf } from '../../../src/core/drift/dependencies/formats';
import { languageOf } from '../../../src/core/drift/syntax/language';
import { parseSource } from '../../../src/core/drift/syntax/parse';
import { READERS } from '../../../src/core/drift/tests/readers';
import type { Row } from '../measure';
import { median, time } from '../measure';

/** One file of each format and language, by the name that it is known by. */
const FORMATS = [
  ...['package.json', 'package-lock.json', 'yarn.lock', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', 'bun.lock', '.npmrc'],
  ...['deno.json', 'requirements.txt', 'pyproject.toml', 'setup.cfg', 'Pipfile', 'poetry.lock', 'environment.yml'],
  ...['Cargo.toml', 'Cargo.lock', 'go.mod', 'go.sum', 'pom.xml', 'build.gradle', 'libs.versions.toml', 'Gemfile'],
  ...['Gemfile.lock', 'x.gemspec', 'composer.json', 'composer.lock', 'x.csproj', 'packages.lock.json', 'mix.exs'],
  ...['mix.lock', 'pubspec.yaml', 'Package.swift', 'Podfile', 'Podfile.lock', 'CMakeLists.txt', 'vcpkg.json'],
  ...['conanfile.txt', '.github/workflows/ci.yml', 'Dockerfile', '.pre-commit-config.yaml', 'flake.lock', 'Chart.yaml'],
];
const LANGUAGES = ['a.js', 'a.ts', 'a.tsx', 'a.py', 'a.go', 'a.rs', 'a.java', 'a.php', 'a.cpp'];

/** Languages whose tests are read without a grammar. */
const BY_WORDS = ['a.cpp', 'a.cs', 'a.kt', 'a.rb', 'a.swift'];

const SHORT = 32 * 1024;
const GROWTH = 4;
/** Below so many milliseconds a ratio is noise. */
const LEAST = 5;

/** Pieces that look like the beginnings of things, and things that do not end. */
const piece = fc.oneof(
  fc.constantFrom(
    ...[
      '"',
      "'",
      '`',
      '\\',
      '\\"',
      '{',
      '[',
      '(',
      '((',
      '<',
      '</a>',
      '<a ',
      '<!--',
      '/*',
      '//',
      '#',
      '=',
      ' = ',
      ':',
      ', ',
    ],
    ...[
      '- ',
      '\n',
      '\n  ',
      '\r\n',
      '  ',
      '\t',
      '&a ',
      '*a ',
      '|\n ',
      '>',
      '@',
      '!',
      'a',
      'a: ',
      'a=',
      'gem "',
      "dep('",
      'SECTION("a") { ',
      'REQUIRE(',
    ],
  ),
  fc.string({ maxLength: 6 }),
);
const unit = fc.array(piece, { minLength: 1, maxLength: 6 }).map((pieces) => pieces.join(''));

/** The worst growth of any reader over texts of 32 KiB and four times that, repeated from `runs` units of a fixed seed. */
export async function linearReaders(runs: number): Promise<Row> {
  let worst = { growth: 0, what: '', unit: '' };
  const growths: number[] = [];
  for (const sample of fc.sample(unit, { numRuns: runs, seed: 20 })) {
    const text = (length: number) => sample.repeat(Math.ceil(length / sample.length)).slice(0, length);
    for (const [what, read] of readers()) {
      const short = await time(() => read(text(SHORT)));
      if (short < LEAST / GROWTH) continue;
      const long = await time(() => read(text(SHORT * GROWTH)));
      if (long < LEAST) continue;
      const again = Math.min(long, await time(() => read(text(SHORT * GROWTH))));
      const growth = again / Math.max(short, await time(() => read(text(SHORT))));
      growths.push(growth);
      if (growth > worst.growth) worst = { growth, what, unit: JSON.stringify(sample) };
    }
  }
  return {
    what: `readers, four times the text: growth of the time, worst of ${growths.length}`,
    value: worst.growth.toFixed(1),
    budget: '~ 4',
    detail: `${worst.what} on ${worst.unit}; median ${growths.length === 0 ? '-' : median(growths).toFixed(1)}`,
  };
}

function readers(): [string, (text: string) => Promise<unknown>][] {
  const formats = FORMATS.flatMap((path): [string, (text: string) => Promise<unknown>][] => {
    const format = formatOf(path);
    if (format === null || !('read' in format)) return [];
    return [[path, (text) => format.read(text, path).catch(() => null)]];
  });
  const languages = LANGUAGES.flatMap((path): [string, (text: string) => Promise<unknown>][] => {
    const language = languageOf(path);
    return language === null ? [] : [[path, (text) => parseSource(language, text)]];
  });
  const tests = BY_WORDS.flatMap((path): [string, (text: string) => Promise<unknown>][] => {
    const load = READERS[languageOf(path) ?? 'cpp'];
    return load === undefined
      ? []
      : [[`tests of ${path}`, async (text) => (await load())({ path, text, syntax: null })]];
  });
  return [...formats, ...languages, ...tests];
}
