/**
 * build.gradle, settings.gradle, their Kotlin forms and other Gradle scripts, read by their literals (Gradle User Manual,
 * "Declaring dependencies", "Using Plugins", "Declaring Repositories"). A script is a program: what it computes is taken
 * verbatim, so that a change of it is seen.
 */
import { JVM_SYNTAX } from '../lexer';
import { merged } from '../merged';
import type { Manifest, Requirement } from '../model';
import { type Statement, statementsOf } from '../statements';
import { lastOf, pathOf } from './gradleBlocks';
import { coordinatesIn, dependencyOf, pluginOf, scriptOf, sharedVersions } from './gradleDependencies';
import { repositoriesOf } from './gradleRepositories';
import { type Variables, variablesOf } from './gradleVariables';

/** Blocks inside a declared dependency that say more about its version. */
const VERSION_WORDS = new Set(['strictly', 'require', 'prefer', 'reject']);

/** Reads a script of Gradle. Throws Unreadable. */
export function readGradle(text: string): Manifest {
  const statements = statementsOf(text, JVM_SYNTAX);
  const variables = variablesOf(statements);
  const requirements: Requirement[] = [];
  /** What a statement declared, for the blocks that it opens. */
  const declared = new Map<Statement, number>();
  for (const statement of statements) {
    const path = pathOf(statement);
    const version = versionIn(statement, declared);
    if (version !== null) {
      const one = requirements[version.index];
      if (one) requirements[version.index] = { ...one, spec: `${one.spec} ${variables.fill(version.text)}`.trim() };
      continue;
    }
    const found = requirementsIn(statement, path, variables);
    if (found.length > 0) declared.set(statement, requirements.length + found.length - 1);
    requirements.push(...found);
  }
  return {
    requirements: merged([...requirements, ...sharedVersions(statements, variables)]),
    hooks: new Map(),
    registries: repositoriesOf(statements, variables),
    faults: [],
  };
}

function requirementsIn(statement: Statement, path: readonly string[], variables: Variables): readonly Requirement[] {
  const kinds = path.map(lastOf);
  const at = kinds.lastIndexOf('dependencies');
  const isDirectly = at !== -1 && kinds.slice(at + 1).every((kind) => kind === 'constraints');
  if (isDirectly) {
    const around = path.map((name, index) => (index === at ? name.replace(/\.?dependencies$/, '') : name));
    return dependencyOf(statement, around.filter(Boolean).join('.'), variables, kinds.includes('constraints'));
  }
  if (kinds.at(-1) === 'plugins') return pluginOf(statement, path.join('.'), variables);
  if (kinds.includes('repositories')) return [];
  const script = scriptOf(statement, variables);
  return script.length > 0 ? script : coordinatesIn(statement, path.join('.'), variables);
}

/** `version { strictly("…") }` below a declared dependency: the index of that, and what is said. */
function versionIn(
  statement: Statement,
  declared: ReadonlyMap<Statement, number>,
): { readonly index: number; readonly text: string } | null {
  const [word, ...rest] = statement.tokens;
  const block = statement.within;
  if (word?.kind !== 'word' || !VERSION_WORDS.has(word.text) || block?.tokens[0]?.text !== 'version') return null;
  const index = block.within === null ? undefined : declared.get(block.within);
  if (index === undefined) return null;
  const texts = rest.flatMap(({ kind, text }) => (kind === 'text' ? text : []));
  return { index, text: `${word.text} ${texts.join(', ')}` };
}
