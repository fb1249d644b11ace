/** The scripted model in the words of `/v1/chat/completions`. */
import type { ServerResponse } from 'node:http';
import { type Conversation, type Done, json, nextStep, type Scenarios } from './model';

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
  const tools = toolNames(body.tools);
  const message = messageOf(nextStep(scenarios, conversation), tools, folderIn(messages));
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

/** Every agent tells where it works, in words of its own. */
function folderIn(messages: readonly ChatMessage[]): string {
  const said = messages.map(({ content }) => textOf(content)).join('\n');
  return (
    /(?:Current working directory|Working directory|working in the directory): *([^\n]+)/i.exec(said)?.[1]?.trim() ?? ''
  );
}

function toolNames(tools: unknown): ReadonlySet<string> {
  const offered = (Array.isArray(tools) ? tools : []) as readonly { readonly function?: { readonly name?: string } }[];
  return new Set(offered.map((tool) => tool.function?.name ?? ''));
}

function messageOf(step: Done, tools: ReadonlySet<string>, cwd: string) {
  if (step.do === 'say') return { content: step.text };
  // Without tools it is asked for a title, or a summary, of what the user said.
  if (tools.size === 0) return { content: 'A title' };
  const [name, input] = toolCall(step, tools, cwd);
  const id = `call_${Math.random().toString(36).slice(2)}`;
  const call = { index: 0, id, type: 'function', function: { name, arguments: JSON.stringify(input) } };
  return { content: null, tool_calls: [call] };
}

type Call = readonly [tool: string, input: Record<string, unknown>];

/** A step with the tools of whoever asks: files are named by absolute paths. */
function toolCall(step: Exclude<Done, { do: 'say' }>, tools: ReadonlySet<string>, cwd: string): Call {
  if (step.do === 'run') return runCall(step.command, tools);
  const path = `${cwd}/${step.path}`;
  if (tools.has('str_replace_editor') || tools.has('create') || tools.has('view')) return copilotCall(step, path);
  return tools.has('read_file') ? qwenCall(step, path) : openCodeCall(step, path);
}

function runCall(command: string, tools: ReadonlySet<string>): Call {
  const description = 'Run a command';
  if (tools.has('run_shell_command')) return ['run_shell_command', { command, description, is_background: false }];
  // Copilot wants to know how long to wait; others overlook it.
  return ['bash', { command, description, mode: 'sync', initial_wait: 10 }];
}

type FileStep = Extract<Done, { path: string }>;

function copilotCall(step: FileStep, path: string): Call {
  switch (step.do) {
    case 'look':
      return ['view', { path }];
    case 'write':
      return ['create', { path, file_text: step.text }];
    case 'replace':
      return ['edit', { path, old_str: step.old, new_str: step.text }];
  }
}

function openCodeCall(step: FileStep, filePath: string): Call {
  switch (step.do) {
    case 'look':
      return ['read', { filePath }];
    case 'write':
      return ['write', { filePath, content: step.text }];
    case 'replace':
      return ['edit', { filePath, oldString: step.old, newString: step.text }];
  }
}

function qwenCall(step: FileStep, file_path: string): Call {
  switch (step.do) {
    case 'look':
      return ['read_file', { file_path }];
    case 'write':
      return ['write_file', { file_path, content: step.text }];
    case 'replace':
      return ['edit', { file_path, old_string: step.old, new_string: step.text }];
  }
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map((part: { text?: unknown }) => (typeof part.text === 'string' ? part.text : '')).join('\n');
}
