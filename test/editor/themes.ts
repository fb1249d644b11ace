/** The four kinds of theme that every surface is looked at in. */

export type Theme = 'light' | 'dark' | 'hc' | 'hc-light';

/** A built-in theme of each kind, and how the workbench marks it. */
export const THEMES: Readonly<Record<Theme, { readonly id: string; readonly mark: string }>> = {
  light: { id: 'Light Modern', mark: 'vs' },
  dark: { id: 'Dark Modern', mark: 'vs-dark' },
  hc: { id: 'Default High Contrast', mark: 'hc-black' },
  'hc-light': { id: 'Default High Contrast Light', mark: 'hc-light' },
};

export const EVERY_THEME = Object.keys(THEMES) as readonly Theme[];
