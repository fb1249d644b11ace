/** What changed between two readings of a lockfile, and what the manifests' changes explain of it. */

import { append } from '../append';
import type { DependencyChange, RawFinding } from '../report';
import { explain } from './explanation';
import { isOtherCache, isOtherForm, isSameIntegrity } from './integrity';
import type { LockedPackage, Lockfile, LockfileChange } from './model';
import { type Move, movesOf } from './moves';
import { knownOrigins, originOf, placeOf, sourceFault } from './origin';
import { purlOf } from './purl';

/** Above this many tampered packages a list is more use than a finding each. */
const ONE_BY_ONE = 20;
const NAMED = 12;

/** Every package that came, went or moved, explained or not. */
export function listMoves({ path, ecosystem, before, after, direct }: LockfileChange): readonly DependencyChange[] {
  return movesOf(before, after).map(({ name, from, to }) => ({
    ecosystem,
    manifest: path,
    name,
    from: from?.version ?? from?.resolved ?? null,
    to: to?.version ?? to?.resolved ?? null,
    direct: direct.has(name),
    group: null,
    purl: purlOf(ecosystem, name),
  }));
}

/** `deps/source`, `deps/lockfile-only` and `deps/install-script` of one lockfile. */
export function judgeLockfile(change: LockfileChange): readonly RawFinding[] {
  const moves = movesOf(change.before, change.after);
  const isExplained = explain(change);
  return [
    ...unexplained(
      change.path,
      moves.filter((move) => !isExplained(move)),
    ),
    ...newSources(change, moves, isExplained),
    ...tampering(change),
    ...contradictions(change),
    ...installScripts(change, moves),
  ];
}

function unexplained(path: string, odd: readonly Move[]): readonly RawFinding[] {
  if (odd.length === 0) return [];
  const message =
    odd.length === 1
      ? 'A package moved that no manifest change explains.'
      : `${odd.length} packages moved that no manifest change explains.`;
  return [
    {
      rule: 'deps/lockfile-only',
      severity: 'warn',
      path,
      message,
      evidence: listed(odd.map(({ name, from, to }) => `${name} ${labelOf(from)} → ${labelOf(to)}`)),
      grantable: false,
    },
  ];
}

/** Packages that came or moved, and are fetched from where nothing was fetched before. */
function newSources(
  { path, before }: LockfileChange,
  moves: readonly Move[],
  isExplained: (move: Move) => boolean,
): readonly RawFinding[] {
  const known = knownOrigins(before);
  return moves.flatMap((move): RawFinding[] => {
    const { name, from, to } = move;
    const fault = to && faultOf(from, to, isExplained(move) ? 'asked for' : 'unasked', known);
    if (!to || !fault) return [];
    const message = `${name} ${labelOf(to)} ${fault}.`;
    const evidence = `${name}: ${addressOf(from)} → ${addressOf(to)}`;
    return [{ rule: 'deps/source', path, message, evidence, grantable: false }];
  });
}

/**
 * Another commit of the repository that the package came from before is no other source, where a manifest asked for it.
 * Where none did, it is: a commit of anybody's fork can be named through the repository that was forked.
 */
function faultOf(
  from: LockedPackage | null,
  to: LockedPackage,
  how: 'asked for' | 'unasked',
  known: ReadonlySet<string>,
): string | null {
  const place = placeOf(to.resolved ?? '');
  const isSame = from !== null && place !== null && placeOf(from.resolved ?? '') === place;
  return (isSame && how === 'asked for' ? null : sourceFault(to, known)) ?? repositoryFault(from, to);
}

/** Registries that only point to repositories can be made to point elsewhere: a later version from another one is told. */
function repositoryFault(from: LockedPackage | null, to: LockedPackage): string | null {
  const isKept = from?.repository === undefined || from.repository === to.repository;
  return isKept ? null : `is taken from ${to.repository ?? 'no repository'}, no longer from ${from.repository}`;
}

/** The same version of the same package, with another address or another hash. */
function tampering({ path, before, after }: LockfileChange): readonly RawFinding[] {
  const old = byIdentity(before);
  const odd: RawFinding[] = [];
  const rewritten: string[] = [];
  const otherCache: { readonly label: string; readonly finding: RawFinding }[] = [];
  let kept = 0;
  for (const [identity, packages] of byIdentity(after)) {
    const was = old.get(identity);
    const [first] = was ?? [];
    if (!was || !first) continue;
    for (const now of packages) {
      const label = `${now.name} ${labelOf(now)}`;
      const inPlace = was.filter((each) => isSamePlace(each, now));
      if (inPlace.some((each) => isSameIntegrity(each.integrity, now.integrity))) kept++;
      else if (inPlace.some((each) => isOtherForm(each.integrity, now.integrity))) rewritten.push(label);
      else if (inPlace.some((each) => isOtherCache(each.integrity, now.integrity)))
        otherCache.push({ label, finding: tampered(path, first, now) });
      else odd.push(tampered(path, first, now));
    }
  }
  // A cache of another kind is one for the whole lockfile: a few packages alone are no such change.
  if (otherCache.length > kept) rewritten.push(...otherCache.map(({ label }) => label));
  else odd.push(...otherCache.map(({ finding }) => finding));
  const byEvidence = new Map(odd.map((finding) => [finding.evidence, finding]));
  const findings = [...byEvidence.values(), ...otherForms(path, [...new Set(rewritten)])];
  const hashes = findings.filter(({ rule, severity }) => rule === 'deps/lockfile-only' && severity !== 'warn');
  if (hashes.length <= ONE_BY_ONE) return findings;
  const all: RawFinding = {
    rule: 'deps/lockfile-only',
    path,
    message: `${hashes.length} packages have another address or hash at the same version.`,
    evidence: listed(hashes.map(({ evidence }) => evidence)),
    grantable: false,
  };
  return [...findings.filter((finding) => !hashes.includes(finding)), all];
}

