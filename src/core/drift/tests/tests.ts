/**
 * The family `tests/*`, joined: what the change did to tests, in every language that is known. Only test files that
 * changed are read, first those that may have lost cases, then new ones, of which only what may have been moved is kept.
 */
import { append } from '../append';
import { pathsOf } from '../changes';
import { mapConcurrently } from '../concurrent';
import type { Change } from '../diff';
import type { ContentRule, RuleContext } from '../input';
import type { RawFinding } from '../report';
import { ruleOf } from '../rules';
import { languageOf } from '../syntax/language';
import { judgeCollection } from './collection';
import { type Departed, type Findable, fate, judgeBareFile, judgeDemoted, judgeDeparted } from './deleted';
import { changesOnlyTests } from './inline';
import { judgeMarks } from './marks';
import type { TestCase } from './model';
import { findMoves, type Moves, type Placed, Wanted } from './moves';
import { type Pairing, pairCases } from './pairing';
import { Standing, spokenWords } from './remains';
import { readChange, type Side, type TestChange, touchesTests } from './sides';
import { judgeSnapshots } from './snapshots';
import { DeletedSources, languageFamily } from './subjects';
import { placesOf } from './testPaths';
import { VanishedNames } from './vanished';
import { judgeCases, judgeFile, type Surroundings } from './weakened';

const READS_AT_ONCE = 16;
const PROSE = /\.(?:md|mdx|markdown|rst|txt|adoc)$|(?:^|\/)(?:LICENSE|CHANGELOG|AUTHORS|docs\/)/i;

export const judgeTests: ContentRule = async (context) => {
  const changes = context.changes.filter(touchesTests);
  const kept = await mapConcurrently(
    changes.filter(({ status }) => status !== 'A'),
    READS_AT_ONCE,
    (change) => readChange(change, context.reader),
  );
  const paired = kept.map((change) => ({ change, pairing: pairingOf(change) }));
  const gone = paired.flatMap(({ change, pairing }) => placed(change.before, pairing.gone));
  const wanted = new Wanted(gone);
  const added = await mapConcurrently(
    changes.filter(({ status }) => status === 'A'),
    READS_AT_ONCE,
    async (change) => judgeAdded(await readChange(change, context.reader), wanted),
  );
  const fresh = [
    ...paired.flatMap(({ change, pairing }) => placed(change.after, pairing.fresh)),
    ...added.flatMap((file) => file.fresh),
  ];
  const moves = findMoves(gone, fresh);
  const around: Surroundings = {
    sourceChanged: hasSource(context.changes, kept),
    helpers: new Set([...kept.flatMap(({ after }) => helpersIn(after)), ...added.flatMap(({ helpers }) => helpers)]),
  };
  const sources = new DeletedSources(gone.length > 0 || kept.some(isWithoutCases) ? context.changes : []);
  const lost = departed(
    paired.map(({ change, pairing }) => ({ change, pairing: stayed(pairing, moves) })),
    moves.gone,
    added,
  );
  const findable: Findable = {
    sources,
    vanished: await VanishedNames.of(lost.length > 0 ? context.changes : [], context.reader),
    helpers: around.helpers,
    standing: new Standing(lost.length > 0 ? casesNow(kept, added) : []),
  };
  const findings = [
    ...kept.flatMap(unreadIn),
    ...added.flatMap((file) => file.findings),
    ...paired.flatMap(({ change, pairing }) => judgeKept(change, stayed(pairing, moves), around)),
    ...bySides(moves.moved).flatMap((group) => judgeMoved(group, around)),
    ...added.flatMap((file) => judgeBorn(file, moves)),
    ...lost.flatMap((each) => judgeDeparted(each, findable)),
    ...kept.flatMap((change) => judgeWithoutCases(change, added, sources)),
    ...(await judgeSnapshots(context, deletedTests(context))),
  ];
  const torn = new Set(kept.filter(isTorn).flatMap(({ change }) => pathsOf(change)));
  return { findings: findings.map((finding) => (torn.has(finding.path ?? '') ? unsure(finding) : finding)) };
};

function isTorn({ before, after }: TestChange): boolean {
  return before?.file.isTorn === true || after?.file.isTorn === true;
}

/** Nobody is stopped by what may be the parser's fault. */
function unsure(finding: RawFinding): RawFinding {
  const { severity = ruleOf(finding.rule)?.severity } = finding;
  if (severity !== 'block') return finding;
  const message = `${finding.message} Parts of the file could not be parsed: look for yourself.`;
  return { ...finding, severity: 'warn', message };
}

