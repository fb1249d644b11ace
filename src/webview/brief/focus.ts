/** Finds the place of the form that a key means, and moves the focus there. */
import { idOf } from './fields';

const FOCUSABLE = 'input:not([readonly]), textarea:not([readonly]), select, button, input, textarea';
/** Places within the part that is folded away. */
const FOLDED = /^(?:title|setup|budget|approval)/;

export function isFolded(key: string): boolean {
  return FOLDED.test(key);
}

export function hasPlace(key: string): boolean {
  return document.getElementById(idOf(key)) !== null;
}

/** The place itself, or the nearest around it that the form shows; nothing where there is none. */
export function focusPlace(key: string): boolean {
  for (let at = key; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
    const found = document.getElementById(idOf(at));
    if (found === null) continue;
    const target =
      found.matches(FOCUSABLE) || (found.tabIndex === -1 && found.matches('section'))
        ? found
        : (found.querySelector<HTMLElement>(FOCUSABLE) ?? found);
    target.focus();
    found.scrollIntoView({ block: 'nearest' });
    return true;
  }
  return false;
}
