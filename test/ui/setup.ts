/**
 * Before the first window opens the editor and the browser are there, and the extension is packaged; after the last one the
 * editor ends.
 */
import { mkdirSync } from 'node:fs';
import { packageExtension } from '../../.ci/package';
import { findChromium } from '../editor/chromium';
import { editorServer } from '../editor/install';
import { endEditor } from './oneEditor';
import { VSIX } from './vsix';

export async function mochaGlobalSetup(): Promise<void> {
  findChromium();
  await editorServer((line) => process.stdout.write(`${line}\n`));
  mkdirSync('test/output', { recursive: true });
  const size = packageExtension(VSIX);
  process.stdout.write(`${VSIX}: ${(size / 1024).toFixed(0)} KB\n`);
}

export async function mochaGlobalTeardown(): Promise<void> {
  await endEditor();
}
