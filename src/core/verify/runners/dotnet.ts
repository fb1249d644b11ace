/**
 * `dotnet test`: the logger `trx`, one file a project (.NET docs, "dotnet test" with VSTest). The newer platform of .NET 10
 * takes other options and refuses this one.
 */
import { ask, FOLDER, hasOption, type Runner } from './runner';

const NO_RUN = ['-r', '--results-directory', '-t', '--list-tests', '-h', '--help', '-?'];

export const dotnet: Runner = ({ program, args }) => {
  if (program !== 'dotnet' || args[0] !== 'test' || hasOption(args, ...NO_RUN) || args.includes('--')) return null;
  if (args.some((arg) => arg.includes('trx'))) return null;
  return ask(
    { in: 'folder', pattern: '**/*.trx' },
    {
      args: ['--logger', 'trx', '--results-directory', FOLDER],
      refusal:
        /(?:unknown|unrecognized|invalid|not (?:supported|recognized))[^\n]{0,200}--(?:logger|results-directory)|--(?:logger|results-directory)[^\n]{0,200}not (?:supported|recognized)/i,
    },
  );
};
