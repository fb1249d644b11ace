/**
 * Keeps the focus near where it was. What has it may go: a form is done, an answer is taken back, a finding is reverted.
 * Then the focus would fall to the top of the page, and a person at a keyboard would begin again.
 */

/** An element on the way from the focus to the top, and its place among its siblings. */
interface Step {
  readonly element: Element;
  readonly index: number;
}

/**
 * Watches the page from now on.
 *
 * @returns ends it
 */
export function keepFocus(): () => void {
  let way: readonly Step[] = [];
  const note = ({ target }: FocusEvent) => {
    way = target instanceof Element ? wayFrom(target) : [];
  };
  // Whoever gives the focus on purpose does so while the page changes: this comes after it.
  const observer = new MutationObserver(() => {
    const { activeElement } = document;
    const isLost = activeElement === null || activeElement === document.body;
    if (!isLost || way[0]?.element.isConnected !== false || !document.hasFocus()) return;
    const next = nextAfter(way);
    way = [];
    next?.focus({ preventScroll: true });
    next?.scrollIntoView({ block: 'nearest' });
  });
  document.addEventListener('focusin', note);
  observer.observe(document.body, { childList: true, subtree: true });
  return () => {
    observer.disconnect();
    document.removeEventListener('focusin', note);
  };
}

function wayFrom(focused: Element): readonly Step[] {
  const way: Step[] = [];
  for (let element: Element | null = focused; element !== null; element = element.parentElement) {
    const { index } = (element as HTMLElement).dataset;
    const siblings = element.parentElement?.children ?? [];
    way.push({ element, index: index === undefined ? [...siblings].indexOf(element) : Number(index) });
  }
  return way;
}

/** What a person most likely wants to be at: what opened the form, the same finding, the next one, the section. */
function nextAfter(way: readonly Step[]): HTMLElement | null {
  const left = way.findIndex(({ element }) => element.isConnected);
  const gone = way.slice(0, left);
  const around = way[left]?.element;
  if (around === undefined) return null;
  const answers = around.closest('.answers');
  const form = gone.map(({ element }) => formOf(element)).find((name) => name !== '');
  const opener =
    form === undefined ? null : (answers ?? document).querySelector<HTMLElement>(`button[data-opens="${form}"]`);
  return (
    opener ??
    answers?.querySelector<HTMLElement>('.row button[data-opens]') ??
    answers?.querySelector<HTMLElement>('.row button') ??
    siblingOf(gone.at(-1), around) ??
    around.closest('.part')?.querySelector<HTMLElement>('h2') ??
    document.querySelector<HTMLElement>('h1')
  );
}

function formOf(element: Element): string {
  const { form, part } = (element as HTMLElement).dataset;
  return form ?? part ?? '';
}

/** Of a list whose item went, the item in its place; its first button where the item itself takes no focus. */
function siblingOf(gone: Step | undefined, list: Element): HTMLElement | null {
  if (gone === undefined || !gone.element.matches('li')) return null;
  const items = [...list.querySelectorAll<HTMLElement>(':scope > li')];
  const item = items.find((one, at) => Number(one.dataset.index ?? at) >= gone.index) ?? items.at(-1);
  if (item === undefined) return null;
  return item.matches('[tabindex]') ? item : item.querySelector<HTMLElement>('button');
}
