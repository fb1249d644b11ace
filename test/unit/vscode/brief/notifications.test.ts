import assert from 'node:assert/strict';
import { type Connection, HostLink } from '../../../../src/vscode/hostLink';

/** A host that says what it is told to say. */
class TalkingHost implements Connection {
  readonly #listeners = new Map<string, (value: never) => void>();
  end: () => void = () => undefined;
  readonly closed = new Promise<void>((resolve) => {
    this.end = resolve;
  });

  async request(): Promise<never> {
    return {} as never;
  }

  on(name: string, listener: (value: never) => void): void {
    assert.ok(!this.#listeners.has(name), 'a second listener would take the place of the first');
    this.#listeners.set(name, listener);
  }

  say(name: string, value: unknown): void {
    this.#listeners.get(name)?.(value as never);
  }

  close(): void {
    this.end();
  }
}

describe('notifications of the host', () => {
  it('are heard over every connection, by all who want to, until they do not', async () => {
    const hosts = [new TalkingHost(), new TalkingHost()];
    const left = [...hosts];
    const link = new HostLink(
      async () => left.shift() ?? null,
      () => true,
      [],
    );
    const heard: string[] = [];
    const early = link.on('trial/progress', ({ message }) => heard.push(`early ${message}`));
    await link.connect();
    link.on('trial/progress', ({ message }) => heard.push(`late ${message}`));
    link.on('task/progress', ({ message }) => heard.push(`other ${message}`));
    hosts[0]!.say('trial/progress', { trial: 't', message: 'one' });
    hosts[0]!.say('task/progress', { id: 'i', message: 'two' });
    early.dispose();
    hosts[0]!.end();
    await hosts[0]!.closed;
    await link.connect();
    hosts[1]!.say('trial/progress', { trial: 't', message: 'three' });
    assert.deepEqual(heard, ['early one', 'late one', 'other two', 'late three']);
    link.dispose();
  });
});
