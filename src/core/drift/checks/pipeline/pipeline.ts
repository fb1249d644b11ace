/**
 * `checks/config` for pipelines: commands that tested, linted or built and are gone, and steps whose failure counts no more.
 * `boundary/ci` says that a pipeline changed; this says what it lost.
 */
import { mapConcurrently } from '../../concurrent';
import type { RuleContext } from '../../input';
import type { RawFinding } from '../../report';
import { swallowsFailure } from '../command/swallow';
import { lineAt, linesOnlyIn } from '../lines';
import { loweredOptions } from '../options';
import { reasonOf, type Side, type Sides } from '../sides';
import { onlyBuilds, publishes, verifies } from '../verifying';
import { EMPTY_PIPELINE, type Pipeline, pipelineOf } from './steps';

const READS_AT_ONCE = 4;

/** Pipelines that hosted services run (each service's docs). */
const PATHS = new RegExp(
  [
    '^\\.github/(?:workflows/[^/]+|actions/.+/action)\\.ya?ml$',
    '(?:^|/)(?:\\.gitlab-ci|azure-pipelines)[\\w.-]*\\.ya?ml$',
    '^\\.(?:gitlab|azure-pipelines|circleci|buildkite|woodpecker|semaphore|forgejo|gitea)/.+\\.ya?ml$',
    '(?:^|/)\\.?(?:travis|drone|cirrus|woodpecker|appveyor)\\.ya?ml$',
    '(?:^|/)(?:bitbucket-pipelines|cloudbuild|buildspec|codefresh)\\.ya?ml$',
    '(?:^|/)Jenkinsfile[\\w.-]*$',
  ].join('|'),
);

interface File {
  readonly path: string;
  readonly before: Pipeline;
  readonly after: Pipeline;
  readonly text: string;
}

/** Findings for the pipelines of a change; commands that moved from one to another are not lost. */
export async function judgePipelines({ changes }: RuleContext, sides: Sides): Promise<readonly RawFinding[]> {
  const findings: RawFinding[] = [];
  const changed = changes.filter(({ path, oldPath }) => PATHS.test(path) || PATHS.test(oldPath ?? path));
  const files = await mapConcurrently(
    changed,
    READS_AT_ONCE,
    async ({ path, oldPath, status }): Promise<File | null> => {
      try {
        const before = status === 'A' ? EMPTY_PIPELINE : await read(sides, 'base', oldPath ?? path);
        const after = status === 'D' ? EMPTY_PIPELINE : await read(sides, 'head', path);
        return { path, before, after, text: (await sides.text('head', path)) ?? '' };
      } catch (error) {
        const evidence = reasonOf(error);
        const message = `${path}, a pipeline, could not be read: ${evidence}.`;
        findings.push({ rule: 'checks/config', severity: 'warn', path, message, evidence });
        return null;
      }
    },
  );
  const readable = files.filter((file) => file !== null);
  const now = new Set(readable.flatMap(({ after }) => after.commands));
  return [
    ...findings,
    ...readable.flatMap((file) => [
      ...lostCommands(file, now),
      ...newFlags(file),
      ...swallowed(file),
      ...lowered(file),
    ]),
  ];
}

async function read(sides: Sides, side: Side, path: string): Promise<Pipeline> {
  const text = PATHS.test(path) ? await sides.text(side, path) : null;
  return text === null ? EMPTY_PIPELINE : pipelineOf(text, path);
}

/**
 * What verified and is nowhere any more. Where as many commands came as went, one was exchanged for another, which
 * `boundary/ci` shows.
 */
function lostCommands({ path, before, after }: File, now: ReadonlySet<string>): readonly RawFinding[] {
  const was = before.commands.filter(verifies);
  const is = after.commands.filter(verifies);
  const lost = linesOnlyIn(was.join('\n'), is.join('\n')).filter((command) => !now.has(command));
  const gained = linesOnlyIn(is.join('\n'), was.join('\n'));
  if (lost.length === 0 || gained.length >= lost.length) return [];
  const evidence = `removed: ${[...new Set(lost)]
    .slice(0, 5)
    .map((command) => command.slice(0, 120))
    .join('; ')}`;
  const message = `The pipeline ${path} no longer runs ${lost.length === 1 ? 'a command' : 'commands'} that proved something.`;
  // What others in their place prove, what an action proves by its name, and whether a build was there to prove anything
  // or to be published, only a person can tell.
  const isDoubtful =
    gained.length > 0 ||
    lost.every((command) => command.startsWith('uses ')) ||
    (lost.every(onlyBuilds) && before.commands.some(publishes));
  return [{ rule: 'checks/config', ...(isDoubtful ? { severity: 'warn' } : {}), path, message, evidence }];
}

/** Steps that were there, and whose failure or run now counts for nothing. */
function newFlags({ path, before, after, text }: File): readonly RawFinding[] {
  const known = new Set(before.commands);
  const flagged = new Set(
    before.flags.flatMap(({ flag, commands }) => commands.map((command) => `${flag}\n${command}`)),
  );
  return after.flags.flatMap(({ flag, conditional, commands }): readonly RawFinding[] => {
    const verifying = commands.filter(
      (command) => verifies(command) && known.has(command) && !flagged.has(`${flag}\n${command}`),
    );
    const [first] = verifying;
    if (first === undefined) return [];
    const key = flag.slice(0, flag.indexOf(':'));
    const at = text.indexOf(key);
    return [
      {
        rule: 'checks/config',
        ...(conditional ? { severity: 'warn' } : {}),
        path,
        line: at === -1 ? null : lineAt(text, at),
        message: `In the pipeline ${path} the result of a check counts no more: ${flag}.`,
        evidence: `${flag} on ${first.slice(0, 200)}`,
      },
    ];
  });
}

function swallowed({ path, before, after, text }: File): readonly RawFinding[] {
  const gained = linesOnlyIn(after.lines.join('\n'), before.lines.join('\n'));
  return gained.flatMap((line): readonly RawFinding[] => {
    const construct = swallowsFailure(line);
    const stem = construct === null ? '' : line.slice(0, line.indexOf(construct)).trim();
    if (
      construct === null ||
      stem === '' ||
      !verifies(stem) ||
      !before.lines.some((old) => old.startsWith(stem) && swallowsFailure(old) === null)
    )
      return [];
    const at = text.indexOf(line);
    const message = `In the pipeline ${path} a check succeeds now whatever it finds: ${construct}.`;
    return [
      {
        rule: 'checks/config',
        path,
        line: at === -1 ? null : lineAt(text, at),
        message,
        evidence: `${stem} → ${line}`.slice(0, 380),
      },
    ];
  });
}

function lowered({ path, before, after }: File): readonly RawFinding[] {
  return loweredOptions(before.lines.join('\n'), after.lines.join('\n')).flatMap(
    ({ option, before: was, after: now }): readonly RawFinding[] => {
      // An option that went with its command is a lost command.
      if (now === null) return [];
      const message = `The pipeline ${path} asks for less: ${option}.`;
      return [{ rule: 'checks/threshold', path, message, evidence: `${option}: ${was} → ${now}` }];
    },
  );
}
