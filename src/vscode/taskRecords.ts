/** What the host knows of one task, read and rendered: the packet and the transcript. */
import type { Packet } from '../core/review/packetSchema';
import type { Result } from '../host/rpc';
import type { HostLink } from './hostLink';

/** What parses; loaded when it is first needed. */
export type LoadWire = () => Promise<typeof import('./late/wire')>;

/** Lines of one request, and of one document: longer transcripts are read on the command line. */
const PAGE = 1_000;
const MOST_LINES = 20_000;

export class TaskRecords {
  readonly #link: HostLink;
  readonly #wire: LoadWire;

  constructor(link: HostLink, wire: LoadWire) {
    this.#link = link;
    this.#wire = wire;
  }

  /** Whether the host is there to be asked, without one being started for it. */
  get live(): boolean {
    return this.#link.connected;
  }

  /** Throws RPC_INVALID for a packet that this version cannot read, and what the host throws. */
  async packet(id: string): Promise<Packet> {
    const [sent, { parsePacket }] = await Promise.all([this.#link.request('task/show', { id }), this.#wire()]);
    return parsePacket(sent);
  }

  /** The packet as Markdown. */
  async markdown(id: string): Promise<string> {
    const { renderPacket } = await import('../core/review/markdown');
    return renderPacket(await this.packet(id));
  }

  /** The transcript as plain text; says so where it was cut. */
  async transcript(id: string): Promise<string> {
    const lines = [];
    let from: number | null = 1;
    while (from !== null && lines.length < MOST_LINES) {
      const page: Result<'task/transcript'> = await this.#link.request('task/transcript', { id, from, limit: PAGE });
      lines.push(...page.lines);
      from = page.next;
    }
    const { renderTranscript } = await this.#wire();
    const text = renderTranscript(lines);
    return from === null ? text : `${text}\n-- cut here; the whole is printed by \`countersign log ${id}\`\n`;
  }
}
