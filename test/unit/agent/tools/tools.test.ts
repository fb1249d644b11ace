import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as z from 'zod';
import { readCall, TOOL_INPUTS } from '../../../../src/core/agent/tools/calls';
import { FLOOD_LIMITS, FloodGate, nestsTooDeep } from '../../../../src/core/agent/tools/flood';
import {
  isOwnTool,
  SCOPE_PATHS,
  TOOL_NAMES,
  TOOLS,
  WISH_LENGTH,
  WISH_PATHS,
} from '../../../../src/core/agent/tools/tools';

/** A schema without its words and its version. */
function bare(schema: object): unknown {
  return JSON.parse(JSON.stringify(schema), (key, value) =>
    ['description', '$schema'].includes(key) ? undefined : value,
  );
}

describe('the tools of an agent', () => {
  it('are described as their calls are read', () => {
    assert.deepEqual(
      TOOLS.map(({ name }) => name),
      [...TOOL_NAMES],
    );
    for (const { name, inputSchema } of TOOLS) {
      const { required = [], ...read } = bare(z.toJSONSchema(TOOL_INPUTS[name], { io: 'input' })) as {
        required?: string[];
      };
      assert.deepEqual({ required, ...read }, bare(inputSchema), name);
    }
  });

  it('take what fits, and say what does not', () => {
    assert.deepEqual(readCall('brief', undefined), { tool: 'brief', input: {} });
    const paths = ['src/a.ts'];
    assert.deepEqual(readCall('check_scope', { paths }), { tool: 'check_scope', input: { paths } });
    const code = (tool: string, input: unknown) => {
      const call = readCall(tool, input);
      return 'code' in call ? call.code : null;
    };
    const many = (count: number, length = 1) => Array.from({ length: count }, () => 'x'.repeat(length));
    assert.equal(code('check_scope', { paths: many(SCOPE_PATHS) }), null);
    for (const [tool, input] of [
      ['rm', {}],
      ['constructor', {}],
      ['brief', { more: 1 }],
      ['check_scope', {}],
      ['check_scope', { paths: [] }],
      ['check_scope', { paths: many(SCOPE_PATHS + 1) }],
      ['check_scope', { paths: [1] }],
      ['check_scope', { paths: many(1, 1_025) }],
      ['request_approval', { reason: 'because' }],
      ['request_approval', { reason: 'because', boundary: 'ci', paths }],
      ['request_approval', { paths }],
      ['request_approval', { reason: ' ', paths }],
      ['request_approval', { reason: 'because', paths: many(WISH_PATHS + 1) }],
      ['request_approval', { reason: 'because', paths: many(2, WISH_LENGTH / 2) }],
      ['run_check', {}],
      ['run_check', { name: { toString: 'tests' } }],
    ] as const) {
      assert.equal(code(tool, input), 'BAD_INPUT', `${tool} ${JSON.stringify(input).slice(0, 80)}`);
    }
  });

  it('are known by the names that agents give them', () => {
    const names = [
      'countersign-check_scope',
      'mcp.countersign.brief',
      'countersign_run_check',
      'mcp__countersign__brief',
    ];
    assert.deepEqual(names.filter(isOwnTool), names);
    const others = [
      'brief',
      'countersign',
      'countersign-rm',
      'x-countersign-brief',
      'countersign-brief x',
      'mcp.other.brief',
    ];
    assert.deepEqual(others.filter(isOwnTool), []);
  });

  it('never throw, whatever a call holds', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constantFrom(...TOOL_NAMES)), fc.anything(), (tool, input) => {
        const call = readCall(tool, input);
        assert.ok('code' in call ? call.text.length <= 400 : TOOL_NAMES.includes(call.tool));
      }),
    );
  });
});

describe('a flood of calls', () => {
  const gateAt = (limits: Partial<typeof FLOOD_LIMITS>) => {
    const clock = { now: 0 };
    return { clock, gate: new FloodGate({ ...FLOOD_LIMITS, ...limits }, () => clock.now) };
  };

  it('is told from a busy agent by its pace', () => {
    const { clock, gate } = gateAt({ perSecond: 2, burst: 3 });
    const take = () => {
      const said = gate.take();
      if (said === null) gate.done();
      return said;
    };
    assert.deepEqual([take(), take(), take()], [null, null, null]);
    assert.match(take() ?? '', /more than 2 messages a second/);
    clock.now += 500;
    assert.equal(take(), null);
    assert.match(take() ?? '', /a second/);
    clock.now -= 10_000;
    assert.match(take() ?? '', /a second/, 'a clock that goes back gives nothing');
  });

  it('is told by how many calls are open, and by how many there were', () => {
    const { clock, gate } = gateAt({ open: 2, total: 4 });
    assert.deepEqual([gate.take(), gate.take()], [null, null]);
    assert.match(gate.take() ?? '', /more than 2 calls at once/);
    gate.done();
    assert.equal(gate.take(), null);
    gate.done();
    gate.done();
    clock.now += 60_000;
    assert.equal(gate.take(), null);
    assert.match(gate.take() ?? '', /more than 4 messages in one turn/);
  });

  it('may hide in depth', () => {
    const depthOf = (text: string) => [1, 2, 3, 4].find((most) => !nestsTooDeep(text, most));
    assert.deepEqual(['{}', '[[]]', '{"a":[{}]}', '"[[[["', '{"[[[[\\"[[":1}'].map(depthOf), [1, 2, 3, 1, 1]);
    assert.ok(nestsTooDeep('['.repeat(1_000_000), 8));
  });
});
