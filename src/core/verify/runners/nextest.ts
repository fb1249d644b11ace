/**
 * cargo-nextest writes JUnit where a profile says so; a configuration of a tool adds that to every profile, below the
 * project's own (nextest book, "Tool-specific configuration" and "JUnit support"; since 0.9.34).
 */
import { ask, FOLDER, hasOption, type Runner } from './runner';

const NO_RUN = ['--no-run', '--help', '-h'];

export const nextest: Runner = ({ program, args }) => {
  const words = args[0]?.startsWith('+') ? args.slice(1) : args;
  if (program !== 'cargo' || words[0] !== 'nextest' || (words[1] !== 'run' && words[1] !== 'r')) return null;
  if (hasOption(args, ...NO_RUN) || args.includes('--')) return null;
  return ask(
    { in: 'folder', pattern: 'junit.xml' },
    {
      args: [`--tool-config-file=countersign:${FOLDER}/nextest.toml`],
      files: { 'nextest.toml': `[profile.default.junit]\npath = "${FOLDER}/junit.xml"\n` },
      refusal: /unexpected argument '--tool-config-file|wasn't expected/,
    },
  );
};