/** Today's clients ignore the part for older ones; that it says something else now is told all the same. */
function contradictions({ path, before, after }: LockfileChange): readonly RawFinding[] {
  const odd = [...(after.contradictions ?? [])].filter(([name, said]) => before.contradictions?.get(name) !== said);
  if (odd.length === 0) return [];
  const message = 'The part for older clients differs from the one that is installed from.';
  const evidence = listed(odd.map(([, said]) => said));
  return [{ rule: 'deps/lockfile-only', path, message, evidence, grantable: false }];
}

/** Hashes that the lockfile's tool writes another way now: nobody can say whether they are of the same files. */
function otherForms(path: string, packages: readonly string[]): readonly RawFinding[] {
  if (packages.length === 0) return [];
  const count = packages.length === 1 ? 'A package has its hash' : `${packages.length} packages have their hashes`;
  const message = `${count} in another form at the same version: it cannot be compared with the one before.`;
  return [
    { rule: 'deps/lockfile-only', severity: 'warn', path, message, evidence: listed(packages), grantable: false },
  ];
}

/** What a lockfile did not say before (an older version of the format, say) is no change when it is the usual registry. */
function isSamePlace(was: LockedPackage, now: LockedPackage): boolean {
  const isUsual = (each: LockedPackage) => each.resolved === null || sourceFault(each, new Set()) === null;
  const sameAddress =
    was.resolved === now.resolved || ((was.resolved === null || now.resolved === null) && isUsual(was) && isUsual(now));
  const sameRepository = was.repository === undefined || was.repository === now.repository;
  return sameAddress && sameRepository;
}

function tampered(path: string, was: LockedPackage, now: LockedPackage): RawFinding {
  const isElsewhere = was.repository !== now.repository;
  const moved = isElsewhere || originOf(was.resolved) !== originOf(now.resolved);
  const place = isElsewhere ? 'repository' : 'host';
  const what = moved ? `is fetched from another ${place}` : 'has another address or hash';
  return {
    rule: moved ? 'deps/source' : 'deps/lockfile-only',
    path,
    message: `${now.name} ${labelOf(now)} ${what}, at the same version.`,
    evidence: `${now.name}@${labelOf(now)}: ${addressOf(was)} ${was.integrity ?? ''} → ${addressOf(now)} ${now.integrity ?? ''}`,
    grantable: false,
  };
}

/** Packages that run a script at install, of a name that ran none before. */
function installScripts({ path, before }: LockfileChange, moves: readonly Move[]): readonly RawFinding[] {
  const ran = new Set([...before.packages.values()].filter((each) => each.hasInstallScript).map((each) => each.name));
  const names = new Set(moves.flatMap(({ to }) => (to?.hasInstallScript && !ran.has(to.name) ? [to.name] : [])));
  return [...names].map((name) => ({
    rule: 'deps/install-script',
    path,
    message: `${name} runs a script when it is installed.`,
    evidence: `${name} has an install script`,
    grantable: false,
  }));
}

function byIdentity(lockfile: Lockfile): ReadonlyMap<string, readonly LockedPackage[]> {
  const groups = new Map<string, LockedPackage[]>();
  // Copies of a package that say the same count once.
  const seen = new Set<string>();
  for (const each of lockfile.packages.values()) {
    const identity = JSON.stringify([each.name, each.version]);
    const copy = JSON.stringify([identity, each.resolved, each.integrity]);
    if (!seen.has(copy)) append(groups, identity, each);
    seen.add(copy);
  }
  return groups;
}

function labelOf(locked: LockedPackage | null): string {
  return locked === null ? '(none)' : (locked.version ?? '(no version)');
}

function addressOf(locked: LockedPackage | null): string {
  return locked === null ? '(none)' : (locked.resolved ?? locked.repository ?? '(the registry)');
}

function listed(items: readonly string[]): string {
  const rest = items.length - NAMED;
  return items.slice(0, NAMED).join('; ') + (rest > 0 ? `; and ${rest} more` : '');
}
