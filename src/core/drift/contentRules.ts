/** The rule families that read whole files. Loaded with the first diff; built as a file of its own, for all programs. */
export { judgeChecks } from './checks/checks';
export { judgeDependencies } from './dependencies/dependencies';
export { judgeKept } from './keep/keep';
export { judgeTests } from './tests/tests';
