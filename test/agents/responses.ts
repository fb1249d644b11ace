/** The scripted model in the words of `/v1/responses`. */
import type { ServerResponse } from 'node:http';
import { type Conversation, type Done, nextStep, type Scenarios } from './model';

interface InputItem {
  readonly type?: string;
  readonly role?: string;
  readonly content?: unknown;
}

export function responsesAnswer(response: ServerResponse, body: Record<string, unknown>, scenarios: Scenarios): void {
  const input = (Array.isArray(body.input) ? body.input : []) as readonly InputItem[];
  const conversation = input.flatMap((item): Conversation => {
    if (item.role === 'user') return [{ user: textOf(item.content) }];
    return item.type?.endsWith('_call') === true ? ['tool-round'] : [];
  });
  const item = itemOf(nextStep(scenarios, conversation));
  const usage = {
    input_tokens: 10,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: 5,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: 15,
  };
  const base = { id: 'resp_scripted', object: 'response', created_at: 1, model: 'scripted-1' };
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const event = (type: string, data: Record<string, unknown>) =>
    response.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`);
  event('response.created', { response: { ...base, status: 'in_progress', output: [] } });
  event('response.output_item.added', { output_index: 0, item: { ...item, status: 'in_progress' } });
  event('response.output_item.done', { output_index: 0, item });
  event('response.completed', { response: { ...base, status: 'completed', output: [item], usage } });
  response.end();
}

function itemOf(step: Done): Record<string, unknown> {
  const id = Math.random().toString(36).slice(2);
  if (step.do === 'say') {
    const content = [{ type: 'output_text', text: step.text, annotations: [] }];
    return { type: 'message', id: `msg_${id}`, role: 'assistant', status: 'completed', content };
  }
  return {
    type: 'function_call',
    id: `fc_${id}`,
    call_id: `call_${id}`,
    name: 'exec_command',
    arguments: JSON.stringify({ cmd: commandOf(step) }),
    status: 'completed',
  };
}

/** Codex does everything with its shell. */
function commandOf(step: Exclude<Done, { do: 'say' }>): string {
  switch (step.do) {
    case 'look':
      return `cat ${quoted(step.path)}`;
    case 'run':
      return step.command;
    case 'write':
      return `printf %s ${quoted(step.text)} > ${quoted(step.path)}`;
    case 'replace':
      return `sed -i ${quoted(`s/${step.old}/${step.text}/`)} ${quoted(step.path)}`;
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map((part: { text?: unknown }) => (typeof part.text === 'string' ? part.text : '')).join('\n');
}
