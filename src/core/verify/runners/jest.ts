/** Jest: `--json --outputFile` (Jest docs, "CLI Options"; since 20). What it prints for people goes to standard error. */
import { ask, FOLDER, hasOption, type Runner } from './runner';

const NO_RUN = [
  ...['--json', '--outputFile', '--watch', '--watchAll', '--listTests', '--showConfig', '--init', '--clearCache'],
  ...['--help', '-h', '--version', '-v'],
];

export const jest: Runner = ({ program, args }) => {
  if (program !== 'jest' || hasOption(args, ...NO_RUN) || args.includes('--')) return null;
  return ask({ in: 'folder', pattern: 'results.json' }, { args: ['--json', `--outputFile=${FOLDER}/results.json`] });
};
