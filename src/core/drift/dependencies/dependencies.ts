/** The family `deps/*`, joined: every known manifest and lockfile of the change, read on both sides and compared. */
import { mapConcurrently } from '../concurrent';
import type { Change } from '../diff';
import type { ContentRule, RuleContext, RuleResult } from '../input';
import type { RawFinding } from '../report';
import { followCatalogs, isSameRange } from './catalogs';
import { readText, Unreadable } from './document';
import type { Format, Read } from './format';
import { formatOf } from './formats';
import { judgeLockfile, listMoves } from './lockfileRules';
import { compareManifests, judgeManifest, listRequirements } from './manifestRules';
import {
  EMPTY_LOCKFILE,
  EMPTY_MANIFEST,
  type LocatedRequirement,
  type LockfileChange,
  type Manifest,
  type RequirementChange,
} from './model';

const READS_AT_ONCE = 4;
/** Manifests that tests feed on are installed by nobody: their blocks are warnings. */
const TEST_DATA = /(?:^|\/)(?:(?:__)?fixtures(?:__)?|test-?data|src\/(?:test|it)\/resources(?:-filtered)?|src\/it)\//i;

type ManifestFormat = Extract<Format, { kind: 'manifest' }>;
type LockfileFormat = Extract<Format, { kind: 'lockfile' }>;

/** One known file of the change: what it was called before (null = it is new) and now (null = it is gone). */
interface Known<F extends Format = Format> {
  readonly path: string;
  readonly format: F;
  readonly oldOid: string | null;
  readonly newOid: string | null;
}

interface ManifestOutcome {
  readonly path: string;
  readonly ecosystem: string;
  readonly isShared: boolean;
  readonly before: Manifest;
  readonly after: Manifest;
  readonly changes: readonly RequirementChange[];
  /** Why it could not be read. */
  readonly findings: readonly RawFinding[];
}

/** Judges manifests first: what changed in them explains what changed in the lockfiles. */
export const judgeDependencies: ContentRule = async (context) => {
  const known = context.changes.flatMap(knownFiles);
  const read = await mapConcurrently(known.filter(isManifest), READS_AT_ONCE, (file) => manifest(file, context));
  const manifests = await followCatalogs(read, context.reader);
  const locks = await mapConcurrently(known.filter(isLockfile), READS_AT_ONCE, (file) =>
    lockfile(file, manifests, context),
  );
  const results: RuleResult[] = [...manifests.map(judgeOutcome), ...locks, { findings: known.flatMap(unreadOrHook) }];
  return {
    findings: results.flatMap(({ findings }) => findings.map(milderInTestData).map(withoutCredentials)),
    dependencies: results.flatMap(({ dependencies }) => dependencies ?? []),
  };
};

/** A file that is renamed to another kind of name is gone as what it was, and new as what it is. */
function knownFiles(change: Change): readonly Known[] {
  const { path, oldPath, oldOid, newOid } = change;
  const now = change.status === 'D' ? null : formatOf(path);
  const before = change.status === 'A' ? null : formatOf(oldPath ?? path);
  if (oldOid === newOid && oldPath === null) return [];
  if (now && now === before) return [{ path, format: now, oldOid, newOid }];
  return [
    ...(before ? [{ path: oldPath ?? path, format: before, oldOid, newOid: null }] : []),
    ...(now ? [{ path, format: now, oldOid: null, newOid }] : []),
  ];
}

async function manifest(file: Known<ManifestFormat>, context: RuleContext): Promise<ManifestOutcome> {
  const { path, format } = file;
  const { ecosystem, isShared = false } = format;
  const sides = await bothSides(file, context, format.read);
  const known = { path, ecosystem, isShared };
  if ('findings' in sides)
    return { ...known, before: EMPTY_MANIFEST, after: EMPTY_MANIFEST, changes: [], findings: sides.findings };
  const before = sides.before ?? EMPTY_MANIFEST;
  const after = sides.after ?? EMPTY_MANIFEST;
  return { ...known, before, after, changes: compareManifests(before, after), findings: [] };
}

function judgeOutcome({ findings, changes, ...sides }: ManifestOutcome): RuleResult {
  return {
    findings: [...findings, ...judgeManifest(sides, changes)],
    dependencies: listRequirements(sides.path, sides.ecosystem, changes),
  };
}

async function lockfile(
  file: Known<LockfileFormat>,
  manifests: readonly ManifestOutcome[],
  context: RuleContext,
): Promise<RuleResult> {
  const { path, format } = file;
  const lock: Located = { format, folder: projectFolder(path, format) };
  if (file.newOid === null) return { findings: await lostLockfile(file, lock, context) };
  const sides = await bothSides(file, context, format.read);
  if ('findings' in sides) return sides;
  const change: LockfileChange = {
    path,
    ecosystem: format.ecosystem,
    before: sides.before ?? EMPTY_LOCKFILE,
    after: sides.after ?? EMPTY_LOCKFILE,
    requirements: manifests.flatMap((each) => located(each, lock)),
    direct: await directNames(lock, context),
  };
  return { findings: judgeLockfile(change), dependencies: listMoves(change) };
}

