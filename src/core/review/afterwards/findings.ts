/**
 * What became of a finding. Places are what is followed: their ids name rule, path and evidence, not the line, so that
 * code which moved is still found. What the rule says anew of the same file takes the place of what it said before.
 */
import { placeIds } from '../../drift/places';
import type { Finding } from '../../drift/report';
import { plural } from '../words';
import { type Judgement, judged } from './judged';
import type { SentItem } from './sent';
import type { Side } from './side';

const WEIGHT: Readonly<Record<string, number>> = { info: 0, warn: 1, block: 2 };

/** One place of a finding; of a finding without places, the finding itself. */
export interface FoundPlace {
  readonly id: string;
  readonly path: string | null;
  readonly finding: Finding;
}

export function placesOf(findings: readonly Finding[]): readonly FoundPlace[] {
  return findings.flatMap((finding): FoundPlace[] =>
    finding.places.length === 0
      ? [{ id: finding.id, path: null, finding }]
      : finding.places.map(({ id, path }) => ({ id, path, finding })),
  );
}

/** What a rule says of a file; of what is about no file, of nothing else. */
export function subjectOf({ id, path, finding: { rule } }: FoundPlace): string {
  return JSON.stringify(path === null ? [rule, null, id] : [rule, path]);
}

/** A finding as it was: in the report of then, or as far as the correction recorded it. */
interface Before {
  readonly ids: ReadonlySet<string>;
  readonly subjects: ReadonlySet<string>;
  readonly total: number;
  readonly severity: string;
  readonly evidence: string | null;
}

/** The subjects of a sent finding: what it covers of the report of now. */
export function subjectsOfItem(item: SentItem, before: Side): ReadonlySet<string> {
  return beforeOf(item, before).subjects;
}

/** Fixed only when a report of the new tree has none of its places, and says nothing of the kind about the same files. */
export function judgeFinding(item: SentItem, before: Side, after: Side): Judgement {
  if (after.drift === null) return judged('open', 'there is no drift report of the new tree');
  const was = beforeOf(item, before);
  const now = placesOf(after.drift.findings);
  const known = new Set(before.drift === null ? was.ids : placesOf(before.drift.findings).map(({ id }) => id));
  const mine = now.filter(
    (place) => was.ids.has(place.id) || (!known.has(place.id) && was.subjects.has(subjectOf(place))),
  );
  const same = mine[0]?.finding ?? after.drift.findings.find(({ id }) => id === item.id);
  if (same === undefined)
    return gone(
      item,
      was,
      now.filter(({ id }) => !known.has(id)),
      before.tree === after.tree,
    );
  // A group that grew: its new places belong to it, wherever they are.
  const grown = now.filter((place) => place.finding.id === item.id && !known.has(place.id) && !mine.includes(place));
  const places = [...mine, ...grown];
  const worst = places.reduce((most, { finding }) => Math.max(most, WEIGHT[finding.severity] ?? 0), 0);
  if (worst > (WEIGHT[was.severity] ?? 0)) {
    return judged('worse', `it is graver now: ${was.severity} before, ${severityOf(worst)} now`, same.id);
  }
  if (places.length > was.total) {
    return judged('worse', `${plural(places.length, 'place')} now, ${was.total} before`, same.id);
  }
  if (places.length < was.total)
    return judged('not-fixed', `${places.length} of ${was.total} places are left`, same.id);
  return judged('not-fixed', 'it is still there', same.id);
}

/** Families whose evidence tells what happened to a path, and not what stands in it: of another path it says nothing. */
const ABOUT_PATHS: ReadonlySet<string> = new Set(['scope', 'boundary', 'hidden', 'git']);

/** Code that moved to another file is not mended: what a rule says there of the same words is for a person to see. */
function gone(item: SentItem, was: Before, fresh: readonly FoundPlace[], sameTree: boolean): Judgement {
  if (sameTree) return judged('open', 'it is not found any more, although no file changed');
  const ofRule = fresh.filter(({ finding }) => finding.rule === item.rule);
  const aboutPath = ABOUT_PATHS.has(item.rule?.split('/')[0] ?? '');
  const alike = ofRule.find(({ path, finding }) => path === null || (!aboutPath && finding.evidence === was.evidence));
  if (alike === undefined) return judged('fixed', 'it is not found any more');
  const where = alike.path === null ? 'in another form' : `at ${alike.path}`;
  return judged('open', `it is gone there, and something of the kind is found ${where}`, alike.finding.id);
}

function severityOf(weight: number): string {
  return Object.keys(WEIGHT).find((severity) => WEIGHT[severity] === weight) ?? 'block';
}

/** The finding as it was; what the report of then does not have any more, the record says. */
function beforeOf(item: SentItem, before: Side): Before {
  const reported = before.drift?.findings.find(({ id }) => id === item.id);
  if (reported !== undefined) {
    const ids = placeIds(reported);
    return {
      ids: new Set(ids),
      subjects: new Set(placesOf([reported]).map(subjectOf)),
      total: ids.length,
      severity: reported.severity,
      evidence: reported.evidence,
    };
  }
  const id = item.id ?? '';
  const ids = item.places === undefined || item.places.ids.length === 0 ? [id] : item.places.ids;
  return {
    ids: new Set(ids),
    subjects: new Set([JSON.stringify(item.path === null ? [item.rule, null, id] : [item.rule, item.path])]),
    total: Math.max(1, item.places?.total ?? 1),
    severity: item.severity ?? 'block',
    evidence: null,
  };
}
