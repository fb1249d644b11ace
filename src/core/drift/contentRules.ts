/** The rule families that read whole files. Loaded with the first diff; built as a file of its own, for all programs. */
import { pathsOf } from './changes';
import { formatOf } from './dependencies/formats';
import type { ContentRule } from './input';

export { judgeChecks } from './checks/checks';
export { judgeKept } from './keep/keep';
export { judgePatched } from './tests/patched';
export { judgeTests } from './tests/tests';
export { planOverlay } from './verified/overlay';

/** What judges dependencies is set up only for a change that touches a manifest or lockfile. */
export const judgeDependencies: ContentRule = async (context) => {
  const touched = context.changes.flatMap(pathsOf).some((path) => formatOf(path) !== null);
  return touched ? (await import('./dependencies/dependencies')).judgeDependencies(context) : { findings: [] };
};