/** Both sides read, or the findings that say why not. Nothing that a file contains makes it throw. */
async function bothSides<T>(
  file: Known,
  { reader }: RuleContext,
  read: Read<T>,
): Promise<{ before: T | null; after: T | null } | RuleResult> {
  const side = async (oid: string | null): Promise<T | null> => {
    if (oid === null) return null;
    const blob = await reader.blob(oid);
    if (blob === null) throw new Unreadable('its content is missing');
    if (blob.tooLarge) throw new Unreadable(`it is too large (${blob.size} bytes)`);
    return await read(readText(blob.bytes), file.path);
  };
  try {
    return { before: await side(file.oldOid), after: await side(file.newOid) };
  } catch (error) {
    // A parser that runs out of stack on nested input throws a RangeError: unreadable, too.
    if (error instanceof Unreadable) return { findings: [unparsed(file, error.message)] };
    if (error instanceof RangeError) return { findings: [unparsed(file, 'it is nested too deeply')] };
    throw error;
  }
}

/** The folder of what a lockfile locks, with the slash at its end. */
function projectFolder(path: string, { standsIn = '' }: LockfileFormat): string {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const own = standsIn === '' ? '' : `${standsIn}/`;
  return own !== '' && `/${folder}`.endsWith(`/${own}`) ? folder.slice(0, folder.length - own.length) : folder;
}

/** Requirements of a manifest at or below the lockfile's folder, or of a shared one, of the same ecosystem. */
function located(
  { path, ecosystem, isShared, changes }: ManifestOutcome,
  lock: Located,
): readonly LocatedRequirement[] {
  const isBelow = path.startsWith(lock.folder);
  if (ecosystem !== lock.format.ecosystem || !(isBelow || isShared)) return [];
  const importer = isBelow ? path.slice(lock.folder.length).replace(/\/?[^/]*$/, '') : '';
  // The same range asks for no other version: what moved beside it did so for another reason.
  return changes.filter((change) => !isSameRange(change)).map((change) => ({ ...change, importer }));
}

/** A lockfile's format and the folder of its project, with the slash at its end. */
interface Located {
  readonly format: LockfileFormat;
  readonly folder: string;
}

/** Paths in the head tree of the manifests that a lockfile locks, in its own folder. */
async function manifestsBeside({ format, folder }: Located, { reader }: RuleContext): Promise<readonly string[]> {
  const endings = format.manifests.flatMap((name) => (name.startsWith('*') ? [name.slice(1)] : []));
  const named = format.manifests.filter((name) => !name.startsWith('*')).map((name) => `${folder}${name}`);
  const there = await Promise.all(named.map(async (path) => ((await reader.at('head', path)) === null ? [] : [path])));
  if (endings.length === 0) return there.flat();
  const inFolder = (path: string) => path.startsWith(folder) && !path.includes('/', folder.length);
  const paths = await reader.paths('head');
  return [...there.flat(), ...paths.filter((path) => inFolder(path) && endings.some((end) => path.endsWith(end)))];
}

/** What the manifests beside a lockfile ask for; nothing where there is none that can be read. */
async function directNames(lock: Located, context: RuleContext): Promise<ReadonlySet<string>> {
  const names = await Promise.all((await manifestsBeside(lock, context)).map((path) => namesOf(path, context)));
  return new Set(names.flat());
}

async function namesOf(path: string, { reader }: RuleContext): Promise<readonly string[]> {
  const format = formatOf(path);
  const blob = await reader.at('head', path);
  if (format?.kind !== 'manifest' || blob === null || blob.tooLarge) return [];
  try {
    const { requirements } = await format.read(readText(blob.bytes), path);
    return requirements.filter(({ direct }) => direct !== false).map((requirement) => requirement.package);
  } catch {
    // If the change broke it, that is a finding of its own.
    return [];
  }
}

/** A project without its lockfile installs whatever is newest. One that went with its project is no loss. */
async function lostLockfile(file: Known, lock: Located, context: RuleContext): Promise<readonly RawFinding[]> {
  if ((await manifestsBeside(lock, context)).length === 0) return [];
  const message = `${file.path} is gone: nothing fixes the versions that are installed.`;
  return [{ rule: 'deps/lockfile-only', path: file.path, message, evidence: 'lockfile deleted', grantable: false }];
}

function unreadOrHook({ path, format, newOid }: Known): readonly RawFinding[] {
  switch (format.kind) {
    case 'manifest':
    case 'lockfile':
      return [];
    case 'unread': {
      const message = `${path} is a manifest or lockfile (${format.ecosystem}) that cannot be read yet.`;
      return [{ rule: 'deps/unparsed', path, message, evidence: `${format.ecosystem}: not read` }];
    }
    case 'hook': {
      if (newOid === null) return [];
      const evidence = path.slice(path.lastIndexOf('/') + 1);
      return [{ rule: 'deps/install-script', path, message: `${path}: ${format.runs}.`, evidence, grantable: false }];
    }
  }
}

function unparsed({ path }: Known, why: string): RawFinding {
  return { rule: 'deps/unparsed', path, message: `${path} could not be read: ${why}.`, evidence: why };
}

function milderInTestData(finding: RawFinding): RawFinding {
  return finding.path !== null && TEST_DATA.test(finding.path) ? { ...finding, severity: 'warn' } : finding;
}

/** Addresses may carry a user and a password: a finding shows neither. */
function withoutCredentials(finding: RawFinding): RawFinding {
  const redacted = (text: string) => text.replace(/(\/\/)[^/@\s]+@/g, '$1***@');
  return { ...finding, message: redacted(finding.message), evidence: redacted(finding.evidence) };
}

function isManifest(file: Known): file is Known<ManifestFormat> {
  return file.format.kind === 'manifest';
}

function isLockfile(file: Known): file is Known<LockfileFormat> {
  return file.format.kind === 'lockfile';
}
