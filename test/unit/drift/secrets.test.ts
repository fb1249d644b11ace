/** Credentials among added lines. None here is, or ever was, a real one: each is put together from its parts. */
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { scanSecrets } from '../../../src/node/secrets/scan';
import { driftOf, said } from './memoryTree';

const letters = (count: number, alphabet = 'aB3dE5gH7jK9mN2pQ4sT6vW8xY') =>
  Array.from({ length: count }, (_, at) => alphabet[(at * 7) % alphabet.length]).join('');
const hex = (count: number) => letters(count, '0123456789abcdef');

const CREDENTIALS: readonly (readonly [kind: string, text: string])[] = [
  ['Amazon Web Services', `AKIA${letters(16, 'ABCDEFGHJKLMNPQRSTUVWXYZ234567')}`],
  ['GitHub', `ghp_${letters(36)}`],
  ['GitLab', `glpat-${letters(20)}`],
  ['Slack', `xoxb-${'123456789012'}-${'1234567890123'}-${letters(24)}`],
  ['Stripe', `sk_live_${letters(32)}`],
  ['Google API', `AIza${letters(35)}`],
  ['npm', `npm_${letters(36)}`],
  ['RubyGems', `rubygems_${hex(48)}`],
  ['crates.io', `cio${letters(32)}`],
  ['DigitalOcean', `dop_v1_${hex(64)}`],
  ['Hugging Face', `hf_${letters(34, 'aBcDeFgHiJkLm')}`],
  ['Databricks', `dapi${hex(32)}`],
  ['npm registry', `//npm.example.com/:_authToken=${letters(40)}`],
  ['Azure storage', `AccountKey=${letters(86)}==`],
];

describe('secrets/added', () => {
  for (const [kind, secret] of CREDENTIALS) {
    it(`${kind}: tells, without showing it`, async () => {
      const report = await driftOf({
        base: { 'src/config.js': 'const a = 1;\n' },
        head: { 'src/config.js': `const a = 1;\nconst key = "${secret}";\n` },
      });
      assert.deepEqual(said(report), ['block secrets/added src/config.js']);
      const [finding] = report.findings;
      assert.equal(finding?.line, 2);
      assert.ok(!JSON.stringify(report).includes(secret.slice(6)), finding?.evidence);
      assert.equal(finding?.boundary, 'secrets');
    });
  }

  it('a private key over several lines', async () => {
    const key = [
      '-----BEGIN RSA PRIVATE KEY-----',
      `MIIE${letters(60)}`,
      ...Array(12).fill(letters(64)),
      '-----END RSA PRIVATE KEY-----',
    ];
    const report = await driftOf({ base: {}, head: { 'src/id.pem': `${key.join('\n')}\n` } });
    assert.deepEqual(said(report), ['block secrets/added src/id.pem']);
  });

  it('a password in an address', async () => {
    const report = await driftOf({
      base: {},
      head: { 'src/db.js': `connect("postgres://admin:${letters(16)}@db.example.com/app");\n` },
    });
    assert.deepEqual(said(report), ['block secrets/added src/db.js']);
  });

  it('is silent about one that stood there before', async () => {
    const line = `const key = "ghp_${letters(36)}";\n`;
    const report = await driftOf({ base: { 'src/a.js': line }, head: { 'src/a.js': `${line}const b = 2;\n` } });
    assert.deepEqual(said(report), []);
  });

  it('is milder in what tests feed on', async () => {
    const report = await driftOf({ base: {}, head: { 'src/fixtures/a.txt': `ghp_${letters(36)}\n` } });
    assert.deepEqual(said(report), ['warn secrets/added src/fixtures/a.txt']);
  });

  it('is allowed ahead by its boundary', async () => {
    const head = { 'src/a.js': `const key = "ghp_${letters(36)}";\n` };
    assert.deepEqual(said(await driftOf({ base: {}, head, allow: ['secrets'] })), ['info secrets/added src/a.js']);
  });

  it('cannot be switched off by a comment', async () => {
    const head = {
      'src/a.js': `/* secretlint-disable */\nconst key = "ghp_${letters(36)}"; // secretlint-disable-line\n`,
    };
    assert.deepEqual(said(await driftOf({ base: {}, head })), ['block secrets/added src/a.js']);
  });

  it('is silent about what only looks like one', async () => {
    const harmless = [
      `const hash = "${hex(64)}";`,
      `integrity="sha512-${letters(86)}=="`,
      'const token = process.env.GITHUB_TOKEN;',
      'AKIA is the prefix of a key',
      ['//npm.example.com/:_authToken=', '{NPM_TOKEN}'].join('$'),
      'ghp_xxxxxxxx',
      'https://user@example.com/a',
      'password: "changeme"',
      '-----BEGIN PUBLIC KEY-----',
      'sk_test_placeholder',
    ];
    const report = await driftOf({ base: {}, head: { 'src/a.js': `${harmless.join('\n')}\n` } });
    assert.deepEqual(said(report), []);
  });

  it('makes a list of many in one file', async () => {
    const many = Array.from({ length: 30 }, (_, at) => `ghp_${letters(34)}${String(at).padStart(2, '0')}`);
    const report = await driftOf({ base: {}, head: { 'src/a.txt': `${many.join('\n')}\n` } });
    assert.deepEqual(said(report), ['block secrets/added src/a.txt']);
    assert.match(report.findings[0]?.message ?? '', /30 of what looks like credentials/);
  });

  it('tells the file and the line among many files', async () => {
    const head = Object.fromEntries(
      Array.from({ length: 300 }, (_, at) => [`src/${at}.js`, `${'const a = 1;\n'.repeat(at)}`]),
    );
    const secret = `const key = "ghp_${letters(36)}";\n`;
    const report = await driftOf({
      base: {},
      head: { ...head, 'src/150.js': `a\nb\n${secret}`, 'src/299.js': secret },
    });
    const found = report.findings.filter(({ rule }) => rule === 'secrets/added').map(({ path, line }) => [path, line]);
    assert.deepEqual(found, [
      ['src/150.js', 3],
      ['src/299.js', 1],
    ]);
  });

  it('reads any text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 500 }), async (text) => {
        for (const { from, to } of await scanSecrets(text)) assert.ok(from >= 0 && to <= text.length && from < to);
      }),
      { numRuns: 200 },
    );
  });
});
