/** Our tools as agents reach them: the real program over standard input and output, the line behind it, and the sandbox. */
import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createConnection, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import type { LineResponse } from '../../../src/core/agent/tools/calls';
import type { FloodLimits } from '../../../src/core/agent/tools/flood';
import { TOOL_NAMES, type ToolAnswer } from '../../../src/core/agent/tools/tools';
import { sweepLines } from '../../../src/node/agents/tools/linePlace';
import { ToolLine } from '../../../src/node/agents/tools/toolLine';
import { asConfiguration, toolServer } from '../../../src/node/agents/tools/toolServer';
import { scriptLine } from '../../fixtures/scripted/script';
import { AgentHarness, textOf } from './harness';

const PROGRAM = resolve('dist/mcp.js');

interface Heard {
  readonly calls: { readonly tool: string; readonly input: unknown }[];
  readonly notes: string[];
}

describe('the line between an agent and its tools', () => {
  let state: string;
  let heard: Heard;
  const lines: ToolLine[] = [];
  const sockets: Socket[] = [];
  const clients: Client[] = [];

  beforeEach(() => {
    state = realpathSync(mkdtempSync(join(tmpdir(), 'cs-line-')));
    heard = { calls: [], notes: [] };
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) await client.close();
    for (const socket of sockets.splice(0)) socket.destroy();
    for (const line of lines.splice(0)) await line.close();
    assert.deepEqual(left(), []);
    rmSync(state, { recursive: true });
  });

  const left = () => (existsSync(join(state, 'lines')) ? readdirSync(join(state, 'lines')) : []);

  async function open(
    answer: (tool: string, input: unknown) => Promise<ToolAnswer> = async (tool) => ({
      code: null,
      text: `${tool} it is`,
    }),
    limits: Partial<FloodLimits> = {},
    where = state,
  ): Promise<ToolLine> {
    const call = (tool: string, input: unknown) => {
      heard.calls.push({ tool, input });
      return answer(tool, input);
    };
    const line = await ToolLine.open({
      state: where,
      tools: { call },
      waiting: () => {},
      closed: (why) => heard.notes.push(why),
      limits,
    });
    lines.push(line);
    return line;
  }

  /** Speaks over the line as a program would that we did not write. */
  function speak(line: ToolLine) {
    const socket = createConnection(line.address);
    sockets.push(socket);
    let text = '';
    const closed = new Promise<LineResponse[]>((settle) => {
      socket.on('data', (chunk) => {
        text += chunk.toString();
      });
      socket.on('error', () => {});
      socket.on('close', () => settle(answers()));
    });
    const answers = () =>
      text
        .split('\n')
        .filter((one) => one !== '')
        .map((one) => JSON.parse(one) as LineResponse);
    const heardBack = async (count: number) => {
      while (answers().length < count) await new Promise((settle) => socket.once('data', settle));
      return answers();
    };
    const greet = () => socket.write(`${JSON.stringify({ token: line.token })}\n`);
    return { socket, closed, heardBack, greet, say: (what: string) => socket.write(`${what}\n`) };
  }

  async function connect(line: ToolLine): Promise<Client> {
    const { server } = toolServer(PROGRAM, line);
    const env = Object.fromEntries(server.env.map(({ name, value }) => [name, value]));
    const client = new Client({ name: 'test', version: '1' });
    clients.push(client);
    await client.connect(
      new StdioClientTransport({ command: server.command, args: [...server.args], env, stderr: 'pipe' }),
    );
    return client;
  }

  it('carries calls of the real server, and its answers', async () => {
    const line = await open(async (tool) =>
      tool === 'run_check' ? { code: 'BUSY', text: 'one at a time' } : { code: null, text: `${tool} it is` },
    );
    const client = await connect(line);
    const { tools } = await client.listTools();
    assert.deepEqual(
      tools.map(({ name }) => name),
      [...TOOL_NAMES],
    );
    assert.ok(
      tools.every(({ description = '', inputSchema }) => description.length > 20 && inputSchema.type === 'object'),
    );
    const paths = ['src/a.ts'];
    const [one, two] = await Promise.all([
      client.callTool({ name: 'check_scope', arguments: { paths } }),
      client.callTool({ name: 'brief' }),
    ]);
    assert.deepEqual([one.content, one.isError], [[{ type: 'text', text: 'check_scope it is' }], false]);
    assert.deepEqual(two.content, [{ type: 'text', text: 'brief it is' }]);
    const refused = await client.callTool({ name: 'run_check', arguments: { name: 'tests' } });
    assert.deepEqual([refused.content, refused.isError], [[{ type: 'text', text: 'BUSY: one at a time' }], true]);
    assert.deepEqual(heard.calls[0], { tool: 'check_scope', input: { paths } });
    await line.close();
    const late = await client.callTool({ name: 'brief' });
    assert.deepEqual([late.isError, JSON.stringify(late.content).includes('closed')], [true, true]);
  });

  it('holds against a client that floods, and tells it', async () => {
    const line = await open();
    const client = await connect(line);
    const answers = await Promise.all(
      Array.from({ length: 300 }, () => client.callTool({ name: 'check_scope', arguments: { paths: ['a'] } })),
    );
    const refused = answers.filter(({ isError }) => isError === true);
    assert.ok(refused.length > 100);
    assert.match(JSON.stringify(refused[0]?.content), /FLOOD: more than 20 messages a second/);
    assert.deepEqual(heard.notes, ["the agent's line to its tools was closed: more than 20 messages a second"]);
    assert.ok(heard.calls.length < 150);
  });

  it('says nothing to whoever does not know its token', async () => {
    const line = await open();
    for (const first of [
      JSON.stringify({ token: 'x' }),
      JSON.stringify({ token: line.token.slice(1) }),
      JSON.stringify({ token: line.token, more: 1 }),
      JSON.stringify({ id: 1, tool: 'brief', input: {} }),
      line.token,
      '{"jsonrpc":"2.0","id":1,"method":"task/list","params":{}}',
      'Content-Length: 2\r\n\r\n{}',
      '[[[[',
    ]) {
      const { say, closed } = speak(line);
      say(first);
      assert.deepEqual(await closed, [], first);
    }
    assert.deepEqual([heard.calls, heard.notes], [[], []]);
  });

  it('takes hostile messages for what they are, and goes on', async () => {
    const line = await open();
    const { greet, say, heardBack } = speak(line);
    greet();
    const hostile = [
      '{',
      'null',
      '"brief"',
      '{"id":1}',
      '{"id":-1,"tool":"brief","input":{}}',
      '{"id":1e999,"tool":"brief","input":{}}',
      '{"id":1,"tool":"brief","input":{},"__proto__":{"x":1}}',
      `${'['.repeat(30_000)}`,
      `{"id":1,"tool":"brief","input":${'{"a":'.repeat(1_000)}1${'}'.repeat(1_000)}}`,
      '{"jsonrpc":"2.0","id":1,"method":"task/signoff","params":{}}',
      '\u0000\ufffd',
    ];
    for (const message of hostile) say(message);
    say('{"id":7,"tool":"brief","input":{}}');
    const answers = await heardBack(hostile.length + 1);
    assert.deepEqual(
      answers.map(({ id, code }) => [id, code]),
      [...hostile.map(() => [null, 'BAD_INPUT']), [7, null]],
    );
    assert.deepEqual(heard.calls, [{ tool: 'brief', input: {} }]);
  });

  it('is closed by too large a message, by too many at once, and by too many connections', async () => {
    const endless = await open();
    const first = speak(endless);
    first.greet();
    first.socket.write('x'.repeat(200_000));
    assert.deepEqual(
      (await first.closed).map(({ code }) => code),
      ['FLOOD'],
    );

    const slow = await open(() => new Promise(() => {}), { open: 2 });
    const second = speak(slow);
    second.greet();
    for (const id of [1, 2, 3]) second.say(JSON.stringify({ id, tool: 'brief', input: {} }));
    assert.deepEqual(
      (await second.closed).map(({ id, code }) => [id, code]),
      [[3, 'FLOOD']],
    );

    const crowded = await open(undefined, { attempts: 3 });
    await Promise.all([1, 2, 3].map(() => speak(crowded).closed));
    assert.deepEqual(
      heard.notes.map((note) => note.replace(/.*closed: /, '')),
      ['a message of more than 65536 bytes', 'more than 2 calls at once', 'more than 3 connections'],
    );
  });

  it('lies where a socket can, and leaves nothing there', async () => {
    const deep = join(state, 'x'.repeat(100));
    mkdirSync(deep);
    const line = await open(undefined, {}, deep);
    const folder = line.folder ?? '';
    assert.ok(dirname(folder) === realpathSync(tmpdir()) && Buffer.byteLength(line.address) < 104, line.address);
    await line.close();
    assert.equal(existsSync(folder), false);
  });

  it('that a dead host left is swept away, and nothing beside it', async () => {
    const line = await open();
    const folder = line.folder ?? '';
    writeFileSync(join(folder, 'mine.txt'), 'mine\n');
    await sweepLines(state);
    assert.deepEqual(readdirSync(folder), ['mine.txt']);
    rmSync(join(folder, 'mine.txt'));
    await sweepLines(state);
    assert.deepEqual(left(), []);
  });
});

