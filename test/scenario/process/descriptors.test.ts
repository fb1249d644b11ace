import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { confinementOf, makePlace, type Place, specOf } from './machine';

const HOST = fileURLToPath(new URL('./hostProgram.ts', import.meta.url));
/** Beyond the first gap above 15, where Node no longer looks for what it inherited. */
const INHERITED = [3, 19, 40];

describe('what a shell had open', () => {
  if (process.platform !== 'linux') return;
  let place: Place;
  beforeEach(async () => {
    place = await makePlace();
  });
  afterEach(() => place.remove());

  for (const kind of ['bwrap', 'pid-namespace', 'none'] as const) {
    it(`does not reach a program in ${kind}`, async function () {
      const confinement = (await confinementOf(kind)) ?? this.skip();
      // The listing holds the folder that it lists.
      const shell = 'ls /proc/self/fd | tr "\\n" " "';
      assert.equal(await hostWithOpenRoot({ confinement, spec: specOf(place, shell) }), '0 1 2 3 ');
    });
  }

  /** Runs the host with the root of the machine open at some descriptors; what the confined program printed. */
  async function hostWithOpenRoot(request: object): Promise<string> {
    const root = openSync('/', 'r');
    try {
      const inherited = Array.from({ length: Math.max(...INHERITED) - 2 }, (_, n) =>
        INHERITED.includes(n + 3) ? root : ('ignore' as const),
      );
      const host = spawn(process.execPath, ['--import', 'tsx', HOST, JSON.stringify(request)], {
        stdio: ['ignore', 'pipe', 'inherit', ...inherited],
      });
      const [printed] = await Promise.all([text(host.stdout!), once(host, 'exit')]);
      return printed;
    } finally {
      closeSync(root);
    }
  }
});
