/** The program of our tools, as an agent is told to start it inside its own sandbox. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LINE_VARIABLE, TOKEN_VARIABLE, TOOL_SERVER } from '../../../core/agent/tools/tools';
import { foldersOf } from '../discover';
import type { ToolLine } from './toolLine';

/** A server on standard input and output, as `session/new` of the Agent Client Protocol names one. */
export interface ToolServer {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
}

/**
 * The server that asks over a line, and what its sandbox has to show for it. The Node that runs us runs it too; inside an
 * editor that is the editor's own program, told to be Node.
 *
 * @param program the built file
 */
export function toolServer(
  program: string,
  line: Pick<ToolLine, 'address' | 'token' | 'folder'>,
): { readonly server: ToolServer; readonly readable: readonly string[] } {
  const node = process.execPath;
  const electron = process.versions.electron === undefined ? [] : [{ name: 'ELECTRON_RUN_AS_NODE', value: '1' }];
  const env = [{ name: LINE_VARIABLE, value: line.address }, { name: TOKEN_VARIABLE, value: line.token }, ...electron];
  return {
    server: { name: TOOL_SERVER, command: node, args: [program], env },
    readable: [...filesOf(program), ...foldersOf(node), ...(line.folder === null ? [] : [line.folder])],
  };
}

/** The built file, what it requires, and what says that both are CommonJS. */
function filesOf(program: string): readonly string[] {
  const folder = dirname(program);
  return [program, join(folder, 'apart', 'zod.js'), join(folder, 'package.json')].filter(existsSync);
}

/** The server as configuration files of agents name one. `type` and `tools` are what Copilot wants to read. */
export function asConfiguration({ name, command, args, env }: ToolServer): string {
  const variables = Object.fromEntries(env.map((variable) => [variable.name, variable.value]));
  return JSON.stringify({ mcpServers: { [name]: { type: 'local', command, args, env: variables, tools: ['*'] } } });
}
