/**
 * `checks/config` and `checks/threshold` for configuration files: what each tool's settings were and are, whatever files
 * and formats they stand in. Files of one tool in one folder are compared as one, so that to move settings changes nothing.
 */

import { folderOf, pathFrom } from '../../../shell/paths';
import { mapConcurrently } from '../../concurrent';
import type { Change } from '../../diff';
import type { RuleContext } from '../../input';
import type { RawFinding } from '../../report';
import type { NamedConfig } from '../command/reference';
import { reasonOf, type Side, type Sides } from '../sides';
import { isTable, type Value } from '../value';
import { compareValues, type Outcome } from './compare';
import { readDocument } from './documents';
import { configFindings, goneFinding, newFindings, type Place, programFinding, unreadableFinding } from './findings';
import { isWhole, type Kind, kindNamed, kindsOf } from './kinds';
import type { Tool } from './table';

const READS_AT_ONCE = 4;

interface Part {
  readonly path: string;
  readonly kind: Kind;
}

/** Everything of one tool in one folder that the change touches. */
interface Group {
  readonly id: string;
  readonly tool: Tool;
  readonly folder: string;
  readonly before: Part[];
  readonly after: Part[];
}

/** One side of a group, read. */
interface Reading {
  readonly values: readonly Value[];
  readonly rest: string;
  /** Files that have a part for the tool. */
  readonly paths: readonly string[];
  /** Whether a file could not be read, and what is said of it. */
  readonly isBroken: boolean;
  readonly findings: readonly RawFinding[];
}

/** Findings for every changed configuration; `named` are those that the checks' commands name. */
export async function judgeConfigs(
  context: RuleContext,
  sides: Sides,
  named: readonly NamedConfig[],
): Promise<readonly RawFinding[]> {
  const groups = groupsOf(context.changes, named);
  const renamed = new Set(context.changes.flatMap(({ oldPath }) => oldPath ?? []));
  return (await mapConcurrently(groups, READS_AT_ONCE, (group) => judgeGroup(group, sides, renamed))).flat();
}

function groupsOf(changes: readonly Change[], named: readonly NamedConfig[]): readonly Group[] {
  const groups = new Map<string, Group>();
  const kindsAt = (path: string): readonly Kind[] => {
    const kinds = kindsOf(path);
    const more = named.flatMap(({ tool, path: at }) =>
      at === path && !kinds.some(({ id }) => id === tool) ? (kindNamed(tool, path) ?? []) : [],
    );
    return [...kinds, ...more];
  };
  const groupOf = ({ id, tool }: Kind, path: string): Group => {
    // A TypeScript project is one file, and its neighbours are other projects.
    const folder =
      id === 'typescript' || id === 'lines' || id === 'rule-set' || id === 'rubocop' ? path : folderOf(path);
    const key = `${id} ${folder}`;
    const group = groups.get(key) ?? { id, tool, folder, before: [], after: [] };
    groups.set(key, group);
    return group;
  };
  for (const change of changes) {
    if (change.oldOid === change.newOid && change.oldPath === null) continue;
    const oldPath = change.oldPath ?? change.path;
    const was = change.status === 'A' ? [] : kindsAt(oldPath);
    const now = change.status === 'D' ? [] : kindsAt(change.path);
    for (const kind of now) groupOf(kind, change.path).after.push({ path: change.path, kind });
    // What moved with its folder is compared with what it was there.
    for (const kind of was)
      groupOf(kind, now.some(({ id }) => id === kind.id) ? change.path : oldPath).before.push({ path: oldPath, kind });
  }
  return [...groups.values()];
}

async function judgeGroup(group: Group, sides: Sides, renamed: ReadonlySet<string>): Promise<readonly RawFinding[]> {
  const before = await readSide('base', group.before, sides);
  const after = await readSide('head', group.after, sides);
  if (before.isBroken || after.isBroken) return [...before.findings, ...after.findings];
  if (before.paths.length === 0 && after.paths.length === 0) return [];
  if (after.paths.length === 0) return judgeGone(group, before, sides);
  const written = { before: before.values, after: after.values };
  const aligned = group.tool.align?.(before, after) ?? null;
  const compared = compareValues(group.tool, (aligned ?? written).before, (aligned ?? written).after);
  const path = after.paths[0] ?? '';
  const outcomes = group.id === 'typescript' ? await withoutDeleted(compared, path, sides, renamed) : compared;
  const place = await placeOf(group, path, before.paths[0] ?? path, sides);
  if (before.paths.length === 0) {
    // A part that came to a file which was there is the first that steers a tool which ran all the same.
    const isSteered = group.tool.runsWithout === true && group.before.length > 0;
    if (isSteered)
      return configFindings(
        outcomes.filter(({ verdict }) => verdict === 'looser'),
        place,
      );
    return judgeNew(group, outcomes, place, sides);
  }
  const program = before.rest === after.rest ? [] : [programFinding(place, before.rest, after.rest)];
  const moved =
    before.paths.every((each) => each !== path) && group.before[0]?.kind.format !== group.after[0]?.kind.format;
  const isRewritten = moved || aligned !== null;
  return [...configFindings(isRewritten ? outcomes.map(asMoved) : outcomes, place), ...program];
}

