import assert from 'node:assert/strict';
import { AgentHarness, textOf } from './harness';

describe('the command agent', () => {
  let harness: AgentHarness;
  beforeEach(() => {
    harness = new AgentHarness();
  });
  afterEach(() => harness.remove());

  it('runs the command in the worktree and streams what it says', async () => {
    const [outcome, heard] = await harness.command('mkdir src && echo hello > src/a.txt && echo out && echo err >&2');
    assert.deepEqual(outcome, { stop: 'exit', exit: 0, usage: null, survivors: [] });
    assert.equal(harness.read('src/a.txt'), 'hello\n');
    const outputs = heard.updates.filter((update) => update.kind === 'output');
    assert.deepEqual(outputs.map((update) => [update.stream, update.text]).sort(), [
      ['stderr', 'err\n'],
      ['stdout', 'out\n'],
    ]);
    assert.deepEqual(heard.sessions, [[null, 'command', null]]);
    assert.ok(heard.wrote > 0);
  });

  it('reports a failing command by its exit code', async () => {
    const [outcome] = await harness.command('echo partial > a.txt; exit 3');
    assert.equal(outcome.stop, 'exit');
    assert.equal(outcome.exit, 3);
    assert.equal(harness.read('a.txt'), 'partial\n');
  });

  it('hands a correction over in the environment', async () => {
    const command = 'printf "%s|%s" "$COUNTERSIGN_TURN" "$COUNTERSIGN_CORRECTION" > got.txt';
    await harness.command(command);
    assert.equal(harness.read('got.txt'), '1|');
    const prompt = `make it right\0${'x'.repeat(200_000)}`;
    await harness.command(command, { turn: 2, kind: 'correction', prompt });
    assert.match(harness.read('got.txt'), /^2\|make it rightx+$/);
  });

  it('keeps the text whole when a character is cut by a chunk', async () => {
    const [, heard] = await harness.command("printf '\\303'; sleep 0.05; printf '\\244\\n'");
    assert.equal(textOf(heard, 'output'), 'ä\n');
  });

  it('needs a command in the brief', async () => {
    await assert.rejects(harness.run('command', {}), { code: 'BRIEF_INVALID' });
  });

  it('stops at its limit, with all that it started', async () => {
    const command = '(trap "" TERM; while :; do date +%N > tick.txt; sleep 0.02; done) & sleep 60';
    const [outcome] = await harness.command(command, { limit: 300 });
    assert.equal(outcome.stop, 'timeout');
    assert.deepEqual(outcome.survivors, []);
    assert.deepEqual(await harness.processes(), []);
  });

  it('stops when it is told to', async () => {
    const controller = new AbortController();
    const running = harness.command('echo begun; sleep 60', {
      signal: controller.signal,
      onUpdate: (update) => {
        if (update.kind === 'output') controller.abort();
      },
    });
    assert.equal((await running)[0].stop, 'cancelled');
    assert.deepEqual(await harness.processes(), []);
  });

  it('does not begin when it was stopped before', async () => {
    const [outcome] = await harness.command('touch begun', { signal: AbortSignal.abort() });
    assert.equal(outcome.stop, 'cancelled');
    assert.throws(() => harness.read('begun'));
  });
});
