/**
 * Runs the suite inside the extension host: what the editor calls when it is started for tests. Its report goes to a
 * file, because the console of an extension host has many voices.
 */
import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';
import { TallyReporter } from '../../reporter';
import { REPORT_FILE } from './reportFile';

/**
 * @returns when every test passed
 * @throws when one failed
 */
export async function run(): Promise<void> {
  const report = process.env[REPORT_FILE] ?? '';
  Mocha.reporters.Base.consoleLog = (...said: unknown[]) => appendFileSync(report, `${format(...said)}\n`);
  const mocha = new Mocha({ reporter: TallyReporter, timeout: 120_000, forbidOnly: true });
  for (const file of readdirSync(__dirname)) {
    if (file.endsWith('.test.cjs')) mocha.addFile(join(__dirname, file));
  }
  const failures = await new Promise<number>((ended) => mocha.run(ended));
  if (failures > 0) throw new Error(`${failures} failed`);
}
