/**
 * Which paths of the base are laid over a result to ask whether its checks pass without what the work did to them: tests,
 * snapshots, what tests share, and the configuration that the brief's checks run with. Only changed paths can matter.
 */
import type { Brief } from '../../brief/brief';
import { compileScope, type Scope } from '../../brief/scope';
import { folderOf } from '../../shell/paths';
import type { Laid, LaidEntry, OverlayPlan } from '../../verify/overlay';
import { followCommands } from '../checks/command/command';
import { kindsOf } from '../checks/config/kinds';
import { Sides } from '../checks/sides';
import { formatOf } from '../dependencies/formats';
import type { Change, TreeReader } from '../diff';
import { languageOf } from '../syntax/language';
import { DeletedSources } from '../tests/subjects';
import { testPathOf } from '../tests/testPaths';
import { withBaseParts } from './manifestParts';

export interface OverlayInput {
  readonly brief: Brief;
  readonly changes: readonly Change[];
  readonly reader: TreeReader;
}

/** Fixtures and mocks below a place of tests; elsewhere such folders hold what programs ship. */
const TEST_PLACE = /(?:^|\/)(?:tests?|__tests__|specs?|testdata|e2e|src\/test|__mocks__|__fixtures__)\//i;
/** What runners load without being told: new files of it take the place of what was there. */
const LOADED = /(?:^|\/)(?:__mocks__\/.*|conftest\.py|\.npmrc|\.yarnrc(?:\.yml)?|bunfig\.toml|sitecustomize\.py)$/;
/** Longest manifest that is taken apart, in bytes. */
const MANIFEST_MOST = 1_000_000;

/** Never throws for what the trees contain; what the reader throws comes through. */
export async function planOverlay(input: OverlayInput): Promise<OverlayPlan> {
  if (input.changes.length === 0) return { laid: [], left: [] };
  const judge = await judgeOf(input);
  const laid = new Map<string, Laid>();
  const left: string[] = [];
  for (const change of input.changes) {
    const found = await layOver(change, judge, input.reader);
    if (found === 'left') left.push(change.path);
    else for (const one of found) laid.set(one.path, one);
  }
  return { laid: [...laid.values()], left };
}

interface Judge {
  /** Whether the base's file is laid over the result. */
  readonly restores: (path: string) => boolean;
  /** Whether a file that the base does not have goes: what takes the place of something of the base's. */
  readonly removes: (path: string) => boolean;
  /** A test whose subject is gone fails for that alone. */
  readonly outlived: (path: string) => boolean;
}

async function judgeOf({ brief, changes, reader }: OverlayInput): Promise<Judge> {
  const { files, configs } = await followCommands({ brief, changes }, new Sides(reader));
  const named = new Set(configs.map(({ path }) => path));
  const scope = compileScope(brief.front.scope);
  const sources = new DeletedSources(changes);
  const lived = new Set((await reader.paths('base')).flatMap(foldersAbove));
  const configures = (path: string) =>
    LOADED.test(path) || kindsOf(path).length > 0 || named.has(path) || runsChecks(path, files.get(path), scope);
  return {
    restores: (path) => isTest(path) || configures(path),
    // In a folder of its own it configures nothing that the base has.
    removes: (path) => configures(path) && lived.has(homeOf(path)),
    outlived: (path) => sources.hasNameOf(path),
  };
}

/** Every folder that holds the path, however deep, each with `/` at its end; the root is empty. */
function foldersAbove(path: string): string[] {
  const folders = [''];
  for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1)) folders.push(path.slice(0, at + 1));
  return folders;
}

/** The folder in which a configuration takes effect: that above `.cargo` or `__mocks__`. */
function homeOf(path: string): string {
  const at = path.search(/(?:^|\/)(?:__mocks__|\.[a-z]+)\//);
  if (at === -1) return folderOf(path);
  return at === 0 ? '' : path.slice(0, at + 1);
}

function isTest(path: string): boolean {
  switch (testPathOf(path)?.kind) {
    case 'test':
    case 'folder':
    case 'support':
    case 'snapshot':
      return true;
    case 'fixture':
      return TEST_PLACE.test(path);
    case 'inline':
    case undefined:
      return false;
  }
}

/** A program that a check names may be what is tested: then the brief has it in scope. A script of a shell never is. */
function runsChecks(path: string, sources: ReadonlySet<string> | undefined, scope: Scope): boolean {
  if (sources === undefined) return false;
  if ([...sources].some((source) => source !== 'file')) return true;
  return languageOf(path) === null || scope.judge(path) !== 'in';
}

async function layOver(change: Change, judge: Judge, reader: TreeReader): Promise<readonly Laid[] | 'left'> {
  const { status, path, oldPath } = change;
  const old = oldPath ?? path;
  const base = entryOf(change.oldMode, change.oldOid);
  switch (status) {
    case 'A':
      return judge.removes(path) && !isManifest(path) ? [{ path, entry: null }] : [];
    case 'D':
      return judge.restores(path) && !judge.outlived(path) && base !== null ? [{ path, entry: base }] : [];
    case 'R': {
      if (!judge.restores(old) || base === null) return judge.removes(path) ? [{ path, entry: null }] : [];
      // What was renamed takes the place of the old one, unless it became something else than a test.
      const replaced: Laid[] = judge.restores(path) ? [{ path, entry: null }] : [];
      return [...replaced, { path: old, entry: base }];
    }
    case 'M':
    case 'T':
      if (!judge.restores(path) || base === null) return [];
      return isManifest(path) ? layManifest(change, reader) : [{ path, entry: base }];
  }
}

/** What names dependencies; settings that a program loads are taken whole. */
function isManifest(path: string): boolean {
  return formatOf(path) !== null && !LOADED.test(path);
}

async function layManifest({ path, oldOid, newOid, newMode }: Change, reader: TreeReader) {
  const read = async (oid: string | null): Promise<string | null> => {
    const blob = oid === null ? null : await reader.blob(oid, MANIFEST_MOST);
    return blob === null || blob.tooLarge ? null : new TextDecoder().decode(blob.bytes);
  };
  const [base, result] = [await read(oldOid), await read(newOid)];
  if (base === null || result === null || newMode === null) return 'left';
  const text = withBaseParts(path, base, result);
  if (text === 'left') return 'left';
  return text === null ? [] : [{ path, entry: { mode: newMode, text } }];
}

function entryOf(mode: string | null, oid: string | null): LaidEntry | null {
  return mode === null || oid === null ? null : { mode, oid };
}
