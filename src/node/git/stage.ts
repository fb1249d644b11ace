/**
 * Brings an index of ours to what a folder holds, and names the tree. The folder was written by code that we do not
 * trust, so git is kept from everything in it that would start a program, hang, or hide a file:
 *
 * - Repositories inside are left out of `git add`: an empty one ends it, any other hides its files. Their files are added
 *   one by one. Submodules are taken out of the index meanwhile (`gitlinks.ts`).
 * - Special files are passed over by git, oversize ones are left out by us.
 * - Which files are ignored is decided by the base's rules; the folder's own can only add.
 * - Attributes of the folder can only choose among the filters that the shadow's configuration has (`filters.ts`).
 */
import { fail } from '../../core/errors';
import { type Git, joinNul, openGit, splitNul } from './git';
import { putGitlinks, takeGitlinks } from './gitlinks';
import { hasBaseRules, ignoredByBase, isBuildFolder } from './ignore';
import { fillIndex } from './indexFile';
import type { BaseMarks } from './shadow';
import { isFolderBelow, type Walk, walk } from './walk';

/** More build folders than this are all entered: asking git about each would cost more. */
const MAX_BUILD_FOLDERS = 200;

/** Most files of one repository inside that are added; a snapshot with more is refused. */
const MAX_NESTED_FILES = 50_000;

/**
 * Git writes what is larger than this threshold straight into one pack: thousands of changed files then cost no file of
 * their own each, and reading them back for the diff and the user's repository is several times faster. Their names
 * and contents stay the same. The shadow need not outlive a power cut, so the pack is not synced.
 */
const INTO_ONE_PACK: readonly string[] = ['core.bigFileThreshold=1', 'core.fsync=none'];

/**
 * Where hardly anything is expected to have changed: with the threshold above, git would also compress each file that it
 * only compares, and all files of a checkout made a moment ago are compared.
 */
const AS_OBJECTS: readonly string[] = ['core.fsync=none'];

export interface StageRequest {
  readonly shadow: string;
  readonly workTree: string;
  /** The index to bring up to date; the caller's own copy. */
  readonly index: string;
  readonly marks: BaseMarks;
  readonly signal?: AbortSignal | undefined;
}

export interface Staged {
  readonly tree: string;
  readonly walk: Walk;
  /** Files that were too large to be read, unless the base has them and they were not touched. */
  readonly oversize: Walk['oversize'];
  /** What git said it could not read, besides what the walk found. */
  readonly unreadable: readonly { path: string; reason: string }[];
  /** Repositories inside, and submodules with files in them; with all their files. */
  readonly nested: readonly { path: string; files: readonly string[] }[];
}

/** Stages the folder and writes its tree. Throws SNAPSHOT_FAILED when git gives up, STOPPED. */
export async function stage(request: StageRequest): Promise<Staged> {
  const git = indexGit(request);
  await forgetFileData(git, request);
  const { walked, baseRules } = await survey(git, request);
  const nested = await findNested(git, request, walked, baseRules);
  const left = [...nested, ...walked.oversize].map(({ path }) => path);
  const added = await addAll(git, request, left);
  const said = [added.said];
  for (const repository of nested) {
    if (!request.marks.gitlinks.includes(repository.path)) said.push(await update(git, request, repository.all));
  }
  if (!baseRules) said.push(await addNewlyIgnored(git, request, left));
  const tree = await git.text(['write-tree'], { signal: request.signal }).catch(failSnapshot);
  const oversize = await touched(git, walked.oversize);
  const unreadable = [...added.unseen, ...complaints(said.join('\n'))];
  return { tree, walk: walked, oversize, unreadable, nested };
}

/** Of files that were left out, those that the index does not know, or whose file data changed; nothing is read. */
async function touched(git: Git, files: Walk['oversize']): Promise<Walk['oversize']> {
  if (files.length === 0) return files;
  const paths = files.map(({ path }) => path);
  const dirty = new Set(await git.list(['diff-files', '--name-only', '-z', '--ignore-submodules=all', '--', ...paths]));
  const known = new Set(await git.list(['ls-files', '-z', '--', ...paths]));
  return files.filter(({ path }) => !known.has(path) || dirty.has(path));
}

/**
 * The tree of an index's own files as they are now in the folder; new files do not count. A file that became something
 * that git cannot read counts as gone. Throws SNAPSHOT_FAILED, STOPPED.
 */
export async function stageTracked(request: StageRequest): Promise<string> {
  const git = indexGit(request);
  await forgetFileData(git, request);
  const { walked } = await survey(git, request);
  const unfit = [...walked.special, ...walked.oversize].map(({ path }) => path);
  await update(git, request, unfit, '--force-remove');
  await addAll(git, request, unfit, '--update');
  return git.text(['write-tree'], { signal: request.signal }).catch(failSnapshot);
}

