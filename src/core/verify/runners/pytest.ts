/** pytest: `--junitxml` (pytest docs, "Creating JUnitXML format files"); the family `xunit1` names files and lines. */
import { ask, FOLDER, hasOption, type Runner } from './runner';

const NO_RUN = [
  '--junitxml',
  '--junit-xml',
  '--collect-only',
  '--co',
  '--fixtures',
  '--markers',
  '--help',
  '-h',
  '--version',
];

export const pytest: Runner = ({ program, args }) => {
  if (program !== 'pytest' || hasOption(args, ...NO_RUN) || args.includes('--')) return null;
  // `-p no:junitxml` takes the option away.
  if (args.some((arg) => arg.includes('junit'))) return null;
  return ask(
    { in: 'folder', pattern: 'junit.xml' },
    {
      args: ['-o', 'junit_family=xunit1', `--junitxml=${FOLDER}/junit.xml`],
      refusal: /unrecognized arguments:[^\n]{0,1000}--junitxml/,
    },
  );
};
