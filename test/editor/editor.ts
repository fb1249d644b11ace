/**
 * A running VS Code, for tests: its server with everything it may write in one temporary folder, and a browser that shows
 * its windows. Whatever runs inside inherits these surroundings, Countersign's host and its agents included.
 */
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from './chromium';
import { endHost, endPlaces, expectNobody } from './ending';
import { clearPlaces, layPlaces, type Places } from './places';
import { untilNobodyIsLeft } from './processes';
import { DRIVEN, installExtension, type RunningServer, startServer, TRUSTING } from './server';
import { Window, type WindowSize } from './window';

/** What a start decides. */
export interface StartOptions {
  /** A packaged extension to install: a path. */
  readonly vsix?: string;
  /** Or an extension's folder, run from where it is: a path. Such windows show no notifications. */
  readonly development?: string;
  /** Whether folders are trusted; else they open restricted, and nobody is asked. Default true. */
  readonly trusted?: boolean;
}

export interface EditorOptions extends StartOptions {
  /** User settings, beside those that keep the window quiet. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Further environment of the editor and of all that it starts. */
  readonly env?: Readonly<Record<string, string>>;
}

/** No module may run longer inside the extension host, in milliseconds. */
const LIMIT_MS = 10 * 60_000;

async function tooLong(): Promise<never> {
  await wait(LIMIT_MS, undefined, { ref: false });
  throw new Error(`the extension host did not end after ${LIMIT_MS / 60_000} minutes`);
}

export class Editor {
  /** Whatever is to meet the same host (the command line, say) runs with its `env`; its `state` is the state directory. */
  readonly places: Places;
  readonly #server: RunningServer;
  readonly #browser: Browser;
  readonly #development: string | null;
  /** A page whose window was left: the next one is there in a second, since its program is read already. */
  #left: Page | null = null;

  private constructor(places: Places, server: RunningServer, browser: Browser, development: string | null) {
    this.places = places;
    this.#server = server;
    this.#browser = browser;
    this.#development = development;
  }

  /**
   * Starts the editor; it is installed first where it is missing.
   *
   * @throws when there is no Chromium, the server does not start, or it refuses the extension
   */
  static async start(options: EditorOptions = {}): Promise<Editor> {
    return Editor.startIn(layPlaces(options.settings ?? {}, options.env ?? {}), options);
  }

  /** The same, in places that are laid already. They are the editor's from now on: it deletes them. */
  static async startIn(places: Places, options: StartOptions): Promise<Editor> {
    try {
      const browser = await launchChromium(join(places.folder, 'browser'));
      if (options.vsix !== undefined) await installExtension(resolve(options.vsix), places);
      const trust = options.trusted === false ? [] : [TRUSTING];
      const driver = options.development === undefined ? [] : [DRIVEN];
      const server = await startServer(places, [...trust, ...driver]);
      const development = options.development === undefined ? null : resolve(options.development);
      return new Editor(places, server, browser, development);
    } catch (error) {
      // What has started already goes with its folder; the reason is what is told.
      await untilNobodyIsLeft(places.folder, 0);
      await rm(places.folder, { recursive: true, force: true, maxRetries: 3 });
      throw error;
    }
  }

  /**
   * Opens a window, and waits until its extension host runs.
   *
   * @param place the folder or `.code-workspace` file to show: an absolute path; null for an empty window
   */
  async open(place: string | null, size: WindowSize = { width: 1280, height: 800 }): Promise<Window> {
    const page = this.#left ?? (await Window.newPage(this.#browser));
    this.#left = null;
    return Window.open(page, this.#address(place, []), join(this.places.folder, 'probes'), size);
  }

  /**
   * Runs a module inside the extension host of a window that is opened for it.
   *
   * @param place as `open` takes it
   * @param module exports `run(): Promise<void>`: an absolute path
   * @param hear gets every line that is written to the extension host's console
   * @returns 0 when its promise was kept, 1 when it was broken
   * @throws when it takes longer than any suite may: an extension host that died tells nobody
   */
  async runModule(place: string | null, module: string, hear: (line: string) => void): Promise<number> {
    const page = await this.#browser.newPage();
    const code = new Promise<number>((end) => page.exposeFunction('codeAutomationExit', (exit: number) => end(exit)));
    await page.exposeFunction('codeAutomationLog', (_type: string, said: unknown[]) =>
      hear(said.map(String).join(' ')),
    );
    await page.goto(this.#address(place, [['extensionTestsPath', this.#remote(module)]]));
    return Promise.race([code, tooLong()]);
  }

  #address(place: string | null, payload: readonly [string, string][]): string {
    const url = new URL(this.#server.origin);
    if (place === null) url.searchParams.set('ew', 'true');
    else url.searchParams.set(place.endsWith('.code-workspace') ? 'workspace' : 'folder', place);
    const extension = this.#development === null ? [] : [['extensionDevelopmentPath', this.#remote(this.#development)]];
    url.searchParams.set('payload', JSON.stringify([['skipWelcome', 'true'], ...extension, ...payload]));
    return url.href;
  }

  /** How a window names a file of this machine. */
  #remote(path: string): string {
    return `vscode-remote://${new URL(this.#server.origin).host}${path}`;
  }

  /**
   * Leaves every window, ends Countersign's host and all that they started, and forgets everything: the next window is
   * that of somebody who has just installed the editor and the extension. Only the editor's server stays, and a page.
   *
   * @throws when a process had to be killed: that is a fault of whoever started it
   */
  async renew(): Promise<void> {
    const [page, ...others] = this.#browser.contexts().flatMap((context) => context.pages());
    for (const other of others) await other.close();
    if (page !== undefined) await leave(page, this.#server.origin);
    await endHost(this.places);
    // The browser knows nothing of this folder.
    const left = await untilNobodyIsLeft(this.places.state, undefined, this.#server.process.pid);
    clearPlaces(this.places);
    this.#left = page ?? null;
    expectNobody(left);
  }

  /**
   * Ends the windows, the server, Countersign's host and all that they started, and deletes their folder.
   *
   * @throws when a process had to be killed: that is a fault of whoever started it
   */
  async end(): Promise<void> {
    await this.#browser.close();
    this.#server.process.kill();
    await endPlaces(this.places);
  }
}

/** Leaves the window in a page, and makes the browser forget it. The page stays where the editor's program was read. */
async function leave(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/version`);
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
  await devTools.detach();
}
