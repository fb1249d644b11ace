/** What a command line names: entries of files that hold commands, and the files themselves. */

export type SourceName =
  | 'npm'
  | 'npmrc'
  | 'deno'
  | 'make'
  | 'just'
  | 'task'
  | 'tox'
  | 'nox'
  | 'invoke'
  | 'pythonTasks'
  | 'composer'
  | 'cargo'
  | 'rake'
  | 'file';

/** Where to look: a folder (empty, or with `/` at its end), a workspace by its name or path, or every workspace. */
export type Place = string | { readonly workspace: string };

export const EVERY_WORKSPACE: Place = { workspace: '*' };

export interface Reference {
  readonly source: SourceName;
  readonly place: Place;
  /** The entry's name; `*` in it stands for anything; empty: the default one, or the whole file. */
  readonly name: string;
  /** The file that the command names itself, or null for those that its program looks for. */
  readonly file: string | null;
  /** Whether another rule reports a change of the entry itself; what it runs is looked at all the same. */
  readonly quiet?: boolean;
  /** Whether the command fails when there is no such entry, so that one which appears takes nothing away. */
  readonly demanded?: boolean;
  /** Names of scripts without which the entry says nothing about the check. */
  readonly mattersFor?: readonly string[];
}

/** A file that a command names as the configuration of a program that is known. */
export interface NamedConfig {
  readonly tool: string;
  readonly path: string;
}

/** Entries of a source file, by name, in order. */
export interface Entries {
  readonly entries: ReadonlyMap<string, Entry>;
  /** Other files of the same kind that it reads in, relative to its own folder. */
  readonly includes?: readonly string[];
}

export interface Entry {
  /** Without comments and white space that mean nothing: what a finding shows. */
  readonly text: string;
  /** What two sides are compared by; absent: the text. */
  readonly meaning?: string;
  /** The text with the entries of the same file that it calls put in: the same where only their names changed. */
  readonly expanded?: () => string;
  /** Where it is a list whose first failure ends it: its steps, and everything else that it says. */
  readonly steps?: { readonly list: readonly string[]; readonly rest: string };
  readonly line: number;
  /** Names of entries beside it that run with it. */
  readonly needs: readonly string[];
  /** Shell texts that it runs. */
  readonly commands: readonly string[];
}
