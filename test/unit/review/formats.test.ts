/** What forges read of a drift report: SARIF, a comment, annotations; and that no name or text in it is more than text. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as z from 'zod';
import type { DriftReport, Finding } from '../../../src/core/drift/report';
import { COMMENT_MARKER, commentOf } from '../../../src/core/review/formats/comment';
import { sarifOf } from '../../../src/core/review/formats/sarif';
import { workflowCommands } from '../../../src/core/review/formats/workflowCommands';
import { ACTIVE, ATTACKS, withoutCode } from './hostile';
import { sampleDrift, sampleFinding, sampleGroup } from './sample';

const paths = (count: number) => Array.from({ length: count }, (_, index) => `lib/f${index}.ts`);
const warning = sampleFinding({ id: 'f2', rule: 'scope/budget', severity: 'warn', path: null, line: null });
const told = sampleFinding({ id: 'f3', rule: 'boundary/ci', severity: 'info', boundary: 'ci', path: 'ci.yml' });
const report = sampleDrift([sampleFinding(), sampleGroup(paths(400)), warning, told]);

/** The same text wherever a repository or an agent could put it. */
const hostile = (text: string): DriftReport =>
  sampleDrift(
    [
      sampleFinding({ path: text, message: text, evidence: text, why: text, rule: text }),
      sampleGroup([text, `a/${text}`], { message: text, evidence: text, severity: 'warn' }),
    ],
    {
      dependencies: [
        { ecosystem: text, manifest: text, name: text, from: text, to: text, direct: true, group: text, purl: text },
      ],
    },
  );

const anyText = fc
  .array(
    fc.oneof(fc.constantFrom(...ATTACKS, '@a', '#1', '|', '`', '\\', '<b>', '\r\n', '](', '::', '%', ','), fc.string()),
    {
      maxLength: 5,
    },
  )
  .map((pieces) => pieces.join(''));