describe('an agent with tools, in its sandbox', () => {
  const harness = new AgentHarness();
  before(() => harness.build());
  after(() => harness.remove());
  beforeEach(() => harness.clear());
  afterEach(async () => assert.deepEqual(await harness.processes(), []));

  const calls: { readonly tool: string; readonly input: unknown }[] = [];
  const tools = {
    call: async (tool: string, input: unknown): Promise<ToolAnswer> => {
      calls.push({ tool, input });
      return { code: null, text: 'as it is' };
    },
  };
  const prompt = `Work.\n${scriptLine({ calls: [{ tool: 'brief', input: {} }], edits: [{ path: 'a.txt', text: 'a\n' }] })}`;

  it('starts them, calls them, and sees nothing of the state directory but its line', async () => {
    const { command, args } = harness.start('tools');
    const look = `ls -A "${harness.folder}/homes" "${harness.folder}"/homes/lines/* > seen.txt; exec "$0" "$@"`;
    mkdirSync(join(harness.folder, 'homes', 'host'), { recursive: true });
    writeFileSync(join(harness.folder, 'homes', 'host', 'address.json'), '{}');
    const [outcome, heard] = await harness.scripted('tools', {
      tools,
      prompt,
      custom: { command: '/bin/sh', args: ['-c', look, command, ...args], readable: [join(harness.folder, 'agent')] },
    });
    assert.equal(outcome.stop, 'end_turn');
    assert.match(textOf(heard, 'text', 'agent'), /servers: countersign\nbrief: as it is\n/);
    assert.deepEqual(calls.splice(0), [{ tool: 'brief', input: {} }]);
    const seen = readFileSync(join(harness.worktree, 'seen.txt'), 'utf8').split('\n');
    assert.deepEqual(
      seen.filter((name) => /host|address|settings/.test(name)),
      [],
    );
    assert.ok(seen.includes('lines') && seen.includes('s'), seen.join());
    assert.deepEqual(readdirSync(join(harness.folder, 'homes', 'lines')), []);
  });

  it('reaches them without a sandbox too', async () => {
    const [, heard] = await harness.scripted('tools', { tools, prompt, sandbox: 'off' });
    assert.match(textOf(heard, 'text', 'agent'), /servers: countersign\nbrief: as it is\n/);
    assert.deepEqual(calls.splice(0), [{ tool: 'brief', input: {} }]);
  });

  it('is given them by its command line where it takes them so', () => {
    const server = { name: 'countersign', command: '/node', args: ['mcp.js'], env: [{ name: 'A', value: 'b' }] };
    const { mcpServers } = JSON.parse(asConfiguration(server));
    assert.deepEqual(mcpServers.countersign, {
      ...{ type: 'local', command: '/node', args: ['mcp.js'], env: { A: 'b' }, tools: ['*'] },
    });
  });

  it('has none where its turn offers none', async () => {
    const [, heard] = await harness.scripted('tools', { prompt });
    assert.match(textOf(heard, 'text', 'agent'), /^servers: \n/);
    assert.deepEqual(calls, []);
  });

  it('keeps its time while a person is waited for', async () => {
    const waited = {
      call: async (_tool: string, _input: unknown, waiting: (waits: boolean) => void): Promise<ToolAnswer> => {
        waiting(true);
        await new Promise((settle) => setTimeout(settle, 8_500));
        waiting(false);
        return { code: null, text: 'yes' };
      },
    };
    const [outcome] = await harness.scripted('tools', { tools: waited, prompt, limit: 8_000 });
    assert.equal(outcome.stop, 'end_turn');
  });

  it('spends its time while it works on beside a question', async () => {
    const endless = {
      call: (_tool: string, _input: unknown, waiting: (waits: boolean) => void): Promise<ToolAnswer> => {
        waiting(true);
        return new Promise(() => {});
      },
    };
    const talking = scriptLine({ calls: [{ tool: 'request_approval', input: {}, talks: true }] });
    const [outcome] = await harness.scripted('tools', { tools: endless, prompt: `Work.\n${talking}`, limit: 4_000 });
    assert.equal(outcome.stop, 'timeout');
  });

  it('that is stopped in the middle of a call leaves nothing', async () => {
    const abort = new AbortController();
    const endless = {
      call: (): Promise<ToolAnswer> => {
        abort.abort();
        return new Promise(() => {});
      },
    };
    const [outcome] = await harness.scripted('tools', { tools: endless, prompt, signal: abort.signal });
    assert.equal(outcome.stop, 'cancelled');
    assert.deepEqual(readdirSync(join(harness.folder, 'homes', 'lines')), []);
  });
});
