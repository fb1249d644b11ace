#!/usr/bin/env node
/** The command line. Composes what the process gives and what `cli/main` does with it; decides nothing. */
import { realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { main } from './cli/main';

const program = process.argv[1] ?? process.execPath;

main(process.argv.slice(2), {
  cwd: () => process.cwd(),
  env: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
  nodeVersion: process.versions.node,
  programs: dirname(realpathSync(program)),
}).then((exit) => process.exit(exit));
