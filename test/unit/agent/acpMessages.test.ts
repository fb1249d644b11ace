import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { setImmediate as tick } from 'node:timers/promises';
import fc from 'fast-check';
import type { Covers } from '../../../src/core/events';
import { toolCallSchema } from '../../../src/node/agents/acpSchemas';
import { messageStream, WireFault } from '../../../src/node/agents/acpStream';
import { ToolCalls } from '../../../src/node/agents/acpToolCalls';
import { toAgentUpdate } from '../../../src/node/agents/acpUpdates';
import { UsageMeter } from '../../../src/node/agents/acpUsage';

const call = (body: Record<string, unknown>) => toolCallSchema.parse({ toolCallId: 'c', ...body });

describe('tool calls', () => {
  it('are known by all that was said of them', () => {
    const calls = new ToolCalls('/tree');
    calls.update(call({ status: 'in_progress' }));
    calls.update(call({ kind: 'edit', title: 'Edit a', locations: [{ path: '/tree/src/a.ts' }] }));
    assert.deepEqual(calls.update(call({ status: 'completed', content: [{ type: 'diff', path: 'src/b.ts' }] })), {
      kind: 'tool',
      call: 'c',
      title: 'Edit a',
      status: 'completed',
      paths: ['src/a.ts', 'src/b.ts'],
    });
    assert.equal(calls.mayHaveWritten('c'), true);
    assert.deepEqual(calls.action('unknown'), { kind: 'other', paths: [], command: null });
  });

  it('place every path inside or outside the worktree', () => {
    const table: readonly (readonly [string, 'inside' | 'outside', string])[] = [
      ['src/a.ts', 'inside', 'src/a.ts'],
      ['/tree/src/../b.ts', 'inside', 'b.ts'],
      ['..a/b', 'inside', '..a/b'],
      ['../x', 'outside', '/x'],
      ['src/../../x', 'outside', '/x'],
      ['/treehouse/x', 'outside', '/treehouse/x'],
      ['/etc/passwd', 'outside', '/etc/passwd'],
      ['/tree', 'inside', ''],
    ];
    for (const [path, at, expected] of table) {
      const calls = new ToolCalls('/tree');
      calls.update(call({ kind: 'edit', rawInput: { file_path: path } }));
      assert.deepEqual(calls.action('c').paths, [{ at, path: expected }], path);
    }
  });

  it('name their command in the forms that agents use', () => {
    const table: readonly (readonly [unknown, string | null])[] = [
      ['npm test', 'npm test'],
      [['bash', '-lc', 'npm test'], 'npm test'],
      [['/bin/sh', '-c', 'npm test'], 'npm test'],
      [['npm', 'test'], 'npm test'],
      [['bash', '-lc', 'npm test', 'x'], 'bash -lc npm test x'],
      [7, null],
      [undefined, null],
    ];
    for (const [command, expected] of table) {
      const calls = new ToolCalls('/tree');
      calls.update(call({ kind: 'execute', rawInput: { command } }));
      assert.equal(calls.action('c').command, expected, String(command));
    }
  });

  it('grant nothing when they name more than can be looked at', () => {
    const calls = new ToolCalls('/tree');
    const changes = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`src/file-${index}.ts`, {}]));
    calls.update(call({ kind: 'edit', rawInput: { changes } }));
    assert.ok(calls.action('c').paths.some(({ at }) => at === 'outside'));
  });
});

describe('session updates', () => {
  const update = (body: Record<string, unknown>) =>
    toAgentUpdate(
      { sessionUpdate: '', ...body },
      new ToolCalls('/tree'),
      new UsageMeter({ usage: '', reports: { tokens: 'unknown' } }),
    );

  it('become lines of the transcript', () => {
    const content = { type: 'text', text: 'hi' };
    assert.deepEqual(update({ sessionUpdate: 'agent_message_chunk', content }), {
      kind: 'text',
      role: 'agent',
      text: 'hi',
    });
    assert.deepEqual(update({ sessionUpdate: 'agent_thought_chunk', content: { type: 'image', uri: 'x.png' } }), {
      kind: 'text',
      role: 'thought',
      text: '[image: x.png]',
    });
    assert.deepEqual(update({ sessionUpdate: 'plan', entries: [{ content: 'a', status: 5 }] }), {
      kind: 'plan',
      entries: [{ text: 'a', status: 'pending' }],
    });
  });

  it('that are not understood are left out, whatever they hold', () => {
    assert.equal(update({ sessionUpdate: 'unheard_of' }), null);
    assert.equal(update({ sessionUpdate: 'tool_call' }), null);
    const kinds = fc.constantFrom('agent_message_chunk', 'tool_call', 'tool_call_update', 'plan', 'usage_update', 'x');
    fc.assert(
      fc.property(kinds, fc.object(), (sessionUpdate, body) => {
        update({ ...body, sessionUpdate });
      }),
    );
  });
});

const meterOf = (tokens: Covers) => new UsageMeter({ usage: 'tokens of it', reports: { tokens } });

