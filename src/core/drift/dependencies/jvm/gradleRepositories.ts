/** `repositories { … }` of Gradle scripts (Gradle User Manual, "Declaring Repositories"). */
import type { Token } from '../lexer';
import { dottedName, flat, type Statement } from '../statements';
import { lastOf, pathOf } from './gradleBlocks';
import type { Variables } from './gradleVariables';
import { isUsualRepository } from './repositories';

/** Where a build publishes to is no place that packages come from. */
const PUBLISHING = new Set(['publishing', 'uploadArchives', 'mavenDeployer', 'nexusPublishing', 'publishTo']);
const CALLS = new Set(['maven', 'ivy', 'flatDir', 'mavenLocal']);
const SETTINGS = new Set(['url', 'setUrl', 'dirs', 'dir', 'artifactUrls', 'artifactPattern', 'ivyPattern']);

/** Places by the block that names them (`pluginManagement.repositories`), those that everybody uses left out. */
export function repositoriesOf(statements: readonly Statement[], variables: Variables): ReadonlyMap<string, string> {
  const places = new Map<string, Set<string>>();
  for (const statement of statements) {
    const found = placeOf(statement, variables);
    if (found === null) continue;
    const [setting, place] = found;
    places.set(setting, (places.get(setting) ?? new Set()).add(place));
  }
  return new Map([...places].map(([setting, each]) => [setting, [...each].sort().join(', ')]));
}

function placeOf(statement: Statement, variables: Variables): readonly [setting: string, place: string] | null {
  const path = pathOf(statement);
  const kinds = path.map(lastOf);
  if (kinds.some((kind) => PUBLISHING.has(kind))) return null;
  const { name } = dottedName(statement.tokens, 0);
  const own = lastOf(name);
  if (own === 'gitRepository') return named('sourceControl', statement.tokens, variables);
  const at = kinds.indexOf('repositories');
  if (at === -1) return null;
  const setting = path.slice(0, at + 1).join('.');
  const isSetting = SETTINGS.has(own) || name === 'url.set';
  const isInside = kinds.slice(at + 1).some((kind) => CALLS.has(kind));
  if (isInside ? !isSetting : !CALLS.has(own)) return null;
  if (own === 'mavenLocal') return [setting, 'mavenLocal()'];
  return named(setting, statement.tokens, variables);
}

function named(
  setting: string,
  tokens: readonly Token[],
  variables: Variables,
): readonly [setting: string, place: string] | null {
  const texts = tokens.flatMap(({ kind, text }) => (kind === 'text' ? variables.fill(text) : []));
  // A bare `maven` opens a block, whose settings follow; a place that is computed is taken verbatim.
  const place = texts.length > 0 ? texts.join(' ') : flat(tokens.slice(1));
  const isNothing = place === '' || place === '()';
  return isNothing || isUsualRepository(place) ? null : [setting, place];
}
