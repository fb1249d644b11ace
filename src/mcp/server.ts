/** A server of the Model Context Protocol on standard input and output, which passes every call on to the host. */
import { Server } from '@modelcontextprotocol/server';
import { StdioServerTransport } from '@modelcontextprotocol/server/stdio';
import { TOOL_SERVER, TOOLS } from '../core/agent/tools/tools';
import { VERSION } from '../core/version';
import { HostLine } from './line';

/** Bytes of one message of the agent: several times what the host takes. */
const MAX_MESSAGE_BYTES = 1024 * 1024;

/** Serves until the agent closes its side. Throws when it was not started for a task. */
export async function serveTools(): Promise<void> {
  const line = HostLine.connect(process.env);
  const server = new Server({ name: TOOL_SERVER, version: VERSION }, { capabilities: { tools: {} } });
  server.setRequestHandler('tools/list', async () => ({
    tools: TOOLS.map(({ name, title, description, inputSchema, readOnly }) => ({
      ...{ name, title, description },
      inputSchema,
      annotations: { readOnlyHint: readOnly, destructiveHint: false, openWorldHint: false },
    })),
  }));
  server.setRequestHandler('tools/call', async ({ params }) => {
    const { text, code } = await line.call(params.name, params.arguments ?? {});
    const said = code === null ? text : `${code}: ${text}`;
    return { content: [{ type: 'text' as const, text: said }], isError: code !== null };
  });
  const transport = new StdioServerTransport(process.stdin, process.stdout, { maxBufferSize: MAX_MESSAGE_BYTES });
  // An agent that is gone closes its end: nothing of this outlives it.
  server.onclose = () => {
    line.close();
    process.exit(0);
  };
  process.stdin.once('end', () => void server.close());
  await server.connect(transport);
}
