/** The whole product as one person uses it: a repository, a state directory, a configuration, and the built programs. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type JournalLine, journalLineSchema } from '../../../src/core/events';
import { type Packet, packetSchema } from '../../../src/core/review/packet';
import type { Task } from '../../../src/core/task/task';
import { transition } from '../../../src/core/task/transition';
import { type Files, makeRepository, type TestRepository } from '../../fixtures/repository';
import { type CommandLine, type ErrorDocument, makeCommandLine, type Started } from '../cli/cli';
import { journalFiles, type Living, parentOf, processesBelow } from './traces';

export interface BriefOptions {
  readonly title?: string;
  /** The `command` agent's script; absent = the agent named. */
  readonly command?: string;
  readonly agent?: string;
  readonly change?: readonly string[];
  /** Commands, or checks with the report that they write and the seconds that they may take. */
  readonly checks?: Readonly<
    Record<string, string | { readonly run: string; readonly report?: string; readonly timeout?: number }>
  >;
  readonly reviewer?: string;
  /** Further lines of the front matter. */
  readonly front?: readonly string[];
  readonly context?: string;
}

export interface LoopOptions {
  readonly files?: Files;
  /** Text of the user's `config.yaml`. */
  readonly config?: string;
}

export const FILES: Files = {
  'src/a.txt': 'one\n',
  'src/b.txt': 'two\n',
  'other.txt': 'other\n',
  '.gitignore': '*.o\n',
};

export class Loop {
  readonly cli: CommandLine;
  readonly repository: TestRepository;
  /** Every exit code that a command of this loop ended with. */
  readonly exits = new Set<number | null>();
  #briefs = 0;

  constructor({ files = FILES, config = '' }: LoopOptions = {}) {
    this.cli = makeCommandLine();
    this.repository = makeRepository({ files });
    this.configure(config);
  }

  /** The temporary folder of this loop: state, configuration and HOME are below it. */
  get folder(): string {
    return dirname(this.cli.home);
  }

