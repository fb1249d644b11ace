/** A client of the host that a loop's command line started: for what no command asks. */
import assert from 'node:assert/strict';
import { CountersignError, type ErrorCode } from '../../../src/core/errors';
import { type Packet, packetSchema } from '../../../src/core/review/packet';
import { findHost, type HostConnection } from '../../../src/host/client';
import type { Loop } from '../loop/loop';
import { stateDirectoryAt } from '../store/places';

/** Connects to the running host of a loop. */
export async function connectTo(loop: Loop): Promise<HostConnection> {
  const connection = await findHost(await stateDirectoryAt(loop.cli.home));
  assert.ok(connection !== null, 'a host runs');
  return connection;
}

/** Waits until a task is in a state that only a person or a failure ends, after something was asked of it. */
export async function settled(host: HostConnection, id: string): Promise<Packet> {
  for (;;) {
    const packet = packetSchema.parse(await host.request('task/show', { id }));
    if (!['queued', 'preparing', 'running', 'verifying', 'correcting'].includes(packet.state)) return packet;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The refusal that a request ends with. */
export async function refusalOf(request: Promise<unknown>, code: ErrorCode): Promise<CountersignError> {
  const thrown = await request.then(
    () => null,
    (error: unknown) => error,
  );
  assert.ok(thrown instanceof CountersignError, `nothing was refused, or with ${String(thrown)}`);
  assert.equal(thrown.code, code, thrown.message);
  assert.ok(thrown.fix.length > 0, 'a refusal says what to do');
  return thrown;
}
