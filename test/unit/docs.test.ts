import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { BOUNDARIES, frontMatterSchema } from '../../src/core/brief/brief';
import { parseBrief } from '../../src/core/brief/parse';
import { parsePolicy, policySchema } from '../../src/core/brief/policy';
import { assessReadiness } from '../../src/core/brief/readiness';
import { configSchema, parseConfig } from '../../src/node/store/config';

const pageOf = (name: string) => readFileSync(`docs/${name}.md`, 'utf8');

/** The fenced examples of a page in one language. */
const examples = (page: string, language: string) =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(([, text]) => text ?? '');

/** What the pages must name: `` `key` `` or `` `map.key` ``. */
function names(page: string, keys: readonly string[]): void {
  for (const key of keys) assert.match(page, new RegExp(`\`(\\w+\\.)?${key}\``), key);
}

describe('the documentation', () => {
  const brief = pageOf('brief');
  const configuration = pageOf('configuration');

  it('shows briefs that are ready, and a policy that parses', () => {
    const facts = { paths: null, commandExists: () => null, liveTasks: [], policy: null, knownAgents: null };
    const briefs = examples(brief, 'markdown').map((text) => parseBrief(text, 'docs/brief.md'));
    assert.equal(briefs.length, 2);
    for (const one of briefs) assert.deepEqual(assessReadiness(one, facts), []);
    const [keep = '', policy = '', ...more] = examples(brief, 'yaml');
    assert.deepEqual(more, []);
    const [first = ''] = examples(brief, 'markdown');
    assert.deepEqual(parseBrief(first.replace('budget:', `${keep}budget:`), 'docs/brief.md').front.keep, {
      exports: ['src/index.ts'],
      files: ['README.md', 'docs/**'],
      symbols: ['src/http.ts#connect'],
    });
    assert.deepEqual(Object.keys(parsePolicy(policy, 'docs/brief.md')).sort(), Object.keys(policySchema.shape).sort());
  });

  it('shows a configuration that parses, with every key', () => {
    const [example = ''] = examples(configuration, 'yaml');
    const config = parseConfig(Buffer.from(example), 'docs/configuration.md');
    assert.deepEqual(Object.keys(config).sort(), Object.keys(configSchema.shape).sort());
    assert.deepEqual(Object.keys(config.agents.mine ?? {}).length, 8);
  });

  it('names every key and every boundary', () => {
    const nested = ['scope', 'approval'];
    const keys = Object.keys(frontMatterSchema.shape).filter((key) => !nested.includes(key));
    names(brief, [...keys, 'change', 'avoid', 'allow', ...BOUNDARIES]);
    names(
      brief,
      Object.keys(policySchema.shape).filter((key) => !nested.includes(key)),
    );
    names(configuration, ['agent', 'agents', 'tasks', 'perRepository', 'mode', 'network', 'idleMinutes']);
  });
});
