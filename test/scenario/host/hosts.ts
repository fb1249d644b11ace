/** A small host with made-up tasks, as a program of its own and as handlers for a server in this process. */
import { program } from '../store/places';

/** Handlers that answer from what they are asked; `task/stop` throws, `task/show` of `slow` never answers. */
const HANDLERS = `{
  'task/run': async ({ brief }) => ({ id: brief.text.slice(0, 20), warnings: [] }),
  'task/scopes': async () => ({ tasks: [] }),
  'task/list': async () => ({ tasks: [], problems: [] }),
  'task/show': async ({ id }) => (id === 'slow' ? new Promise(() => {}) : { id, state: 'ready', padding: 'x'.repeat({ large: 5_000_000, huge: 40_000_000 }[id] ?? 0) }),
  'task/transcript': async () => ({ lines: [], next: null }),
  'task/stop': async ({ id }) => fail('TASK_STATE', 'task ' + id + ' is not at work', { fix: 'look at it' }),
  'task/resume': async () => { throw new TypeError('a fault of ours'); },
  'task/correct': async () => ({}),
  'task/signoff': async ({ id }) => ({ id, state: 'signed' }),
  'task/reject': async () => ({}),
  'task/restore': async () => ({}),
  'task/answer': async () => ({}),
}`;

/**
 * A host that runs by itself: \`node host.cjs [idleMinutes] [active]\`. Writes a line into \`$HOST_WITNESS\` when it serves,
 * and one when it has ended in order.
 */
export function hostProgram(outfile: string): Promise<string> {
  return program(
    `import { appendFileSync } from 'node:fs';
     import { fail } from '../../../src/core/errors';
     import { openStateDirectory } from '../../../src/node/store/stateDirectory';
     import { claimHost, HostServer } from '../../../src/host/server';
     const [idleMinutes = '10', active = '0'] = process.argv.slice(2);
     const witness = (word) => process.env.HOST_WITNESS && appendFileSync(process.env.HOST_WITNESS, word + ' ' + process.pid + '\\n');
     async function main() {
       const claim = await claimHost(await openStateDirectory());
       if (claim === null) return;
       const server = new HostServer(claim, Number(idleMinutes));
       await server.listen({ handlers: ${HANDLERS}, active: () => Number(active), tasks: () => 7, unattended: () => undefined, close: async () => witness('closed') });
       witness('serves');
       await server.ended;
     }
     main();`,
    outfile,
  );
}
