/** What a pipeline runs, and what it does not mind, whatever the service. */
import * as z from 'zod';
import { commandsOf } from '../../../shell/commands';
import { parseYaml, Unreadable } from '../../dependencies/document';
import { isList, isTable, type Table, textsOf, toValue, type Value } from '../value';

export interface Pipeline {
  /** Simple commands and actions, without their versions, in order. */
  readonly commands: readonly string[];
  /** Lines of scripts as they stand, trimmed. */
  readonly lines: readonly string[];
  readonly flags: readonly Flag[];
}

/** A setting by which a step or job that fails, or does not run, is no failure. */
export interface Flag {
  /** `continue-on-error: true`. */
  readonly flag: string;
  /** Whether it depends on an expression. */
  readonly conditional: boolean;
  /** The commands that it covers. */
  readonly commands: readonly string[];
}

export const EMPTY_PIPELINE: Pipeline = { commands: [], lines: [], flags: [] };

/** Keys of commands (GitHub, GitLab, Azure, CircleCI, Travis, Bitbucket, Buildkite, Drone: each one's reference). */
const SCRIPTS = new Set([
  ...[
    'run',
    'script',
    'scripts',
    'before_script',
    'after_script',
    'bash',
    'pwsh',
    'powershell',
    'sh',
    'command',
    'commands',
  ],
  ...['test_script', 'build_script', 'before_test', 'after_test', 'before_build', 'install', 'before_install'],
]);
const FORGIVING = new Set([
  'continue-on-error',
  'continueonerror',
  'allow_failure',
  'soft_fail',
  'ignore_failure',
  'ignore_errors',
]);
const MOST_DOCUMENTS = 20;

/** Reads a pipeline. Throws Unreadable. */
export function pipelineOf(text: string, path: string): Pipeline {
  const lines: string[] = [];
  const commands: string[] = [];
  const flags: Flag[] = [];
  if (/Jenkinsfile/.test(path)) readGroovy(text, { lines, commands, flags });
  else for (const document of documentsOf(text)) collect(document, { lines, commands, flags });
  return { lines, commands, flags };
}

interface Collected {
  readonly lines: string[];
  readonly commands: string[];
  readonly flags: Flag[];
}

/** GitLab's files may have a header document of their own. */
function documentsOf(text: string): readonly Value[] {
  const plain = text.replace(/(^|[\s[,])!!?[A-Za-z][\w./:]*(?=\s)/gm, '$1');
  const parts = plain.split(/^---[^\n]*$/m).filter((part) => part.trim() !== '');
  if (parts.length > MOST_DOCUMENTS) throw new Unreadable('it holds too many documents');
  return parts.map((part) => toValue(parseYaml(part, z.unknown())));
}

/** Walks a table and everything below it; the commands of both are those that its flags cover. */
function collect(value: Value, into: Collected): void {
  if (isList(value)) for (const item of value) collect(item, into);
  if (!isTable(value)) return;
  const start = into.commands.length;
  for (const [key, item] of value) {
    if (SCRIPTS.has(key)) script(item, into);
    else if (key === 'uses' || key === 'task' || key === 'orb')
      into.commands.push(...textsOf(item).map((text) => action(key, text)));
    // CircleCI names its reusable commands as plain steps.
    else if (key === 'steps' && isList(item))
      for (const step of item) typeof step === 'string' ? into.commands.push(step) : collect(step, into);
    else collect(item, into);
  }
  const covered = into.commands.slice(start);
  if (covered.length > 0) into.flags.push(...flagsOf(value).map((flag) => ({ ...flag, commands: covered })));
}

/** Another version of an action is the same step, and so is another way to name one of the repository's own. */
function action(key: string, text: string): string {
  return `${key} ${text.replace(/@[^@]*$/, '').replace(/^\$\//, './')}`;
}

function script(value: Value, into: Collected): void {
  for (const text of textsOf(value)) addScript(text, into);
  if (isTable(value)) collect(value, into);
  if (isList(value)) for (const item of value) if (typeof item !== 'string') collect(item, into);
}

function addScript(text: string, { lines, commands }: Collected): void {
  const joined = text.replace(/\\\r?\n\s*/g, ' ');
  lines.push(
    ...joined
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  );
  commands.push(...commandsOf(joined).map(({ words }) => words.join(' ')));
}

function flagsOf(table: Table): readonly Omit<Flag, 'commands'>[] {
  return [...table].flatMap(([key, value]): readonly Omit<Flag, 'commands'>[] => {
    const flag = (text: string, conditional = false) => [{ flag: `${key}: ${text}`, conditional }];
    if (FORGIVING.has(key.toLowerCase())) {
      // Some services take exit codes that are forgiven.
      if (typeof value !== 'string') return flag('(some exit codes)', true);
      if (value === 'true') return flag('true');
      return value.includes('${{') && !/^\$\{\{\s*false\s*\}\}$/.test(value) ? flag(value, true) : [];
    }
    if (typeof value !== 'string') return [];
    if ((key === 'if' || key === 'condition' || key === 'enabled') && /^(?:\$\{\{\s*)?false(?:\s*\}\})?$/.test(value))
      return flag('false');
    return key === 'when' && (value === 'never' || value === 'manual') ? flag(value) : [];
  });
}

/** Texts of `sh`, `bat` and their like in a Jenkinsfile; what ignores their failure covers them all. */
const STEPS =
  /\b(?:sh|bat|pwsh|powershell)\b\s{0,3}\(?\s{0,3}(?:script\s{0,3}:\s{0,3})?(?:'''([\s\S]{0,5000}?)'''|"""([\s\S]{0,5000}?)"""|'([^'\n]{0,2000})'|"([^"\n]{0,2000})")/g;
const CAUGHT = /\b(?:catchError|warnError|unstable)\b|\breturnStatus\s{0,3}:\s{0,3}true/g;

function readGroovy(text: string, into: Collected): void {
  for (const [, ...texts] of text.slice(0, 200_000).matchAll(STEPS))
    addScript(texts.find((each) => each !== undefined) ?? '', into);
  const caught = new Map<string, number>();
  for (const [found] of text.matchAll(CAUGHT)) {
    const count = (caught.get(found) ?? 0) + 1;
    caught.set(found, count);
    into.flags.push({ flag: `${found}: ${count}`, conditional: true, commands: [...into.commands] });
  }
}
