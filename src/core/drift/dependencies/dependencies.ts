/** The family `deps/*`, joined: every known manifest and lockfile of the change, read on both sides and compared. */
import { mapConcurrently } from '../concurrent';
import type { Change } from '../diff';
import type { ContentRule, RuleContext, RuleResult } from '../input';
import type { RawFinding } from '../report';
import { readText, Unreadable } from './document';
import { type Format, formatOf, type Read } from './formats';
import { judgeLockfile, listMoves } from './lockfileRules';
import { compareManifests, judgeManifest, listRequirements } from './manifestRules';
import {
  EMPTY_LOCKFILE,
  EMPTY_MANIFEST,
  type LocatedRequirement,
  type LockfileChange,
  type RequirementChange,
} from './model';

const READS_AT_ONCE = 4;
/** Manifests that tests feed on are installed by nobody: their blocks are warnings. */
const TEST_DATA = /(?:^|\/)(?:fixtures|testdata)\//;

type ManifestFormat = Extract<Format, { kind: 'manifest' }>;
type LockfileFormat = Extract<Format, { kind: 'lockfile' }>;

/** One known file of the change: what it was called before (null = it is new) and now (null = it is gone). */
interface Known<F extends Format = Format> {
  readonly path: string;
  readonly format: F;
  readonly oldOid: string | null;
  readonly newOid: string | null;
}

interface ManifestOutcome extends RuleResult {
  readonly path: string;
  readonly changes: readonly RequirementChange[];
}

/** Judges manifests first: what changed in them explains what changed in the lockfiles. */
export const judgeDependencies: ContentRule = async (context) => {
  const known = context.changes.flatMap(knownFiles);
  const manifests = await mapConcurrently(known.filter(isManifest), READS_AT_ONCE, (file) => manifest(file, context));
  const locks = await mapConcurrently(known.filter(isLockfile), READS_AT_ONCE, (file) =>
    lockfile(file, manifests, context),
  );
  const results: RuleResult[] = [...manifests, ...locks, { findings: known.flatMap(unreadOrHook) }];
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
  const sides = await bothSides(file, context, format.read);
  if ('findings' in sides) return { path, changes: [], ...sides };
  const before = sides.before ?? EMPTY_MANIFEST;
  const after = sides.after ?? EMPTY_MANIFEST;
  const changes = compareManifests(before, after);
  return {
    path,
    changes,
    findings: judgeManifest(path, changes, before, after),
    dependencies: listRequirements(path, format.ecosystem, changes),
  };
}

async function lockfile(
  file: Known<LockfileFormat>,
  manifests: readonly ManifestOutcome[],
  context: RuleContext,
): Promise<RuleResult> {
  const { path, format } = file;
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  if (file.newOid === null) return { findings: await lostLockfile(file, folder, context) };
  const sides = await bothSides(file, context, format.read);
  if ('findings' in sides) return sides;
  const change: LockfileChange = {
    path,
    ecosystem: format.ecosystem,
    before: sides.before ?? EMPTY_LOCKFILE,
    after: sides.after ?? EMPTY_LOCKFILE,
    requirements: manifests.flatMap((each) => located(each, folder)),
    direct: await directNames(folder, context),
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
    return await read(readText(blob.bytes));
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

/** Requirements of a manifest at or below the lockfile's folder. */
function located({ path, changes }: ManifestOutcome, folder: string): readonly LocatedRequirement[] {
  if (!path.startsWith(folder)) return [];
  const importer = path.slice(folder.length).replace(/\/?[^/]*$/, '');
  return changes.map((change) => ({ ...change, importer }));
}

/** What the package.json beside a lockfile asks for; nothing when there is none that can be read. */
async function directNames(folder: string, { reader }: RuleContext): Promise<ReadonlySet<string>> {
  const path = `${folder}package.json`;
  const format = formatOf(path);
  const blob = await reader.at('head', path);
  if (format?.kind !== 'manifest' || blob === null || blob.tooLarge) return new Set();
  try {
    const { requirements } = await format.read(readText(blob.bytes));
    return new Set(requirements.map((requirement) => requirement.package));
  } catch {
    // If the change broke it, that is a finding of its own.
    return new Set();
  }
}

/** A project without its lockfile installs whatever is newest. One that went with its project is no loss. */
async function lostLockfile(file: Known, folder: string, { reader }: RuleContext): Promise<readonly RawFinding[]> {
  if ((await reader.at('head', `${folder}package.json`)) === null) return [];
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
