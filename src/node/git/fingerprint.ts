/**
 * What a git directory says beyond its objects: configuration, hooks, ignore and attribute rules, refs, links to other
 * git directories. Read file by file, with limits and without following links: git itself is never started on a git
 * directory that an agent could write.
 */
import { createHash } from 'node:crypto';
import { lstat, readlink } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { HeldFolder, workBelow } from './heldFolder';
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

/** What a ref holds; anything else is told by its hash. */
const REF_TEXT = /^([0-9a-f]{40,64}|ref: \S+)$/;

/** Longest path of a ref that is gone down, in bytes: every folder on it is held open. */
const MAX_REF = 1_000;

type Facts = Map<string, string>;

/** Reads the fingerprint of a git directory. Starts no program. */
export async function readFingerprint(gitDir: string): Promise<Fingerprint> {
  const facts: Facts = new Map();
  const top = await HeldFolder.open(gitDir);
  if (top === null) return {};
  try {
    await readConfig(top, 'config', facts);
    await readConfig(top, 'config.worktree', facts);
    for (const path of FILES) await readFile(top, path, facts);
    await inside(top, 'hooks', facts, (hooks) => readHooks(hooks, facts), 'hook (folder)');
    await readPackedRefs(top, facts);
    await inside(top, 'refs', facts, (refs) => readRefs(refs, 'refs', facts));
    await inside(top, 'worktrees', facts, (worktrees) => readWorktrees(worktrees, facts));
  } finally {
    await top.close();
  }
  const stashes = await stashEntries(gitDir);
  if (stashes.length > 0) facts.set('stash entries', stashes.join('\n'));
  return Object.fromEntries(facts);
}

/** Looks into a folder. What stands in its place, or on the way to it, is a fact and is not followed. */
function inside(
  top: HeldFolder,
  path: string,
  facts: Facts,
  work: (folder: HeldFolder) => Promise<void>,
  name = `folder ${path}`,
): Promise<void> {
  return workBelow(top, path, work, async (last, missing) => {
    const other = await describeFile(last, missing);
    if (other !== null) facts.set(name, other);
  });
}

async function readFile(top: HeldFolder, path: string, facts: Facts): Promise<void> {
  const read = async (folder: HeldFolder) => {
    const text = await describeFile(folder, posix.basename(path));
    if (text !== null) facts.set(`file ${path}`, text);
  };
  await inside(top, path.includes('/') ? posix.dirname(path) : '', facts, read);
}

/** A configuration's whole text, to be taken apart only when it changed. */
async function readConfig(folder: HeldFolder, file: string, facts: Facts, name = file): Promise<void> {
  const bytes = await readRegularFile(join(await folder.place(), file), MAX_CONFIG);
  if (bytes !== null) facts.set(`text ${name}`, bytes.toString('utf8'));
  const other = bytes === null ? await describeFile(folder, file) : null;
  if (other !== null) facts.set(`unreadable ${name}`, other);
}

async function readHooks(hooks: HeldFolder, facts: Facts): Promise<void> {
  for (const { name } of (await hooks.entries()).slice(0, MAX_ENTRIES)) {
    facts.set(`hook ${name}`, (await describeFile(hooks, name)) ?? 'gone');
  }
}

async function readPackedRefs(top: HeldFolder, facts: Facts): Promise<void> {
  const packed = await readRegularFile(join(await top.place(), 'packed-refs'), MAX_FILE);
  for (const line of packed?.toString('utf8').split('\n') ?? []) {
    const ref = /^([0-9a-f]{40,64}) (\S+)$/.exec(line);
    if (ref !== null) facts.set(`ref ${ref[2]}`, ref[1]!);
  }
}

async function readRefs(folder: HeldFolder, at: string, facts: Facts): Promise<void> {
  for (const entry of await folder.entries()) {
    if (facts.size >= MAX_ENTRIES) return;
    const path = `${at}/${entry.name}`;
    if (!entry.isDirectory()) facts.set(`ref ${path}`, await describeRef(folder, entry.name));
    else if (Buffer.byteLength(path) > MAX_REF) facts.set(`folder ${path.slice(0, MAX_REF)}`, 'too deep');
    else await inside(folder, entry.name, facts, (inner) => readRefs(inner, path, facts), `ref ${path}`);
  }
}

async function readWorktrees(worktrees: HeldFolder, facts: Facts): Promise<void> {
  for (const { name } of (await worktrees.entries()).slice(0, MAX_ENTRIES)) {
    const read = async (folder: HeldFolder) => {
      for (const file of ['gitdir', 'commondir']) {
        const text = await describeFile(folder, file);
        if (text !== null) facts.set(`worktree ${name}/${file}`, text);
      }
      await readConfig(folder, 'config.worktree', facts, `worktrees/${name}/config.worktree`);
    };
    await inside(worktrees, name, facts, read, `worktree ${name}`);
  }
}

async function describeRef(folder: HeldFolder, name: string): Promise<string> {
  const bytes = await readRegularFile(join(await folder.place(), name), MAX_FILE);
  if (bytes === null) return (await describeFile(folder, name)) ?? 'gone';
  const text = bytes.toString('utf8').replace(/\n$/, '');
  return REF_TEXT.test(text) ? text : describeHash(bytes);
}

/** A file as text: short ones verbatim, long ones by hash, links by their target; null when there is none. */
async function describeFile(folder: HeldFolder, name: string): Promise<string | null> {
  const path = join(await folder.place(), name);
  const stat = await lstat(path).catch(() => null);
  if (stat === null) return null;
  if (stat.isSymbolicLink()) return `link to ${await readlink(path).catch(() => '?')}`;
  if (stat.isDirectory()) return 'a folder';
  const bytes = await readRegularFile(path, MAX_FILE);
  return bytes === null ? 'unreadable' : describeText(bytes);
}

function describeText(bytes: Buffer): string {
  if (bytes.length <= MAX_TEXT && !bytes.includes(0)) return bytes.toString('utf8').replace(/\n$/, '');
  return describeHash(bytes);
}

function describeHash(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')} (${bytes.length} bytes)`;
}