  /** Writes the user's configuration; the host reads it when it starts. */
  configure(text: string): void {
    const file = join(this.folder, 'config', 'countersign', 'config.yaml');
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  /** Writes a brief that is ready, and returns its file. */
  brief(options: BriefOptions): string {
    const { title = 'Change the text', command, agent, change = ['src/**'], reviewer, front = [], context } = options;
    const checks = Object.entries(options.checks ?? { tests: 'true' });
    const lines = [
      'countersign: 1',
      `title: ${JSON.stringify(title)}`,
      ...(command === undefined ? [] : ['agent: command', `command: ${JSON.stringify(command)}`]),
      ...(agent === undefined ? [] : [`agent: ${agent}`]),
      `scope: { change: ${JSON.stringify(change)} }`,
      `checks: ${JSON.stringify(checks.map(([name, check]) => ({ name, ...(typeof check === 'string' ? { run: check } : check) })))}`,
      `reviewer: ${JSON.stringify(reviewer ?? 'Developer <dev@example.com>')}`,
      ...front,
    ];
    const body = [
      '## Goal',
      'Change the text of the file as told.',
      '## Acceptance criteria',
      ...checks.map(([name]) => `- [ ] it holds (check: ${name})`),
      ...(context === undefined ? [] : ['## Context', context]),
    ];
    this.#briefs += 1;
    const file = join(this.repository.outside, `brief-${this.#briefs}.md`);
    writeFileSync(file, `---\n${lines.join('\n')}\n---\n${body.join('\n')}\n`);
    return file;
  }

  /** Runs a command that prints a packet, and insists on its exit code. */
  async packet(exit: number, ...words: string[]): Promise<Packet> {
    const value = await this.json(exit, ...words);
    return packetSchema.parse(value);
  }

  /** Hands a brief off and waits. */
  run(exit: number, options: BriefOptions): Promise<Packet> {
    return this.packet(exit, 'run', this.brief(options));
  }

  /** Runs a command that is refused; the code of the refusal. */
  async refusal(exit: number, ...words: string[]): Promise<string> {
    return (await this.refused(exit, ...words)).code;
  }

  async refused(exit: number, ...words: string[]): Promise<ErrorDocument['error']> {
    const { error } = (await this.json(exit, ...words)) as ErrorDocument;
    assert.ok(error.fix.length > 0, 'a refusal says what to do');
    return error;
  }

  /** Runs a command with `--json`, insists on its exit code, and returns the document. */
  async json(exit: number, ...words: string[]): Promise<unknown> {
    const found = await this.cli.json(this.repository.dir, ...words);
    this.exits.add(found.exit);
    assert.equal(found.exit, exit, `${words[0]}: ${JSON.stringify(found.value, null, 1).slice(0, 4_000)}`);
    return found.value;
  }

  async state(id: string): Promise<string> {
    return ((await this.json(0, 'show', id)) as Packet).state;
  }

  /** Hands a brief off without waiting, and returns the task's id. */
  async detach(options: BriefOptions): Promise<string> {
    return ((await this.json(0, 'run', this.brief(options), '--detach')) as { id: string }).id;
  }

  start(...words: string[]): Started {
    return this.cli.start(this.repository.dir, ...words);
  }

  journalFile(id: string): string {
    const file = journalFiles(this.cli.home).get(id);
    assert.ok(file !== undefined, `${id} has a journal`);
    return file;
  }

  /** The journal as it is on disk now: every complete line, each of which must parse. */
  journal(id: string): JournalLine[] {
    const text = readFileSync(this.journalFile(id), 'utf8');
    const complete = text.slice(0, text.lastIndexOf('\n') + 1).trimEnd();
    return complete === '' ? [] : complete.split('\n').map((line) => journalLineSchema.parse(JSON.parse(line)));
  }

  /** The task after each line of its journal. */
  history(id: string): Task[] {
    const tasks: Task[] = [];
    for (const line of this.journal(id)) tasks.push(transition(tasks.at(-1) ?? null, line, line.at));
    return tasks;
  }

  /** The folder that a task's agent works in, as its journal names it. */
  worktree(id: string): string {
    const prepared = this.journal(id).findLast((line) => line.type === 'prepared');
    assert.ok(prepared?.type === 'prepared', `${id} has a folder`);
    return prepared.workspace.worktree.path;
  }

  /** All states that any task of this loop was ever in. */
  states(): Set<string> {
    const ids = [...journalFiles(this.cli.home).keys()];
    return new Set(ids.flatMap((id) => this.history(id).map(({ state }) => state)));
  }

  /** Processes that belong to this loop: the host, and whatever runs for its tasks. */
  processes(): string[] {
    return this.#living().map(({ command }) => command);
  }

  /** Processes beside the host; tasks at rest have none. */
  strays(): string[] {
    return this.processes().filter((command) => !isHost(command));
  }

  /** The process ids of hosts: one, or none. */
  hosts(): number[] {
    const pids = this.#living().flatMap(({ pid, command }) => (isHost(command) ? [pid] : []));
    // A child that a host has forked and that is not yet its own program still has the host's name.
    return pids.filter((pid) => ![0, ...pids].includes(parentOf(pid)));
  }

  #living(): Living[] {
    return processesBelow([this.folder, this.repository.outside]);
  }

  /** Stops the host, proves that nothing of it is left, and deletes everything. */
  async end(): Promise<void> {
    await this.cli.run(this.repository.dir, 'host', 'stop', '--force');
    try {
      assert.deepEqual(await this.gone(), []);
    } finally {
      this.cli.remove();
      this.repository.remove();
    }
  }

  /** Waits until no process of this loop is left, as long as a busy machine may take; returns what is. */
  async gone(): Promise<string[]> {
    const deadline = performance.now() + 20_000;
    while (this.processes().length > 0 && performance.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return this.processes();
  }
}

function isHost(command: string): boolean {
  return command.includes('host.js');
}

/** The `--accept` options that answer every finding of a packet. */
export function acceptAll(packet: Packet): string[] {
  return packet.decisions.flatMap(({ kind, id }) => (kind === 'finding' ? ['--accept', `${id}=it belongs there`] : []));
}

/** The rules of a packet's findings, each once, sorted. */
export function rulesOf(packet: Packet): string[] {
  return [...new Set(packet.drift?.findings.map(({ rule }) => rule))].sort();
}
