/** A surface in the kinds of theme that people use, among the screenshots: to be looked at after a change. */
import { EVERY_THEME, type Theme } from '../editor/themes';
import type { Window } from '../editor/window';

/**
 * The themes that a surface is tried in, the dark one last: the two that differ most where it is new, else one. Every one
 * where somebody wants to look at all of them (`COUNTERSIGN_THEMES=every`), since each of them costs seconds.
 */
export function themesToTry(surface: string): readonly Theme[] {
  if (IS_EVERY) return EVERY_THEME.toReversed();
  return WIDELY.has(surface) ? ['hc-light', 'dark'] : ['dark'];
}

/** Whether a surface is also drawn in a narrow place. */
export function isTriedNarrow(surface: string): boolean {
  return IS_EVERY || WIDELY.has(surface);
}

const IS_EVERY = process.env.COUNTERSIGN_THEMES === 'every';

/** Surfaces that hold what the others of their kind hold. */
const WIDELY: ReadonlySet<string> = new Set(['evidence', 'statistics', 'shape-proposal']);

/** Pictures the window in the themes that its surface is tried in, as `SURFACE-THEME.png`; the dark one is left on. */
export async function pictureThemes(window: Window, surface: string): Promise<void> {
  for (const theme of themesToTry(surface)) {
    await window.theme(theme);
    await window.screenshot(`${surface}-${theme}`);
  }
}