function pairingOf({ before, after }: TestChange): Pairing {
  return pairCases(before?.file.cases ?? [], after?.file.cases ?? []);
}

function placed(side: Side | null, cases: readonly TestCase[]): readonly Placed[] {
  return side === null ? [] : cases.map((test) => ({ test, side }));
}

interface Added {
  readonly change: Change;
  readonly findings: readonly RawFinding[];
  readonly fresh: readonly Placed[];
  readonly helpers: readonly string[];
  /** What its cases speak of, where a case is gone elsewhere. */
  readonly words: ReadonlySet<string>;
}

/** A new file is judged at once; only what may be a case that is gone elsewhere stays in memory. */
function judgeAdded(added: TestChange, wanted: Wanted): Added {
  const { change, after } = added;
  if (after === null) return { change, findings: unreadIn(added), fresh: [], helpers: [], words: new Set() };
  const known = after.file.cases.filter((test) => wanted.has(test));
  const born = after.file.cases.filter((test) => !wanted.has(test));
  const findings = [...judgeMarks(null, after, { pairs: [], gone: [], fresh: born }), ...judgeCollection(null, after)];
  const words = spokenWords(wanted.isEmpty ? [] : after.file.cases);
  return { change, findings, fresh: placed(after, known), helpers: helpersIn(after), words };
}

/** What looked like a case that is gone, and is not. */
function judgeBorn({ fresh }: Added, { taken }: Moves): readonly RawFinding[] {
  const [first] = fresh;
  const born = fresh.filter(({ test }) => !taken.has(test)).map(({ test }) => test);
  if (first === undefined || born.length === 0 || first.side.file.skip !== null) return [];
  return judgeMarks(null, first.side, { pairs: [], gone: [], fresh: born });
}

function helpersIn(side: Side | null): readonly string[] {
  return (side?.file.helpers ?? [])
    .filter(({ name, assertions }) => name !== '' && assertions.length > 0)
    .map(({ name }) => name);
}

function judgeKept(change: TestChange, pairing: Pairing, around: Surroundings): readonly RawFinding[] {
  const { before, after } = change;
  if (before === null || after === null) return [];
  return [
    ...judgeMarks(before, after, pairing),
    ...judgeCases(before, after, pairing, around),
    ...judgeFile(before, after, pairing, around),
    ...judgeCollection(before, after),
    ...judgeDemoted(change),
  ];
}

function stayed(pairing: Pairing, { taken }: Moves): Pairing {
  return { ...pairing, fresh: pairing.fresh.filter((test) => !taken.has(test)) };
}

type Move = Moves['moved'][number];

/** The moves from one file to one other, together. */
function bySides(moved: readonly Move[]): readonly (readonly Move[])[] {
  const groups = new Map<Side, Map<Side, Move[]>>();
  for (const move of moved) {
    const [{ side: from }, { side: to }] = move;
    const inner = groups.get(from) ?? new Map<Side, Move[]>();
    groups.set(from, inner);
    append(inner, to, move);
  }
  return [...groups.values()].flatMap((inner) => [...inner.values()]);
}

/** A case that went to another file is compared as one that stayed. */
function judgeMoved(group: readonly Move[], around: Surroundings): readonly RawFinding[] {
  const [first] = group;
  if (first === undefined) return [];
  const [{ side: before }, { side: after }] = first;
  const pairing: Pairing = { pairs: group.map(([was, is]) => [was.test, is.test] as const), gone: [], fresh: [] };
  return [...judgeMarks(before, after, pairing), ...judgeCases(before, after, pairing, around)];
}

interface Paired {
  readonly change: TestChange;
  readonly pairing: Pairing;
}

