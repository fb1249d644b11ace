/** The columns of a check: where it ran, how that ended, and which tests differ, by name. Pure. */
import type { Packet, PacketCheck } from '../../../core/review/packetSchema';
import { duration, shortOid } from '../../../core/review/words';
import type { CheckRun, Column } from '../../../core/verify/columns';
import type { TestList } from '../../../core/verify/comparison';
import { visible } from '../../../core/visible';
import type { PageCheck, PageColumn } from '../../../webview/review/model';
import type { Mark, Tone } from '../../../webview/shared/shapes';
import type { Translate } from '../../translate';
import { counted, countWords, statusMark, statusWords } from './marks';

/** Characters of a digest that people compare. */
const DIGEST_SHOWN = 12;

type Receipts = NonNullable<Packet['receipts']>;
type ReceiptColumn = Receipts['list'][number]['column'];

/** Nothing for evidence of earlier versions, which has only the result. */
export function columnsOf(
  check: PacketCheck,
  packet: Packet,
  t: Translate,
): Pick<PageCheck, 'columns' | 'differences' | 'runs'> {
  const { base, overlay } = check;
  const receipt = (column: ReceiptColumn, at = 0) => receiptWords(packet, check.name, column, at, t);
  const columns = [
    ...(base === undefined ? [] : [besideOf(t('base'), base, t('the same tree'), receipt('base'), t)]),
    resultOf(check, packet, receipt('result'), t),
    ...(overlay === undefined
      ? []
      : [besideOf(t("result with the base's tests"), overlay, t('no test changed'), receipt('overlay'), t)]),
    ...againOf(check, receipt, t),
  ];
  return {
    columns: columns.length > 1 ? columns : [],
    differences: differencesOf(check, t),
    runs: [flakyWords(check, t), folderWords(check, t), partialWords(check, t)].filter((words) => words !== ''),
  };
}

function besideOf(label: string, column: Column, same: string, receipt: string, t: Translate): PageColumn {
  switch (column.kind) {
    case 'ran':
      return {
        label,
        mark: statusMark(column.run.status, false, t),
        detail: runWords(column.run, column.cached ? [t('from an earlier run')] : [], receipt, t),
      };
    case 'same':
      return { label, mark: plainMark('=', same), detail: '' };
    case 'not-run':
      return { label, mark: { tone: 'careful', symbol: '–', words: t('not run') }, detail: visible(column.why) };
  }
}

function resultOf(check: PacketCheck, packet: Packet, receipt: string, t: Translate): PageColumn {
  const stale = check.stale || packet.stale.includes('verification');
  const { seconds, exit, tree, note } = check;
  const details =
    tree === null
      ? [visible(note ?? '')]
      : [
          countWords(check, t),
          duration(seconds),
          exit === null ? '' : t('exit {0}', exit),
          t('at tree {0}', shortOid(tree)),
          visible(note ?? ''),
          receipt,
        ];
  return { label: t('result'), mark: statusMark(check.status, stale, t), detail: joined(details) };
}

/** Further runs of the result: of a check that failed and had passed at the base, and in the agent's folder. */
function againOf(
  { attempts = [], folder }: PacketCheck,
  receipt: (column: ReceiptColumn, at?: number) => string,
  t: Translate,
): PageColumn[] {
  const again = attempts.map((run, at) => ({
    label: t('result, run again'),
    mark: statusMark(run.status, false, t),
    detail: runWords(run, [], receipt('again', at), t),
  }));
  if (folder === undefined) return again;
  const { run } = folder;
  const mark = statusMark(run.status, false, t);
  return [...again, { label: t("in the agent's folder"), mark, detail: runWords(run, [], receipt('folder'), t) }];
}

function runWords(run: CheckRun, more: readonly string[], receipt: string, t: Translate): string {
  const details = [
    countWords(run.counts === null ? {} : { counts: run.counts }, t),
    duration(run.seconds),
    run.exit === null ? '' : t('exit {0}', run.exit),
    t('at tree {0}', shortOid(run.tree)),
    ...more,
    visible(run.note ?? ''),
    receipt,
  ];
  return joined(details);
}

/** Each said once: a note may repeat how a run ended. */
function joined(details: readonly string[]): string {
  return [...new Set(details)].filter((detail) => detail !== '').join(' · ');
}

