/** How commands reach the host: through one connection that is closed when they are done. */
import { realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fail } from '../core/errors';
import type { Packet } from '../core/review/packet';
import type { HostConnection } from '../host/client';
import type { Context } from './command';

export type Host = HostConnection;

/** Works with the host, which is started when it does not run. Throws HOST_UNREACHABLE, HOST_VERSION. */
export async function withHost<T>(context: Context, work: (host: Host) => Promise<T>): Promise<T> {
  const [{ connectHost }, { openStateDirectory }] = await Promise.all([
    import('../host/client'),
    import('../node/store/stateDirectory'),
  ]);
  const program = { execPath: process.execPath, args: [join(context.programs, 'host.js')] };
  const host = await connectHost(await openStateDirectory(context.env), program, context.env);
  try {
    return await work(host);
  } finally {
    host.close();
  }
}

/** Works with the host if it runs, whatever its version; null when it does not. Never starts it. */
export async function withRunningHost<T>(context: Context, work: (host: Host) => Promise<T>): Promise<T | null> {
  const [{ findHost }, { StateDirectory }, { stateFolder }] = await Promise.all([
    import('../host/client'),
    import('../node/store/stateDirectory'),
    import('../node/store/platformFolders'),
  ]);
  // Looking must not make the folder; and one that is not there has no host.
  const folder = stateFolder({ platform: process.platform, home: homedir(), env: context.env });
  const root = await realpath(folder).catch(() => null);
  const host = root === null ? null : await findHost(new StateDirectory(root));
  if (host === null) return null;
  try {
    return await work(host);
  } finally {
    host.close();
  }
}

/** Rejects with HOST_UNREACHABLE when the connection ends; never resolves. */
export async function connectionLost(host: Pick<Host, 'closed'>): Promise<never> {
  await host.closed;
  return fail('HOST_UNREACHABLE', 'the host ended while this waited', {
    fix: 'look at `countersign tasks`: what was under way can be resumed',
  });
}

/** A task as a person names it, and the folder where they stand. */
export interface NamedTask {
  readonly id: string;
  readonly repo?: string;
}

/** The review packet of a task. Throws TASK_NOT_FOUND, TASK_AMBIGUOUS. */
export async function fetchPacket(host: Host, task: NamedTask): Promise<Packet> {
  return parsePacket(await host.request('task/show', task));
}

/** The id of the task that a person means by an id, a slug, or the beginning of one. Throws as `fetchPacket`. */
export async function resolveTask(host: Host, task: NamedTask): Promise<string> {
  return (await host.request('task/show', task)).id;
}

/** A packet as the host sent it. Throws RPC_INVALID when this version cannot read it. */
export async function parsePacket(sent: unknown): Promise<Packet> {
  const { packetSchema } = await import('../core/review/packet');
  const parsed = packetSchema.safeParse(sent);
  if (parsed.success) return parsed.data;
  return fail('RPC_INVALID', `the host sent a packet that this version cannot read: ${parsed.error.message}`);
}
