/** `cargo test` prints results only (The rustc book, "Tests"), and names of programs on the other output. */
import { ask, hasOption, type Runner } from './runner';

const NO_NAMES = ['--no-run', '--list', '--help', '-h', '-q', '--quiet', '--format', '-Z'];

export const cargo: Runner = ({ program, args }) => {
  const [command] = args[0]?.startsWith('+') ? args.slice(1) : args;
  if (program !== 'cargo' || (command !== 'test' && command !== 't') || hasOption(args, ...NO_NAMES)) return null;
  return ask({ in: 'output', format: 'cargo' }, { together: true });
};
