/**
 * What a git directory says beyond its objects: configuration, hooks, ignore and attribute rules, refs, links to other
 * git directories. Read file by file, with limits and without following links: git itself is never started on a git
 * directory that an agent could write, but for parsing the text of a configuration that we hand it.
 */
import { createHash } from 'node:crypto';
import { lstat, readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { CountersignError } from '../../core/errors';
import { type Git, openGit, splitNul } from './git';
import { readRegularFile } from './regularFile';

/** Facts by name: `config core.editor`, `hook pre-commit`, `ref refs/heads/main`, `file commondir`, ... */
export type Fingerprint = Readonly<Record<string, string>>;

/** Largest file read for a fingerprint, in bytes; `packed-refs` of 100,000 refs has 8 MB. */
const MAX_FILE = 64 * 1024 * 1024;

/** Longer texts stand in the fingerprint as their hash. */
const MAX_TEXT = 2_000;

/** Most refs and hooks that are read. */
const MAX_ENTRIES = 200_000;

/** Files whose mere text counts, by their place in the git directory. */
const FILES: readonly string[] = [
  'HEAD',
  'commondir',
  'description',
  'gitdir',
  'shallow',
  'info/attributes',
  'info/exclude',
  'info/grafts',
  'info/sparse-checkout',
  'objects/info/alternates',
  'objects/info/http-alternates',
];

/** Reads the fingerprint of a git directory. `shadow` is a git directory of ours, through which configuration is parsed. */
export async function readFingerprint(gitDir: string, shadow: string): Promise<Fingerprint> {
  const facts = new Map<string, string>();
  const git = openGit(shadow);
  await readConfig(git, gitDir, 'config', facts);
  await readConfig(git, gitDir, 'config.worktree', facts);
  for (const path of FILES) {
    const text = await describeFile(join(gitDir, path));
    if (text !== null) facts.set(`file ${path}`, text);
  }
  await readHooks(gitDir, facts);
  await readRefs(gitDir, facts);
  await readStashes(gitDir, facts);
  await readWorktrees(git, gitDir, facts);
  return Object.fromEntries(facts);
}

async function readConfig(git: Git, gitDir: string, name: string, facts: Map<string, string>): Promise<void> {
  const path = join(gitDir, name);
  const bytes = await readRegularFile(path, MAX_FILE);
  if (bytes === null) {
    const text = await describeFile(path);
    if (text !== null) facts.set(`${name} (file)`, text);
    return;
  }
  if (name !== 'config') facts.set(`${name} (file)`, 'present');
  try {
    const listed = await git.run(['config', '--file', '-', '--no-includes', '--null', '--list'], { input: bytes });
    for (const record of splitNul(listed.stdout)) {
      const end = record.indexOf('\n');
      const key = `${name} ${end < 0 ? record : record.slice(0, end)}`;
      const value = end < 0 ? 'true' : record.slice(end + 1);
      const known = facts.get(key);
      facts.set(key, known === undefined ? value : `${known}\n${value}`);
    }
  } catch (thrown) {
    if (!(thrown instanceof CountersignError) || thrown.code !== 'GIT_FAILED') throw thrown;
    facts.set(`${name} (unparsable)`, describeText(bytes));
  }
}

async function readHooks(gitDir: string, facts: Map<string, string>): Promise<void> {
  const folder = join(gitDir, 'hooks');
  const stat = await lstat(folder).catch(() => null);
  if (stat === null) return;
  if (!stat.isDirectory()) {
    facts.set('hook (folder)', (await describeFile(folder)) ?? 'no folder');
    return;
  }
  for (const name of (await readdir(folder)).slice(0, MAX_ENTRIES)) {
    facts.set(`hook ${name}`, (await describeFile(join(folder, name))) ?? 'gone');
  }
}

async function readRefs(gitDir: string, facts: Map<string, string>): Promise<void> {
  const packed = await readRegularFile(join(gitDir, 'packed-refs'), MAX_FILE);
  for (const line of packed?.toString('utf8').split('\n') ?? []) {
    const ref = /^([0-9a-f]{40,64}) (\S+)$/.exec(line);
    if (ref !== null) facts.set(`ref ${ref[2]}`, ref[1]!);
  }
  const folders = ['refs'];
  for (let folder = folders.pop(); folder !== undefined && facts.size < MAX_ENTRIES; folder = folders.pop()) {
    const entries = await readdir(join(gitDir, folder), { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) folders.push(path);
      else facts.set(`ref ${path}`, (await describeFile(join(gitDir, path))) ?? 'gone');
    }
  }
}

/** The stash is a list only in its reflog: the object names, newest last. */
async function readStashes(gitDir: string, facts: Map<string, string>): Promise<void> {
  const log = await readRegularFile(join(gitDir, 'logs', 'refs', 'stash'), MAX_FILE);
  const entries = (log?.toString('latin1') ?? '').split('\n').map((line) => line.split(' ')[1] ?? '');
  if (log !== null) facts.set('stash entries', entries.filter((oid) => oid !== '').join('\n'));
}

async function readWorktrees(git: Git, gitDir: string, facts: Map<string, string>): Promise<void> {
  const names = await readdir(join(gitDir, 'worktrees')).catch(() => []);
  for (const name of names) {
    for (const file of ['gitdir', 'commondir']) {
      const text = await describeFile(join(gitDir, 'worktrees', name, file));
      if (text !== null) facts.set(`worktree ${name}/${file}`, text);
    }
    await readConfig(git, gitDir, `worktrees/${name}/config.worktree`, facts);
  }
}

/** A file as text: short ones verbatim, long ones by hash, links by their target; null when there is none. */
async function describeFile(path: string): Promise<string | null> {
  const stat = await lstat(path).catch(() => null);
  if (stat === null) return null;
  if (stat.isSymbolicLink()) return `link to ${await readlink(path).catch(() => '?')}`;
  if (stat.isDirectory()) return 'a folder';
  const bytes = await readRegularFile(path, MAX_FILE);
  return bytes === null ? 'unreadable' : describeText(bytes);
}

function describeText(bytes: Buffer): string {
  if (bytes.length <= MAX_TEXT && !bytes.includes(0)) return bytes.toString('utf8').replace(/\n$/, '');
  return `sha256:${createHash('sha256').update(bytes).digest('hex')} (${bytes.length} bytes)`;
}
