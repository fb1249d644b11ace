/** What the host knows about the machine and the repositories, for drafting: asked when it is needed, and forgotten. */
import * as vscode from 'vscode';
import type { RepositoryDraftFacts } from '../../host/rpc/drafting';
import type { HostLink } from '../hostLink';
import type { AgentsKnown } from './agentChoice';

export class Surroundings {
  readonly #link: HostLink;
  readonly #log: vscode.LogOutputChannel;
  readonly #facts = new Map<string, Promise<RepositoryDraftFacts | null>>();
  #agents: Promise<AgentsKnown | null> | null = null;

  constructor(link: HostLink, log: vscode.LogOutputChannel) {
    this.#link = link;
    this.#log = log;
  }

  /** Nothing is asked, and no host started, in a workspace that nobody trusts. */
  get mayAsk(): boolean {
    return vscode.workspace.isTrusted;
  }

  /** Null where nobody can be asked. Never throws: a brief can be drafted without. */
  factsOf(root: vscode.Uri): Promise<RepositoryDraftFacts | null> {
    const known = this.#facts.get(`${root}`);
    if (known !== undefined) return known;
    const asked = this.#ask(() => this.#link.request('brief/facts', { repo: root.fsPath }));
    this.#facts.set(`${root}`, asked);
    return asked;
  }

  /** Null where nobody can be asked. Never throws. */
  agents(): Promise<AgentsKnown | null> {
    this.#agents ??= this.#ask(() => this.#link.request('agents/list', { versions: false }));
    return this.#agents;
  }

  /** The next who asks gets a fresh answer. */
  forget(): void {
    this.#facts.clear();
    this.#agents = null;
  }

  async #ask<T>(question: () => Promise<T>): Promise<T | null> {
    if (!this.mayAsk) return null;
    try {
      return await question();
    } catch (thrown) {
      this.#log.warn(`drafting goes on without the host: ${thrown instanceof Error ? thrown.message : thrown}`);
      return null;
    }
  }
}
