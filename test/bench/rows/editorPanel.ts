/** How long it takes from the command to a page that can be read: the review's, and one with nothing on it. */
import type { Window } from '../../editor/window';
import { median, type Row } from '../measure';
import type { Reviewable } from './editorTasks';

/** Milliseconds until a review of so many files is to be read. */
const BUDGETS: Readonly<Record<number, number>> = { 10: 100, 1000: 200, 5000: 400 };
/** How long the editor gets between two pages to clear the last one away. */
const SETTLE_MS = 400;

/** What a page tells when it is on the screen, in this order. */
type Sight = 'headline' | 'list';
type Sights = Readonly<Record<Sight, number>>;

/**
 * Runs in every frame: looks again and again what is there, and tells it once the frame of the screen that has it is
 * painted. Times are the machine's clock, which the extension host reads too.
 */
function watchPage(): void {
  const { benchPainted } = window as unknown as { benchPainted: (sight: Sight, at: number) => void };
  const ours = 'h1[data-bench], script[src*="/webview/review.js"]';
  const sights: [Sight, string][] = [
    ['headline', 'h1'],
    ['list', 'h1[data-bench], .file'],
  ];
  const look = () => {
    while (sights[0] !== undefined && document.querySelector(ours) !== null) {
      const [sight, selector] = sights[0];
      if (document.querySelector(selector) === null) break;
      sights.shift();
      requestAnimationFrame(() => setTimeout(() => benchPainted(sight, Date.now())));
    }
    // Timers outlive what VS Code does to the document of a webview; frames of the screen that were asked for do not.
    if (sights.length > 0) setTimeout(look, 2);
  };
  if (window !== window.top) look();
}

/** Opens pages in one window, and hears from them. */
export class Stopwatch {
  readonly #window: Window;
  readonly #seen = new Map<Sight, number>();
  #all: () => void = () => undefined;

  private constructor(window: Window) {
    this.#window = window;
  }

  static async in(window: Window): Promise<Stopwatch> {
    const watch = new Stopwatch(window);
    await window.page.exposeFunction('benchPainted', (sight: Sight, at: number) => watch.#hear(sight, at));
    // What the bundler of this program names functions with is not there.
    await window.page.addInitScript({ content: `{ const __name = (named) => named; (${watchPage})(); }` });
    return watch;
  }

  /** Milliseconds until VS Code shows a page with nothing but a headline. */
  async floor(): Promise<number> {
    const sights = await this.#open(() =>
      this.#window.evaluate((api) => {
        const begun = Date.now();
        const panel = api.window.createWebviewPanel('bench', 'Bench', api.ViewColumn.Active, { enableScripts: true });
        panel.webview.html = '<!DOCTYPE html><html><body><h1 data-bench>Bench</h1></body></html>';
        return begun;
      }),
    );
    return sights.headline;
  }

  /** Milliseconds until the review of a task shows its headline, and the first of its files. */
  review(task: string): Promise<Sights> {
    return this.#open(() =>
      this.#window.evaluate(async (api, id) => {
        const begun = Date.now();
        await api.commands.executeCommand('countersign.openReview', id);
        return begun;
      }, task),
    );
  }

  async #open(begin: () => Promise<number>): Promise<Sights> {
    this.#seen.clear();
    const all = new Promise<void>((done) => {
      this.#all = done;
    });
    const begun = await begin();
    await all;
    await this.#window.evaluate((api) => api.commands.executeCommand('workbench.action.closeAllEditors'));
    await new Promise((done) => setTimeout(done, SETTLE_MS));
    const since = (sight: Sight) => (this.#seen.get(sight) ?? 0) - begun;
    return { headline: since('headline'), list: since('list') };
  }

  #hear(sight: Sight, at: number): void {
    this.#seen.set(sight, at);
    if (this.#seen.size === 2) this.#all();
  }
}

/** One row a task; the very first page of a window also starts what VS Code shows webviews with, and is told apart. */
export async function panelRows(window: Window, tasks: readonly Reviewable[], rounds: number): Promise<Row[]> {
  const watch = await Stopwatch.in(window);
  const coldFloor = await watch.floor();
  const rows: Row[] = [];
  for (const { id, files } of tasks) {
    const first = await watch.review(id);
    const pairs: { floor: number; review: Sights }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      pairs.push({ floor: await watch.floor(), review: await watch.review(id) });
    }
    const list = median(pairs.map(({ review }) => review.list));
    const headline = median(pairs.map(({ review }) => review.headline));
    const floor = median(pairs.map((pair) => pair.floor));
    const ratio = median(pairs.map((pair) => pair.review.list / pair.floor));
    rows.push({
      what: `review of ${files} files, command to painted`,
      value: `${list.toFixed(0)} ms`,
      budget: `<= ${BUDGETS[files]} ms`,
      detail: `${ratio.toFixed(2)} of an empty page's ${floor.toFixed(0)} ms; headline ${headline.toFixed(0)} ms; the first time ${first.list} ms`,
    });
  }
  rows.push({ what: 'the first page of a window, an empty one', value: `${coldFloor} ms`, budget: '', detail: '' });
  return rows;
}
