/** Language models of the editor as planners: asked only when a person says so, with no tools and no code but what is shown. */
import * as vscode from 'vscode';
import { fail } from '../../../core/errors';
import { answerOf } from './modelAnswer';
import type { AskedModel } from './modelPlan';
import { modelProblem } from './modelProblem';
import type { EditorModel } from './shapePage';

/** The models that there are; none where the editor has none or offers none to extensions. Never throws. */
export async function editorModels(): Promise<readonly EditorModel[]> {
  const models = await chatModels().catch(() => []);
  return models.map((model) => ({ id: idOf(model), name: `${nameOf(model)} (${model.vendor})` }));
}

/** The model of that id, to be asked until `token` is cancelled. Throws PLAN_NONE when it is not there any more. */
export async function modelToAsk(id: string, token: vscode.CancellationToken): Promise<AskedModel> {
  const models = await chatModels().catch((thrown: unknown) => {
    throw modelProblem(thrown, vscode.l10n.t);
  });
  const model = models.find((one) => idOf(one) === id);
  if (model === undefined) {
    fail('PLAN_NONE', vscode.l10n.t('this model is not there any more'), {
      fix: vscode.l10n.t('choose another planner'),
    });
  }
  return { id, name: nameOf(model), ask: (prompt) => ask(model, prompt, token) };
}

async function ask(
  model: vscode.LanguageModelChat,
  prompt: string,
  token: vscode.CancellationToken,
): Promise<string | null> {
  // Also ended when the answer has no end.
  const ended = new vscode.CancellationTokenSource();
  const stopping = token.onCancellationRequested(() => ended.cancel());
  const justification = vscode.l10n.t('To shape a brief from your sentence and the places that you pointed at.');
  const askable = {
    mostTokens: model.maxInputTokens,
    count: (text: string) => model.countTokens(text, ended.token),
    send: async (text: string) => {
      const messages = [vscode.LanguageModelChatMessage.User(text)];
      return (await model.sendRequest(messages, { justification }, ended.token)).text;
    },
  };
  try {
    return await answerOf(askable, prompt, () => token.isCancellationRequested, vscode.l10n.t);
  } finally {
    stopping.dispose();
    ended.cancel();
    ended.dispose();
  }
}

async function chatModels(): Promise<readonly vscode.LanguageModelChat[]> {
  // Not every editor that runs extensions has it.
  return 'lm' in vscode ? vscode.lm.selectChatModels() : [];
}

/** With a beginning that no agent's id has. */
function idOf({ vendor, id }: vscode.LanguageModelChat): string {
  return `model:${vendor}/${id}`;
}

function nameOf({ name, id }: vscode.LanguageModelChat): string {
  return name || id;
}
