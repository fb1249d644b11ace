/** A language model of the editor as a planner: whole answers, none without end, stopped at once, asked twice at most. */
import assert from 'node:assert/strict';
import type { ParamsIn } from '../../../../src/host/rpc';
import { type Askable, answerOf, MOST_ANSWER } from '../../../../src/vscode/brief/shaping/modelAnswer';
import { askEditorModel, type PlanLink } from '../../../../src/vscode/brief/shaping/modelPlan';
import { plain } from '../sample';

function model(parts: AsyncIterable<string> | Error, over: Partial<Askable> = {}): Askable {
  return {
    mostTokens: 1_000,
    count: async (text) => text.length,
    send: async () => {
      if (parts instanceof Error) throw parts;
      return parts;
    },
    ...over,
  };
}

async function* saying(...parts: readonly string[]) {
  yield* parts;
}

const never = () => false;

describe('the answer of a language model', () => {
  it('is whole', async () => {
    assert.equal(await answerOf(model(saying('a', '', 'b')), 'q', never, plain), 'ab');
    assert.equal(await answerOf(model(saying(), { mostTokens: 0 }), 'q'.repeat(9_999), never, plain), '');
  });

  it('is none when it has no end, and is not waited for', async () => {
    let ended = false;
    async function* endless() {
      try {
        for (;;) yield 'x'.repeat(65_536);
      } finally {
        ended = true;
      }
    }
    assert.equal(await answerOf(model(endless()), 'q', never, plain), null);
    assert.equal(ended, true);
    assert.ok(MOST_ANSWER < 300_000, 'what the host is told instead is longer');
  });

  it('is not asked for when the question is too large', async () => {
    const send = () => assert.fail('it was asked');
    const asked = answerOf(model(saying(), { send, mostTokens: 3 }), 'four', never, plain);
    await assert.rejects(asked, { code: 'PLAN_NONE', message: /larger than this model takes/ });
  });

  it('ends when somebody stops it: before, while it comes, or in its own words', async () => {
    let isStopped = false;
    async function* stopping() {
      yield 'a';
      isStopped = true;
      yield 'b';
    }
    await assert.rejects(
      answerOf(model(stopping()), 'q', () => isStopped, plain),
      { code: 'STOPPED' },
    );
    await assert.rejects(
      answerOf(model(saying('a')), 'q', () => true, plain),
      { code: 'STOPPED' },
    );
    await assert.rejects(
      answerOf(model(new Error('Canceled')), 'q', () => true, plain),
      { code: 'STOPPED' },
    );
  });

  it('is the reason why there is none, where it fails', async () => {
    const refused = Object.assign(new Error('no'), { code: 'NoPermissions' });
    await assert.rejects(answerOf(model(refused), 'q', never, plain), { code: 'PLAN_NONE', message: /did not let/ });
  });
});

describe('a plan of a language model', () => {
  const wish = { repo: '/r', intent: 'retry' };
  const plan = { briefs: [] };

  /** A host that holds as its answers say. */
  function host(...held: readonly (object | null)[]) {
    const answers: ParamsIn<'brief/shape-answer'>[] = [];
    const link = {
      async request(method: string, params: unknown) {
        if (method === 'brief/shape-prompt') return { prompt: 'the question', run: 'a-run' };
        answers.push(params as ParamsIn<'brief/shape-answer'>);
        const found = held[answers.length - 1] ?? null;
        return found === null
          ? { plan: null, problem: 'prose', again: 'once more' }
          : { plan: found, problem: null, again: null };
      },
    };
    return { link: link as unknown as PlanLink, answers };
  }

  function planner(...said: readonly (string | null)[]) {
    const prompts: string[] = [];
    const ask = async (prompt: string) => {
      prompts.push(prompt);
      return said[prompts.length - 1] ?? null;
    };
    return { model: { id: `model:v/${'x'.repeat(500)}`, name: 'One', ask }, prompts };
  }

  it('is what the host makes of its answer', async () => {
    const { link, answers } = host(plan);
    const { model: asked, prompts } = planner('an answer');
    assert.equal(await askEditorModel(link, wish, asked), plan);
    assert.deepEqual(prompts, ['the question']);
    const [first] = answers;
    assert.deepEqual(
      [first?.run, first?.text, first?.model.name, first?.model.id.length],
      ['a-run', 'an answer', 'One', 400],
    );
  });

  it('is asked for once more, and then there is none', async () => {
    const mended = host(null, plan);
    const second = planner('prose', 'an answer');
    assert.equal(await askEditorModel(mended.link, wish, second.model), plan);
    assert.deepEqual(second.prompts, ['the question', 'once more']);
    const none = host(null, null, plan);
    const third = planner(null, 'prose', 'an answer');
    await assert.rejects(askEditorModel(none.link, wish, third.model), {
      code: 'PLAN_NONE',
      message: /second one: prose/,
    });
    assert.equal(none.answers.length, 2);
    assert.ok((none.answers[0]?.text.length ?? 0) > MOST_ANSWER);
  });
});