async function placeOf({ tool, before, after }: Group, path: string, oldPath: string, sides: Sides): Promise<Place> {
  const kind = [...after, ...before].find((part) => part.path === path)?.kind;
  const text = (await sides.text('head', path)) ?? '';
  const old = (await sides.text('base', oldPath)) ?? '';
  return {
    tool,
    path,
    text,
    before: old,
    format: kind?.format ?? 'code',
    isWhole: kind !== undefined && isWhole(kind),
  };
}

/** A TypeScript project that is deleted is checked by nobody: that it is referenced no longer loosens nothing. */
async function withoutDeleted(
  outcomes: readonly Outcome[],
  path: string,
  sides: Sides,
  renamed: ReadonlySet<string>,
): Promise<readonly Outcome[]> {
  const isDropped = ({ path: [first], after }: Outcome) => first === 'references' && after === undefined;
  if (!outcomes.some(isDropped)) return outcomes;
  const [was, now] = await Promise.all([sides.reader.paths('base'), sides.reader.paths('head')]);
  const [wasThere, isThere] = [new Set(was), new Set(now)];
  return outcomes.filter((outcome) => {
    if (!isDropped(outcome) || typeof outcome.before?.value !== 'string') return true;
    const target = pathFrom(folderOf(path), outcome.before.value);
    if (target === null) return true;
    const file = target.endsWith('.json') ? target : `${target === '' ? '' : `${target}/`}tsconfig.json`;
    return !wasThere.has(file) || isThere.has(file) || renamed.has(file);
  });
}

/**
 * In another form a setting may stand under another key: that it is missing proves no loss, and neither does a level that
 * the old form left to a preset.
 */
function asMoved(outcome: Outcome): Outcome {
  const isOneSided = outcome.after === undefined || (outcome.before === undefined && outcome.direction === 'level');
  return outcome.verdict === 'looser' && isOneSided ? { ...outcome, verdict: 'unknown' } : outcome;
}

async function readSide(side: Side, parts: readonly Part[], sides: Sides): Promise<Reading> {
  const values: Value[] = [];
  const rests: string[] = [];
  const paths: string[] = [];
  const findings: RawFinding[] = [];
  let isBroken = false;
  for (const { path, kind } of parts) {
    try {
      const text = await sides.text(side, path);
      if (text === null) continue;
      const { value, rest } = await readDocument(kind.format, text, path);
      const part = kind.pick(value);
      if (part === undefined || (isTable(part) && part.size === 0 && rest === '')) continue;
      values.push(part);
      paths.push(path);
      if (rest !== '') rests.push(rest);
    } catch (error) {
      const reason = reasonOf(error);
      isBroken = true;
      if (!isToldElsewhere(path, reason)) findings.push(unreadableFinding(path, reason));
    }
  }
  return { values, rest: rests.join('\n'), paths, isBroken, findings };
}

/** A package.json that is no JSON is `deps/unparsed` already, for the same reason; what is only too much here is not. */
function isToldElsewhere(path: string, reason: string): boolean {
  return /(?:^|\/)package\.json$/.test(path) && !/nested|holds/.test(reason);
}

/** A configuration that is gone, with its file or out of it: what it demanded counts, and what it let through. */
async function judgeGone(group: Group, before: Reading, sides: Sides): Promise<readonly RawFinding[]> {
  const { tool } = group;
  const path = before.paths[0] ?? '';
  const left = await sides.reader.paths('head');
  const home = folderOf(path);
  // What went with its whole folder checks nothing that is still there.
  if (home !== '' && !left.some((other) => other.startsWith(home))) return [];
  const outcomes = compareValues(tool, before.values, []);
  const isLoss = outcomes.length === 0 || outcomes.some(({ verdict }) => verdict !== 'stricter');
  // The file is still there, without the part: what it said is told one by one.
  const text = isLoss && before.rest !== '' ? null : await sides.text('head', path);
  if (text !== null) return configFindings(outcomes, await placeOf(group, path, path, sides));
  const elsewhere = left.some((other) => folderOf(other) === home && other !== path && configures(other, group));
  return [goneFinding(tool, path, !isLoss ? 'stricter' : elsewhere || isNamedOnly(path) ? 'replaced' : 'lost')];
}

/** Of these only one name is looked for: another one is used by who names it, and fails without it. */
function isNamedOnly(path: string): boolean {
  return /(?:^|\/)(?:ts|js)config[.-][\w.-]*\.json$/.test(path);
}

/** A first configuration loosens nothing, unless it stands beside another one or below one that it overrides. */
async function judgeNew(
  group: Group,
  outcomes: readonly Outcome[],
  place: Place,
  sides: Sides,
): Promise<readonly RawFinding[]> {
  const home = folderOf(place.path);
  const others = (await sides.reader.paths('base')).filter(
    (path) => home.startsWith(folderOf(path)) && configures(path, group),
  );
  // What is ignored is a part of the configuration beside it.
  if (group.after.every(({ kind }) => kind.format === 'list') && others.length > 0)
    return configFindings(
      outcomes.filter(({ verdict }) => verdict === 'looser'),
      place,
    );
  const beside = group.folder === home && others.some((path) => folderOf(path) === home && path !== place.path);
  const above = group.tool.cascades === true && others.some((path) => folderOf(path) !== home);
  return newFindings(outcomes, place, beside ? 'beside' : above ? 'below' : 'first');
}

/** Whether a file is a configuration of the group's tool and of nothing else. */
function configures(path: string, { id }: Group): boolean {
  const kinds = kindsOf(path);
  return kinds.length === 1 && kinds[0]?.id === id;
}
