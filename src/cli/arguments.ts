/** A thin strict layer over `node:util.parseArgs`: what a command did not declare is a USAGE error that helps. */
import { parseArgs } from 'node:util';
import { fail } from '../core/errors';
import { visible } from '../core/visible';
import type { Command, OptionSpec, Options, PositionalSpec } from './command';
import { guess } from './guess';

/** Options that every command takes. */
export const COMMON_OPTIONS = {
  repo: { kind: 'text', value: 'DIR', help: 'the repository to work on (default: the one around the current folder)' },
  json: { kind: 'flag', help: 'machine-readable: one JSON document on stdout, or one a line for streams' },
  help: { kind: 'flag', short: 'h', help: 'show this help' },
} as const satisfies Options;

export const TASK_ID = {
  value: 'ID',
  help: 'the task, as `countersign tasks` lists it',
} as const satisfies PositionalSpec;

export interface ParsedArguments {
  readonly help: boolean;
  readonly json: boolean;
  readonly repo: string | undefined;
  /** Values of the command's own options and positionals, by their declared names. Empty when help was asked for. */
  readonly values: Readonly<Record<string, unknown>>;
}

type Token = NonNullable<ReturnType<typeof parseArgs>['tokens']>[number];
type OptionToken = Extract<Token, { kind: 'option' }>;

/**
 * Parses the words after the command's name. Throws USAGE for an option that is unknown (with the nearest known one),
 * given twice, without its value or with one it does not take, and for missing or surplus positionals.
 */
export function parseArguments(command: Command, words: readonly string[]): ParsedArguments {
  const options: Options = { ...COMMON_OPTIONS, ...command.options };
  const { tokens } = parseArgs({
    args: [...words],
    options: Object.fromEntries(Object.entries(options).map(([name, spec]) => [name, nodeOption(spec)])),
    strict: false,
    tokens: true,
  });
  const given = collectOptions(command, options, tokens);
  const common = { json: given.has('json'), repo: given.get('repo')?.[0] };
  if (given.has('help')) return { ...common, help: true, values: {} };
  const values: Record<string, unknown> = positionalValues(command, tokens);
  for (const [name, spec] of Object.entries(command.options)) values[name] = optionValue(command, name, spec, given);
  return { ...common, help: false, values };
}

const nodeOption = (spec: OptionSpec) => ({
  type: spec.kind === 'flag' ? ('boolean' as const) : ('string' as const),
  multiple: true,
  ...(spec.short === undefined ? {} : { short: spec.short }),
});

/** Fix line that leads to the command's own help. */
const helpOf = (command: Command) => `run \`countersign ${command.name} --help\``;

function collectOptions(command: Command, options: Options, tokens: readonly Token[]): Map<string, string[]> {
  const given = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const spec = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    if (spec === undefined) return unknownOption(command, options, token);
    const earlier = given.get(token.name) ?? [];
    if (earlier.length > 0 && spec.kind !== 'list') {
      fail('USAGE', `--${token.name} is given twice`, { fix: helpOf(command) });
    }
    given.set(token.name, [...earlier, checkedValue(command, spec, token)]);
  }
  return given;
}

function unknownOption(command: Command, options: Options, token: OptionToken): never {
  const meant = guess(token.name, Object.keys(options));
  const fix = meant === null ? helpOf(command) : `did you mean --${meant}? ${helpOf(command)}`;
  return fail('USAGE', `\`countersign ${command.name}\` has no option ${visible(token.rawName)}`, { fix });
}

/** The token's value, or `''` for a flag. */
function checkedValue(command: Command, spec: OptionSpec, token: OptionToken): string {
  if (spec.kind === 'flag') {
    if (token.value === undefined) return '';
    return fail('USAGE', `--${token.name} takes no value`, { fix: helpOf(command) });
  }
  const placeholder = spec.kind === 'choice' ? spec.values.join('|') : spec.value;
  // A word that begins with `-` is far more often the next option than a value.
  if (!token.value || (!token.inlineValue && /^-./.test(token.value))) {
    return fail('USAGE', `--${token.name} needs a value`, { fix: `write --${token.name}=${placeholder}` });
  }
  return token.value;
}

function optionValue(command: Command, name: string, spec: OptionSpec, given: Map<string, string[]>): unknown {
  const values = given.get(name) ?? [];
  const [value] = values;
  switch (spec.kind) {
    case 'flag':
      return given.has(name);
    case 'list':
      return values;
    case 'choice':
      if (value === undefined || spec.values.includes(value)) return value;
      return fail('USAGE', `--${name} is ${spec.values.join(', ')}; not ${quoted(value)}`, { fix: helpOf(command) });
    case 'text':
      if (value !== undefined || spec.required !== true) return value;
      return fail('USAGE', `\`countersign ${command.name}\` needs --${name} ${spec.value}`, { fix: helpOf(command) });
  }
}

function positionalValues(command: Command, tokens: readonly Token[]): Record<string, unknown> {
  const words = tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : []));
  const declared = Object.entries(command.positionals);
  const takesRest = declared.at(-1)?.[1].many === true;
  const [surplus] = takesRest ? [] : words.slice(declared.length);
  if (surplus !== undefined) {
    fail('USAGE', `\`countersign ${command.name}\` does not know what to do with ${quoted(surplus)}`, {
      fix: helpOf(command),
    });
  }
  const values: Record<string, unknown> = {};
  for (const [index, [name, spec]] of declared.entries()) {
    const given = spec.many === true ? words.slice(index) : [words[index] ?? ''];
    if ((given.length === 0 && spec.optional !== true) || given.includes('')) {
      return fail('USAGE', `\`countersign ${command.name}\` needs ${spec.value}: ${spec.help}`, {
        fix: helpOf(command),
      });
    }
    const wrong = given.find((word) => spec.values !== undefined && !spec.values.includes(word));
    if (wrong !== undefined) {
      fail('USAGE', `${spec.value} is ${spec.values?.join(' or ')}; not ${quoted(wrong)}`, { fix: helpOf(command) });
    }
    values[name] = spec.many === true ? given : given[0];
  }
  return values;
}

const quoted = (word: string) => `"${visible(word.length > 100 ? `${word.slice(0, 100)}…` : word)}"`;

/**
 * Takes `NAME=TEXT` pairs apart, for options such as `--accept FINDING=REASON`. Throws USAGE when a pair has no name,
 * no text, or names what another pair named.
 */
export function pairs(option: string, given: readonly string[]): Record<string, string> {
  const result = new Map<string, string>();
  for (const pair of given) {
    const at = pair.indexOf('=');
    const name = pair.slice(0, Math.max(at, 0)).trim();
    const text = pair.slice(at + 1).trim();
    if (name === '' || text === '') {
      fail('USAGE', `--${option} ${quoted(pair)} is not NAME=REASON`, {
        fix: `write --${option} NAME="the reason in words"`,
      });
    }
    if (result.has(name)) fail('USAGE', `--${option} names ${quoted(name)} twice`, { fix: 'give one reason for each' });
    result.set(name, text);
  }
  return Object.fromEntries(result);
}