/** Windows keeps no time that a program cannot set: nothing that the index says of a file is believed there. */
async function forgetFileData(git: Git, { shadow, index }: StageRequest): Promise<void> {
  if (process.platform === 'win32') await fillIndex(shadow, index, await git.text(['write-tree']));
}

/** The shadow's git at a folder, on one index. */
export function indexGit(request: Pick<StageRequest, 'shadow' | 'workTree' | 'index'>): Git {
  const git = openGit(request.shadow, request.workTree);
  const env = { GIT_INDEX_FILE: request.index };
  const run: Git['run'] = (args, options = {}) => git.run(args, { ...options, env: { ...env, ...options.env } });
  return {
    ...git,
    run,
    text: async (args, options) => (await run(args, options)).stdout.toString('utf8').replace(/\n$/, ''),
    list: async (args, options) => splitNul((await run(args, options)).stdout),
  };
}

/**
 * Walks the folder. A build folder is not entered when the base's rules ignore it, no rule was changed and nothing in it
 * is tracked: then git does not enter it either, so nothing in it can reach the tree or stop git.
 */
async function survey(git: Git, request: StageRequest): Promise<{ walked: Walk; baseRules: boolean }> {
  const { shadow, workTree, marks, signal } = request;
  const first = await walk(workTree, { enter: (_path, name) => !isBuildFolder(name), signal });
  const isBase = (closed: readonly string[], found: readonly string[]) =>
    hasBaseRules(shadow, workTree, outside(marks.ignoreFiles, closed), found);
  let enter = first.skipped;
  if (enter.length <= MAX_BUILD_FOLDERS && (await isBase(enter, first.ignoreFiles))) {
    const ignored = await ignoredByBase(shadow, enter.map(fileIn));
    const tracked = await trackedBelow(git, enter, signal);
    enter = enter.filter((folder) => !ignored.has(fileIn(folder)) || tracked.some((path) => isBelow(path, folder)));
  }
  const walked = enter.length === 0 ? first : joinWalks(first, await walk(workTree, { from: enter, signal }));
  assertRulesReadable(walked);
  const closed = first.skipped.filter((folder) => !enter.includes(folder));
  return { walked, baseRules: await isBase(closed, walked.ignoreFiles) };
}

/** Files that git opens by itself while it looks at a folder. */
const RULE_FILES = new Set(['.gitignore', '.gitattributes', '.gitmodules']);

/** On a FIFO of such a name git would wait forever. Throws SNAPSHOT_FAILED. */
export function assertRulesReadable(walked: Walk): void {
  const found = [...walked.special, ...walked.oversize].find(({ path }) =>
    RULE_FILES.has(path.split('/').at(-1)!.toLowerCase()),
  );
  if (found === undefined) return;
  fail('SNAPSHOT_FAILED', `${found.path} is not a file that git can read`, {
    fix: `remove ${found.path} from the task's folder, then resume the task`,
  });
}

function outside(paths: readonly string[], folders: readonly string[]): string[] {
  return paths.filter((path) => !folders.some((folder) => isBelow(path, folder)));
}

function isBelow(path: string, folder: string): boolean {
  return path.startsWith(`${folder}/`);
}

function joinWalks(a: Walk, b: Walk): Walk {
  return {
    special: [...a.special, ...b.special],
    oversize: [...a.oversize, ...b.oversize],
    unreadable: [...a.unreadable, ...b.unreadable],
    nested: [...a.nested, ...b.nested],
    ignoreFiles: [...a.ignoreFiles, ...b.ignoreFiles],
    skipped: b.skipped,
    entries: a.entries + b.entries,
  };
}

interface NestedFiles {
  readonly path: string;
  readonly files: readonly string[];
  /** The files and whatever the index has below the folder: what is to be brought up to date. */
  readonly all: readonly string[];
}

async function findNested(git: Git, request: StageRequest, walked: Walk, baseRules: boolean): Promise<NestedFiles[]> {
  const { shadow, workTree, marks, signal } = request;
  const inside = topmost([...walked.nested, ...(await populated(workTree, marks.gitlinks))]);
  if (inside.length === 0) return [];
  const ignored = await ignoredByBase(shadow, inside.map(fileIn));
  const nested: NestedFiles[] = [];
  for (const path of inside) {
    const tracked = await trackedBelow(git, [path], signal);
    if (baseRules && ignored.has(fileIn(path)) && tracked.length === 0) continue;
    const found: string[] = [];
    const below = await walk(workTree, { from: [path], file: (file) => found.push(file), signal });
    const large = new Set(below.oversize.map((file) => file.path));
    const hidden = await ignoredByBase(shadow, found);
    const files = found.filter((file) => !large.has(file) && !hidden.has(file)).sort();
    if (files.length > MAX_NESTED_FILES) fail('SNAPSHOT_FAILED', `the repository inside at ${path} has too many files`);
    nested.push({ path, files, all: [...new Set([...tracked, ...files])] });
  }
  return nested;
}

