/** Which VS Code runs the suite of the extension host: a desktop one where it can be had, or the stand-in. */
import { join } from 'node:path';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';

/** The desktop version, the same as the stand-in's. */
const VERSION = '1.139.1';
/** How long the download site may take to answer, in milliseconds. */
const PATIENCE_MS = 5_000;
/** `stand-in`, or the version of a desktop VS Code, such as the oldest that the manifest promises. */
const CHOICE = 'COUNTERSIGN_TEST_EDITOR';

export interface Executable {
  readonly path: string;
  /** For people. */
  readonly name: string;
}

/**
 * Chooses the program for `runTests`. A desktop program needs a display; where there is none, or its download site
 * cannot be reached, the stand-in serves. `$COUNTERSIGN_TEST_EDITOR` decides instead.
 *
 * @throws when the version that was asked for cannot be had
 */
export async function findExecutable(): Promise<Executable> {
  const standIn = { path: join(import.meta.dirname, 'standIn.ts'), name: 'the stand-in' };
  const choice = process.env[CHOICE];
  if (choice === 'stand-in') return standIn;
  if (choice !== undefined) return desktop(choice);
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return standIn;
  return desktop(VERSION).catch((error: Error) => ({
    ...standIn,
    name: `the stand-in (no desktop: ${error.message})`,
  }));
}

async function desktop(version: string): Promise<Executable> {
  return { path: await downloadAndUnzipVSCode({ version, timeout: PATIENCE_MS }), name: `desktop VS Code ${version}` };
}
