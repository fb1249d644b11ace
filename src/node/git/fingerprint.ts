/**
 * What a git directory says beyond its objects: configuration, hooks, ignore and attribute rules, refs, links to other
 * git directories. Read file by file, with limits and without following links: git itself is never started on a git
 * directory that an agent could write.
 */
import { createHash } from 'node:crypto';
import { lstat, readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { readRegularFile } from './regularFile';
import { stashEntries } from './stash';

/** Facts by name: `text config`, `hook pre-commit`, `ref refs/heads/main`, `file commondir`, ... */
export type Fingerprint = Readonly<Record<string, string>>;

/** Largest file read for a fingerprint, in bytes; `packed-refs` of 100,000 refs has 8 MB. */
const MAX_FILE = 64 * 1024 * 1024;

/** Largest configuration that is taken apart, in bytes. */
const MAX_CONFIG = 1024 * 1024;

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

/** Reads the fingerprint of a git directory. Starts no program. */
export async function readFingerprint(gitDir: string): Promise<Fingerprint> {
  const facts = new Map<string, string>();
  await readConfig(gitDir, 'config', facts);
  await readConfig(gitDir, 'config.worktree', facts);
  for (const path of FILES) {
    const text = await describeFile(join(gitDir, path));
    if (text !== null) facts.set(`file ${path}`, text);
  }
  await readHooks(gitDir, facts);
  await readRefs(gitDir, facts);
  const stashes = await stashEntries(gitDir);
  if (stashes.length > 0) facts.set('stash entries', stashes.join('\n'));
  await readWorktrees(gitDir, facts);
  return Object.fromEntries(facts);
}

/** A configuration's whole text, to be taken apart only when it changed. */
async function readConfig(gitDir: string, name: string, facts: Map<string, string>): Promise<void> {
  const path = join(gitDir, name);
  const bytes = await readRegularFile(path, MAX_CONFIG);
  if (bytes !== null) facts.set(`text ${name}`, bytes.toString('utf8'));
  const other = bytes === null ? await describeFile(path) : null;
  if (other !== null) facts.set(`unreadable ${name}`, other);
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

async function readWorktrees(gitDir: string, facts: Map<string, string>): Promise<void> {
  const names = await readdir(join(gitDir, 'worktrees')).catch(() => []);
  for (const name of names) {
    for (const file of ['gitdir', 'commondir']) {
      const text = await describeFile(join(gitDir, 'worktrees', name, file));
      if (text !== null) facts.set(`worktree ${name}/${file}`, text);
    }
    await readConfig(gitDir, `worktrees/${name}/config.worktree`, facts);
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
