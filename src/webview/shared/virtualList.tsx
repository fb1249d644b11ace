/**
 * A list of any length. A long one scrolls in a window of its own, so that what stands below it stays near: only what can
 * be seen is rendered, and the item with the focus. Each item says which one of how many it is, so that a screen reader
 * counts what is there and not what is rendered.
 */
import type { ComponentChildren, RefObject } from 'preact';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { offsetsOf, placesOf, type Range, rangeOf } from './windowing';

/** Lists of up to this many items are rendered whole: they can be searched by the browser and read in one go. */
const WHOLE = 60;
/** Items beyond what is seen, on each side. */
const SPARE = 8;

export interface VirtualListProps {
  readonly count: number;
  /** Names an item for its measured height; stays the same when the list around it changes. */
  readonly keyOf: (index: number) => string;
  /** Height of an item that was not measured yet, in pixels. */
  readonly estimate: number;
  /** The item that keyboard moves start from: it is always rendered, and takes the focus by Tab. */
  readonly active: number;
  readonly label: string;
  readonly render: (index: number) => ComponentChildren;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
  /** Tells which item got the focus. */
  readonly onActive: (index: number) => void;
}

export function VirtualList(props: VirtualListProps) {
  const { count, keyOf, estimate, active, label } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const heights = useHeights();
  const whole = count <= WHOLE;
  const offsets = useMemo(
    () => offsetsOf(count, (index) => heights.of(keyOf(index)) ?? estimate),
    [count, keyOf, estimate, heights.version],
  );
  const range = useSeen(scroller, offsets, whole);
  const places = whole ? placesOf({ first: 0, end: count }, [], count) : placesOf(range, [active], count);
  return (
    <div class="scroller" data-whole={whole} ref={scroller}>
      <ul
        class="list"
        // biome-ignore lint/a11y/noRedundantRoles: a list without markers is none for some screen readers
        role="list"
        aria-label={label}
        onKeyDown={props.onKeyDown}
        style={{ height: whole ? '' : `${offsets[count]}px` }}
      >
        {places.map((index) => (
          <li
            key={keyOf(index)}
            data-index={index}
            data-active={index === active}
            tabIndex={index === active ? 0 : -1}
            aria-setsize={count}
            aria-posinset={index + 1}
            style={{ top: whole ? '' : `${offsets[index]}px` }}
            ref={(item) => heights.watch(keyOf(index), item)}
            onFocusCapture={() => props.onActive(index)}
          >
            {props.render(index)}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Brings an item into view and gives it the focus, once it is rendered. */
export function focusItem(list: HTMLElement | null, index: number): void {
  const item = list?.querySelector<HTMLElement>(`:scope > li[data-index="${index}"]`);
  item?.focus({ preventScroll: true });
  item?.scrollIntoView({ block: 'nearest' });
}

/** Which items can be seen, as the list scrolls and as the window changes. */
function useSeen(scroller: RefObject<HTMLElement | null>, offsets: Float64Array, whole: boolean): Range {
  const [range, setRange] = useState<Range>({ first: 0, end: 30 });
  useLayoutEffect(() => {
    const box = scroller.current;
    if (whole || box === null) return;
    let frame = 0;
    const measure = () => {
      frame = 0;
      const next = rangeOf(offsets, box.scrollTop, box.scrollTop + box.clientHeight, SPARE);
      setRange((last) => (last.first === next.first && last.end === next.end ? last : next));
    };
    const soon = () => {
      if (frame === 0) frame = requestAnimationFrame(measure);
    };
    measure();
    box.addEventListener('scroll', soon, { passive: true });
    window.addEventListener('resize', soon);
    return () => {
      cancelAnimationFrame(frame);
      box.removeEventListener('scroll', soon);
      window.removeEventListener('resize', soon);
    };
  }, [scroller, offsets, whole]);
  return range;
}

/** Heights as they were measured, by key. */
function useHeights() {
  const [version, setVersion] = useState(0);
  const known = useRef(new Map<string, number>());
  const watched = useRef(new Map<string, Element>());
  const keys = useRef(new WeakMap<Element, string>());
  const observer = useRef<ResizeObserver | null>(null);
  observer.current ??= new ResizeObserver((entries) => {
    let changed = false;
    for (const { target, borderBoxSize } of entries) {
      const key = keys.current.get(target);
      const height = borderBoxSize[0]?.blockSize ?? 0;
      if (key === undefined || height === 0 || known.current.get(key) === height) continue;
      known.current.set(key, height);
      changed = true;
    }
    if (changed) setVersion((last) => last + 1);
  });
  useLayoutEffect(() => () => observer.current?.disconnect(), []);
  return {
    version,
    of: (key: string) => known.current.get(key),
    watch: (key: string, item: Element | null) => {
      const last = watched.current.get(key);
      if (last === item) return;
      if (last !== undefined && last !== null) observer.current?.unobserve(last);
      if (item === null) {
        watched.current.delete(key);
        return;
      }
      watched.current.set(key, item);
      keys.current.set(item, key);
      observer.current?.observe(item);
    },
  };
}
