/**
 * The suite of the extension host: mocha inside a real VS Code that shows a real repository, through
 * `@vscode/test-electron`. Everything that it writes lies in a temporary folder.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { findExecutable } from '../editor/desktop';
import { endPlaces } from '../editor/ending';
import { layPlaces } from '../editor/places';

import { makeRepository } from '../fixtures/repository';
import { readTally, TALLY_FILE, tellTally } from '../tally';
import { bundleSuite } from './bundle';
import { REPORT_FILE } from './host/reportFile';

const module = resolve(await bundleSuite());
const { path, name } = await findExecutable();
process.stdout.write(`in ${name}\n`);

const repository = makeRepository({ files: { 'src/greeting.txt': 'hello\n', 'README.md': '# Greeting\n' } });
const places = layPlaces({}, {});
const inside = (file: string) => join(places.folder, file);
const files = { [REPORT_FILE]: inside('report.txt'), [TALLY_FILE]: inside('tally.json') };
try {
  await runTests({
    vscodeExecutablePath: path,
    extensionDevelopmentPath: resolve('.'),
    extensionTestsPath: module,
    launchArgs: [repository.dir, `--user-data-dir=${inside('user')}`, `--extensions-dir=${inside('extensions')}`],
    extensionTestsEnv: { ...places.env, ...files },
  });
} catch (error) {
  process.exitCode = 1;
  process.stderr.write(`${error}\n`);
}
const tally = readTally(files[TALLY_FILE]);
if (existsSync(files[REPORT_FILE])) process.stdout.write(readFileSync(files[REPORT_FILE], 'utf8'));
await endPlaces(places).catch((error) => {
  process.exitCode = 1;
  process.stderr.write(`${error}\n`);
});
repository.remove();
if (tally !== null) tellTally(tally);
