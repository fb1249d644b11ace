/** Where a group of findings is: folded, a part at a time, and each place opens its difference. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { usePage } from './context';
import type { PageFinding } from './model';
import { filled } from './pageState';
import { Button } from './parts';

/** Places that are listed at once; more come when they are asked for. */
const PLACES_AT_ONCE = 100;

export function Places({ finding }: { readonly finding: PageFinding }) {
  const { words, send } = usePage();
  const [most, setMost] = useState(PLACES_AT_ONCE);
  const [unfolded, setUnfolded] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  const shown = useRef(most);
  const rest = finding.places.length - most;
  // The button that asked for more may go with them: on to the first that it brought.
  useLayoutEffect(() => {
    if (most > shown.current) list.current?.children[shown.current]?.querySelector('button')?.focus();
    shown.current = most;
  }, [most]);
  const title = filled(words.places, finding.places.length);
  return (
    <details class="places" open={unfolded} onToggle={({ currentTarget }) => setUnfolded(currentTarget.open)}>
      <summary>{title}</summary>
      {unfolded && (
        <ul class="plain tight" aria-label={title} ref={list}>
          {finding.places.slice(0, most).map((place, index) => (
            <li key={`${index} ${place}`}>
              <button
                type="button"
                class="link"
                aria-label={`${words.openDiff}: ${place}`}
                onClick={() => send({ type: 'open-finding', id: finding.id, place: index })}
              >
                {place}
              </button>
            </li>
          ))}
        </ul>
      )}
      {unfolded && rest > 0 && (
        <Button quiet onPress={() => setMost(most + PLACES_AT_ONCE * 10)}>
          {filled(words.morePlaces, Math.min(rest, PLACES_AT_ONCE * 10))}
        </Button>
      )}
    </details>
  );
}
