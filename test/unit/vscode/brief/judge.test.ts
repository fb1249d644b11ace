import assert from 'node:assert/strict';
import { Judge } from '../../../../src/vscode/brief/judge';
import type { HostLink } from '../../../../src/vscode/hostLink';

const t = (message: string, ...values: (string | number)[]) =>
  message.replace(/\{(\d)\}/g, (_, at) => `${values[Number(at)]}`);
const judged = (text: string) => ({ repo: '/r', text, file: 'brief.md' });
const finding = { rule: 'readiness/no-goal', severity: 'block' as const, message: 'of the host', line: 1 };

/** A host whose answers are given by hand. */
class SlowHost {
  readonly asked: { readonly text: string; answer(): void; refuse(thrown: Error): void }[] = [];

  request(_method: string, { brief }: { brief: { text: string } }) {
    return new Promise((resolve, reject) => {
      this.asked.push({
        text: brief.text,
        answer: () => resolve({ ready: false, findings: [finding], patterns: [] }),
        refuse: reject,
      });
    });
  }
}

describe('readiness while somebody types', () => {
  let host: SlowHost;
  let changes: (() => void)[];
  let judge: Judge;
  const changed = () => new Promise<void>((resolve) => changes.push(resolve));
  const asked = async (count: number) => {
    while (host.asked.length < count) await new Promise((resolve) => setTimeout(resolve, 5));
    return host.asked[count - 1]!;
  };
  const begin = (mayAsk: boolean) => {
    host = new SlowHost();
    changes = [];
    judge = new Judge(
      host as unknown as HostLink,
      () => mayAsk,
      t,
      () => changes.splice(0).forEach((tell) => void tell()),
    );
  };
  afterEach(() => judge.dispose());

  it('is judged here at first, and then by the host, whose newest answer counts', async () => {
    begin(true);
    assert.equal(judge.of(judged('one')).by, 'here');
    const first = await asked(1);
    judge.of(judged('two'));
    judge.of(judged('three'));
    first.answer();
    const second = await asked(2);
    assert.equal(second.text, 'three');
    assert.equal(judge.of(judged('three')).by, 'here', 'the first answer was about an older text');
    const told = changed();
    second.answer();
    await told;
    assert.deepEqual(judge.of(judged('three')).findings, [finding]);
    assert.equal(judge.isOld(judged('three')), false);
    assert.equal(judge.of(judged('four')).by, 'host', 'what the host said a moment ago stands until it answers');
    assert.equal(judge.isOld(judged('four')), true);
  });

  it('goes on without a host that cannot be reached, and asks it again only when told to', async () => {
    begin(true);
    judge.of(judged('one'));
    const told = changed();
    (await asked(1)).refuse(Object.assign(new Error('no host'), { code: 'HOST_UNREACHABLE', fix: 'x' }));
    await told;
    assert.equal(judge.isReachable, false);
    const judgement = judge.of(judged('two'));
    assert.deepEqual([judgement.by, judgement.findings.length > 0], ['here', true]);
    assert.match(judge.of(judged('one')).why, /without the host/);
    judge.again();
    assert.equal((await asked(2)).text, 'one');
  });

  it('asks nobody in a workspace that nobody trusts', () => {
    begin(false);
    const judgement = judge.of(judged('one'));
    assert.equal(judgement.by, 'here');
    assert.match(judgement.why, /not trusted/);
    judge.again();
    assert.equal(host.asked.length, 0);
  });
});
