/**
 * Go prints results only. `-v` has it print each test by name, and stays readable, as the stream of `-json` would not;
 * either makes `testing.Verbose()` true (go help testflag).
 */
import { ask, hasOption, type Runner } from './runner';

const NO_RUN = ['-c', '--c', '-n', '--n', '-list', '--list', '-args', '--args', '-h', '--help'];

export const go: Runner = ({ program, args }) => {
  if (program !== 'go' || args[0] !== 'test' || hasOption(args, ...NO_RUN)) return null;
  const named = hasOption(args, '-v', '--v', '-json', '--json', '-test.v');
  return ask(
    { in: 'output', format: 'go' },
    { args: named ? [] : ['-v'], together: true, refusal: /flag provided but not defined: -(?:test\.)?v\b/ },
  );
};
