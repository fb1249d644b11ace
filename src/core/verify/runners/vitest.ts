/**
 * Vitest: one more reporter, with a file of its own (Vitest docs, "Reporters"; tried with 1 to 4). Without one named by
 * the command, the default one is named too, since naming any replaces it.
 */
import { ask, FOLDER, hasOption, type Runner } from './runner';

const NO_RUN = [
  ...['--outputFile', '--watch', '-w', '--ui', '--mergeReports', '--standalone', '--clearCache'],
  ...['--help', '-h', '--version', '-v'],
];
const OTHER = new Set(['watch', 'dev', 'bench', 'list', 'init', 'complete', 'typecheck']);

export const vitest: Runner = ({ program, args }) => {
  if (program !== 'vitest' || hasOption(args, ...NO_RUN) || args.includes('--') || OTHER.has(args[0] ?? ''))
    return null;
  // Its file would change the place of a report that the command wants to print.
  if (args.some((arg) => arg.startsWith('--outputFile') || /^(?:--reporter=)?json$/.test(arg))) return null;
  const own = hasOption(args, '--reporter', '--reporters') ? [] : ['--reporter=default'];
  return ask(
    { in: 'folder', pattern: 'results.json' },
    { args: [...own, '--reporter=json', `--outputFile.json=${FOLDER}/results.json`], refusal: /Unknown option/ },
  );
};
