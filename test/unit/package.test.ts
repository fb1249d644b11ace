/** What is packaged: the list of files, and the notices of what the bundles carry inside. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { missingFrom, shipped, strangersIn } from '../../.ci/contents';
import { noticesOf, noticesText } from '../../.ci/notices';
import { listPackage, writeNotices } from '../../.ci/package';
import { SCANNERS } from '../../src/node/secrets/credentialRules';

const sources: Record<string, string[]> = JSON.parse(readFileSync('dist/sources.json', 'utf8'));

describe('the package of the extension', () => {
  let files: readonly string[];
  before(() => {
    writeNotices();
    files = listPackage();
  });

  it('holds what it needs, and nothing else', () => {
    assert.deepEqual(missingFrom(files), []);
    assert.deepEqual(strangersIn(files), []);
  });

  it('holds every picture and page that the manifest names', () => {
    const packaged = new Set(files);
    const named = readFileSync('package.json', 'utf8').match(/(?<=")media\/[^"]+/g) ?? [];
    assert.ok(named.length > 0);
    assert.deepEqual(
      named.filter((file) => !packaged.has(file)),
      [],
    );
  });

  it('would not grow silently', () => {
    const intruders = [
      'dist/cli.js',
      'dist/sources.json',
      'dist/extension.js.map',
      'src/extension.ts',
      'test/run.ts',
      'node_modules/zod/index.js',
      'media/readme/review.png',
      '.env',
    ];
    assert.deepEqual(strangersIn(['dist/extension.js', ...intruders]), intruders);
    assert.ok(missingFrom(['package.json']).includes('dist/host.js'));
  });

  it('carries every built file but the command line', () => {
    const packaged = new Set(files);
    const built = Object.keys(sources).filter((file) => !packaged.has(file));
    assert.deepEqual(built, ['dist/cli.js']);
  });

  it('carries the rules for credentials without the library that a rule we leave out would load', () => {
    const built = createRequire(import.meta.url)(
      resolve('dist/apart/credentialRules.js'),
    ) as typeof import('../../src/node/secrets/credentialRules');
    const ids = (rules: typeof SCANNERS) => rules.map(({ meta }) => meta.id);
    assert.deepEqual(ids(built.SCANNERS), ids(SCANNERS));
    const chunks = sources['dist/apart/credentialRules.js']?.filter((file) => /\/index-[^/]+$/.test(file));
    assert.equal(chunks?.length, 1, 'the rules themselves, and not what Google’s imports');
  });
});

describe('the notices', () => {
  it('name every package inside the shipped bundles, with the text of its licence', () => {
    const notices = noticesOf(sources, shipped);
    const text = noticesText(notices);
    const inside = Object.entries(sources).filter(([file]) => shipped(file));
    for (const input of inside.flatMap(([, inputs]) => inputs).filter((file) => file.includes('node_modules/'))) {
      const name = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1];
      assert.ok(
        notices.some((notice) => notice.name === name),
        `${input} is of no package with a notice`,
      );
    }
    for (const { name, version, texts } of notices) {
      assert.ok(text.includes(`${name} ${version} (`), name);
      assert.match(texts.join('\n'), /copyright|licen[cs]e/i, name);
    }
  });

  it('name the icons, which are under a licence of their own', () => {
    const icons = noticesOf(sources, shipped).find(({ name }) => name === '@vscode/codicons');
    assert.equal(icons?.license, 'CC-BY-4.0');
    assert.match(icons?.texts.join('\n') ?? '', /Attribution 4\.0 International/);
  });

  it('refuse a licence that may not ship, and a package without a text', () => {
    const folder = mkdtempSync(join(tmpdir(), 'cs-notices-'));
    const input = (name: string, license: string) => {
      const place = join(folder, 'node_modules', name);
      mkdirSync(place, { recursive: true });
      writeFileSync(join(place, 'package.json'), JSON.stringify({ name, version: '1.0.0', license }));
      return { 'dist/host.js': [join(place, 'index.js')] };
    };
    try {
      assert.throws(() => noticesOf(input('viral', 'GPL-3.0-only'), shipped), /viral 1\.0\.0 is under GPL-3\.0-only/);
      assert.throws(() => noticesOf(input('bare', 'ISC'), shipped), /bare 1\.0\.0 ships no text/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
