/** RSpec: a second formatter with a file of its own (RSpec docs, "--format option"; since 2). */
import { ask, FOLDER, hasOption, type Runner } from './runner';

const NO_RUN = ['--dry-run', '--bisect', '--init', '--help', '-h', '--version', '-v'];

export const rspec: Runner = ({ program, args }) => {
  if (program !== 'rspec' || hasOption(args, ...NO_RUN) || args.includes('--')) return null;
  // One that is named replaces the default one.
  const own = args.some((arg) => /^(?:-f|--format)/.test(arg)) ? [] : ['--format', 'progress'];
  return ask(
    { in: 'folder', pattern: 'results.json' },
    { args: [...own, '--format', 'json', '--out', `${FOLDER}/results.json`] },
  );
};
