/** *.gemspec (RubyGems guides, "Specification Reference"): dependencies with literal names and versions. */
import type { Manifest } from '../model';
import { asManifest, noParts, type Parts } from '../parts';
import { gemOf } from './gems';
import { callOf, statementsOf, textOf } from './statements';
import type { Token } from './tokens';

const GROUPS: Readonly<Record<string, string>> = {
  add_dependency: 'runtime',
  add_runtime_dependency: 'runtime',
  add_development_dependency: 'development',
};

/** Reads a gemspec. Native extensions are built at install. Throws Unreadable when a string or bracket does not end. */
export function readGemspec(text: string): Manifest {
  const parts = noParts();
  for (const { tokens } of statementsOf(text)) {
    addDependencies(tokens, parts);
    addExtensions(tokens, parts);
  }
  return asManifest(parts);
}

function addDependencies(tokens: readonly Token[], { requirements, faults }: Parts): void {
  for (const [index, token] of tokens.entries()) {
    const group = token.kind === 'word' && Object.hasOwn(GROUPS, token.text) ? GROUPS[token.text] : undefined;
    if (group === undefined) continue;
    // `s.add_dependency …` as a statement; anything else is part of something that is run.
    const gem = index === 2 ? gemOf(callOf(tokens.slice(index + 1)), group) : null;
    if (gem === null || gem.isComputed) faults.push(quoted(tokens));
    if (gem !== null) requirements.push(gem.requirement);
  }
}

function addExtensions(tokens: readonly Token[], { hooks }: Parts): void {
  const [, , property, sign] = tokens;
  const isSet = property?.kind === 'word' && property.text === 'extensions' && sign?.kind === 'sign';
  if (isSet && /[=<]/.test(sign.text)) hooks.set('extensions', textOf(tokens.slice(3)).slice(0, 1000));
}

function quoted(tokens: readonly Token[]): string {
  return textOf(tokens.slice(0, 12)).slice(0, 80);
}
