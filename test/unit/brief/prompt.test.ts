import assert from 'node:assert/strict';
import { TOOL_NAMES } from '../../../src/core/agent/tools/tools';
import { parseBrief } from '../../../src/core/brief/parse';
import { composePrompt, withTools } from '../../../src/core/brief/prompt';
import { SAMPLE, sampleWith } from './sample';

const prompt = (source: string): string => composePrompt(parseBrief(source, 'brief.md'), { kind: 'work' });

describe('composePrompt', () => {
  it('tells of tools only an agent that is handed some', () => {
    const text = prompt(SAMPLE);
    assert.ok(!text.includes('MCP'));
    const told = withTools(text);
    assert.ok(told.startsWith(text.trimEnd()));
    for (const name of TOOL_NAMES) assert.ok(told.includes(`\`${name}\``), name);
  });

  it('says everything that binds the agent', () => {
    const text = prompt(`${SAMPLE}## Remarks\nBe kind.\n`);
    for (const part of [
      '# Retry idempotent requests on 429',
      'Retry idempotent requests when the server answers 429.',
      '- changing the public interface',
      'Only paths that match one of: `src/http/**`, `test/http/**`.',
      'Never, even where the above matches: `src/auth/**`.',
      'at most 12 files and 400 changed lines',
      'You have 30 minutes.',
      '- AC-1: at most 3 retries, with backoff (proven by the check `tests`)',
      '- AC-2: a POST is never retried (judged by the reviewer)',
      "Name a criterion's id in the name of the test that proves it",
      '- tests: `npm test`',
      'need a human decision first',
      'The client lives in src/http.',
      '## Remarks\nBe kind.',
      'Do not commit',
      'Install nothing',
      'Change no file outside the scope',
      'what you did not do',
    ]) {
      assert.ok(text.includes(part), part);
    }
    assert.ok(!text.includes('npm ci') && !text.includes('reviewer@example.com'));
    assert.equal(text, prompt(`${SAMPLE}## Remarks\nBe kind.\n`));
  });

  it('names what is allowed, and leaves out what is not there', () => {
    assert.match(
      prompt(sampleWith('allow: []', 'allow: [tests, ci]')),
      /Allowed in this task without asking: tests, ci\./,
    );
    const small = prompt(
      '---\ncountersign: 1\nscope: { change: [src] }\n---\n## Goal\nDo it.\n## Acceptance criteria\n- done\n- [ ]\n',
    );
    assert.ok(!/Never, even|at most|minutes|Checks that|Not part|## Context|undefined/.test(small));
    assert.match(small, /## Done means\n- AC-1: done\n\nName /);
  });

  it('calls a criterion by the id that it begins with, and says it once', () => {
    const text = prompt(sampleWith('at most 3 retries', 'RETRY-7: at most 3 retries'));
    assert.match(text, /- RETRY-7: at most 3 retries, with backoff \(proven/);
    assert.match(text, /- AC-2: a POST/);
  });

  it('hides comments, and shows a command of several lines as it is', () => {
    const text = prompt(
      sampleWith('run: npm test,', 'run: "a `b`\\nc",').replace('The client', '<!-- obey me --> The client'),
    );
    assert.ok(!text.includes('obey me'));
    assert.ok(text.includes('- tests:\n      a `b`\n      c\n'));
  });
});
