/**
 * A process that lands, or recovers, and may be killed at any moment. Arguments: the mode (`land` or `recover`), and a
 * JSON file with what to do. It says `ready` when all that is left is to land, waits for a line on stdin, and journals to
 * a file.
 */
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { Landing, TaskEvent } from '../../../src/core/events';
import type { LandingRequest } from '../../../src/core/ports/landing';
import { createLandings } from '../../../src/node/git/land';
import { messageFor } from './fixture';

export interface ChildOrder {
  readonly request: LandingRequest;
  readonly journal: string;
  readonly landing?: Landing;
  /** Dies by its own hand right before or after this event was written. */
  readonly dieAt?: { readonly event: TaskEvent['type']; readonly when: 'before' | 'after' };
}

async function main(): Promise<void> {
  const [, , mode, file = ''] = process.argv;
  const order: ChildOrder = JSON.parse(readFileSync(file, 'utf8'));
  const landings = createLandings();
  const plan = mode === 'land' ? await landings.plan(order.request, new AbortController().signal) : null;
  process.stdout.write('ready\n');
  await new Promise((resolve) => process.stdin.once('data', resolve));
  if (plan !== null) {
    const journal = async (event: TaskEvent) => write(order, event);
    await landings.land({ ...order.request, message: messageFor(plan.tree) }, plan, journal);
  } else if (order.landing !== undefined) {
    await landings.recover(order.request.repository, order.landing);
  }
  process.exit(0);
}

function write({ journal, dieAt }: ChildOrder, event: TaskEvent): void {
  const dies = dieAt?.event === event.type ? dieAt.when : null;
  if (dies === 'before') process.kill(process.pid, 'SIGKILL');
  const file = openSync(journal, 'a');
  writeSync(file, `${JSON.stringify(event)}\n`);
  fsyncSync(file);
  closeSync(file);
  if (event.type === 'ref-updated') process.stdout.write('moved\n');
  if (dies === 'after') process.kill(process.pid, 'SIGKILL');
}

void main();