/** Submodules whose folder holds something; the base's are empty because nothing initialises them. */
export async function populated(workTree: string, gitlinks: readonly string[]): Promise<string[]> {
  const filled: string[] = [];
  for (const path of gitlinks) {
    let files = 0;
    await walk(workTree, { from: [path], file: () => files++ });
    if (files > 0) filled.push(path);
  }
  return filled;
}

function topmost(paths: readonly string[]): string[] {
  const sorted = [...new Set(paths)].sort();
  return sorted.filter((path) => !sorted.some((other) => isBelow(path, other)));
}

interface Added {
  /** What git complained about. */
  readonly said: string;
  /** Repositories that only git saw, and would have taken for submodules. */
  readonly unseen: Staged['unreadable'];
}

/** `git add` on an index without submodules; those whose folder is still there are put back. */
async function addAll(
  git: Git,
  request: StageRequest,
  left: readonly string[],
  which: '--all' | '--update' = '--all',
): Promise<Added> {
  const { signal } = request;
  const gitlinks = await takeGitlinks(git, signal);
  const args = ['add', which, '--ignore-errors', '--pathspec-from-file=-', '--pathspec-file-nul'];
  const pathspecs = [':(top)', ...left.map((path) => `:(top,exclude,literal)${path}`)];
  const { stderr } = await git
    .run(args, {
      input: joinNul(pathspecs),
      env: { GIT_LITERAL_PATHSPECS: '0' },
      signal,
      exits: [0, 1],
      config: which === '--all' ? INTO_ONE_PACK : AS_OBJECTS,
    })
    .catch(failSnapshot);
  const reason = 'a repository that the walk did not see';
  const unseen = (await takeGitlinks(git, signal)).map(({ path }) => ({ path, reason }));
  const standing = gitlinks.filter(({ path }) => isFolderBelow(request.workTree, path));
  await putGitlinks(git, standing, signal);
  return { said: stderr, unseen };
}

/** Adds, updates or removes exactly these paths. Returns what git complained about. */
async function update(git: Git, request: StageRequest, paths: readonly string[], how = '--remove'): Promise<string> {
  if (paths.length === 0) return '';
  const done = await git.run(['update-index', '--add', '--replace', how, '-z', '--stdin'], {
    input: joinNul(paths),
    signal: request.signal,
    exits: [0, 1, 128],
  });
  return done.stderr;
}

/** Adds what the folder's own rules hide and the base's do not. */
async function addNewlyIgnored(git: Git, request: StageRequest, left: readonly string[]): Promise<string> {
  const listed = await git.list(['ls-files', '-z', '--others', '--ignored', '--exclude-standard'], {
    signal: request.signal,
  });
  const excluded = new Set(left);
  const own = outside(listed, left).filter((path) => !path.endsWith('/') && !excluded.has(path));
  const hidden = await ignoredByBase(request.shadow, own);
  return update(
    git,
    request,
    own.filter((path) => !hidden.has(path)),
  );
}

async function trackedBelow(git: Git, folders: readonly string[], signal?: AbortSignal): Promise<string[]> {
  return folders.length === 0 ? [] : git.list(['ls-files', '-z', '--', ...folders], { signal });
}

/** A file that would lie in a folder: git's rules for folders match what is below them. */
function fileIn(folder: string): string {
  return `${folder}/.probe`;
}

/** Whatever git says on its error stream during a snapshot is a path that it did not take: nothing is passed over. */
function complaints(said: string): { path: string; reason: string }[] {
  const lines = [...new Set(said.split('\n'))].filter((line) => line.trim() !== '' && !line.startsWith('hint:'));
  return lines.slice(0, 200).map((line) => ({ path: /'([^']+)'/.exec(line)?.[1] ?? '', reason: line.slice(0, 1_000) }));
}

function failSnapshot(thrown: unknown): never {
  const code = (thrown as { code?: string }).code;
  if (code !== 'GIT_FAILED') throw thrown;
  return fail('SNAPSHOT_FAILED', (thrown as Error).message, { cause: thrown });
}
