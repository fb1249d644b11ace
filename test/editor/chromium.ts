/** The browser that shows the editor's window: the machine's own Chromium. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * Starts the browser, headless.
 *
 * @param home where it may keep files
 * @returns the browser; whoever starts it closes it
 * @throws when the machine has none
 */
export function launchChromium(home: string): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // A window in the background works as one in the foreground does.
      '--disable-backgrounding-occluded-windows',
      '--disable-renderer-backgrounding',
    ],
    env: { ...(process.env as Record<string, string>), HOME: home },
  });
}

/**
 * Finds the machine's Chromium: `$COUNTERSIGN_CHROMIUM`, else the first on `$PATH`.
 *
 * @throws when there is none; says what to install
 */
export function findChromium(): string {
  const named = process.env.COUNTERSIGN_CHROMIUM;
  const candidates =
    named === undefined
      ? (process.env.PATH ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)))
      : [named];
  const found = candidates.find(runs);
  if (found !== undefined) return found;
  throw new Error(
    named === undefined
      ? `The editor's tests need Chromium, and none of ${NAMES.join(', ')} is on PATH. Install it (Debian, Ubuntu: \`apt-get install chromium\`), or name one in COUNTERSIGN_CHROMIUM.`
      : `COUNTERSIGN_CHROMIUM names ${named}, which cannot be run.`,
  );
}

function runs(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
