/** What the first look at a task needs, asked for while VS Code still makes the page that will show it. */
import type { Packet } from '../../core/review/packetSchema';
import type { Result } from '../../host/rpc';
import { problemOf } from '../problem';
import type { Asked } from './page/state';
import type { ReviewHost } from './ports';

export interface Ahead {
  readonly packet: Promise<Packet>;
  readonly changes: Promise<Asked<Result<'task/changes'>>>;
}

export function askAhead(host: ReviewHost, task: string): Ahead {
  const packet = host.packet(task);
  // The look that takes it up tells what went wrong.
  packet.catch(() => undefined);
  return { packet, changes: asked(host.request('task/changes', { id: task })) };
}

/** An answer of the host, or why there is none. Never throws. */
export async function asked<T>(answer: Promise<T>): Promise<Asked<T>> {
  try {
    return { kind: 'known', value: await answer };
  } catch (thrown) {
    return { kind: 'unknown', why: problemOf(thrown) };
  }
}
