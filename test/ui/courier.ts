/**
 * A small project that a team might have, and a task in it: an HTTP client that is to try again when the server says
 * 429. The work is done by a command, as by an agent: at first it goes too far, and in the correction it mends that.
 */
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Places } from '../editor/places';
import { makeRepository, type TestRepository } from '../fixtures/repository';
import { journalFiles } from '../scenario/loop/traces';

const CLIENT = `import { settings } from '../settings.js';

/** Sends one request; the answer is whatever the server said. */
export async function send(request, { transport }) {
  const answer = await transport(request, { timeout: settings.timeoutMs });
  if (answer.status >= 400) throw new Error(\`\${request.method} \${request.url}: \${answer.status}\`);
  return answer;
}
`;

const RETRYING = `import { settings } from '../settings.js';
import { backoff, mayRetry } from './retry.js';

/** Sends one request; tries again where that does no harm. */
export async function send(request, { transport, wait }) {
  for (let attempt = 0; ; attempt += 1) {
    const answer = await transport(request, { timeout: settings.timeoutMs });
    if (answer.status < 400) return answer;
    if (!mayRetry(request, answer, attempt)) throw new Error(\`\${request.method} \${request.url}: \${answer.status}\`);
    await wait(backoff(attempt));
  }
}
`;

const RETRY = `const IDEMPOTENT = new Set(['GET', 'HEAD', 'PUT', 'DELETE']);
const MOST = 3;

/** Whether a request may be sent once more. */
export function mayRetry({ method }, { status }, attempt) {
  return status === 429 && IDEMPOTENT.has(method) && attempt < MOST;
}

/** Twice as long each time, in milliseconds. */
export function backoff(attempt) {
  return 100 * 2 ** attempt;
}
`;

const SETTINGS = `/** What every request is sent with. */
export const settings = {
  /** How long an answer may take, in milliseconds. */
  timeoutMs: 30_000,
  /** Connections that are kept open to one server. */
  keptOpen: 8,
  /** Sent with every request that names no other. */
  headers: { accept: 'application/json', 'user-agent': 'courier/1.4' },
  /** How many times a request may be led elsewhere. */
  redirects: 5,
};
`;

const CLIENT_TEST = `import assert from 'node:assert/strict';
import test from 'node:test';
import { send } from '../../src/http/client.js';

test('an answer comes back as it is', async () => {
  const answer = { status: 200 };
  assert.equal(await send({ method: 'GET', url: '/' }, { transport: async () => answer }), answer);
});
`;

const RETRY_TEST = `import assert from 'node:assert/strict';
import test from 'node:test';
import { send } from '../../src/http/client.js';

async function sentFor(method) {
  let sent = 0;
  const transport = async () => ({ status: ++sent > 0 ? 429 : 200 });
  await assert.rejects(send({ method, url: '/' }, { transport, wait: async () => {} }), /429/);
  return sent;
}

test('a GET is sent four times at most', async () => assert.equal(await sentFor('GET'), 4));
test('a POST is sent once', async () => assert.equal(await sentFor('POST'), 1));
`;

/** What the correction has to say for the command to do it. */
export const REMARK = 'Keep the timeout as it was.';

/** What the command does: waits until it may, then the task; in a correction it takes back what went too far. */
const AGENT = `import { existsSync, rmSync, writeFileSync } from 'node:fs';
const wait = () => new Promise((go) => setTimeout(go, 50));
console.log('Reading src/http/client.js');
while (process.argv.includes('--wait') && !existsSync('go')) await wait();
rmSync('go', { force: true });
const settings = (ms) => ${JSON.stringify(SETTINGS)}.replace('30_000', ms);
if (process.env.COUNTERSIGN_CORRECTION === undefined) {
  console.log('Adding src/http/retry.js, and a shorter timeout');
  writeFileSync('src/http/retry.js', ${JSON.stringify(RETRY)});
  writeFileSync('src/http/client.js', ${JSON.stringify(RETRYING)});
  writeFileSync('test/http/retry.test.js', ${JSON.stringify(RETRY_TEST)});
  writeFileSync('src/settings.js', settings('5_000'));
} else if (process.env.COUNTERSIGN_CORRECTION.includes(${JSON.stringify(REMARK)})) {
  console.log('Taking the timeout back');
  writeFileSync('src/settings.js', settings('30_000'));
}
`;

/** The command of the task's brief: it begins when it is let (`letWork`). */
export const WAITING_COMMAND = 'node tools/agent.mjs --wait';

/** What the form is to be filled in with. */
export const TASK = {
  title: 'Retry idempotent requests on 429',
  goal: 'Retry idempotent requests when the server answers 429.',
  criteria: [
    { text: 'at most 3 retries, with backoff', proof: 'check:tests' },
    { text: 'a POST is never retried', proof: 'check:tests' },
  ],
  scope: ['src/http/**', 'test/http/**'],
  check: { name: 'tests', run: 'node --test' },
  reviewer: 'Reviewer <reviewer@example.com>',
} as const;

/** A brief of the task as a file. */
export function taskBrief({
  title = TASK.title as string,
  goal = TASK.goal as string,
  command = 'node tools/agent.mjs',
} = {}): string {
  return `---
countersign: 1
title: ${title}
agent: command
command: ${command}
scope: { change: [${TASK.scope.join(', ')}] }
checks: [{ name: ${TASK.check.name}, run: ${TASK.check.run} }]
reviewer: ${TASK.reviewer}
---
## Goal
${goal}

## Acceptance criteria
${TASK.criteria.map(({ text }) => `- [ ] ${text} (check: tests)`).join('\n')}
`;
}

/** The project in a repository of its own, of a person who is the task's reviewer too. */
export function makeCourier(): TestRepository {
  const repository = makeRepository({
    name: 'courier',
    files: {
      'package.json': `${JSON.stringify({ name: 'courier', type: 'module', scripts: { test: 'node --test' } }, null, 2)}\n`,
      'README.md': '# courier\n\nA small HTTP client.\n',
      'src/http/client.js': CLIENT,
      'src/settings.js': SETTINGS,
      'test/http/client.test.js': CLIENT_TEST,
      'tools/agent.mjs': AGENT,
    },
  });
  repository.git('config', 'user.name', 'Reviewer');
  repository.git('config', 'user.email', 'reviewer@example.com');
  return repository;
}

/** Hands a brief off from outside of the window, to the same host; returns when the task is at rest. */
export async function runTask({ env }: Places, repository: TestRepository, brief: string): Promise<void> {
  writeFileSync(join(repository.outside, 'brief.md'), brief);
  const args = [resolve('dist/cli.js'), 'run', '../brief.md'];
  await promisify(execFile)(process.execPath, args, { cwd: repository.dir, env }).catch((error) => {
    // A result that needs a decision is told by the code; the review shows it.
    if (error.code === 'ENOENT') throw error;
  });
}

/** Lets the command of the one task that waits begin; call it when the task is running. */
export function letWork({ state }: Places): void {
  const events = [...journalFiles(state).values()].flatMap((file) => readFileSync(file, 'utf8').trim().split('\n'));
  const prepared = events.map((line) => JSON.parse(line)).findLast(({ type }) => type === 'prepared');
  writeFileSync(join(prepared.workspace.worktree.path, 'go'), '');
}
