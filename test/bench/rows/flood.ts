/** The row about an agent that talks fast: what its updates cost the host, and whether its loop stays free. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { AgentEvents } from '../../../src/core/ports/agents';
import { Activities } from '../../../src/host/activity';
import { createAgents } from '../../../src/node/agents/agents';
import { Transcripts } from '../../../src/node/agents/transcripts';
import { BRIEF, type Ground } from '../ground';
import type { Row } from '../measure';

const RATE = 10_000;
const SECONDS = 5;

/** An ACP agent in one file, without a library: it sends its updates at an even rate and counts nothing. */
const AGENT = `
const send = (message) => process.stdout.write(JSON.stringify({ jsonrpc: '2.0', ...message }) + '\\n');
const updates = ${RATE} * ${SECONDS};
let buffer = '';
process.stdin.on('data', (chunk) => {
  buffer += chunk;
  for (let end = buffer.indexOf('\\n'); end >= 0; end = buffer.indexOf('\\n')) {
    answer(JSON.parse(buffer.slice(0, end)));
    buffer = buffer.slice(end + 1);
  }
});
function answer({ id, method }) {
  if (method === 'initialize') send({ id, result: { protocolVersion: 1, agentCapabilities: {} } });
  else if (method === 'session/new') send({ id, result: { sessionId: 's' } });
  else if (method === 'session/prompt') talk(id);
  else if (id !== undefined) send({ id, result: {} });
}
function talk(id) {
  let sent = 0;
  const timer = setInterval(() => {
    for (let n = 0; n < ${RATE / 100} && sent < updates; n += 1, sent += 1) {
      send({ method: 'session/update', params: { sessionId: 's', update: { sessionUpdate: 'agent_message_chunk', content: { type: 'text', text: 'word ' + sent + ' ' } } } });
    }
    if (sent >= updates) { clearInterval(timer); send({ id, result: { stopReason: 'end_turn' } }); }
  }, 10);
}
`;

export async function flood(ground: Ground): Promise<Row> {
  const folder = ground.fresh('flood');
  mkdirSync(join(folder, 'worktree'), { recursive: true });
  const script = join(folder, 'agent.js');
  writeFileSync(script, AGENT);
  const agents = createAgents({
    custom: () => ({ flood: { command: process.execPath, args: [script], env: {} } }),
    sandbox: 'auto',
    homeOf: () => join(folder, 'home'),
    homes: join(folder, 'homes'),
    state: join(folder, 'state'),
    boundaryOf: () => null,
  });
  const transcripts = new Transcripts({
    folderOf: () => folder,
    onTrouble: (_task, what) => process.stderr.write(`${what}\n`),
  });
  let messages = 0;
  let signs = 0;
  const activities = new Activities(() => {
    signs += 1;
  });
  const events: AgentEvents = {
    update: (update) => {
      messages += 1;
      transcripts.add('t', update);
      activities.update('t', update);
    },
    session: async () => undefined,
    decided: async () => undefined,
    ask: async () => ({ allow: false, by: 'nobody' }),
    wrote: () => undefined,
  };
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const cpu = process.cpuUsage();
  const start = performance.now();
  await agents.turn(
    {
      ...{ task: 't', turn: 1, kind: 'work', agent: 'flood', brief: BRIEF, prompt: 'talk', session: null, limit: null },
      ...{ worktree: join(folder, 'worktree'), readable: [], hidden: [] },
    },
    events,
    new AbortController().signal,
  );
  const elapsed = performance.now() - start;
  const used = process.cpuUsage(cpu);
  delay.disable();
  await transcripts.closeAll();
  const share = (used.user + used.system) / 1_000 / elapsed;
  return {
    what: `${RATE} updates a second for ${SECONDS} s: share of a core`,
    value: `${(share * 100).toFixed(0)}%`,
    budget: '<= 30%',
    detail: `loop p99 ${(delay.percentile(99) / 1e6 - 5).toFixed(1)} ms (<= 15), ${messages} messages and ${signs} signs of life on, took ${(elapsed / 1000).toFixed(1)} s`,
  };
}
