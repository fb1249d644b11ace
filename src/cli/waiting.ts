/** The end of every command that waits for a task: follow it, print its packet, and say how it went. */
import type { Context, Exit } from './command';
import { type Begin, followTask } from './following';
import { fetchPacket, type Host } from './host';
import { describeUser } from './identity';
import { exitOfRest, printSummary } from './packetOutput';
import { askYesNo, canAsk } from './question';

export interface Wait {
  /** Does not wait: prints the id, or in JSON mode the packet as it stands. */
  readonly detach: boolean;
  /** What JSON mode prints beside the packet's own fields; asked for when the work has begun. */
  readonly fields?: () => object;
}

/** Starts work on a task with `begin`, waits until it rests, and prints the packet. */
export async function followToPacket(
  host: Host,
  context: Context,
  begin: Begin,
  { detach, fields = () => ({}) }: Wait,
): Promise<Exit> {
  const { output, repo } = context;
  if (detach) {
    const id = await begin((text) => output.note(text));
    if (output.json) output.document({ ...(await fetchPacket(host, { id })), ...fields() });
    output.text(id);
    return 0;
  }
  const by = canAsk() ? await describeUser(repo) : null;
  const rest = await followTask(
    host,
    { output, by, ask: askYesNo, onInterrupt: (listener) => onSignal('SIGINT', listener) },
    begin,
  );
  if (rest.cause === 'detached') {
    output.document({ id: rest.id, state: rest.state, ...fields() });
    return 130;
  }
  const packet = await fetchPacket(host, { id: rest.id });
  await printSummary(packet, output, fields());
  if (packet.error !== null && !output.json) {
    output.note(`countersign: ${packet.error.code}: ${packet.error.message}\nfix: ${packet.error.fix}`);
  }
  return exitOfRest(rest, packet);
}

/** Calls back at every such signal until the returned function is called. */
export function onSignal(signal: NodeJS.Signals, listener: () => void): () => void {
  process.on(signal, listener);
  return () => process.off(signal, listener);
}
