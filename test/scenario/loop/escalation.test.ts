/** An agent that asks while it works: through the tools that it is handed, in its own sandbox, and a person who answers. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HostConnection } from '../../../src/host/client';
import { buildScriptedAgent } from '../../fixtures/scripted/build';
import { scriptLine } from '../../fixtures/scripted/script';
import { connect, until } from './client';
import { Loop, rulesOf } from './loop';

const BY = 'Developer <dev@example.com>';
const REASON = 'the other text must say the same';
const OTHER = { path: 'other.txt', text: 'the same\n' };
const IN_SCOPE = { path: 'src/a.txt', text: 'changed\n' };

describe('an agent that asks while it runs', () => {
  let loop: Loop;
  let window: HostConnection;

  before(async () => {
    loop = new Loop({ config: 'limits: { tasks: 4, perRepository: 4 }\n' });
    const folder = join(loop.folder, 'agent');
    mkdirSync(folder);
    const scripted = await buildScriptedAgent(folder);
    loop.configure(JSON.stringify({ agents: { asks: scripted('tools') } }));
    window = await connect(loop);
  });
  after(async () => {
    window.close();
    await loop.end();
  });
  afterEach(() => {
    assert.deepEqual(loop.strays(), []);
    assert.deepEqual(lines(), []);
  });

  const lines = () => {
    const folder = join(loop.cli.home, 'lines');
    return existsSync(folder) ? readdirSync(folder) : [];
  };

  async function begin(calls: readonly object[], front: readonly string[] = []) {
    const context = scriptLine({ calls: calls as [], edits: [IN_SCOPE], corrected: [IN_SCOPE] });
    const file = loop.brief({ agent: 'asks', context, front, checks: { tests: 'grep -q changed src/a.txt' } });
    const brief = { text: readFileSync(file, 'utf8'), file: null };
    const { id } = await window.request('task/run', { repo: loop.repository.dir, brief, origin: 'human' });
    await window.request('task/watch', { id, on: true, answers: true });
    return id;
  }

  const summaryOf = async (id: string) => (await window.request('task/list', {})).tasks.find((task) => task.id === id);
  const asked = async (id: string) => {
    await until(async () => (await summaryOf(id))?.question != null);
    return (await summaryOf(id))!.question!;
  };
  const rests = (id: string) => until(async () => (await summaryOf(id))?.state === 'ready');
  const showed = (id: string) => loop.packet(0, 'show', id);
  const said = async (id: string) => {
    const { lines: all } = await window.request('task/transcript', { id, from: 1, limit: 1_000 });
    return all.flatMap((line) => (line.kind === 'text' && line.role === 'agent' ? [line.text] : [])).join('');
  };

  it('is allowed what it asks for: nothing blocks, and everybody is told who widened the brief', async () => {
    const input = { paths: ['other.txt'], reason: REASON };
    const id = await begin([
      { tool: 'check_scope', input: { paths: ['other.txt', 'src/a.txt'] } },
      { tool: 'request_approval', input, write: OTHER },
      { tool: 'request_approval', input: { ...input, reason: 'once more' } },
      { tool: 'brief', input: {} },
    ]);
    const question = await asked(id);
    assert.equal(question.what, `in this task, change other.txt (outside the scope). The agent claims: “${REASON}”`);
    assert.equal((await summaryOf(id))?.asking, true);
    await window.request('task/answer', { id, request: question.request, allow: true, by: BY });
    await rests(id);

    const packet = await loop.packet(0, 'show', id);
    assert.deepEqual([packet.verdict, rulesOf(packet)], ['clean', []]);
    const grant = { reason: REASON, change: ['other.txt'], allow: [], request: question.request, turn: 1, by: BY };
    assert.deepEqual(
      packet.grants.map(({ at: _, ...rest }) => rest),
      [grant],
    );
    assert.ok(packet.scope.change.includes('other.txt'));
    const markdown = (await loop.cli.run(loop.repository.dir, 'show', id)).stdout;
    assert.match(markdown, /widened by Developer .* while it ran: scope\.change: other\.txt/);
    const words = await said(id);
    assert.match(words, /servers: countersign/);
    assert.match(words, /- other\.txt: ask first, outside the scope/);
    assert.match(words, /- src\/a\.txt: yes, scope\.change `src\/\*\*`/);
    assert.match(words, /request_approval: Yes\. Developer <dev@example\.com> widened the brief/);
    assert.match(words, /All of these paths may be changed in this task already/);
    assert.match(words, /## Added since\n- widened by Developer/);
    assert.deepEqual(
      loop.journal(id).flatMap(({ type }) => (['asked', 'amended', 'decided'].includes(type) ? [type] : [])),
      ['asked', 'amended', 'decided'],
    );
    const { lines: told } = await window.request('task/transcript', { id, from: 1, limit: 1_000 });
    const calls = told.flatMap((line) => (line.kind === 'tool' && line.call.startsWith('countersign-') ? [line] : []));
    assert.equal(new Set(calls.map(({ call }) => call)).size, 4);
    assert.match(calls[0]?.title ?? '', /^countersign check_scope: other\.txt, src\/a\.txt$/);

    const signed = await loop.packet(0, 'signoff', id, '--deliver', 'branch');
    assert.deepEqual(
      signed.signoff?.granted?.map(({ by, change }) => [by, change]),
      [[BY, ['other.txt']]],
    );
    assert.match(
      loop.repository.git('log', '-1', '--format=%B', packet.branch),
      /Widened while it ran[^\n]*:\n- by Developer .*other\.txt/,
    );
    assert.equal((await loop.cli.run(loop.repository.dir, 'gate', '--base', 'HEAD', '--head', packet.branch)).exit, 0);
  });

  it('is refused: it hears so, the journal says so, and what it does all the same blocks', async () => {
    const input = { paths: ['other.txt'], reason: REASON };
    const id = await begin([
      { tool: 'request_approval', input },
      { tool: 'request_approval', input: { ...input, reason: 'really' } },
      { tool: 'check_scope', input: { paths: ['src/a.txt'] }, write: OTHER },
    ]);
    const { request } = await asked(id);
    const other = await loop.refused(2, 'answer', id, 'allow', '--request', 'tool-1-9');
    assert.match(other.message, /asks for something else now: .*other\.txt/);
    await loop.json(0, 'answer', id, 'refuse', '--request', request);
    await rests(id);
    const packet = await showed(id);
    assert.deepEqual([packet.verdict, rulesOf(packet), packet.grants], ['blocked', ['scope/outside'], []]);
    assert.equal(packet.refused.length, 1);
    const words = await said(id);
    assert.match(words, /REFUSED: No\. Developer <dev@example\.com> refused it/);
    assert.match(words, /REFUSED: You asked that before\. No\./);
  });

  it('is told that nobody answered where nobody is', async () => {
    const id = await begin([{ tool: 'request_approval', input: { boundary: 'ci', reason: REASON } }]);
    await window.request('task/watch', { id, on: false });
    await rests(id);
    const decided = loop.journal(id).flatMap((line) => (line.type === 'decided' ? [line.by] : []));
    assert.deepEqual(decided, ['nobody']);
    assert.match(await said(id), /REFUSED: No: nobody answered/);
  });

  it('gets no answer of a person for what nobody could have allowed ahead', async () => {
    const id = await begin(
      [
        { tool: 'request_approval', input: { boundary: 'secrets', reason: REASON } },
        { tool: 'request_approval', input: { paths: ['src/b.txt'], reason: REASON } },
        { tool: 'request_approval', input: { paths: ['.git/config'], reason: REASON } },
        { tool: 'request_approval', input: { boundary: 'deps/source', reason: REASON } },
        { tool: 'request_approval', input: { reason: REASON } },
      ],
      ['# the rest'],
    );
    await rests(id);
    assert.deepEqual(
      loop.journal(id).filter(({ type }) => type === 'asked'),
      [],
    );
    const words = await said(id);
    assert.match(words, /NOT_POSSIBLE: .*secrets/);
    assert.match(words, /All of these paths may be changed/);
    assert.match(words, /NOT_POSSIBLE: .*\.git\/config/);
    assert.match(words, /BAD_INPUT: no boundary of that name can be allowed/);
    assert.match(words, /BAD_INPUT: name either/);
  });

  it('has a check run on what is in its folder, and nothing of that counts', async () => {
    const id = await begin([
      { tool: 'run_check', input: { name: 'tests' } },
      { tool: 'check_scope', input: { paths: ['src/b.txt'] }, write: IN_SCOPE },
      { tool: 'run_check', input: { name: 'tests' } },
      { tool: 'run_check', input: { name: 'none' } },
    ]);
    await rests(id);
    const words = await said(id);
    assert.match(words, /run_check: tests: failed, exit 1/);
    assert.match(words, /run_check: tests: passed, exit 0/);
    assert.match(words, /BAD_INPUT: The brief has no such check; it has tests/);
    const verified = loop.journal(id).filter(({ type }) => type === 'verified');
    assert.equal(verified.length, 1);
    const packet = await loop.packet(0, 'show', id);
    assert.deepEqual(
      [
        packet.checks[0]?.status,
        packet.receipts?.list.every(({ status }) => status === 'passed' || status === 'failed'),
      ],
      ['passed', true],
    );
  });

  it('that floods loses its line, and the work goes on', async () => {
    const id = await begin([{ tool: 'check_scope', input: { paths: ['src/a.txt'] }, times: 500 }]);
    await rests(id);
    assert.match(await said(id), /FLOOD: more than 20 messages a second/);
    const { lines: told } = await window.request('task/transcript', { id, from: 1, limit: 1_000 });
    const notes = told.flatMap((line) => (line.kind === 'note' ? [line.text] : []));
    assert.deepEqual(
      notes.filter((text) => text.includes('line to its tools')),
      ["the agent's line to its tools was closed: more than 20 messages a second"],
    );
  });

  it('leaves nothing when the host is killed over its question', async () => {
    const id = await begin([
      { tool: 'request_approval', input: { paths: ['other.txt'], reason: REASON }, write: OTHER },
    ]);
    await asked(id);
    assert.equal(lines().length, 1);
    for (const pid of loop.hosts()) process.kill(pid, 'SIGKILL');
    await window.closed;
    window = await connect(loop);
    assert.equal((await summaryOf(id))?.state, 'interrupted');
    assert.deepEqual([(await summaryOf(id))?.asking, lines(), loop.strays()], [false, [], []]);
    await window.request('task/resume', { id, asItStands: false });
    await window.request('task/watch', { id, on: true, answers: true });
    const { request } = await asked(id);
    await window.request('task/answer', { id, request, allow: true, by: BY });
    await rests(id);
    const packet = await loop.packet(0, 'show', id);
    assert.deepEqual([packet.verdict, packet.reasons, packet.grants.length], ['clean', [], 1]);
  });
});
