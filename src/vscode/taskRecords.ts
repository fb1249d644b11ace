/** What the host knows of one task, read and rendered: the packet and the brief. */
import type { Packet } from '../core/review/packetSchema';
import type { HostLink } from './hostLink';

/** What parses and renders; loaded when it is first needed. */
export type LoadWire = () => Promise<typeof import('./late/wire')>;

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
    const { renderPacket } = await this.#wire();
    return renderPacket(await this.packet(id));
  }

  /** The brief as it was handed off, controls spelled out. */
  async brief(id: string): Promise<string> {
    const [{ text }, { visibleText }] = await Promise.all([this.#link.request('task/brief', { id }), this.#wire()]);
    return visibleText(text);
  }
}