describe('usage', () => {
  it('is nothing at first, and bounded', () => {
    const meter = meterOf('turn');
    assert.equal(meter.total(), null);
    for (let index = 0; index < 1_000; index += 1) meter.chunk({ usage: { [`kind${index}`]: 1 } });
    assert.ok(Object.keys(meter.total()!.tokens).length <= 51);
  });

  it('is what the agent said, wherever it said it', () => {
    const meter = meterOf('turn');
    meter.seen({ used: 500, cost: { amount: 0.25, currency: 'usd' } });
    meter.answered({
      stopReason: 'end_turn',
      usage: { inputTokens: 3, odd: 'x', negative: -1 },
      _meta: { quota: { token_count: { output_tokens: 4 } } },
    });
    assert.deepEqual(meter.total(), {
      tokens: { output_tokens: 4, inputTokens: 3, context: 500 },
      costUsd: 0.25,
      meaning: 'tokens of it',
      covers: 'turn',
    });
  });

  it('is compared with what its session had reported before', () => {
    const meter = meterOf('session');
    meter.seen({ cost: { amount: 1, currency: 'USD' } });
    meter.begin({ tokens: { total: 100 }, costUsd: 0.5, meaning: '', covers: 'session' });
    assert.equal(meter.total(), null, 'what was replayed is no news of the turn');
    meter.seen({ cost: { amount: 1.25, currency: 'USD' } });
    assert.deepEqual(meter.news(), { tokens: null, usd: 0.25, atLeast: false });
    assert.equal(meter.news(), null, 'nothing new');

    const next = meterOf('session');
    next.begin({ tokens: { total: 100 }, costUsd: null, meaning: '', covers: 'session' });
    next.answered({ stopReason: 'end_turn', usage: { total: 130 } });
    assert.equal(next.news()?.tokens, 30);
  });
});

describe('the wire', () => {
  function wire(maxMessageBytes = 1_000) {
    const [stdin, stdout] = [new PassThrough(), new PassThrough()];
    const junk: string[] = [];
    const updates: unknown[] = [];
    const stream = messageStream(stdin, stdout, {
      maxMessageBytes,
      onJunk: (line) => junk.push(line),
      onUpdate: (params) => updates.push(params),
    });
    return { stdin, stdout, junk, updates, reader: stream.readable.getReader(), writer: stream.writable.getWriter() };
  }

  it('finds every message, however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'grapheme', maxLength: 20 }), { maxLength: 8 }),
        fc.nat(7),
        async (texts, cut) => {
          const { stdout, reader } = wire();
          const bytes = Buffer.from(
            texts.map((text) => JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'x', params: { text } })).join('\r\n'),
          );
          for (let start = 0; start < bytes.length; start += cut + 1)
            stdout.write(bytes.subarray(start, start + cut + 1));
          stdout.end();
          const found: unknown[] = [];
          for (let next = await reader.read(); !next.done; next = await reader.read()) found.push(next.value);
          assert.deepEqual(
            found.map((message) => (message as { params: { text: string } }).params.text),
            texts,
          );
        },
      ),
      { numRuns: 50 },
    );
  });

  it('leaves out junk, and answers to what was not asked', async () => {
    const { stdout, stdin, reader, writer, junk } = wire();
    stdin.resume();
    await writer.write({ jsonrpc: '2.0', id: 1, method: 'initialize' });
    stdout.end('hello\n{"id":9,"result":1}\n[1]\n{"id":1,"result":2}\n{"id":1,"result":3}\n');
    assert.deepEqual((await reader.read()).value, { id: 1, result: 2 });
    assert.equal((await reader.read()).done, true);
    assert.deepEqual(junk, ['hello', '{"id":9,"result":1}', '[1]', '{"id":1,"result":3}']);
  });

  it('hands session updates over before the answer that follows them', async () => {
    const { stdout, reader, updates } = wire();
    stdout.end('{"method":"session/update","params":1}\n{"method":"other"}\n{"id":"a","method":"ask"}\n');
    assert.deepEqual((await reader.read()).value, { id: 'a', method: 'ask' });
    assert.deepEqual(updates, [1]);
  });

  it('ends at a message that is too large', async () => {
    const { stdout, reader } = wire(100);
    stdout.write('x'.repeat(60));
    stdout.write('x'.repeat(60));
    await assert.rejects(reader.read(), WireFault);
  });

  it('ends when it is asked on and on without a wait for answers', async () => {
    const { stdout, reader } = wire();
    stdout.end('{"jsonrpc":"2.0","id":1,"method":"fs/read_text_file"}\n'.repeat(3_000));
    let read = 0;
    await assert.rejects(async () => {
      for (;;) {
        await reader.read();
        read += 1;
      }
    }, WireFault);
    assert.equal(read, 2_000);
  });

  it('ends when what waits for an answer weighs too much', async () => {
    const padding = 'x'.repeat(10 * 1024 * 1024);
    const { stdout, reader } = wire(16 * 1024 * 1024);
    const asked = { jsonrpc: '2.0', method: 'session/request_permission', params: { padding } };
    for (let id = 0; id < 7; id++) stdout.write(`${JSON.stringify({ ...asked, id })}\n`);
    for (let read = 0; read < 6; read++) await reader.read();
    await assert.rejects(reader.read(), WireFault);
  });

  it('reads no faster than it is read', async () => {
    const { stdout, updates } = wire();
    for (let index = 0; index < 3; index += 1) stdout.write('{"id":1,"method":"x"}\n');
    stdout.write('{"method":"session/update","params":1}\n');
    await tick();
    await tick();
    assert.deepEqual(updates, []);
  });
});
