/** The end of every command that waits for a task: follow it, print its packet, and say how it went. */
import type { Context, Exit } from './command';
import { followTask } from './following';
import { fetchPacket, type Host } from './host';
import { describeUser } from './identity';
import { exitOfRest, printSummary } from './packetOutput';
import { askYesNo, canAsk } from './question';

/**
 * Starts work on a task with `begin` (which resolves to its id), waits until it rests, and prints the packet; with
 * `detach` prints the id and does not wait.
 */
export async function followToPacket(
  host: Host,
  context: Context,
  begin: () => Promise<string>,
  { detach }: { readonly detach: boolean },
): Promise<Exit> {
  const { output, repo } = context;
  if (detach) {
    const id = await begin();
    output.document({ id });
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
    output.document({ id: rest.id, state: 'stopping' });
    return 130;
  }
  const packet = await fetchPacket(host, rest.id);
  await printSummary(packet, output);
  if (packet.error !== null && !output.json) {
    output.note(`countersign: ${packet.error.code}: ${packet.error.message}\nfix: ${packet.error.fix}`);
  }
  return exitOfRest(rest, packet);
}

function onSignal(signal: NodeJS.Signals, listener: () => void): () => void {
  process.on(signal, listener);
  return () => process.off(signal, listener);
}
