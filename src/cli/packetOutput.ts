/** How a review packet leaves the command line: summary or JSON, and the exit code that goes with it. */
import type { Packet } from '../core/review/packet';
import { visible } from '../core/visible';
import type { Exit } from './command';
import type { Rest } from './following';
import { fetchPacket, type Host, type NamedTask } from './host';
import type { Output } from './output';

/** Prints the summary of a packet; in JSON mode the packet itself, with `fields` beside its own. */
export async function printSummary(packet: Packet, output: Output, fields: object = {}): Promise<void> {
  output.document({ ...packet, ...fields });
  if (output.json) return;
  const { renderSummary } = await import('../core/review/terminal');
  output.styled(renderSummary(packet, { color: output.colour, width: output.width }));
}

/** Says what state a task is in now. */
export async function printState(host: Host, task: NamedTask, output: Output): Promise<void> {
  const { id, state } = await fetchPacket(host, task);
  output.document({ id, state });
  output.text(`${visible(id)} is ${state}`);
}

/** What a wait for a task ends with: 0 when nothing is left for a human but to sign, 1 when something is to be decided. */
export function exitOfRest(rest: Rest, packet: Pick<Packet, 'verdict' | 'decisions'>): Exit {
  switch (rest.state) {
    case 'interrupted':
      return rest.cause === 'host-died' ? 3 : 130;
    case 'failed':
      return 3;
    case 'signed':
    case 'delivered':
      return 0;
    default:
      return packet.verdict === 'blocked' || packet.decisions.length > 0 ? 1 : 0;
  }
}
