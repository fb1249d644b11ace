/** A worktree, a scripted agent and a listener: one turn of an agent as the controller would run it. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { type Brief, frontMatterSchema } from '../../../src/core/brief/brief';
import type { EventOf } from '../../../src/core/events';
import type {
  AgentEvents,
  AgentPort,
  AgentTools,
  Consultation,
  ConsultRequest,
  PermissionQuestion,
  TurnOutcome,
  TurnRequest,
} from '../../../src/core/ports/agents';
import type { AgentUpdate } from '../../../src/core/ports/transcript';
import { createAgents } from '../../../src/node/agents/agents';
import type { CustomAgent } from '../../../src/node/agents/configuredAgents';
import type { TurnLimits } from '../../../src/node/agents/turn';
import { buildScriptedAgent } from '../../fixtures/scripted/build';

export interface Heard {
  readonly updates: AgentUpdate[];
  readonly sessions: (readonly [string | null, string, string | null])[];
  readonly decisions: EventOf<'decided'>[];
  readonly questions: PermissionQuestion[];
  wrote: number;
}

export interface TurnOptions extends Partial<Omit<TurnRequest, 'brief'>> {
  readonly front?: Record<string, unknown>;
  readonly custom?: Partial<CustomAgent>;
  readonly limits?: Partial<TurnLimits>;
  readonly signal?: AbortSignal;
  readonly answer?: (question: PermissionQuestion) => Promise<{ allow: boolean; by: string }>;
  readonly sandbox?: 'auto' | 'off';
  readonly onUpdate?: (update: AgentUpdate) => void;
  /** What the agent may ask while it works; the program is the built one. */
  readonly tools?: AgentTools;
}

export class AgentHarness {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'cs-agents-')));
  readonly worktree = join(this.folder, 'work');
  readonly task = `t${Math.random().toString(36).slice(2)}`;
  #scripted: ((mode: string, where?: string) => { command: string; args: string[] }) | null = null;

  constructor() {
    mkdirSync(this.worktree);
    mkdirSync(join(this.folder, 'agent'));
  }

  async build(): Promise<this> {
    this.#scripted = await buildScriptedAgent(join(this.folder, 'agent'));
    return this;
  }

  /** How the scripted agent is started in a mode. */
  start(mode: string, where?: string): { command: string; args: string[] } {
    return this.#scripted!(mode, where);
  }

  /** Runs the scripted agent in a mode; what it did is heard. */
  async scripted(mode: string, options: TurnOptions & { where?: string } = {}): Promise<[TurnOutcome, Heard]> {
    return this.run(options.agent ?? 'scripted', {
      ...options,
      custom: { ...this.#scripted!(mode, options.where), ...options.custom },
    });
  }

  async command(command: string, options: TurnOptions = {}): Promise<[TurnOutcome, Heard]> {
    return this.run('command', { ...options, front: { command, ...options.front } });
  }

  /** Asks the scripted agent in a mode, or a command. */
  consult(
    who: { readonly mode: string; readonly where?: string } | { readonly command: string },
    options: Partial<ConsultRequest> & Pick<TurnOptions, 'sandbox' | 'signal' | 'limits'> = {},
  ): Promise<Consultation> {
    const { sandbox, signal, limits, ...request } = options;
    const custom = 'mode' in who ? { custom: this.#scripted!(who.mode, who.where) } : {};
    const asked = {
      task: this.task,
      agent: 'mode' in who ? 'scripted' : 'command',
      command: 'command' in who ? who.command : null,
      prompt: 'What do you think?',
      folder: this.worktree,
      readable: [],
      hidden: [],
      limit: 60_000,
      purpose: 'review',
    } as const;
    const from: TurnOptions = {
      ...custom,
      ...(sandbox === undefined ? {} : { sandbox }),
      ...(limits === undefined ? {} : { limits }),
    };
    return this.#agents(request.agent ?? 'scripted', from).consult({ ...asked, ...request }, signal ?? never());
  }

  async run(agent: string, options: TurnOptions): Promise<[TurnOutcome, Heard]> {
    const heard: Heard = { updates: [], sessions: [], decisions: [], questions: [], wrote: 0 };
    const outcome = await this.#agents(agent, options).turn(
      this.#request(agent, options),
      listener(heard, options),
      options.signal ?? never(),
    );
    return [outcome, heard];
  }

  #agents(agent: string, options: TurnOptions): AgentPort {
    const custom = options.custom;
    return createAgents({
      ...(custom === undefined ? {} : { custom: () => ({ [agent]: entry(custom) }) }),
      sandbox: options.sandbox ?? 'auto',
      homeOf: (task) => join(this.folder, 'homes', task),
      homes: join(this.folder, 'homes'),
      state: join(this.folder, 'homes'),
      boundaryOf: (path) => (path.startsWith('.github/') ? 'ci' : null),
      toolProgram: resolve('dist/mcp.js'),
      limits: { cancel: 300, close: 300, grace: 300, ...options.limits },
    });
  }

  /** Names in the folder of private HOMEs. */
  homes(): string[] {
    return existsSync(join(this.folder, 'homes')) ? readdirSync(join(this.folder, 'homes')) : [];
  }

  read(path: string): string {
    return readFileSync(join(this.worktree, path), 'utf8');
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.worktree, path)), { recursive: true });
    writeFileSync(join(this.worktree, path), text);
  }

  /** Empties the worktree. */
  clear(): void {
    rmSync(this.worktree, { recursive: true });
    mkdirSync(this.worktree);
  }

  /** Commands of living processes that carry this task's marker. */
  async processes(): Promise<string[]> {
    const found: string[] = [];
    for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
      const environment = await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '');
      const cwd = folderOf(pid);
      if (environment.includes(`COUNTERSIGN_TASK=${this.task}`) || cwd.startsWith(this.folder)) {
        found.push(await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => pid));
      }
    }
    return found.filter((command) => command !== '');
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #request(agent: string, options: TurnOptions): TurnRequest {
    return {
      task: this.task,
      turn: options.turn ?? 1,
      kind: options.kind ?? 'work',
      agent,
      brief: testBrief(options.front),
      prompt: options.prompt ?? 'Do the work.',
      worktree: this.worktree,
      readable: [],
      hidden: [],
      session: options.session ?? null,
      limit: options.limit ?? 60_000,
      ...(options.spending === undefined ? {} : { spending: options.spending }),
    };
  }
}

