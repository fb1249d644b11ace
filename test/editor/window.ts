/** One window of a running VS Code: what a person does in it, in a person's words, and the way into its extension host. */
import { mkdirSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, Frame, Locator, Page } from 'playwright-core';
import type * as vscode from 'vscode';
import { THEMES, type Theme } from './themes';

/** Git-ignored. */
const SCREENSHOTS = resolve('test/screenshots');
/** How long anything may take in a window of a busy machine, in milliseconds; it starts in three seconds on an idle one. */
const PATIENCE_MS = 60_000;
/** Nobody clicks a row more often. */
const CLICKS = 3;

export interface WindowSize {
  readonly width: number;
  readonly height: number;
}

/** Something to do inside the extension host. It travels as text: it sees its arguments, and nothing around it. */
export type Step<Args extends readonly unknown[], Result> = (
  api: typeof vscode,
  ...args: Args
) => Result | PromiseLike<Result>;

export class Window {
  /** The whole workbench; for what has no word of its own here. */
  readonly page: Page;
  readonly #probes: string;
  #probe: string;

  private constructor(page: Page, probes: string, probe: string) {
    this.page = page;
    this.#probes = probes;
    this.#probe = probe;
  }

  /** Where a window may open: a browser's empty page. */
  static async newPage(browser: Browser): Promise<Page> {
    const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
    context.setDefaultTimeout(PATIENCE_MS);
    return context.newPage();
  }

  /** Called by the editor. Windows are opened one after the other: the new probe is this window's. */
  static async open(page: Page, url: string, probes: string, size: WindowSize): Promise<Window> {
    await page.setViewportSize(size);
    const known = await readdir(probes);
    await page.goto(url);
    return new Window(page, probes, await started(page, probes, known));
  }

  /** Runs a command from the palette, by the whole name that it shows there; wherever the focus is. */
  async command(title: string): Promise<void> {
    await this.evaluate((api, text) => api.commands.executeCommand('workbench.action.quickOpen', text), `>${title}`);
    await this.choose(title);
  }

  /** Takes the entry of an open quick pick that has exactly this label. */
  async choose(label: string): Promise<void> {
    const row = this.page
      .locator('.quick-input-widget .monaco-list-row')
      .filter({ has: this.page.locator('.label-name', { hasText: exactly(label) }) });
    await row.first().click();
  }

  /** Shows a view container of the activity bar. */
  async show(title: string): Promise<void> {
    const tab = this.page.locator('.activitybar').getByRole('tab', { name: title });
    if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
    // Off the tab, whose name would hang over what a screenshot shows.
    await this.page.mouse.move(0, 0);
    await this.page.locator('.sidebar .composite.title', { hasText: title }).waitFor();
  }

  /**
   * The page of a webview, found by its built script: `frameOf('review')` is `dist/webview/review.js`, visible now.
   *
   * @param text something that it says; else it may be the page that another one of the same script takes the place of
   * @param patience for how long it may take to be there, in milliseconds
   */
  async frameOf(bundle: string, text = '', patience = PATIENCE_MS): Promise<Frame> {
    const until = performance.now() + patience;
    do {
      for (const frame of this.page.frames()) {
        // One that goes meanwhile shows nothing.
        if (await isShowing(frame, bundle, text).catch(() => false)) return frame;
      }
      await wait(100);
    } while (performance.now() < until);
    throw new Error(`no webview shows ${bundle}.js${text === '' ? '' : ` with “${text}”`}`);
  }

  /**
   * Opens a task's review from its row. Where the list is drawn anew in that very moment, a click selects the row and
   * opens nothing (VS Code 1.139): a person clicks again.
   *
   * @param text something that the review says, as `frameOf` takes it
   */
  async openReview(row: Locator, text = ''): Promise<Frame> {
    for (let clicks = 1; ; clicks++) {
      await row.click();
      try {
        return await this.frameOf('review', text, PATIENCE_MS / CLICKS);
      } catch (error) {
        if (clicks === CLICKS) throw error;
      }
    }
  }