describe('the report as SARIF', () => {
  /** The properties that SARIF 2.1.0 and code scanning need, with their types. */
  const message = z.strictObject({ text: z.string().min(1) });
  const location = z.strictObject({
    physicalLocation: z.strictObject({
      artifactLocation: z.strictObject({
        uri: z.string().regex(/^(?:[A-Za-z0-9._~!'()*-]|%[0-9A-F]{2})+(?:\/(?:[A-Za-z0-9._~!'()*-]|%[0-9A-F]{2})*)*$/),
      }),
      region: z.strictObject({ startLine: z.number().int().min(1) }),
    }),
  });
  const level = z.enum(['error', 'warning', 'note']);
  const log = z.strictObject({
    $schema: z.url(),
    version: z.literal('2.1.0'),
    runs: z.tuple([
      z.strictObject({
        tool: z.strictObject({
          driver: z.strictObject({
            name: z.string().min(1),
            semanticVersion: z.string(),
            rules: z.array(
              z.strictObject({
                id: z.string().min(1),
                name: z.string(),
                shortDescription: message,
                fullDescription: message,
                help: message,
                defaultConfiguration: z.strictObject({ level }),
                properties: z.strictObject({ tags: z.array(z.string()).max(10) }),
              }),
            ),
          }),
        }),
        automationDetails: z.strictObject({ id: z.string().endsWith('/') }),
        columnKind: z.literal('utf16CodeUnits'),
        results: z.array(
          z.strictObject({
            ruleId: z.string(),
            ruleIndex: z.number().int().min(0),
            level,
            message,
            locations: z.array(location).min(1).max(100),
            partialFingerprints: z.record(z.string(), z.string()),
            properties: z.record(z.string(), z.unknown()),
          }),
        ),
        properties: z.record(z.string(), z.unknown()),
      }),
    ]),
  });
  const runOf = (of: DriftReport) => log.parse(JSON.parse(JSON.stringify(sarifOf(of, '1.2.3')))).runs[0];

  it('has a rule for every result, levels, places and fingerprints', () => {
    const { tool, results } = runOf(report);
    assert.deepEqual(
      results.map(({ ruleId, ruleIndex, level: own }) => [ruleId, tool.driver.rules[ruleIndex]?.id, own]),
      [
        ['scope/outside', 'scope/outside', 'error'],
        ['scope/outside', 'scope/outside', 'error'],
        ['scope/budget', 'scope/budget', 'warning'],
        ['boundary/ci', 'boundary/ci', 'note'],
      ],
    );
    assert.deepEqual(
      results.map(({ partialFingerprints }) => partialFingerprints['countersignFinding/v1']),
      ['f1', 'g1', 'f2', 'f3'],
    );
    const [single, group, nowhere] = results;
    assert.deepEqual(single?.locations, [
      { physicalLocation: { artifactLocation: { uri: 'src/config.ts' }, region: { startLine: 12 } } },
    ]);
    assert.equal(group?.locations.length, 100, 'code scanning shows no more');
    assert.equal(group?.properties.places, 400);
    assert.match(nowhere?.locations[0]?.physicalLocation.artifactLocation.uri ?? '', /^no%20file/);
    const [rule] = tool.driver.rules;
    assert.equal(rule?.name, 'ScopeOutside');
    assert.match(rule?.help.text ?? '', /Answers that make sense: revert, accept, widen, ask/);
  });

  it('says names and texts literally, as a link to nothing', () => {
    const odd = sampleFinding({
      path: 'a b/#?{x}%/\ud800.ts',
      message: 'see [here](https://example.com) {0}',
      evidence: '',
    });
    const [result] = runOf(sampleDrift([odd])).results;
    const [place] = result?.locations ?? [];
    assert.equal(place?.physicalLocation.artifactLocation.uri, 'a%20b/%23%3F%7Bx%7D%25/%EF%BF%BD.ts');
    assert.equal(result?.message.text, 'see \\[here\\](https://example.com) {{0}}');
    assert.match(
      runOf(sampleDrift([sampleFinding({ path: 'javascript:x' })])).results[0]?.locations[0]?.physicalLocation
        .artifactLocation.uri ?? '',
      /^javascript%3Ax$/,
    );
  });

  it('keeps its shape, whatever is in it', () => {
    fc.assert(
      fc.property(
        anyText.filter((text) => !/^\/|\/\/|^$/.test(text)),
        (text) => {
          for (const { message: said } of runOf(hostile(`x${text}`)).results)
            assert.doesNotMatch(said.text, /(?<!\\)\]\(/);
        },
      ),
    );
  });

  it('holds no more results than are shown', () => {
    const many = Array.from({ length: 5_010 }, (_, n) => sampleFinding({ id: `f${n}`, path: `p${n}` }));
    const { results, properties } = runOf(sampleDrift(many));
    assert.deepEqual([results.length, properties.findings], [5_000, 5_010]);
  });
});

