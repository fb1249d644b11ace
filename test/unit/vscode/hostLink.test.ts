import assert from 'node:assert/strict';
import { type Connection, type Dial, HostLink, type News } from '../../../src/vscode/hostLink';

/** A host that can be ended, and the news it tells. */
class FakeHost implements Connection {
  readonly calls: string[] = [];
  end: () => void = () => undefined;
  tell: (news: News) => void = () => undefined;
  readonly closed = new Promise<void>((resolve) => {
    this.end = resolve;
  });

  async request(method: string): Promise<never> {
    this.calls.push(method);
    return {} as never;
  }

  on(name: string, listener: (value: never) => void): void {
    if (name === 'task/event') this.tell = listener as (news: News) => void;
  }

  close(): void {
    this.end();
  }
}

/** A dial that answers with these, in order, and remembers whether it could start a host. */
function dialing(...answers: (FakeHost | null | Error)[]): { dial: Dial; starts: boolean[] } {
  const starts: boolean[] = [];
  const dial: Dial = async (start) => {
    starts.push(start);
    const answer = answers.shift() ?? null;
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { dial, starts };
}

function hearing(link: HostLink): string[] {
  const heard: string[] = [];
  link.listen({
    connected: () => heard.push('connected'),
    lost: () => heard.push('lost'),
    event: ({ id }) => heard.push(id),
  });
  return heard;
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
const until = async (holds: () => boolean) => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 1));
};

describe('the link to the host', () => {
  it('dials once for all who ask at the same time, and passes events on', async () => {
    const host = new FakeHost();
    const { dial, starts } = dialing(host);
    const link = new HostLink(dial, () => true);
    const heard = hearing(link);
    await Promise.all([link.request('task/list', {}), link.request('task/list', {}), link.connect()]);
    assert.deepEqual(starts, [true]);
    assert.deepEqual(host.calls, ['task/list', 'task/list']);
    host.tell({ id: 'T1' } as News);
    assert.deepEqual(heard, ['connected', 'T1']);
    link.dispose();
  });

  it('starts no host where nobody trusts the workspace, and says what to do', async () => {
    const { dial, starts } = dialing(null, null);
    const link = new HostLink(dial, () => false);
    assert.equal(await link.connect(), false);
    await assert.rejects(link.request('task/list', {}), { code: 'HOST_UNREACHABLE', fix: /trust/ });
    assert.deepEqual(starts, [false, false]);
  });

  it('asks for nothing that acts where nobody trusts the workspace, also of a host that another window started', async () => {
    const host = new FakeHost();
    let trusted = false;
    const link = new HostLink(dialing(host).dial, () => trusted);
    const named = { id: 'T1', by: 'Reviewer <reviewer@example.com>' };
    const acting = [
      () => link.request('task/run', { repo: '/r', brief: { text: '', file: null }, origin: 'human' }),
      () => link.request('task/adopt', { repo: '/r', ref: 'x', brief: { text: '', file: null }, origin: 'human' }),
      () => link.request('task/resume', { id: 'T1', asItStands: false }),
      () => link.request('task/correct', { ...named, again: false }),
      () => link.request('task/revert', { ...named, paths: ['a'] }),
      () => link.request('task/checkout', { id: 'T1' }),
      () => link.request('task/signoff', { id: 'T1', accept: {}, override: {}, deliver: 'none' }),
      () => link.request('task/review', named),
      () => link.request('task/accept-criterion', { id: 'T1', criterion: '1', reason: 'x' }),
      () => link.request('task/reject', { ...named, reason: 'no' }),
      () => link.request('task/restore', { id: 'T1' }),
      () => link.request('task/delete', { id: 'T1' }),
      () => link.request('task/answer', { ...named, request: 'r', allow: true }),
      () => link.request('brief/try', { repo: '/r', brief: { text: '', file: null }, check: 'c', trial: 't' }),
      () => link.request('agents/define', { agents: {} }),
    ];
    for (const act of acting) await assert.rejects(act(), { code: 'CONFIG_INVALID', fix: /trust/ });
    assert.deepEqual(host.calls, []);
    await link.request('task/show', { id: 'T1' });
    await link.request('task/stop', { id: 'T1' });
    await link.request('task/answer', { ...named, request: 'r', allow: false });
    assert.deepEqual(host.calls, ['task/show', 'task/stop', 'task/answer']);
    trusted = true;
    for (const act of acting) await act();
    assert.equal(host.calls.length, 3 + acting.length);
    link.dispose();
  });

  it('looks for a host without starting one, also where one might be started', async () => {
    const { dial, starts } = dialing(null, new FakeHost());
    const link = new HostLink(dial, () => true);
    assert.equal(await link.look(), false);
    assert.equal(await link.look(), true);
    assert.deepEqual(starts, [false, false]);
    link.dispose();
  });

  it('dials again for one who may start a host when a look found none', async () => {
    let trusted = false;
    const { dial, starts } = dialing(null, new FakeHost());
    const link = new HostLink(dial, () => trusted);
    const looking = link.connect();
    trusted = true;
    assert.equal(await link.connect(), true);
    assert.equal(await looking, false);
    assert.deepEqual(starts, [false, true]);
    link.dispose();
  });

  it('looks for a new host when the old one went, and never starts one by itself', async () => {
    const [first, second] = [new FakeHost(), new FakeHost()];
    const { dial, starts } = dialing(first, null, new Error('a socket that nobody serves'), second);
    const link = new HostLink(dial, () => true, [1, 1, 1, 1]);
    const heard = hearing(link);
    await link.connect();
    first.end();
    await until(() => heard.length === 3);
    assert.deepEqual(heard, ['connected', 'lost', 'connected']);
    assert.deepEqual(starts, [true, false, false, false]);
    link.dispose();
  });

  it('gives up looking after its last pause, until somebody asks', async () => {
    const host = new FakeHost();
    const { dial, starts } = dialing(host, null, new FakeHost());
    const link = new HostLink(dial, () => true, [1]);
    await link.connect();
    host.end();
    await until(() => starts.length === 2);
    await turn();
    assert.equal(link.connected, false);
    assert.equal(await link.connect(), true);
    assert.deepEqual(starts, [true, false, true]);
    link.dispose();
  });

  it('passes on why there is no host, and tries anew the next time', async () => {
    const { dial } = dialing(new Error('no'), new FakeHost());
    const link = new HostLink(dial, () => true);
    await assert.rejects(link.connect(), /no/);
    assert.equal(await link.connect(), true);
    link.dispose();
  });

  it('closes a connection that comes too late', async () => {
    const host = new FakeHost();
    const link = new HostLink(dialing(host).dial, () => true);
    const late = link.connect();
    link.dispose();
    await assert.rejects(late, { code: 'HOST_UNREACHABLE' });
    await host.closed;
  });
});
