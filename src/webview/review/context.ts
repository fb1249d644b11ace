/** What every part of the page needs: the words, the reviewer's draft, how the page is arranged, and where wishes go. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Wish } from './messages';
import type { PageDraft, PageWords, Target } from './model';
import type { PageState } from './pageState';
import type { Ui } from './ui';

export interface PageContext {
  readonly words: PageWords;
  readonly page: PageState;
  readonly draft: PageDraft;
  readonly ui: Ui;
  readonly arrange: (change: Partial<Ui> | ((ui: Ui) => Partial<Ui>)) => void;
  readonly send: (wish: Wish) => void;
  /** Tells it to whoever listens instead of reading. */
  readonly say: (text: string) => void;
  /** Leads to where the evidence of a number is. */
  readonly go: (target: Target) => void;
}

export const Context = createContext<PageContext | null>(null);

export function usePage(): PageContext {
  const context = useContext(Context);
  if (context === null) throw new Error('no page around');
  return context;
}
