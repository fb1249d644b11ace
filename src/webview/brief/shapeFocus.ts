/** The focus while a brief is shaped: what is pressed gives way to what comes of it, and a keyboard must not lose its place. */
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ShapePage } from './shapeMessages';

/** For the section of shaping. Whoever is elsewhere by now stays there. */
export function useKeptFocus(shape: ShapePage): RefObject<HTMLElement | null> {
  const section = useRef<HTMLElement>(null);
  const before = useRef(shape);
  // While the page still shows what was.
  const hadFocus = hasFocus(section.current);
  useLayoutEffect(() => {
    const last = before.current;
    before.current = shape;
    const isOpened = shape.isOpen && !last.isOpen;
    if (hadFocus && (isOpened || !hasFocus(section.current))) document.getElementById(next(last, shape))?.focus();
  });
  return section;
}

function hasFocus(section: HTMLElement | null): boolean {
  return section?.contains(document.activeElement) ?? false;
}

/** Id of what takes the place of what was. */
function next(last: ShapePage, now: ShapePage): string {
  if (!now.isOpen) return 'f-shape';
  if (!last.isOpen) return 'shape-sentence';
  if (now.running !== null) return 'shape-stop';
  if (now.places.length < last.places.length) return 'shape-add';
  if (now.round === last.round) return 'shape-ask';
  return now.questions.length > 0 ? 'shape-question-0' : 'shape-proposal';
}
