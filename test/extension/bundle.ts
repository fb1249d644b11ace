/** The suite of the extension host as programs that it can load: one a test file, and the one that runs them. */
import { readdirSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

/** Git-ignored; inside the repository, so that mocha is found from it. */
const FOLDER = 'test/output/extension';

/**
 * Builds them anew.
 *
 * @returns the path of the program that exports `run`, relative to the repository
 */
export async function bundleSuite(): Promise<string> {
  const tests = readdirSync('test/extension').filter((name) => name.endsWith('.test.ts'));
  rmSync(FOLDER, { recursive: true, force: true });
  await build({
    entryPoints: ['test/extension/host/main.ts', ...tests.map((name) => `test/extension/${name}`)],
    outdir: FOLDER,
    entryNames: '[name]',
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20.19',
    keepNames: true,
    external: ['vscode', 'mocha/*'],
    // Its CommonJS half: the extension host of the oldest editor cannot require the other one.
    alias: { mocha: 'mocha/lib/mocha.cjs' },
    logLevel: 'warning',
  });
  return `${FOLDER}/main.cjs`;
}
