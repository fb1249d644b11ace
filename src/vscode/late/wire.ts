/**
 * Everything that reads what comes from outside: the connection to the host, packets, transcripts.
 * It carries the schemas and is a bundle of its own, loaded when it is first needed, so that activation stays cheap.
 */
import { renderTranscript } from '../../core/agent/renderTranscript';
import { fail } from '../../core/errors';
import { renderPacket } from '../../core/review/markdown';
import { type Packet, packetSchema } from '../../core/review/packet';
import { visibleText } from '../../core/visible';
import { connectHost, findHost, type HostConnection, type HostProgram, openStateDirectory } from '../../host/client';
import { PROTOCOL } from '../../host/rpc';
import { fileLinks } from '../transcript/fileLinks';

export { fileLinks, renderPacket, renderTranscript, visibleText };

/**
 * A connection to the host of this user.
 *
 * @param start whether a host may be started when none runs
 * @returns null when none runs and none may be started
 * @throws HOST_UNREACHABLE, HOST_VERSION
 */
export async function dialHost(program: HostProgram, start: boolean): Promise<HostConnection | null> {
  const directory = await openStateDirectory();
  if (start) return connectHost(directory, program, process.env);
  const found = await findHost(directory);
  if (found === null || found.host.protocol === PROTOCOL) return found;
  found.close();
  return fail('HOST_VERSION', `the host that runs is of version ${found.host.version}`);
}

/** A packet as the host sent it. Throws RPC_INVALID when this version cannot read it. */
export function parsePacket(sent: unknown): Packet {
  const parsed = packetSchema.safeParse(sent);
  if (parsed.success) return parsed.data;
  return fail('RPC_INVALID', `the host sent a packet that this version cannot read: ${parsed.error.message}`);
}
