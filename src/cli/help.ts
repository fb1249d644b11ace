/** Help, generated from what each command declares about itself. */
import { COMMON_OPTIONS } from './arguments';
import type { Command, Group, OptionSpec, PositionalSpec } from './command';

const GROUPS: Readonly<Record<Group, string>> = {
  start: 'Start here',
  delegate: 'Delegate a task',
  decide: 'Review and decide',
  judge: 'Judge any diff, without a task',
  machine: 'This machine',
};

const EXIT_CODES = [
  ['0', 'done, and nothing needs a human'],
  ['1', 'something does: a brief not ready, drift, a failed check, a refused sign-off'],
  ['2', 'bad input or usage'],
  ['3', 'the work failed: the agent crashed, git failed'],
  ['130', 'stopped by the user'],
] as const;

const GLOBAL_OPTIONS = [
  ['--help', 'with a command: what it takes, what it does, examples'],
  ['--version', 'the version'],
] as const;

/** The help of one command. */
export function commandHelp(command: Command): string {
  const positionals = Object.values(command.positionals);
  const usage = [`countersign ${command.name}`, ...positionals.map(positionalUsage), ...optionUsages(command)];
  const sections = [
    `countersign ${command.name}: ${command.summary}`,
    `Usage\n${wrapped(usage)}`,
    command.about,
    ...(positionals.length > 0
      ? [`Arguments\n${columns(positionals.map((one) => [valuesOf(one), one.help] as const))}`]
      : []),
    `Options\n${columns(Object.entries({ ...command.options, ...COMMON_OPTIONS }).map(optionLine))}`,
    `Examples\n${command.examples.map(({ run, does }) => `  ${run}\n      ${does}`).join('\n')}`,
  ];
  return `${sections.join('\n\n')}\n`;
}

/** The list of all commands, grouped by when they are needed. */
export function overallHelp(commands: readonly Command[]): string {
  const groups = Object.entries(GROUPS).map(([group, title]) => {
    const members = commands.filter((command) => command.group === group);
    return `${title}\n${columns(members.map((one) => [usageName(one), one.summary] as const))}`;
  });
  const sections = [
    'countersign: hand one bounded task to a coding agent; get back one reviewable unit;\n' +
      'nothing reaches your branches until a named human signs it off',
    'Usage\n  countersign COMMAND [ARGUMENTS] [--repo DIR] [--json]',
    ...groups,
    `Options of every command\n${columns([...Object.entries(COMMON_OPTIONS).slice(0, 2).map(optionLine), ...GLOBAL_OPTIONS])}`,
    `Exit codes\n${columns(EXIT_CODES)}`,
    'A first task\n' +
      '  countersign init                                   writes a policy and a first brief\n' +
      '  countersign brief check .countersign/briefs/first.md\n' +
      '  countersign run .countersign/briefs/first.md       prints the packet and the id of the task\n' +
      '  countersign show ID                                the whole review packet\n' +
      '  countersign signoff ID                             merges it, under your name',
  ];
  return `${sections.join('\n\n')}\n`;
}

/** The commands that begin with one word, such as `brief`. */
export function groupHelp(word: string, commands: readonly Command[]): string {
  const list = columns(commands.map((one) => [usageName(one), one.summary] as const));
  return `countersign ${word}\n\n${list}\n\nEach has --help.\n`;
}

const usageName = (command: Command) =>
  [command.name, ...Object.values(command.positionals).map(positionalUsage)].join(' ');

function positionalUsage({ value, many, optional }: PositionalSpec): string {
  const usage = many === true ? `${value}...` : value;
  return optional === true ? `[${usage}]` : usage;
}

const valuesOf = (one: { readonly value: string; readonly values?: readonly string[] }) =>
  one.values?.join('|') ?? one.value;

function optionUsages(command: Command): string[] {
  return Object.entries(command.options).map(([name, spec]) => {
    const usage = `--${name}${valueUsage(spec)}`;
    if (spec.kind === 'text' && spec.required) return usage;
    return spec.kind === 'list' ? `[${usage}]...` : `[${usage}]`;
  });
}

function valueUsage(spec: OptionSpec): string {
  switch (spec.kind) {
    case 'flag':
      return '';
    case 'choice':
      return ` ${spec.values.join('|')}`;
    case 'text':
    case 'list':
      return ` ${spec.value}`;
  }
}

function optionLine([name, spec]: [string, OptionSpec]): readonly [string, string] {
  const short = spec.short === undefined ? '' : `-${spec.short}, `;
  const repeat = spec.kind === 'list' ? ' (may be given several times)' : '';
  return [`${short}--${name}${valueUsage(spec)}`, `${spec.help}${repeat}`];
}

const WIDE = 110;

/** Words on as many indented lines as they need. */
function wrapped(words: readonly string[]): string {
  const lines = [''];
  for (const word of words) {
    const last = lines.length - 1;
    if (lines[last] !== '' && `${lines[last]} ${word}`.length > WIDE) lines.push(`      ${word}`);
    else lines[last] = `${lines[last]} ${word}`;
  }
  return lines.map((line) => ` ${line}`).join('\n');
}

const NARROW = 34;

/** Two columns, indented; a left side that is too wide takes a line of its own. */
export function columns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => (left.length > NARROW ? 0 : left.length)));
  return rows
    .map(([left, right]) =>
      left.length > NARROW ? `  ${left}\n  ${' '.repeat(width)}  ${right}` : `  ${left.padEnd(width)}  ${right}`,
    )
    .join('\n');
}
