/** The reviewer's own remarks on a task: drafts until a correction carries them, and kept after it. Pure. */
import type { Remark } from '../../core/review/remark';

export interface KeptRemark extends Remark {
  readonly id: string;
  /** The turn whose snapshot it was written on, and that snapshot's tree: a turn's snapshot can be made anew. */
  readonly turn: number;
  readonly tree: string;
  /** The turn of the correction that carried it; null while none did. */
  readonly sent: number | null;
}

/** `outdated`: not sent, and written on a tree that is not under review any more. */
export type Standing = 'draft' | 'outdated' | 'sent';

export type RemarkMove =
  | { readonly type: 'add'; readonly remark: Omit<KeptRemark, 'sent'> }
  | { readonly type: 'edit'; readonly id: string; readonly text: string }
  | { readonly type: 'delete'; readonly id: string }
  /** `ids` absent = all that were not sent yet. */
  | { readonly type: 'sent'; readonly turn: number; readonly ids?: readonly string[] };

/** What one correction carries, and how long a remark may be: as the host takes them. */
export const MOST_REMARKS = 1_000;
export const LONGEST_REMARK = 10_000;

/** The remarks after a move. A move that does not fit changes nothing. */
export function remarksAfter(remarks: readonly KeptRemark[], move: RemarkMove): readonly KeptRemark[] {
  switch (move.type) {
    case 'add': {
      const fits = isText(move.remark.text) && remarks.length < MOST_REMARKS;
      return fits ? [...remarks, { ...move.remark, sent: null }] : remarks;
    }
    case 'edit':
      if (!isText(move.text)) return remarks;
      // What was sent was sent as it was.
      return remarks.map((remark) =>
        remark.id === move.id && remark.sent === null ? { ...remark, text: move.text } : remark,
      );
    case 'delete':
      return remarks.filter(({ id }) => id !== move.id);
    case 'sent':
      return remarks.map((remark) =>
        remark.sent === null && (move.ids?.includes(remark.id) ?? true) ? { ...remark, sent: move.turn } : remark,
      );
  }
}

export function standingOf({ sent, tree }: KeptRemark, underReview: string | null): Standing {
  if (sent !== null) return 'sent';
  return tree === underReview ? 'draft' : 'outdated';
}

/** What a correction would carry. */
export function unsent(remarks: readonly KeptRemark[]): readonly Remark[] {
  return remarks.filter(({ sent }) => sent === null).map(({ path, line, text }) => ({ path, line, text }));
}

/** What was stored, as far as it is remarks: another version may have written it. */
export function remarksFrom(stored: unknown): readonly KeptRemark[] {
  return Array.isArray(stored) ? stored.filter(isKept).slice(0, MOST_REMARKS) : [];
}

function isKept(stored: unknown): stored is KeptRemark {
  if (typeof stored !== 'object' || stored === null) return false;
  const { id, turn, tree, path, line, text, sent } = stored as Partial<Record<keyof KeptRemark, unknown>>;
  const isTurn = (value: unknown) => Number.isInteger(value) && (value as number) >= 1;
  return (
    typeof id === 'string' &&
    isTurn(turn) &&
    typeof tree === 'string' &&
    typeof path === 'string' &&
    path !== '' &&
    (line === null || isTurn(line)) &&
    isText(text) &&
    (sent === null || isTurn(sent))
  );
}

function isText(text: unknown): text is string {
  return typeof text === 'string' && text.trim() !== '' && text.length <= LONGEST_REMARK;
}
