/** A surface in the kinds of theme that people use, among the screenshots: to be looked at after a change. */
import { EVERY_THEME } from '../editor/themes';
import type { Window } from '../editor/window';

/** Pictures the window in every theme, as `SURFACE-THEME.png`; the dark one is left on. */
export async function pictureThemes(window: Window, surface: string): Promise<void> {
  for (const theme of EVERY_THEME.toReversed()) {
    await window.theme(theme);
    await window.screenshot(`${surface}-${theme}`);
  }
  await window.theme('dark');
}
