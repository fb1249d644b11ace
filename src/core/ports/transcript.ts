/** What the agent said and did, on disk as it comes. */
export interface TranscriptPort {
  add(task: string, update: AgentUpdate): void;
  /** The agent's last message of the newest turn, capped; null when it said nothing. */
  lastWords(task: string): Promise<string | null>;
  /** Resolves when everything so far is on disk; a full disk is told to whoever watches and is no failure of the task. */
  flush(task: string): Promise<void>;
  /** The task has nothing to say for now: its file is let go, and opened again when it has. */
  close(task: string): Promise<void>;
}

/** One line of the transcript, already capped. The whole stream is on disk. */
export type AgentUpdate =
  | { readonly kind: 'text'; readonly role: 'agent' | 'thought' | 'user'; readonly text: string }
  | { readonly kind: 'output'; readonly stream: 'stdout' | 'stderr'; readonly text: string }
  | {
      readonly kind: 'tool';
      readonly call: string;
      readonly title: string;
      readonly status: string;
      readonly paths: readonly string[];
    }
  | { readonly kind: 'plan'; readonly entries: readonly { text: string; status: string }[] }
  | { readonly kind: 'note'; readonly text: string };
