/**
 * What an agent that asks may do. The sandbox and the drift report hold whatever the agent does without asking; this
 * policy answers those agents that do ask, from the brief alone.
 */
import type { Scope } from '../brief/scope';

export const ACTION_KINDS = ['read', 'edit', 'delete', 'move', 'execute', 'fetch', 'other'] as const;
export type ActionKind = (typeof ACTION_KINDS)[number];

/** A path that an action names: relative to the worktree when it is inside, as the agent wrote it when it is not. */
export type ActionPath =
  | { readonly at: 'inside'; readonly path: string }
  | { readonly at: 'outside'; readonly path: string };

/** What the agent wants to do, as far as it says so. */
export interface Action {
  readonly kind: ActionKind;
  readonly paths: readonly ActionPath[];
  readonly command: string | null;
  /** The call's title says that it is one of our own tools, and it names neither a path nor a command. */
  readonly ownTool?: boolean;
}

/** What the brief grants. */
export interface PermissionRules {
  readonly scope: Scope;
  /** Boundaries that may be crossed without asking. */
  readonly allow: readonly string[];
  /** The brief's own commands: checks and setup. */
  readonly commands: readonly string[];
  /** The boundary that a worktree-relative path belongs to, or null. */
  readonly boundaryOf: (path: string) => string | null;
  /** Whether the agent was handed our tools: to call them needs no permission, each asks for what it needs itself. */
  readonly ownTools?: boolean;
}

export interface PermissionVerdict {
  /** `ask`: a person decides; where nobody is there, the answer is no. */
  readonly decision: 'allow' | 'refuse' | 'ask';
  readonly why: string;
  /** The boundary that a person is asked to let the agent cross, or null. */
  readonly boundary: string | null;
}

/**
 * Decides on one action. Outside the worktree: refused. Reading inside it: allowed. Changing files: allowed in scope,
 * refused out of scope, asked where an ungranted boundary is crossed or the files are not named. Commands: the brief's
 * own are allowed, others asked. Network and all else: asked.
 */
export function decidePermission(action: Action, rules: PermissionRules): PermissionVerdict {
  const outside = action.paths.find((path) => path.at === 'outside');
  if (outside !== undefined) return refuse(`${outside.path} is outside the worktree`);
  if (rules.ownTools && action.ownTool) return allow('one of the tools that it was handed');

  switch (action.kind) {
    case 'read':
      return allow('reading inside the worktree');
    case 'edit':
    case 'delete':
    case 'move':
      return decideChange(
        action.paths.map(({ path }) => path),
        rules,
      );
    case 'execute':
      return decideCommand(action.command, rules);
    case 'fetch':
      return ask('it wants to use the network');
    case 'other':
      return ask('what it wants to do is not a kind of action that the brief covers');
  }
}

/**
 * Decides on one action of an agent that is asked for its opinion: it may read inside its folder, and nothing else,
 * whoever is there to be asked. A command counts as one whatever it is said to be for.
 */
export function decideReading({ kind, paths, command }: Action): PermissionVerdict {
  const outside = paths.find((path) => path.at === 'outside');
  if (outside !== undefined) return refuse(`${outside.path} is outside the folder`);
  if (kind === 'read' && command === null) return allow('reading inside the folder');
  return refuse('it was asked to read, and to do nothing else');
}

function decideChange(paths: readonly string[], rules: PermissionRules): PermissionVerdict {
  if (paths.length === 0) return ask('it does not say which files it wants to change');
  for (const path of paths) {
    if (path === '.git' || path.startsWith('.git/')) return refuse(`${path} belongs to git`);
    const judgement = rules.scope.judge(path);
    if (judgement === 'avoided') return refuse(`the brief says to avoid ${path}`);
    if (judgement === 'outside') return refuse(`${path} is outside the scope of the brief`);
  }
  for (const path of paths) {
    const boundary = rules.boundaryOf(path);
    if (boundary !== null && !rules.allow.includes(boundary)) {
      return { decision: 'ask', why: `${path} crosses the boundary \`${boundary}\``, boundary };
    }
  }
  return allow('in the scope of the brief');
}

function decideCommand(command: string | null, rules: PermissionRules): PermissionVerdict {
  if (command === null) return ask('it does not say which command it wants to run');
  return rules.commands.some((own) => own.trim() === command.trim())
    ? allow("one of the brief's own commands")
    : ask("the command is not one of the brief's");
}

function allow(why: string): PermissionVerdict {
  return { decision: 'allow', why, boundary: null };
}

function refuse(why: string): PermissionVerdict {
  return { decision: 'refuse', why, boundary: null };
}

function ask(why: string): PermissionVerdict {
  return { decision: 'ask', why, boundary: null };
}

/** The answers that an agent offers, in the words of ACP. */
export interface PermissionChoice {
  readonly optionId: string;
  readonly kind: string;
}

/**
 * The offered answer that says yes or no to this one action. Never an `always`: a grant that outlives the question is
 * nobody's to give here. Null where the agent offers no such answer: the question is then answered with `cancelled`.
 */
export function choosePermission(options: readonly PermissionChoice[], allowed: boolean): string | null {
  const find = (kind: string) => options.find((option) => option.kind === kind)?.optionId ?? null;
  return (allowed ? find('allow_once') : null) ?? find('reject_once');
}
