/** How a test runner can be asked for its results, beside what it was told to run. */

/** A command that is certainly the runner's. */
export interface RunnerCommand {
  /** The program's own name, whatever started it: `pytest` for `python -m pytest`. */
  readonly program: string;
  readonly args: readonly string[];
  /** Every shell text that led to it: a variable that one of them names is the project's own. */
  readonly text: string;
}

/** Where the results will be. */
export type ReportSource =
  /** In the private folder: the files that this matches. */
  | { readonly in: 'folder'; readonly pattern: string }
  /** In the checkout, where the runner always writes them. */
  | { readonly in: 'checkout'; readonly patterns: readonly string[] }
  /** In what it prints. */
  | { readonly in: 'output'; readonly format: 'go' | 'cargo' };

/** What is added. `FOLDER` and `FOLDER_URL` in it stand for the private folder. */
export interface Ask {
  /** Arguments behind those of the command. */
  readonly args: readonly string[];
  /** Options of Node, given through the environment where arguments would be taken for files. */
  readonly nodeOptions: readonly string[];
  /** Whether both outputs go into one, so that their lines keep their order. */
  readonly together: boolean;
  /** Files of the private folder that must be there before it runs, by name. */
  readonly files: Readonly<Record<string, string>>;
  readonly reports: ReportSource;
  /** What a version that does not know the arguments prints; null where every version in use knows them. */
  readonly refusal: RegExp | null;
}

/** One runner: what can be asked of a command, or null when it is not its own or better left alone. */
export type Runner = (command: RunnerCommand) => Ask | null;

export const FOLDER = '<report>';
export const FOLDER_URL = '<report-url>';

const NOTHING = { args: [], nodeOptions: [], together: false, files: {}, refusal: null } as const;

/** An ask of which only the given parts matter. */
export function ask(reports: ReportSource, more: Partial<Omit<Ask, 'reports'>> = {}): Ask {
  return { ...NOTHING, ...more, reports };
}

/** Whether one of these options is among the arguments, alone or with a value behind `=`. */
export function hasOption(args: readonly string[], ...options: readonly string[]): boolean {
  return args.some((arg) => options.some((option) => arg === option || arg.startsWith(`${option}=`)));
}
