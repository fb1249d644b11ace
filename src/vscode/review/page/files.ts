/** The changed files as the page lists them: what a reviewer should look at first comes first, with the reason. Pure. */
import { boundaryOf } from '../../../core/drift/boundaries';
import type { Finding } from '../../../core/drift/report';
import { orderByRisk, type RankedFile, type Risk } from '../../../core/review/risk';
import { visible } from '../../../core/visible';
import type { FileChange } from '../../../host/rpc/reading';
import type { PageFile } from '../../../webview/review/model';
import type { Tone } from '../../../webview/shared/shapes';
import type { Translate } from '../../translate';
import { viewMark } from '../viewMark';
import { counted } from './marks';
import type { Changes, ReviewState } from './state';

const TONES: Readonly<Record<Risk, Tone>> = {
  blocking: 'bad',
  outside: 'bad',
  boundary: 'careful',
  warning: 'careful',
  link: 'careful',
  submodule: 'careful',
  binary: 'careful',
  mode: 'careful',
  deleted: 'plain',
  tests: 'plain',
  large: 'plain',
  size: 'plain',
};

/** The changes in the order in which a reviewer best reads them. */
export function rankedChanges(
  { changes, omitted }: { readonly changes: readonly FileChange[]; readonly omitted: number },
  findings: readonly Finding[],
): Changes {
  const byPath = new Map(changes.map((change) => [change.path, change]));
  const ranked = orderByRisk({ changes, findings, boundaryOf });
  const ordered = ranked.flatMap(({ path }) => byPath.get(path) ?? []);
  return { changes: ordered, ranks: ranked, marks: ordered.map(viewMark), omitted };
}

/** One entry for each change, in the order in which they came. */
export function filesOf({ changes, ranks }: Changes, t: Translate): PageFile[] {
  return changes.map((change, index) => {
    const rank = ranks[index];
    return {
      path: visible(change.path),
      what: whatOf(change, t),
      size: sizeOf(change, t),
      tone: rank === undefined ? 'plain' : TONES[rank.risk],
      risk: rank === undefined ? '' : riskWords(rank, t),
    };
  });
}

export function filesNote({ changes, packet }: ReviewState, t: Translate): string {
  switch (changes.kind) {
    case 'pending':
      return packet.snapshot === null ? t('There is no snapshot yet.') : t('Reading the changed files…');
    case 'unknown':
      return t('The changed files could not be read: {0}', visible(changes.why.message));
    case 'known':
      if (changes.value.changes.length === 0) return t('Nothing changed.');
      return changes.value.omitted === 0 ? '' : t('{0} more files are not listed.', changes.value.omitted);
  }
}

/** Nothing where the other words say it already. */
function riskWords({ risk, subject }: RankedFile, t: Translate): string {
  const about = visible(subject ?? '');
  switch (risk) {
    case 'blocking':
      return t('blocking: {0}', about);
    case 'outside':
      return about === 'scope/avoided' ? t('to be avoided') : t('out of scope');
    case 'boundary':
      return t('at the boundary {0}', about);
    case 'warning':
      return t('warning: {0}', about);
    case 'link':
      return t('a link');
    case 'submodule':
      return t('a submodule');
    case 'binary':
      return t('no lines to read');
    case 'mode':
      return t('made executable');
    case 'tests':
      return t('tests, which the checks rest on');
    case 'large':
      return t('large');
    case 'deleted':
    case 'size':
      return '';
  }
}

function whatOf({ status, oldPath, oldMode, newMode }: FileChange, t: Translate): string {
  switch (status) {
    case 'A':
      return t('added');
    case 'D':
      return t('deleted');
    case 'R':
      return t('renamed from {0}', visible(oldPath ?? ''));
    case 'T':
      return t('another kind of file');
    case 'M':
      return oldMode === newMode ? t('changed') : t('changed, mode {0} to {1}', oldMode ?? '', newMode ?? '');
  }
}

function sizeOf({ insertions, deletions }: FileChange, t: Translate): string {
  return insertions === null || deletions === null ? t('binary') : `+${insertions} −${deletions}`;
}

/** `3 files, +40 −2`. */
export function sizeWords(
  size: { readonly files: number; readonly insertions: number; readonly deletions: number },
  t: Translate,
): string {
  return `${counted(size.files, t('{0} file', size.files), t('{0} files', size.files))}, +${size.insertions} −${size.deletions}`;
}
