/**
 * A language model made of scripts, on loopback, for agents that are real. It keeps no state: the script is named by
 * the last `SCENARIO: name` in what the user said, or by the heading of a question of ours, and the step is the number of
 * tool rounds since then. It speaks
 * `/v1/chat/completions` and `/v1/responses`, both streamed.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chatAnswer } from './chatCompletions';
import { responsesAnswer } from './responses';

/** One thing that the model does: its tool calls are made with the tools that the agent offers. */
export type Step =
  /** A new file, relative to the worktree, in a folder that exists. */
  | { readonly do: 'write'; readonly path: string; readonly text: string }
  | { readonly do: 'replace'; readonly path: string; readonly old: string; readonly text: string }
  | { readonly do: 'look'; readonly path: string }
  | { readonly do: 'run'; readonly command: string }
  | { readonly do: 'say'; readonly text: string }
  /** Says what follows from the question that it was asked. */
  | { readonly do: 'answer'; readonly from: (question: string) => string };
/** What is left of a step when it is done. */
export type Done = Exclude<Step, { do: 'answer' }>;

/** The steps of each scenario; after the last it says that it is done. */
export type Scenarios = Readonly<Record<string, readonly Step[]>>;

export interface Model {
  /** `http://127.0.0.1:PORT/v1` */
  readonly url: string;
  /** Every request's body, for the curious. */
  readonly requests: readonly { readonly path: string; readonly body: Record<string, unknown> }[];
  close(): Promise<void>;
}

const MAX_BODY_BYTES = 16 * 1024 * 1024;

export async function startModel(scenarios: Scenarios): Promise<Model> {
  const requests: { path: string; body: Record<string, unknown> }[] = [];
  const server = createServer((request, response) => {
    answer(scenarios, requests, request, response).catch((error: unknown) => {
      response.writeHead(500, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: { message: String(error) } }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/v1`, requests, close: () => closed(server) };
}

async function answer(
  scenarios: Scenarios,
  requests: { path: string; body: Record<string, unknown> }[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = new URL(request.url ?? '/', 'http://model').pathname;
  if (path.endsWith('/models'))
    return json(response, { object: 'list', data: [{ id: 'scripted-1', object: 'model' }] });
  const body = JSON.parse((await read(request)) || '{}') as Record<string, unknown>;
  requests.push({ path, body });
  if (path.endsWith('/chat/completions')) return chatAnswer(response, body, scenarios);
  if (path.endsWith('/responses')) return responsesAnswer(response, body, scenarios);
  response.writeHead(404).end();
}

/** What a conversation comes down to: what the user said, and where the model used tools. */
export type Conversation = readonly ({ readonly user: string } | 'tool-round')[];

/** Questions of ours hold a brief, and with it the name of another script: these go by their headings. */
const HEADINGS: readonly (readonly [heading: string, scenario: string])[] = [
  ['# A second opinion\n', 'review'],
  ['# The shape of a task\n', 'plan'],
  ['# Correction: ', 'correct'],
];

/** The step that comes next in a conversation. */
export function nextStep(scenarios: Scenarios, conversation: Conversation): Done {
  let scenario: readonly Step[] = [];
  let round = 0;
  let question = '';
  for (const item of conversation) {
    if (item === 'tool-round') {
      round += 1;
      continue;
    }
    const name = scenarioOf(item.user);
    if (name === undefined) continue;
    scenario = scenarios[name] ?? [];
    question = item.user;
    round = 0;
  }
  const step = scenario[round] ?? { do: 'say', text: 'Done.' };
  return step.do === 'answer' ? { do: 'say', text: step.from(question) } : step;
}

/** The word that the answer to a question of ours has to name: it stands at the question's end. */
export function runOf(said: string): string {
  const words = 'is the following word:\n';
  return /^\S+/.exec(said.slice(said.lastIndexOf(words) + words.length))?.[0] ?? '';
}

/** A question for a review without the words that an agent puts around it. */
export function questionIn(said: string): string {
  const run = runOf(said);
  return said.slice(said.indexOf('# A second opinion'), said.lastIndexOf(run) + run.length);
}

function scenarioOf(said: string): string | undefined {
  const asked = HEADINGS.find(([heading]) => said.includes(heading));
  return asked?.[1] ?? [...said.matchAll(/SCENARIO: ([a-z-]+)/g)].at(-1)?.[1];
}

export function json(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BODY_BYTES) throw new Error('a request that is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}
