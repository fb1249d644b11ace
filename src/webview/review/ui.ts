/** How the person arranged the page: kept by the editor with the page, so that it comes back as it was. Pure. */
import * as z from 'zod/mini';
import { formSchema } from './messages';
import type { PageDraft, PageFinding, Target } from './model';

export const filterSchema = z.enum(['all', 'block', 'warn', 'info', 'open']);
export type Filter = z.infer<typeof filterSchema>;

const keys = z.array(z.string());

export const uiSchema = z.object({
  filter: filterSchema,
  /** The finding and the file that keyboard moves start from. */
  finding: z.int().check(z.gte(0)),
  file: z.int().check(z.gte(0)),
  /** Findings whose details are shown. */
  expanded: keys,
  /** Fields of answers that are being written, as in `text` intents; `revert:<finding>` is a question that stands open. */
  answering: keys,
  forms: z.array(formSchema),
  /** Folded sections that are open. */
  unfolded: keys,
  scroll: z.number(),
});
export type Ui = z.infer<typeof uiSchema>;

export const FIRST_UI: Ui = {
  filter: 'all',
  finding: 0,
  file: 0,
  expanded: [],
  answering: [],
  forms: [],
  unfolded: [],
  scroll: 0,
};

/** What was kept; how a page begins when it was nothing, or what another version kept. */
export function restoredUi(kept: unknown): Ui {
  const ui = (kept as { readonly ui?: unknown } | null | undefined)?.ui;
  const parsed = uiSchema.safeParse(ui);
  return parsed.success ? parsed.data : FIRST_UI;
}

export function withKey<T extends string>(list: readonly T[], key: T, on: boolean): T[] {
  const others = list.filter((own) => own !== key);
  return on ? [...others, key] : others;
}

/** The filter that a number of the top leads to; null when it leads to no list of findings. */
export function filterOf(target: Target): Filter | null {
  switch (target) {
    case 'findings':
      return 'all';
    case 'findings-block':
      return 'block';
    case 'findings-warn':
      return 'warn';
    case 'findings-info':
      return 'info';
    case 'findings-open':
      return 'open';
    default:
      return null;
  }
}

export function filteredFindings(
  findings: readonly PageFinding[],
  filter: Filter,
  { accepted }: Pick<PageDraft, 'accepted'>,
): readonly PageFinding[] {
  switch (filter) {
    case 'all':
      return findings;
    case 'open': {
      const answered = new Set(accepted.map(({ id }) => id));
      return findings.filter(({ id, asks }) => asks && !answered.has(id));
    }
    default:
      return findings.filter(({ severity }) => severity === filter);
  }
}

/** Where a key leads in a list of so many; null for a key that moves nowhere. */
export function movedBy(key: string, at: number, count: number): number | null {
  const within = (place: number) => Math.min(Math.max(0, place), Math.max(0, count - 1));
  switch (key) {
    case 'j':
    case 'ArrowDown':
      return within(at + 1);
    case 'k':
    case 'ArrowUp':
      return within(at - 1);
    case 'PageDown':
      return within(at + 10);
    case 'PageUp':
      return within(at - 10);
    case 'Home':
      return 0;
    case 'End':
      return within(count - 1);
    default:
      return null;
  }
}
