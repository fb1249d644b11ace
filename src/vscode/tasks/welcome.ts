/** The context keys that pick what the view says while there is no task to show. */
import * as vscode from 'vscode';
import type { HostLink } from '../hostLink';
import type { TaskList } from './taskList';

const LIST = 'countersign.list';
/** `none` when no coding agent is installed; the built-in one that runs a command is none. */
const AGENTS = 'countersign.agents';

/** Keeps the keys right until what it returns is disposed. */
export function keepWelcome(list: TaskList, link: HostLink, log: vscode.LogOutputChannel): vscode.Disposable {
  const tell = contextKeys();
  let asked = false;
  const countAgents = async () => {
    asked = true;
    try {
      const { agents } = await link.request('agents/list', {});
      tell(AGENTS, agents.some(({ id, installed }) => installed && id !== 'command') ? 'some' : 'none');
    } catch (thrown) {
      log.debug(`the agents are not known: ${String(thrown)}`);
      asked = false;
    }
  };
  const update = () => {
    tell(LIST, list.state);
    // Only whoever has no task yet is told what is missing.
    if (list.state === 'empty' && !asked && link.connected) void countAgents();
  };
  update();
  return vscode.Disposable.from(
    list.onDidChange(update),
    link.listen({
      connected: () => {
        asked = false;
      },
      lost: () => undefined,
      event: () => undefined,
    }),
  );
}

/** Sets context keys, each only when it changes. */
function contextKeys(): (key: string, value: string) => void {
  const told = new Map<string, string>();
  return (key, value) => {
    if (told.get(key) === value) return;
    told.set(key, value);
    void vscode.commands.executeCommand('setContext', key, value);
  };
}
