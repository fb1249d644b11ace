#!/usr/bin/env -S node --import tsx
/**
 * Stands in for the desktop program where `@vscode/test-electron` starts one: it takes the same flags, runs the tests
 * inside the extension host of the editor's server, and exits with their code. Its environment is the tests'.
 */
import { parseArgs } from 'node:util';
import { Editor } from './editor';
import { layPlaces } from './places';

const { values, positionals } = parseArgs({
  strict: false,
  allowPositionals: true,
  options: { extensionDevelopmentPath: { type: 'string' }, extensionTestsPath: { type: 'string' } },
});
const { extensionDevelopmentPath: development, extensionTestsPath: module } = values;
if (typeof development !== 'string' || typeof module !== 'string') {
  throw new Error('needs --extensionDevelopmentPath and --extensionTestsPath');
}

const places = { ...layPlaces({}, {}), env: process.env };
const editor = await Editor.startIn(places, { development });
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void editor.end().finally(() => process.exit(1)));
}
try {
  const lines: string[] = [];
  process.exitCode = await editor.runModule(positionals[0] ?? null, module, (line) => lines.push(line));
  // The console has the workbench's own voice in it, and is worth reading only where something went wrong.
  if (process.exitCode !== 0) process.stdout.write(`${lines.join('\n')}\n`);
} finally {
  await editor.end();
}
