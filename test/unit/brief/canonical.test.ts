import assert from 'node:assert/strict';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { canonicalForm } from '../../../src/core/brief/canonical';
import { parseBrief } from '../../../src/core/brief/parse';
import { sha256Hex } from '../../../src/core/hash';
import { SAMPLE, sampleWith } from './sample';

const hashOf = (source: string): string => parseBrief(source, 'brief.md').hash;

/** The sample's front matter as data, and its body. */
const { front, source } = parseBrief(SAMPLE, 'brief.md');
const body = source.slice(source.indexOf('\n---\n') + 5);

describe('the canonical form', () => {
  it('is JSON with sorted keys and defaults, then the body', () => {
    const brief = parseBrief(
      '---\nscope: { change: [b] }\ncountersign: 1\n---\n## Goal  \ngo\n## Acceptance criteria\n- x\t\n\n\n',
      'b',
    );
    const expected =
      '{"approval":{"allow":[]},"budget":{},"checks":[],"copy":[],"countersign":1,"scope":{"avoid":[],"change":["b"]}}\n' +
      '## Goal\ngo\n## Acceptance criteria\n- x\n';
    assert.equal(canonicalForm(brief.front, '## Goal  \ngo\n## Acceptance criteria\n- x\t\n\n\n'), expected);
    assert.equal(brief.hash, sha256Hex(expected));
  });

  it('does not see layout', () => {
    const same = [
      SAMPLE.replaceAll('\n', '\r\n'),
      SAMPLE.replaceAll('\n', '\r'),
      `\uFEFF${SAMPLE}`,
      `${SAMPLE}\n  \n`,
      sampleWith('title: Retry idempotent requests on 429', 'title: "Retry idempotent requests on 429"   # why'),
      sampleWith('approval: { allow: [] }\n', ''),
      sampleWith(', timeout: 600', ''),
      sampleWith('## Non-goals', '## Non-goals   '),
    ];
    for (const variant of same) assert.equal(hashOf(variant), hashOf(SAMPLE), JSON.stringify(variant.slice(0, 80)));
  });

  it('sees every difference of content', () => {
    const different = [
      sampleWith('title: Retry', 'title: retry'),
      sampleWith('[src/http/**, test/http/**]', '[test/http/**, src/http/**]'),
      sampleWith('timeout: 600', 'timeout: 601'),
      sampleWith('never retried (review)', 'never retried'),
      sampleWith('The client', 'The  client'),
      sampleWith('## Context', '<!-- x -->\n## Context'),
    ];
    assert.equal(new Set([SAMPLE, ...different].map(hashOf)).size, different.length + 1);
  });

  it('is the same for any order of keys, style of YAML and line end', () => {
    const shuffled = (value: unknown): fc.Arbitrary<unknown> => {
      if (Array.isArray(value)) return value.length === 0 ? fc.constant(value) : fc.tuple(...value.map(shuffled));
      if (typeof value !== 'object' || value === null) return fc.constant(value);
      const entries = Object.entries(value);
      return fc
        .tuple(
          fc.shuffledSubarray(entries, { minLength: entries.length }),
          ...entries.map(([, inner]) => shuffled(inner)),
        )
        .map(([order, ...inner]) =>
          Object.fromEntries(order.map(([key]) => [key, inner[entries.findIndex(([other]) => other === key)]])),
        );
    };
    const style = fc.record({
      collectionStyle: fc.constantFrom('any' as const, 'block' as const, 'flow' as const),
      defaultStringType: fc.constantFrom('PLAIN' as const, 'QUOTE_DOUBLE' as const, 'QUOTE_SINGLE' as const),
      indent: fc.integer({ min: 1, max: 8 }),
    });
    fc.assert(
      fc.property(shuffled(front), style, fc.constantFrom('\n', '\r\n', '\r'), (data, options, eol) => {
        const text = `---\n${stringify(data, options)}---\n${body}`.replaceAll('\n', eol);
        assert.equal(hashOf(text), hashOf(SAMPLE), text);
      }),
    );
  });
});
