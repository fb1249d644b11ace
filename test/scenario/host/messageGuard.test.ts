import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { hostEnvironment } from '../../../src/host/environment';
import { MessageGuard } from '../../../src/host/messageGuard';

const frame = (body: string): Buffer => Buffer.from(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);

/** Feeds bytes in the given pieces through a guard of 100 bytes. */
const through = (bytes: Buffer, cuts: readonly number[]): Promise<string> => {
  const at = [...new Set([0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length])].sort((a, b) => a - b);
  const pieces = at.slice(1).map((end, n) => bytes.subarray(at[n], end));
  const guard = new MessageGuard(100);
  return text(
    Readable.from(pieces)
      .on('error', (error) => guard.destroy(error))
      .pipe(guard),
  );
};

describe('message guard', () => {
  const bodies = fc.array(fc.string({ maxLength: 100, unit: 'grapheme-ascii' }), { maxLength: 8 });
  const cuts = fc.array(fc.nat(), { maxLength: 12 });

  it('lets every message of its size through unchanged, however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(bodies, cuts, async (messages, places) => {
        const bytes = Buffer.concat(messages.map(frame));
        assert.equal(await through(bytes, places), bytes.toString());
      }),
    );
  });

  it('stops at a message that is too large, and at what is no message, however it is cut', async () => {
    const wrong = [
      frame('x'.repeat(101)).toString(),
      'Content-Length: 1e9\r\n\r\n',
      'GET / HTTP/1.1\r\n\r\n',
      'x'.repeat(1_024),
      'Content-Length: -1\r\n\r\n',
    ];
    await fc.assert(
      fc.asyncProperty(bodies, fc.constantFrom(...wrong), cuts, async (messages, last, places) => {
        await assert.rejects(through(Buffer.concat([...messages.map(frame), Buffer.from(last)]), places), /message/);
      }),
    );
  });
});

describe('environment of the host', () => {
  it('leaves behind what belongs to one terminal, editor, npm or git', () => {
    const env = {
      PATH: '/bin',
      HOME: '/h',
      SSH_AUTH_SOCK: '/s',
      GIT_DIR: '/g',
      VSCODE_PID: '1',
      ELECTRON_RUN_AS_NODE: '1',
      NODE_OPTIONS: '--x',
      npm_config_x: '1',
      TERM: 'x',
    };
    assert.deepEqual(hostEnvironment(env, '/state', false), {
      PATH: '/bin',
      HOME: '/h',
      SSH_AUTH_SOCK: '/s',
      COUNTERSIGN_HOME: '/state',
    });
    assert.equal(hostEnvironment({}, '/state', true).ELECTRON_RUN_AS_NODE, '1');
  });
});
