import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { COMMANDS } from '../../src/cli/commands';
import { FLOOD_LIMITS } from '../../src/core/agent/tools/flood';
import { TOOL_NAMES } from '../../src/core/agent/tools/tools';
import { BOUNDARIES, frontMatterSchema, reviewTermsSchema } from '../../src/core/brief/brief';
import { parseBrief } from '../../src/core/brief/parse';
import { parsePolicy, policySchema } from '../../src/core/brief/policy';
import { assessReadiness } from '../../src/core/brief/readiness';
import { KNOWN } from '../../src/core/drift/dependencies/formats';
import { RULES } from '../../src/core/drift/rules';
import { ANSWERS } from '../../src/core/drift/vocabulary';
import { COMMENT_MARKER } from '../../src/core/review/formats/comment';
import { TOOL_LIMITS } from '../../src/core/task/escalation/toolDesk';
import { configSchema, parseConfig } from '../../src/node/store/config';

interface WorkflowStep {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
}

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

  it('names every tool of an agent, and its limits', () => {
    const page = pageOf('asking');
    for (const name of TOOL_NAMES) assert.match(page, new RegExp(`^\\| \`${name}\` \\|`, 'm'), name);
    const { questions, runs, patienceMs } = TOOL_LIMITS;
    const { total, perSecond, bytes, open, connections, attempts } = FLOOD_LIMITS;
    for (const words of [
      `| questions to a person | ${questions}, one`,
      `| checks | ${runs}, one`,
      `| messages | ${total.toLocaleString('en')} in all, ${perSecond} a second, ${bytes / 1024} KiB each, ${open} without`,
      `| connections | ${connections} at once, ${attempts} in all`,
      `longer than ${patienceMs / 1000} seconds`,
    ]) {
      assert.ok(page.includes(words), words);
    }
  });

  it('shows terms of a review that parse, with every key', () => {
    const page = pageOf('review');
    const terms = examples(page, 'yaml').map((text) => parse(text));
    assert.equal(terms.length, 2);
    for (const { review } of terms) assert.deepEqual(reviewTermsSchema.parse(review), review);
    names(page, Object.keys(reviewTermsSchema.unwrap().shape));
  });

  it('explains every option of a plan', async () => {
    const options = Object.keys((await COMMANDS['brief shape']?.())?.options ?? {});
    assert.ok(options.length > 5);
    for (const option of options) assert.ok(pageOf('shape').includes(`| \`--${option}\` |`), option);
  });

  it('shows a workflow that is safe with strangers, and commands that exist', async () => {
    const text = readFileSync('docs/examples/countersign-drift.yml', 'utf8');
    const workflow = parse(text);
    assert.deepEqual(Object.keys(workflow.on), ['pull_request']);
    assert.deepEqual(workflow.permissions, { contents: 'read' });
    const { permissions, steps } = workflow.jobs.drift as { permissions: object; steps: WorkflowStep[] };
    assert.deepEqual(permissions, { contents: 'read', 'pull-requests': 'write', 'security-events': 'write' });
    for (const { name, run = '' } of steps)
      assert.ok(!run.includes('${{'), `${name}: an event's value would be a script`);
    for (const step of steps.filter(
      ({ run = '', uses = '' }) => run.includes('gh api') || uses.includes('upload-sarif'),
    )) {
      assert.match(step.if ?? '', /head\.repo\.full_name == github\.repository/);
    }
    assert.ok(text.includes(`"${COMMENT_MARKER}"`), 'the comment is found by its marker');
    const gitlab = examples(pageOf('drift-in-ci'), 'yaml').map((yaml) => parse(yaml).drift.script as string[]);
    const scripts = [...steps.map(({ run = '' }) => run), ...gitlab.flat()];
    const called = scripts.flatMap((script) => [...script.matchAll(/^\s*(?:- )?countersign ((?:[a-z]+ )+)(.*)$/gm)]);
    assert.ok(called.length >= 4);
    for (const [line, words = '', rest = ''] of called) {
      const command = await COMMANDS[words.trim()]?.();
      assert.ok(command !== undefined, line);
      for (const [, option = ''] of rest.matchAll(/--([a-z-]+)/g))
        assert.ok(option in command.options, `${line}: --${option}`);
    }
  });

  it('explains every format and every answer', async () => {
    const page = pageOf('drift-in-ci');
    const { format } = (await COMMANDS.drift?.())?.options ?? {};
    assert.ok(format?.kind === 'choice');
    names(page, [...format.values, ...ANSWERS]);
  });

  it('names every format of dependencies that is read, and every family of rules', () => {
    const page = pageOf('drift');
    const read = KNOWN.filter(({ format }) => format.kind === 'manifest' || format.kind === 'lockfile');
    assert.ok(read.length > 50);
    for (const name of read.flatMap(({ names: all }) => all ?? [])) {
      const ending = name.slice(name.indexOf('.', 1));
      assert.ok(page.includes(`\`${name}\``) || page.includes(`\`*${ending}\``), name);
    }
    const families = new Set(Object.keys(RULES).map((id) => id.split('/')[0] ?? ''));
    for (const family of families) assert.match(page, new RegExp(`^\\| \`${family}/`, 'm'), family);
  });

  it('names every key and every boundary', () => {
    const nested = ['scope', 'approval'];
    const keys = Object.keys(frontMatterSchema.shape).filter((key) => !nested.includes(key));
    names(brief, [...keys, 'change', 'avoid', 'allow', ...BOUNDARIES]);
    names(
      brief,
      Object.keys(policySchema.shape).filter((key) => !nested.includes(key)),
    );
    names(configuration, ['agent', 'agents', 'planner', 'tasks', 'perRepository', 'mode', 'network', 'idleMinutes']);
  });
});
