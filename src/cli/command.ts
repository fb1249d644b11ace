/** What a command is: its arguments and its help as data, and what it does with them. */
import type { ExitCode } from '../core/errors';
import type { Output } from './output';

/** What the process exits with: 0 = done and nothing needs a human; the rest is in `core/errors.ts`. */
export type Exit = 0 | ExitCode;

interface OptionBase {
  readonly help: string;
  /** One letter, given as `-m`. */
  readonly short?: string;
}

export type OptionSpec = OptionBase &
  (
    | { readonly kind: 'flag' }
    | { readonly kind: 'text'; readonly value: string; readonly required?: true }
    | { readonly kind: 'list'; readonly value: string }
    | { readonly kind: 'choice'; readonly values: readonly string[] }
  );

export interface PositionalSpec {
  /** What the help calls it, such as `FILE`. */
  readonly value: string;
  readonly help: string;
  /** The only words allowed here, if so. */
  readonly values?: readonly string[];
  /** Takes all words that are left, at least one unless it is optional; only of the last. */
  readonly many?: true;
  readonly optional?: true;
}

export type Options = Readonly<Record<string, OptionSpec>>;
export type Positionals = Readonly<Record<string, PositionalSpec>>;

type OptionValue<O> = O extends { kind: 'flag' }
  ? boolean
  : O extends { kind: 'list' }
    ? readonly string[]
    : O extends { kind: 'choice'; values: readonly (infer V)[] }
      ? V | undefined
      : O extends { required: true }
        ? string
        : string | undefined;

type PositionalValue<P> = P extends { values: readonly (infer V)[] }
  ? V
  : P extends { many: true }
    ? readonly string[]
    : string;

/** The arguments of one call, typed by their declaration. */
export type Values<P extends Positionals, O extends Options> = {
  readonly [K in keyof P]: PositionalValue<P[K]>;
} & { readonly [K in keyof O]: OptionValue<O[K]> };

/** What surrounds a call: where it runs, and where it may write. */
export interface Context {
  readonly output: Output;
  /** The folder that file arguments are relative to. */
  readonly cwd: string;
  /** The folder of `--repo`, absolute; `cwd` when it was not given. */
  readonly repo: string;
  readonly env: NodeJS.ProcessEnv;
  /** Folder of the built programs: the host lies beside the command line. */
  readonly programs: string;
}

export type Group = 'start' | 'delegate' | 'decide' | 'judge' | 'machine';

interface CommandBase {
  /** One or two words, such as `brief check`. */
  readonly name: string;
  readonly group: Group;
  /** One line, for the list of commands. */
  readonly summary: string;
  /** What a newcomer needs to know before the first use. */
  readonly about: string;
  readonly examples: readonly { readonly run: string; readonly does: string }[];
}

export interface CommandSpec<P extends Positionals, O extends Options> extends CommandBase {
  readonly positionals: P;
  readonly options: O;
  run(values: Values<P, O>, context: Context): Promise<Exit>;
}

/** A command whose argument types are known to itself alone; `parseArguments` makes values that fit. */
export interface Command extends CommandBase {
  readonly positionals: Positionals;
  readonly options: Options;
  run(values: Readonly<Record<string, unknown>>, context: Context): Promise<Exit>;
}

/** Declares a command; its `run` sees its arguments typed as declared. */
export function defineCommand<const P extends Positionals, const O extends Options>(spec: CommandSpec<P, O>): Command {
  return { ...spec, run: (values, context) => spec.run(values as Values<P, O>, context) };
}

/** The words of one command apart, such as `['brief', 'check']`. */
export function wordsOf(command: Pick<Command, 'name'>): readonly string[] {
  return command.name.split(' ');
}