  /** The rows of a tree view, by the name of the view. */
  tree(view: string): Locator {
    return this.page.getByRole('tree', { name: view }).getByRole('treeitem');
  }

  /** A notification that says this; its buttons are inside. */
  notification(text: string | RegExp): Locator {
    return this.page.locator('.notifications-toasts .notification-list-item').filter({ hasText: text });
  }

  /** Puts every notification away. */
  async clearNotifications(): Promise<void> {
    await this.evaluate((api) => api.commands.executeCommand('notifications.clearAll'));
    await this.notification('').first().waitFor({ state: 'hidden' });
  }

  /** Evaluates a step inside the extension host, with the editor's API; its answer travels as JSON. */
  evaluate<Args extends readonly unknown[], Result>(step: Step<Args, Result>, ...args: Args): Promise<Result> {
    return ask(this.#probe, { step: step.toString(), args }) as Promise<Result>;
  }

  async theme(theme: Theme): Promise<void> {
    const { id, mark } = THEMES[theme];
    await this.evaluate(async (api, name) => {
      await api.workspace.getConfiguration().update('workbench.colorTheme', name, api.ConfigurationTarget.Global);
    }, id);
    await this.page.locator(`.monaco-workbench.${mark}`).waitFor();
    // The pages of webviews follow a moment later.
    for (const frame of this.page.frames()) {
      const other = frame.locator(`body[data-vscode-theme-id]:not([data-vscode-theme-id="${id}"])`);
      await other.waitFor({ state: 'detached' }).catch((error) => {
        if (!frame.isDetached()) throw error;
      });
    }
  }

  /**
   * A picture of the whole window, or of a part of it, in the git-ignored folder of screenshots.
   *
   * @param name of the file, without its ending
   */
  async screenshot(name: string, part?: Locator): Promise<void> {
    mkdirSync(SCREENSHOTS, { recursive: true });
    const path = join(SCREENSHOTS, `${name}.png`);
    await (part === undefined ? this.page.screenshot({ path }) : part.screenshot({ path }));
  }

  /** Loads the window again, by `Developer: Reload Window`; its extension host is a new one. */
  async reload(): Promise<void> {
    const known = await readdir(this.#probes);
    const loaded = this.page.waitForEvent('domcontentloaded');
    // Whoever is asked to do it does not live to answer.
    void this.evaluate((api) => void api.commands.executeCommand('workbench.action.reloadWindow')).catch(
      () => undefined,
    );
    await loaded;
    this.#probe = await started(this.page, this.#probes, known);
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}

async function isShowing(frame: Frame, bundle: string, text: string): Promise<boolean> {
  const script = frame.locator(`script[src*="/webview/${bundle}.js"]`);
  if ((await frame.locator('html', { has: script, hasText: text }).count()) === 0) return false;
  const around = await frame.parentFrame()?.frameElement();
  return (await around?.isVisible()) === true;
}

/** Waits for the workbench and for the extension host behind it, which is there when its probe is. */
async function started(page: Page, probes: string, known: readonly string[]): Promise<string> {
  await page.locator('.monaco-workbench').waitFor({ timeout: PATIENCE_MS });
  const until = performance.now() + PATIENCE_MS;
  while (performance.now() < until) {
    const found = (await readdir(probes)).find((name) => !known.includes(name));
    if (found !== undefined) return join(probes, found);
    await wait(50);
  }
  throw new Error(`the extension host was not there after ${PATIENCE_MS / 1000} s`);
}

function exactly(text: string): RegExp {
  return new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);
}

function ask(socketPath: string, question: unknown): Promise<unknown> {
  return new Promise((answered, failed) => {
    const sent = request({ socketPath, method: 'POST', path: '/' }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => {
        const answer = JSON.parse(text) as { value?: unknown; error?: string };
        if (answer.error === undefined) answered(answer.value);
        else failed(new Error(`in the extension host: ${answer.error}`));
      });
    });
    sent.on('error', failed);
    sent.end(JSON.stringify(question));
  });
}
