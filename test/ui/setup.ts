/** Before the first window opens: the editor and the browser are there, and the extension is packaged. */
import { mkdirSync } from 'node:fs';
import { packageExtension } from '../../.ci/package';
import { findChromium } from '../editor/chromium';
import { editorServer } from '../editor/install';

/** What these tests install: the package, not the folder. Git-ignored. */
export const VSIX = 'test/output/countersign.vsix';

export async function mochaGlobalSetup(): Promise<void> {
  findChromium();
  await editorServer((line) => process.stdout.write(`${line}\n`));
  mkdirSync('test/output', { recursive: true });
  const size = packageExtension(VSIX);
  process.stdout.write(`${VSIX}: ${(size / 1024).toFixed(0)} KB\n`);
}
