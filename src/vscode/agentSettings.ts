/** Carries the setting `countersign.agents` to the host, whenever one answers and whenever it changes. */
import * as vscode from 'vscode';
import type { Result } from '../host/rpc';
import type { HostLink } from './hostLink';
import { plainNotice } from './problem';

const SETTING = 'countersign.agents';
/** Remembers that agents of this editor are defined: an empty setting must take them back, once. */
const DEFINED = 'countersign.agentsDefined';

type Refused = Result<'agents/define'>['refused'];

export class AgentSettings implements vscode.Disposable {
  readonly #link: HostLink;
  readonly #memory: vscode.Memento;
  readonly #log: vscode.LogOutputChannel;
  readonly #owned: readonly { dispose(): void }[];
  /** What was complained about last: the same complaint is made once. */
  #complaint = '';

  constructor(link: HostLink, memory: vscode.Memento, log: vscode.LogOutputChannel) {
    this.#link = link;
    this.#memory = memory;
    this.#log = log;
    this.#owned = [
      link.listen({ connected: () => void this.#define(), lost: () => undefined, event: () => undefined }),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(SETTING)) void this.#define();
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => void this.#define()),
    ];
  }

  dispose(): void {
    for (const owned of this.#owned) owned.dispose();
  }

  async #define(): Promise<void> {
    // The next host that answers is told: none is started for a setting. Whoever trusts no workspace defines nothing.
    if (!this.#link.connected || !vscode.workspace.isTrusted) return;
    const agents = settingOf();
    const some = Object.keys(agents).length > 0;
    if (!some && !this.#memory.get(DEFINED, false)) return;
    try {
      const { refused } = await this.#link.request('agents/define', { agents });
      await this.#memory.update(DEFINED, some);
      this.#complain(refused);
    } catch (thrown) {
      this.#log.error(`the setting ${SETTING} did not reach the host: ${String(thrown)}`);
    }
  }

  #complain(refused: Refused): void {
    for (const { id, why } of refused) this.#log.warn(`${SETTING}: ${id}: ${why}`);
    const complaint = JSON.stringify(refused);
    const [first, ...others] = refused;
    const anew = complaint !== this.#complaint;
    this.#complaint = complaint;
    if (first === undefined || !anew) return;
    const what =
      others.length === 0
        ? vscode.l10n.t('the agent "{0}" of the settings cannot be used: {1}', first.id, first.why)
        : vscode.l10n.t(
            '{0} agents of the settings cannot be used; the first is "{1}": {2}',
            refused.length,
            first.id,
            first.why,
          );
    const open = vscode.l10n.t('Open Settings');
    vscode.window.showWarningMessage(plainNotice(vscode.l10n.t('Countersign: {0}', what)), open).then((chosen) => {
      if (chosen === open) void vscode.commands.executeCommand('workbench.action.openSettings', SETTING);
    });
  }
}

/** As it stands, for the host to judge; only of the user and the machine, whatever a workspace says. */
function settingOf(): Record<string, unknown> {
  const found = vscode.workspace.getConfiguration().inspect<unknown>(SETTING);
  const value = found?.globalValue;
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