function receiptWords({ receipts }: Packet, check: string, column: ReceiptColumn, at: number, t: Translate): string {
  const own = (receipts?.list ?? []).filter((receipt) => receipt.check === check && receipt.column === column);
  const digest = own[at]?.digest;
  return digest === undefined ? '' : t('receipt {0}', digest.slice(0, DIGEST_SHOWN));
}

/** The gravest first. */
function differencesOf({ comparisons }: PacketCheck, t: Translate): PageCheck['differences'] {
  const { base = null, overlay = null, needed = null } = comparisons ?? {};
  const lists: readonly (readonly [string, Tone, TestList | undefined])[] = [
    [t('Newly failing'), 'bad', base?.newlyFailing],
    [t('Ran at the base, gone now'), 'careful', base?.vanished],
    [t('Ran at the base, skipped now'), 'careful', base?.newlySkipped],
    [t("Failing with the base's tests"), 'careful', needed?.tests ?? overlay?.newlyFailing],
    [t('Failing at the base, too'), 'careful', base?.stillFailing],
    [t('Newly passing'), 'good', base?.newlyPassing],
  ];
  return lists.flatMap(([title, tone, list]) => {
    if (list === undefined || list.total === 0) return [];
    const { total, names } = list;
    const more = total - names.length;
    return [
      {
        title: t('{0} ({1})', title, total),
        tone,
        names: names.map(visible),
        more: more > 0 ? t('{0} more are in the evidence', more) : '',
      },
    ];
  });
}

/** A check that did not end alike at one tree proves nothing either way. */
function flakyWords({ attempts = [], status }: PacketCheck, t: Translate): string {
  if (attempts.length === 0) return '';
  const all = [status, ...attempts.map((run) => run.status)];
  const passed = all.filter((own) => own === 'passed').length;
  if (passed > 0 && passed < all.length) {
    return t('Flaky: it passed in {0} of {1} runs at the same tree.', passed, all.length);
  }
  return t('Run {0} times at the same tree, each time alike: {1}.', all.length, statusWords(status, t));
}

function folderWords({ folder }: PacketCheck, t: Translate): string {
  if (folder === undefined || folder.ignored.total === 0) return '';
  const { total, names } = folder.ignored;
  const named = names.slice(0, 10).map(visible).join(', ');
  return t("In the agent's folder lie {0} things that git ignores: {1}", total, named);
}

function partialWords({ comparisons }: PacketCheck, t: Translate): string {
  const partial = comparisons?.base?.partial === true || comparisons?.overlay?.partial === true;
  return partial ? t('A report names fewer tests than it counts: what is missing by name may have run.') : '';
}

function plainMark(symbol: string, words: string): Mark {
  return { tone: 'plain', symbol, words };
}

/** All receipts in one sentence; empty where there are none. */
export function receiptsNote({ receipts }: Packet, t: Translate): string {
  if (receipts === undefined) return '';
  const { length } = receipts.list;
  const digest = receipts.digest.slice(0, DIGEST_SHOWN);
  return [
    counted(length, t('{0} receipt, digest {1}', length, digest), t('{0} receipts, digest {1}', length, digest)),
    receipts.stale ? t('of another tree than the one under review') : t('of the tree under review'),
    ...(receipts.signed === null
      ? []
      : [receipts.signed ? t('as they were signed off') : t('not those that were signed off')]),
    ...noteWords(receipts.note, t),
    ...alteredWords(receipts.altered, t),
  ].join(' · ');
}

function alteredWords([first, ...others]: Receipts['altered'], t: Translate): string[] {
  if (first === undefined) return [];
  const path = visible(first.path);
  const words = first.state === 'missing' ? t('{0} is gone', path) : t('{0} was changed after it was written', path);
  return [words, ...(others.length === 0 ? [] : [t('{0} more like it', others.length)])];
}

function noteWords(note: Receipts['note'], t: Translate): string[] {
  switch (note) {
    case 'match':
      return [t('the note of the delivered commit has them')];
    case 'differs':
      return [t('the note of the delivered commit has others')];
    case 'missing':
      return [t('the delivered commit has no note here')];
    case null:
      return [];
  }
}
