/** A client of a loop's host, as an editor window is one: the same state directory, and the host started on demand. */
import { resolve } from 'node:path';
import { connectHost, type HostConnection } from '../../../src/host/client';
import type { NotificationOf } from '../../../src/host/rpc';
import { openStateDirectory } from '../../../src/node/store/stateDirectory';
import { hermeticEnvironment } from '../../fixtures/repository';
import type { Loop } from './loop';

export async function connect(loop: Loop): Promise<HostConnection> {
  const { home } = loop.cli;
  const env = hermeticEnvironment(loop.cli.surroundings);
  const program = { execPath: process.execPath, args: [resolve('dist/host.js')] };
  return connectHost(await openStateDirectory({ COUNTERSIGN_HOME: home }), program, env);
}

/** Waits until a task is in a state, as its events tell. Call it before what brings it there. */
export function reaches(host: HostConnection, state: string): Promise<NotificationOf<'task/event'>> {
  return new Promise((settle) => {
    host.on('task/event', (event) => {
      if (event.state === state) settle(event);
    });
  });
}

export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((settle) => setTimeout(settle, 20));
}