describe('the report as a comment', () => {
  it('has its marker first, the verdict, tables, and groups folded', () => {
    const text = commentOf(report);
    assert.ok(
      text.startsWith(`${COMMENT_MARKER}\n## Countersign: ✗ Drift that blocks\n\n3 files, +40 −2 · 4 findings`),
    );
    assert.match(text, /### Blocking \(2\)[\s\S]*### Warning \(1\)[\s\S]*### For information \(1\)/);
    assert.match(
      text,
      /\| `scope\/outside` \| `src\/config\.ts:12` \| the path is not in scope<br>The brief did not ask/,
    );
    assert.match(text, /\| 400 places, below \| 400 paths/);
    assert.match(text, /<details><summary>scope\/outside: 400 places<\/summary>\n\n- `lib\/f0\.ts`\n/);
    assert.match(text, /\n- and 200 more\n\n<\/details>/);
    assert.match(text, /revert, accept, widen, ask \|/);
    assert.match(commentOf(sampleDrift()), /✓ No drift/);
    assert.match(commentOf(sampleDrift([warning])), /! Drift that deserves a look/);
  });

  const check = (text: string) => {
    const comment = commentOf(hostile(text));
    assert.equal(comment.split(COMMENT_MARKER).length, 2, 'one marker, and it is ours');
    const own = comment.replace(COMMENT_MARKER, '').replace(/<br>|<\/?details>|<\/summary>|<summary>/g, ' ');
    for (const pattern of ACTIVE) assert.doesNotMatch(withoutCode(own), pattern);
    const opened = comment.match(/<details>/g)?.length ?? 0;
    assert.deepEqual(
      [comment.match(/<\/details>/g)?.length ?? 0, comment.match(/<summary>/g)?.length ?? 0],
      [opened, opened],
    );
  };

  for (const attack of ATTACKS) {
    it(`shows literally: ${JSON.stringify(attack)}`, () =>
      check(attack.replaceAll(/<\/?(?:details|summary)>|<br>/g, '')));
  }

  it('holds for any text', () => {
    fc.assert(
      fc.property(anyText, (text) => check(text.replaceAll(/<\/?(?:details|summary)>|<br>/g, ''))),
      { numRuns: 300 },
    );
  });

  it('lets nothing end its own folds', () => {
    const comment = commentOf(hostile('</summary></details><br>'));
    assert.equal(comment.match(/<\/details>/g)?.length, 2, 'of the group and of the dependencies');
    assert.match(comment, /&lt;\/summary&gt;|`<\/summary>/);
  });

  it('is never longer than a forge takes', () => {
    const long = (n: number): Finding =>
      sampleFinding({
        id: `f${n}`,
        path: `${'|'.repeat(4_000)}${n}`,
        message: '|'.repeat(4_000),
        evidence: '`'.repeat(400),
      });
    const many = [
      ...Array.from({ length: 3_000 }, (_, n) => long(n)),
      sampleGroup(paths(5_000).map((path) => `${'|'.repeat(300)}${path}`)),
    ];
    const text = commentOf(sampleDrift(many));
    assert.ok(text.length <= 65_536, `${text.length}`);
    assert.match(text, /And \d+ more, in the whole report\./);
  });
});

describe('the report as annotations', () => {
  it('is one command a finding, by its severity, and a line for the log', () => {
    const lines = workflowCommands(report).trimEnd().split('\n');
    assert.equal(
      lines[0],
      '::error file=src/config.ts,line=12,title=Countersign%3A scope/outside::the path is not in scope ' +
        'The brief did not ask for a change here, so nobody has thought about it. ' +
        'Answers that make sense: revert, accept, widen, ask.',
    );
    assert.match(lines[1] ?? '', /^::error file=lib\/f0\.ts,title=.*400 places: lib\/f0\.ts, .* and 395 more/);
    assert.match(lines[2] ?? '', /^::warning title=Countersign%3A scope\/budget::/);
    assert.match(lines[3] ?? '', /^::notice file=ci\.yml,line=12,/);
    assert.equal(lines[4], 'Countersign: blocked (2 blocking, 1 warning, 1 for information; 3 files, +40 −2)');
  });

  it('is no more than GitHub shows, and says so', () => {
    const many = Array.from({ length: 25 }, (_, n) => sampleFinding({ id: `f${n}` }));
    const lines = workflowCommands(sampleDrift([...many, warning]))
      .trimEnd()
      .split('\n');
    assert.equal(lines.length, 12);
    assert.match(lines.at(-1) ?? '', /; 11 of 26 are shown as annotations$/);
  });

  it('escapes what would end a command or begin another', () => {
    const [line] = workflowCommands(
      sampleDrift([sampleFinding({ path: 'a,b:c%.ts', message: '100%\n::set-env name=X::y', why: '', answers: [] })]),
    ).split('\n');
    assert.equal(
      line,
      '::error file=a%2Cb%3Ac%25.ts,line=12,title=Countersign%3A scope/outside::100%25\\n::set-env name=X::y',
    );
  });

  it('stays one line a finding, whatever is in it', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const lines = workflowCommands(hostile(text))
          .trimEnd()
          .split(/\r\n|\r|\n/);
        assert.equal(lines.length, 3);
        for (const line of lines.slice(0, 2)) assert.match(line, /^::(?:error|warning) (?:file=|title=)/);
        assert.doesNotMatch(lines.join(''), /[\u0000-\u001f\u202e]/);
      }),
      { numRuns: 300 },
    );
  });
});
