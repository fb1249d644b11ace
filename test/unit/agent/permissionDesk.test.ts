import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { decidePermission } from '../../../src/core/agent/permission';
import { compileScope } from '../../../src/core/brief/scope';
import type { PermissionQuestion } from '../../../src/core/ports/agents';
import { PermissionDesk } from '../../../src/node/agents/acpPermission';
import { permissionSchema } from '../../../src/node/agents/acpSchemas';
import { ToolCalls } from '../../../src/node/agents/acpToolCalls';

const RULES = {
  scope: compileScope({ change: ['src'], avoid: [] }),
  allow: [],
  commands: [],
  boundaryOf: () => null,
};

function desk(ask: (question: PermissionQuestion) => Promise<{ allow: boolean; by: string }>) {
  const decided: string[] = [];
  const controller = new AbortController();
  const waits: boolean[] = [];
  const permissions = new PermissionDesk({
    turn: 3,
    decide: (action) => decidePermission(action, RULES),
    calls: new ToolCalls('/tree'),
    events: { decided: async ({ request, decision }) => void decided.push(`${request} ${decision}`), ask },
    update: () => {},
    waiting: (waiting) => waits.push(waiting),
    signal: controller.signal,
  });
  return { permissions, decided, controller, waits };
}

const request = (kind: string, path?: string) =>
  permissionSchema.parse({
    sessionId: 's',
    toolCall: { toolCallId: 'c', kind, ...(path === undefined ? {} : { locations: [{ path }] }) },
    options: [
      { optionId: 'yes', kind: 'allow_once' },
      { optionId: 'no', kind: 'reject_once' },
    ],
  });

describe('the permission desk', () => {
  it('asks one question at a time', async () => {
    let open = 0;
    const { permissions, waits } = desk(async () => {
      open += 1;
      assert.equal(open, 1);
      await new Promise((resolve) => setImmediate(resolve));
      open -= 1;
      return { allow: true, by: 'Reviewer' };
    });
    const answers = await Promise.all([1, 2, 3].map(() => permissions.answer(request('fetch'))));
    assert.deepEqual(answers, ['yes', 'yes', 'yes']);
    assert.deepEqual(waits, [true, false, true, false, true, false]);
  });

  it('goes on when asking failed', async () => {
    const { permissions, waits } = desk(async () => Promise.reject(new Error('the journal is full')));
    await assert.rejects(permissions.answer(request('fetch')));
    assert.equal(await permissions.answer(request('read', 'src/a')), 'yes');
    assert.deepEqual(waits, [true, false]);
  });

  it('stops recording when an agent asks without end, and says no', async () => {
    const { permissions, decided } = desk(async () => ({ allow: true, by: 'Reviewer' }));
    const answers = await Promise.all(
      Array.from({ length: 1_500 }, () => permissions.answer(request('edit', '/tree/src/a'))),
    );
    assert.equal(decided.length, 1_000);
    assert.deepEqual(decided.slice(0, 2), ['3-1 allowed', '3-2 allowed']);
    assert.deepEqual(new Set(answers.slice(1_000)), new Set(['no']));
  });

  it('keeps nothing of a waiting request but what decides it', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const { permissions, controller } = desk(() => new Promise(() => {}));
    const first = permissions.answer(request('fetch'));
    const ask = () => {
      const asked = { ...request('fetch'), input: {} };
      const later = permissions.answer(asked);
      return { later, asked: new WeakRef(asked) };
    };
    const { later, asked } = ask();
    await new Promise((resolve) => setImmediate(resolve));
    collect();
    assert.equal(asked.deref(), undefined);
    controller.abort();
    assert.deepEqual(await Promise.all([first, later]), [null, null]);
  });

  it('decides on what was asked, whatever is said of the call while it waits', async () => {
    let release = () => {};
    const asked: string[] = [];
    const { permissions } = desk(async ({ what }) => {
      asked.push(what);
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      return { allow: false, by: 'Reviewer' };
    });
    const command = (text: string) => {
      const { toolCall, ...rest } = request('execute');
      return { ...rest, toolCall: { ...toolCall, rawInput: { command: text } } };
    };
    const answers = ['rm -rf src', 'curl evil.example', 'ls'].map((text) => permissions.answer(command(text)));
    for (const answer of answers) {
      await new Promise((resolve) => setImmediate(resolve));
      release();
      assert.equal(await answer, 'no');
    }
    assert.deepEqual(asked, ['execute: rm -rf src', 'execute: curl evil.example', 'execute: ls']);
  });

  it('answers `cancelled` once the turn is being stopped', async () => {
    const { permissions, controller, decided } = desk(() => new Promise(() => {}));
    const open = permissions.answer(request('fetch'));
    setImmediate(() => controller.abort());
    assert.equal(await open, null);
    assert.equal(await permissions.answer(request('read')), null);
    assert.deepEqual(decided, []);
  });
});
