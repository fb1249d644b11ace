/** The scripted model in the words of `/v1/chat/completions`. */
import type { ServerResponse } from 'node:http';
import { type Conversation, json, nextStep, type Scenarios, type Step } from './model';

interface ChatMessage {
  readonly role: string;
  readonly content?: unknown;
  readonly tool_calls?: readonly unknown[];
}

export function chatAnswer(response: ServerResponse, body: Record<string, unknown>, scenarios: Scenarios): void {
  const messages = (body.messages ?? []) as readonly ChatMessage[];
  const conversation = messages.flatMap((message): Conversation => {
    if (message.role === 'user') return [{ user: textOf(message.content) }];
    return message.role === 'assistant' && (message.tool_calls?.length ?? 0) > 0 ? ['tool-round'] : [];
  });
  const step = nextStep(scenarios, conversation);
  const cwd = /Current working directory: ([^\n]+)/.exec(textOf(messages[0]?.content))?.[1] ?? '';
  const message = messageOf(step, cwd);
  const finish = message.tool_calls === undefined ? 'stop' : 'tool_calls';
  const base = { id: 'chatcmpl-scripted', created: 1, model: 'scripted-1' };
  const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 };
  if (body.stream !== true) {
    const choices = [{ index: 0, message: { role: 'assistant', ...message }, finish_reason: finish }];
    json(response, { ...base, object: 'chat.completion', choices, usage });
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const chunk = (choices: unknown[], rest = {}) =>
    response.write(`data: ${JSON.stringify({ ...base, object: 'chat.completion.chunk', choices, ...rest })}\n\n`);
  chunk([{ index: 0, delta: { role: 'assistant', ...message }, finish_reason: null }]);
  chunk([{ index: 0, delta: {}, finish_reason: finish }]);
  chunk([], { usage });
  response.end('data: [DONE]\n\n');
}

function messageOf(step: Step, cwd: string) {
  if (step.do === 'say') return { content: step.text };
  const [name, input] = toolCall(step, cwd);
  const id = `call_${Math.random().toString(36).slice(2)}`;
  const call = { index: 0, id, type: 'function', function: { name, arguments: JSON.stringify(input) } };
  return { content: null, tool_calls: [call] };
}

/** Copilot's tools; its files are named by absolute paths. */
function toolCall(step: Exclude<Step, { do: 'say' }>, cwd: string): readonly [string, Record<string, unknown>] {
  switch (step.do) {
    case 'write':
      return ['create', { path: `${cwd}/${step.path}`, file_text: step.text }];
    case 'replace':
      return ['edit', { path: `${cwd}/${step.path}`, old_str: step.old, new_str: step.text }];
    case 'run':
      return ['bash', { command: step.command, description: 'Run a command', mode: 'sync', initial_wait: 10 }];
  }
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map((part: { text?: unknown }) => (typeof part.text === 'string' ? part.text : '')).join('\n');
}
