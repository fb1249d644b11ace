/**
 * Mocha. It has one reporter at a time, and the project's own stays: a module that is loaded before the run listens to
 * the events that every reporter gets, and writes CTRF. Tried with Mocha 6, 8, 9, 10 and 12; where an older or a later
 * one is built otherwise, the run is as it would be, without results.
 */
import { ask, FOLDER, hasOption, type Runner } from './runner';

const NO_RUN = [
  '--watch',
  '-w',
  '--help',
  '-h',
  '--version',
  '-V',
  '--list-files',
  '--list-reporters',
  '--list-interfaces',
];

export const mocha: Runner = ({ program, args }) => {
  if (program !== 'mocha' || hasOption(args, ...NO_RUN) || args.includes('--') || args[0] === 'init') return null;
  const files = { 'listen.cjs': LISTENER };
  return ask({ in: 'folder', pattern: 'results.json' }, { args: ['--require', `${FOLDER}/listen.cjs`], files });
};

const LISTENER = `// Written by Countersign: tells the results of this run, and changes nothing of it.
'use strict';
try {
  const { writeFileSync } = require('node:fs');
  const { join } = require('node:path');
  const { isMainThread } = require('node:worker_threads');
  const worker = !isMainThread || process.env.MOCHA_WORKER_ID !== undefined || /worker\\.c?js$/.test(process.argv[1]);
  const own = Object.keys(require.cache).find((name) => /[\\\\/]mocha[\\\\/]lib[\\\\/]mocha\\.c?js$/.test(name));
  const found = worker || own === undefined ? undefined : require(own);
  const Mocha = found && found.prototype ? found : found && found.default;
  if (Mocha) {
    const { run } = Mocha.prototype;
    Mocha.prototype.run = function (...args) {
      // Tests may run a Mocha of their own.
      Mocha.prototype.run = run;
      const Reporter = this._reporter;
      if (typeof Reporter === 'function') {
        this._reporter = function (runner, options) {
          listen(runner);
          return new Reporter(runner, options);
        };
      }
      return run.apply(this, args);
    };
  }

  function listen(runner) {
    const tests = [];
    const add = (test, status, error) => {
      try {
        const path = typeof test.titlePath === 'function' ? test.titlePath() : [test.fullTitle()];
        const file = test.file || (test.parent && test.parent.file);
        tests.push({
          name: path[path.length - 1],
          suite: path.slice(0, -1),
          status,
          ...(typeof file === 'string' ? { filePath: file } : {}),
          ...(error ? { message: String(error.message || error), trace: String(error.stack || '') } : {}),
        });
      } catch {}
    };
    runner.on('pass', (test) => add(test, 'passed'));
    runner.on('pending', (test) => add(test, 'skipped'));
    runner.on('fail', (test, error) => add(test, 'failed', error));
    runner.on('end', () => {
      try {
        const count = (status) => tests.filter((test) => test.status === status).length;
        const summary = {
          tests: tests.length,
          passed: count('passed'),
          failed: count('failed'),
          skipped: count('skipped'),
        };
        const report = { results: { tool: { name: 'mocha' }, summary, tests } };
        writeFileSync(join(__dirname, 'results.json'), JSON.stringify(report));
      } catch {}
    });
  }
} catch {}
`;
