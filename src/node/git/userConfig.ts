/**
 * What is carried over from the user's own configuration, read before an agent runs: how text and large files are
 * converted (`core.autocrlf`, `filter.lfs`, ...) and which files the user's private rules ignore. It goes into git
 * directories that we write; the configuration of the agent's clone is never asked.
 *
 * File mode, links and case folding are not carried: they are properties of a file system, and `git init` probes the
 * one that our folders lie on.
 */
import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Repository } from '../../core/events';
import { openGit, runAsUser, splitNul } from './git';

/** Configuration keys, as git lists them, with their last value. */
export type ConfigEntries = readonly (readonly [key: string, value: string])[];

const CARRIED = '^(core\\.(autocrlf|eol|longpaths|bigfilethreshold)|filter\\..*\\.(clean|smudge|process|required))$';

/** The carried configuration of the user at this repository. Starts no program. */
export async function readCarriedConfig(repository: Pick<Repository, 'root' | 'commonDir'>): Promise<ConfigEntries> {
  const listed = await runAsUser(repository.root, ['config', '--null', '--get-regexp', CARRIED], [0, 1]);
  const entries = parseEntries(splitNul(Buffer.from(listed)));
  const large = join(repository.commonDir, 'lfs');
  const usesLargeFiles = entries.has('filter.lfs.clean') || entries.has('filter.lfs.process');
  // Git LFS keeps its objects beside the git directory that it is called with; ours have none.
  if (usesLargeFiles && (await isFolder(large))) entries.set('lfs.storage', large);
  return [...entries];
}

/** What a git directory of ours was given of it. */
export async function readOwnCarriedConfig(gitDir: string): Promise<ConfigEntries> {
  const pattern = `${CARRIED}|^lfs\\.storage$`;
  const args = ['config', '--file', join(gitDir, 'config'), '--null', '--get-regexp', pattern];
  const listed = await openGit(gitDir).run(args, { exits: [0, 1] });
  return [...parseEntries(splitNul(listed.stdout))];
}

function parseEntries(records: readonly string[]): Map<string, string> {
  const entries = new Map<string, string>();
  for (const record of records) {
    const end = record.indexOf('\n');
    entries.set(end < 0 ? record : record.slice(0, end), end < 0 ? 'true' : record.slice(end + 1));
  }
  return entries;
}

/**
 * The user's private ignore rules, weakest first: their global file, then the repository's `info/exclude`. They hold for
 * snapshots too (editor swap files, `.DS_Store`), as they stood at hand-off: the text is copied where only we write.
 */
export async function readPrivateIgnoreRules(repository: Pick<Repository, 'root' | 'commonDir'>): Promise<string> {
  const configured = await runAsUser(
    repository.root,
    ['config', '--type=path', '--get', 'core.excludesFile'],
    [0, 1, 128],
  );
  const standard = join(process.env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'git', 'ignore');
  const global = configured.replace(/\r?\n$/, '') || standard;
  const texts = await Promise.all([readText(global), readText(join(repository.commonDir, 'info', 'exclude'))]);
  return texts.filter((text) => text !== '').join('\n');
}

/** Entries as the text of a configuration file. */
export function formatConfig(entries: ConfigEntries): string {
  let text = '';
  for (const [key, value] of entries) {
    const first = key.indexOf('.');
    const last = key.lastIndexOf('.');
    const subsection = first === last ? '' : ` "${key.slice(first + 1, last).replace(/[\\"]/g, '\\$&')}"`;
    text += `[${key.slice(0, first)}${subsection}]\n\t${key.slice(last + 1)} = "${escapeValue(value)}"\n`;
  }
  return text;
}

function escapeValue(value: string): string {
  return value.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n').replace(/\t/g, '\\t');
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return '';
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}
