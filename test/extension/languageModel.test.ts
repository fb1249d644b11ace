/**
 * A language model of the editor as planner, in a real extension host: another extension provides it, and the host composes
 * the question and holds the answer. The editor asks a person for consent only for models behind an account, which no
 * stable interface can provide: a refusal is thrown by the provider, and crosses the editor as its own does.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Plan } from '../../src/core/plan/plan';
import type { HostConnection } from '../../src/host/client';
import { askEditorModel } from '../../src/vscode/brief/shaping/modelPlan';
import { editorModels, modelToAsk } from '../../src/vscode/brief/shaping/models';
import { dialHost } from '../../src/vscode/late/wire';
import { planFor } from '../fixtures/scripted/planning';

/** As the manifest of the probe names its vendor. */
const VENDOR = 'countersign-test';
const ID = `model:${VENDOR}/planner`;
const INFORMATION = {
  ...{ id: 'planner', name: 'A planner', family: 'scripted', version: '1', capabilities: {} },
  ...{ maxInputTokens: 1_000_000, maxOutputTokens: 1_000_000 },
};

/** What the model does with one question. */
type Answering = (question: string, say: (text: string) => void, token: vscode.CancellationToken) => Promise<void>;

describe('a language model of the editor', () => {
  let api: typeof vscode;
  let host: HostConnection;
  let registered: vscode.Disposable;
  let answering: readonly Answering[] = [];
  let questions: string[] = [];
  let tools: number[] = [];
  let cancel: vscode.CancellationTokenSource;

  before(async () => {
    api = await vscode.extensions.getExtension('countersign-test.probe')?.activate();
    registered = api.lm.registerLanguageModelChatProvider(VENDOR, {
      provideLanguageModelChatInformation: () => [INFORMATION],
      provideTokenCount: async (_model, text) => (typeof text === 'string' ? text.length : 0),
      provideLanguageModelChatResponse: async (_model, messages, options, progress, token) => {
        const question = messages.map(textOf).join('');
        questions.push(question);
        tools.push(options.tools?.length ?? 0);
        const answer = answering[questions.length - 1] ?? answering.at(-1);
        await answer?.(question, (text) => progress.report(new api.LanguageModelTextPart(text)), token);
      },
    });
    const folder = vscode.extensions.getExtension('countersign.countersign')?.extensionPath ?? '';
    const program = { execPath: process.execPath, args: [join(folder, 'dist/host.js')] };
    const connected = await dialHost(program, true);
    assert.ok(connected !== null);
    host = connected;
  });

  after(() => {
    host?.close();
    registered?.dispose();
  });

  beforeEach(() => {
    questions = [];
    tools = [];
    cancel = new vscode.CancellationTokenSource();
  });

  afterEach(() => cancel.dispose());

  async function plan(...answers: readonly Answering[]): Promise<Plan> {
    answering = answers;
    const repo = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
    const wish = { repo, intent: 'another text', places: [{ path: 'src/greeting.txt', line: 1 }] };
    return askEditorModel(host, wish, await modelToAsk(ID, cancel.token));
  }

  const good: Answering = async (question, say) => {
    // In parts, as models do.
    for (const part of planFor(question, 'good').match(/[\s\S]{1,50}/g) ?? []) say(part);
  };
  const prose: Answering = async (_question, say) => say('I would change the text.');

  it('is offered under its name', async () => {
    const models = await editorModels();
    assert.deepEqual(
      models.filter(({ id }) => id === ID),
      [{ id: ID, name: `A planner (${VENDOR})` }],
    );
  });

  it('plans from the question alone, without tools', async () => {
    const { planner, briefs } = await plan(good);
    assert.deepEqual(planner, { kind: 'editor', id: ID, name: 'A planner', version: null });
    assert.deepEqual(
      briefs.map(({ title }) => title),
      ['Change the text'],
    );
    assert.match(questions[0] ?? '', /another text[\s\S]*hello/);
    assert.deepEqual(tools, [0]);
  });

  it('is asked once more when it answers in prose, and then there is no plan', async () => {
    assert.equal((await plan(prose, good)).briefs.length, 1);
    assert.match(questions[1] ?? '', /could not be used/);
    questions = [];
    await assert.rejects(plan(prose), { code: 'PLAN_NONE' });
    assert.equal(questions.length, 2);
  });

  it('hears at once that a person stopped it', async () => {
    let heard = false;
    const hanging: Answering = (_question, say, token) => {
      say('I begin');
      return new Promise((_settle, refuse) => {
        token.onCancellationRequested(() => {
          heard = true;
          refuse(new Error('it was cancelled'));
        });
        cancel.cancel();
      });
    };
    await assert.rejects(plan(hanging), { code: 'STOPPED' });
    while (!heard) await new Promise((settle) => setTimeout(settle, 20));
    assert.equal(questions.length, 1);
  });

  it('that may not be used, has no quota or fails says what to do', async () => {
    const throwing = (thrown: Error) => plan(() => Promise.reject(thrown));
    await assert.rejects(throwing(api.LanguageModelError.NoPermissions('no')), {
      code: 'PLAN_NONE',
      message: /you did not let this extension use the model/,
    });
    await assert.rejects(throwing(api.LanguageModelError.Blocked('quota')), { message: /its quota is used up/ });
    await assert.rejects(throwing(api.LanguageModelError.NotFound('gone')), { message: /not there any more/ });
    await assert.rejects(throwing(new Error('it broke')), { message: /the model failed: .*it broke/ });
    assert.equal(questions.length, 4);
  });

  it('that is not there is no planner', async () => {
    await assert.rejects(modelToAsk('model:nobody/none', cancel.token), { code: 'PLAN_NONE' });
  });
});

function textOf({ content }: vscode.LanguageModelChatRequestMessage): string {
  return content
    .map((part) =>
      typeof part === 'object' && part !== null && 'value' in part && typeof part.value === 'string' ? part.value : '',
    )
    .join('');
}