function folderOf(pid: string): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return '';
  }
}

export function testBrief(front: Record<string, unknown> = {}): Brief {
  return {
    source: 'THE BRIEF',
    hash: '0'.repeat(64),
    title: 'A task',
    front: frontMatterSchema.parse({
      countersign: 1,
      scope: { change: ['src/**', '.github/**'], avoid: ['src/auth/**'] },
      ...front,
    }),
    goal: 'Work',
    nonGoals: [],
    criteria: [],
    context: '',
    otherSections: [],
    lines: {},
  };
}

/** All text of one kind that was heard, joined. */
export function textOf(heard: Heard, kind: 'text' | 'output' | 'note', role?: string): string {
  return heard.updates
    .filter((update) => update.kind === kind && (role === undefined || ('role' in update && update.role === role)))
    .map((update) => ('text' in update ? update.text : ''))
    .join('');
}

function entry(custom: Partial<CustomAgent>): CustomAgent {
  return { command: '', args: [], env: {}, network: false, ...custom };
}

function listener(heard: Heard, { answer, onUpdate, tools }: TurnOptions): AgentEvents {
  return {
    ...(tools === undefined ? {} : { tools }),
    update(update) {
      heard.updates.push(update);
      onUpdate?.(update);
    },
    session: async (session, { name, version }) => void heard.sessions.push([session, name, version]),
    decided: async (event) => void heard.decisions.push(event),
    ask: async (question) => {
      heard.questions.push(question);
      return (await answer?.(question)) ?? { allow: false, by: 'nobody' };
    },
    wrote: () => {
      heard.wrote += 1;
    },
  };
}

function never(): AbortSignal {
  return new AbortController().signal;
}