/** Each file that has lost cases, with what may have taken them over. */
function departed(paired: readonly Paired[], gone: readonly Placed[], added: readonly Added[]): readonly Departed[] {
  const nowhere = new Set(gone.map(({ test }) => test));
  const lost = paired.map((each) => ({ ...each, cases: each.pairing.gone.filter((test) => nowhere.has(test)) }));
  if (lost.every(({ cases }) => cases.length === 0)) return [];
  const words = [
    ...added.map(({ change: { path }, words: spoken }) => ({ path, spoken })),
    ...paired.map(({ change: { change }, pairing: { fresh } }) => ({ path: change.path, spoken: spokenWords(fresh) })),
  ].filter(({ spoken }) => spoken.size > 0);
  return lost.flatMap(({ change, pairing, cases }) => {
    const side = change.before;
    if (side === null || cases.length === 0) return [];
    const others = words.filter(
      ({ path }) => path !== change.change.path && languageFamily(path) === languageFamily(side.path),
    );
    return [
      {
        change,
        side,
        gone: cases,
        all: side.file.cases.length,
        came: pairing.fresh,
        staying: pairing.pairs.map(([was]) => was),
        grown: grownTables(pairing, cases.length),
        elsewhere: others.map(({ spoken }) => spoken),
      },
    ];
  });
}

/** Tables that came, or have more rows by as many as are missing. */
function grownTables({ pairs, fresh }: Pairing, missing: number): readonly TestCase[] {
  const grown = pairs.filter(([was, is]) => (is.rows?.length ?? 0) >= (was.rows?.length ?? 1) + missing);
  return [...fresh.filter(({ rows }) => (rows?.length ?? 0) > missing), ...grown.map(([, is]) => is)];
}

/** What runs now in the files that changed, as far as it is in memory. */
function casesNow(kept: readonly TestChange[], added: readonly Added[]): readonly TestCase[] {
  return [
    ...kept.flatMap(({ after }) => (after === null || after.file.skip !== null ? [] : after.file.cases)),
    ...added.flatMap(({ fresh }) => fresh.filter(({ side }) => side.file.skip === null).map(({ test }) => test)),
  ];
}

/** Whether a file that runners take by its name went, and nobody could tell its cases. */
function isWithoutCases({ before, after, placeBefore, unread }: TestChange): boolean {
  if (after !== null || placeBefore?.kind !== 'test') return false;
  return before === null ? unread !== null : before.file.cases.length === 0;
}

function judgeWithoutCases(
  change: TestChange,
  added: readonly Added[],
  sources: DeletedSources,
): readonly RawFinding[] {
  const { before } = change;
  if (!isWithoutCases(change) || before === null) return [];
  const isScript = (before.file.helpers ?? []).some(({ name, assertions }) => name === '' && assertions.length > 0);
  const isNamed = /^(?:javascript|jsx|typescript|tsx)$/.test(before.place.language ?? '') && before.text.trim() !== '';
  if (!isScript && !isNamed) return [];
  const name = before.path.slice(before.path.lastIndexOf('/') + 1);
  const isMoved = added.some(
    ({ change: other }) => other.newOid === change.change.oldOid || other.path.endsWith(`/${name}`),
  );
  return isMoved ? [] : judgeBareFile(change, before, sources);
}

/** What nobody has read is said, never passed over. */
function unreadIn(change: TestChange): readonly RawFinding[] {
  const { unread, before, placeBefore, placeAfter } = change;
  if (unread === null) return [];
  const { status, path, oldPath } = change.change;
  const isGone = change.after === null && (status === 'D' || placeAfter === null) && before === null;
  if (isGone && placeBefore?.kind === 'test') {
    const message = `${fate(change)}; what it held could not be read: ${unread}.`;
    return [{ rule: 'tests/deleted', path: oldPath ?? path, message, evidence: 'the whole file' }];
  }
  const message = `What changed in these tests could not be read: ${unread}.`;
  return [{ rule: 'tests/weakened', severity: 'warn', path, message, evidence: `could not be read: ${unread}` }];
}

/** Whether anything but tests and prose changed. */
function hasSource(changes: readonly Change[], kept: readonly TestChange[]): boolean {
  const ofTests = new Set(kept.filter(changesOnlyTests).map(({ change }) => change));
  return changes.some((change) => !ofTests.has(change) && isSource(change));
}

/** Whether a change touches what tests may test: neither tests nor prose. */
function isSource(change: Change): boolean {
  const { path, oldPath } = change;
  return [oldPath ?? path, path].some((each, side) => {
    if (PROSE.test(each)) return false;
    const kind = placesOf(change)[side]?.kind;
    return kind === undefined || kind === 'inline' || kind === 'fixture';
  });
}

function deletedTests({ changes }: RuleContext): ReadonlySet<string> {
  const gone = changes.filter(({ status, path }) => status === 'D' && languageOf(path) !== null);
  return new Set(gone.map(({ path }) => path));
}
