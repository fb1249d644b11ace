/**
 * What is known of each tool call. Agents tell it in any order (a permission before its call, an update before the
 * call, no call at all), so every message adds to what was known.
 */
import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { Action, ActionKind, ActionPath } from '../../core/agent/permission';
import { isOwnTool } from '../../core/agent/tools/tools';
import type { AgentUpdate } from '../../core/ports/transcript';
import { isRecord, type ToolCall } from './acpSchemas';
import { headOf } from './headOf';

/** Calls that are remembered; of older ones only what comes next is known. */
const MAX_CALLS = 1_000;
/** What is remembered of one call's paths and command, in characters, and how many paths a transcript shows. */
const MAX_CALL_TEXT = 65_536;
const SHOWN_PATHS = 100;
const MAX_TITLE = 2_000;

/** Where agents put paths in their raw input, as seen in Copilot, Claude, Codex, Gemini and OpenCode. */
const PATH_KEYS = ['path', 'file_path', 'filePath', 'fileName', 'absolute_path', 'abs_path', 'notebook_path'];
const COMMAND_KEYS = ['command', 'cmd', 'fullCommandText'];
const SHELLS = /^(?:.*\/)?(?:ba|z|da)?sh$/;

interface KnownCall {
  readonly title: string;
  readonly kind: string;
  readonly status: string;
  /** Absolute. */
  readonly paths: readonly string[];
  /** It names more paths than are remembered. */
  readonly more: boolean;
  readonly command: string | null;
}

const UNKNOWN: KnownCall = { title: '', kind: 'other', status: 'pending', paths: [], more: false, command: null };

export class ToolCalls {
  readonly #worktree: string;
  readonly #calls = new Map<string, KnownCall>();

  constructor(worktree: string) {
    this.#worktree = worktree;
  }

  /** Adds what a message says of a call; returns the call as it is now known, for the transcript. */
  update(message: ToolCall): Extract<AgentUpdate, { kind: 'tool' }> {
    const call = this.#merge(message);
    return {
      kind: 'tool',
      call: message.toolCallId,
      title: (call.title || call.command || call.kind).slice(0, MAX_TITLE),
      status: call.status,
      paths: call.paths.slice(0, SHOWN_PATHS).map((path) => this.#place(path).path),
    };
  }

  /** The action that a call is, for the permission policy. */
  action(id: string): Action {
    const call = this.#calls.get(id) ?? UNKNOWN;
    const paths = call.paths.map((path) => this.#place(path));
    // What cannot be looked at is not granted.
    if (call.more) paths.push({ at: 'outside', path: 'what it names beyond that' });
    const kind = actionKind(call);
    const ownTool = kind === 'other' && paths.length === 0 && isOwnTool(call.title);
    return { kind, paths, command: call.command, ...(ownTool ? { ownTool } : {}) };
  }

  /** Whether a call that has this status may have written files. */
  mayHaveWritten(id: string): boolean {
    const call = this.#calls.get(id);
    return call !== undefined && WRITING.has(actionKind(call)) && call.status === 'completed';
  }

  #merge(message: ToolCall): KnownCall {
    const before = this.#calls.get(message.toolCallId) ?? UNKNOWN;
    const named = new Set([...before.paths, ...namedPaths(message).map((path) => resolve(this.#worktree, path))]);
    const paths = withinText([...named]);
    const command = namedCommand(message.rawInput);
    const after: KnownCall = {
      title: message.title ?? before.title,
      kind: message.kind ?? before.kind,
      status: message.status ?? before.status,
      paths,
      more: before.more || paths.length < named.size,
      command: command === null ? before.command : headOf(command, MAX_CALL_TEXT),
    };
    // The newest last, so that the oldest is what goes.
    this.#calls.delete(message.toolCallId);
    this.#calls.set(message.toolCallId, after);
    if (this.#calls.size > MAX_CALLS) this.#calls.delete(this.#calls.keys().next().value!);
    return after;
  }

  #place(path: string): ActionPath {
    const way = relative(this.#worktree, path);
    const outside = way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way);
    return outside ? { at: 'outside', path } : { at: 'inside', path: way.split(sep).join('/') };
  }
}

const WRITING: ReadonlySet<ActionKind> = new Set(['edit', 'delete', 'move', 'execute']);

function actionKind({ kind, command }: KnownCall): ActionKind {
  switch (kind) {
    case 'read':
    case 'edit':
    case 'delete':
    case 'move':
    case 'execute':
    case 'fetch':
      return kind;
    case 'search':
      return command === null ? 'read' : 'execute';
    default:
      return command === null ? 'other' : 'execute';
  }
}

function namedPaths(message: ToolCall): string[] {
  const raw = message.rawInput ?? {};
  const named = [
    ...(message.locations ?? []).map(({ path }) => path),
    ...(message.content ?? []).map((content) => (content.type === 'diff' ? content.path : undefined)),
    ...PATH_KEYS.map((key) => raw[key]),
    // Codex: the changes of a patch, by path.
    ...Object.keys(isRecord(raw.changes) ? raw.changes : {}),
  ];
  return named.filter((path): path is string => typeof path === 'string' && path !== '' && path.length <= 4_096);
}

function withinText(paths: readonly string[]): string[] {
  let left = MAX_CALL_TEXT;
  return paths.filter((path) => {
    left -= path.length;
    return left >= 0;
  });
}

/** The command text; of `["bash", "-lc", TEXT]` it is TEXT. */
function namedCommand(raw: ToolCall['rawInput']): string | null {
  const named = COMMAND_KEYS.map((key) => raw?.[key]).find((value) => value !== undefined);
  if (typeof named === 'string') return named;
  if (!Array.isArray(named) || !named.every((word) => typeof word === 'string')) return null;
  const [shell, option, text] = named;
  return named.length === 3 && SHELLS.test(shell ?? '') && /^-l?c$/.test(option ?? '') ? text! : named.join(' ');
}
