/** PHPUnit: `--log-junit` (PHPUnit manual, "The Command-Line Test Runner"), beside what it prints. */
import { ask, FOLDER, hasOption, type Runner } from './runner';

const NO_RUN = [
  '--log-junit',
  '--no-logging',
  '--list-tests',
  '--list-groups',
  '--list-suites',
  '--help',
  '-h',
  '--version',
];

export const phpunit: Runner = ({ program, args }) => {
  if (program !== 'phpunit' || hasOption(args, ...NO_RUN) || args.includes('--')) return null;
  return ask({ in: 'folder', pattern: 'junit.xml' }, { args: ['--log-junit', `${FOLDER}/junit.xml`] });
};
