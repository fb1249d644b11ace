/** build.sbt and project/plugins.sbt (sbt Reference Manual, "Library dependencies" and "Resolvers"). */
import { JVM_SYNTAX, type Syntax, type Token } from '../lexer';
import { merged } from '../merged';
import type { Manifest, Requirement } from '../model';
import { flat, isSign, type Statement, statementsOf } from '../statements';
import { type Variables, variablesOf } from './gradleVariables';
import { isUsualRepository } from './repositories';

/** Scala: a single quote begins a symbol or one letter. */
const SCALA_SYNTAX: Syntax = { ...JVM_SYNTAX, quotes: ['"""', '"'], slashes: false };

/** Reads an sbt build by its literals. Throws Unreadable. */
export function readSbt(text: string): Manifest {
  const statements = statementsOf(text, SCALA_SYNTAX);
  const variables = variablesOf(statements);
  const registries = new Map(statements.flatMap(resolversOf));
  const requirements = merged(statements.flatMap((statement) => modulesOf(statement, variables)));
  return { requirements, hooks: new Map(), registries, faults: [] };
}

/** `"group" %% "name" % "version" % Test`, wherever it stands. */
function modulesOf({ tokens }: Statement, variables: Variables): Requirement[] {
  const isPlugin = tokens[0]?.text === 'addSbtPlugin';
  const isOverride = tokens[0]?.text === 'dependencyOverrides';
  const found: Requirement[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const name = operand(tokens, at + 1);
    const version = name === null ? null : operand(tokens, name.next);
    const group = tokens[at];
    if (group?.kind !== 'text' || name === null || version === null || name.token.kind !== 'text') continue;
    const scope = operand(tokens, version.next);
    const section = isPlugin ? 'addSbtPlugin' : isOverride ? 'dependencyOverrides' : 'libraryDependencies';
    const coordinates = `${variables.fill(group.text)}:${variables.fill(name.token.text)}`;
    found.push({
      group: scope === null ? section : `${section}.${scope.token.text}`,
      name: coordinates,
      package: coordinates,
      spec: versionOf(version.token, variables),
      source: null,
      everywhere: isOverride,
    });
    at = version.next - 1;
  }
  return found;
}

/** What stands behind one or more `%`. */
function operand(tokens: readonly Token[], from: number): { readonly token: Token; readonly next: number } | null {
  let at = from;
  while (isSign(tokens[at], '%')) at += 1;
  const token = tokens[at];
  if (at === from || token === undefined || token.kind === 'sign') return null;
  let next = at + 1;
  if (token.kind === 'text') return { token, next };
  let name = token.text;
  while (isSign(tokens[next], '.') && tokens[next + 1]?.kind === 'word') {
    name += `.${tokens[next + 1]?.text}`;
    next += 2;
  }
  return { token: { kind: 'word', text: name }, next };
}

function versionOf(token: Token, variables: Variables): string {
  return token.kind === 'text' ? variables.fill(token.text) : (variables.lookUp(token.text) ?? token.text);
}

/** `resolvers += "name" at "https://…"`, or an expression that makes one. */
function resolversOf({ tokens }: Statement): [string, string][] {
  return tokens.flatMap(({ kind, text }, at): [string, string][] => {
    if (kind !== 'word' || (text !== 'resolvers' && text !== 'externalResolvers')) return [];
    const value = settingFrom(tokens, at + 1);
    const places = value.flatMap((token, index): [string, string][] => {
      if (token.kind !== 'word' || token.text !== 'at') return [];
      // Written between name and place, or as a method of the name.
      const name = isSign(value[index - 1], '.') ? value[index - 2] : value[index - 1];
      const place = isSign(value[index + 1], '(') ? value[index + 2] : value[index + 1];
      return name?.kind === 'text' && place?.kind === 'text' ? [[`resolvers.${name.text}`, place.text]] : [];
    });
    if (places.length > 0) return places.filter(([, place]) => !isUsualRepository(place));
    const whole = flat(value);
    return whole === '' ? [] : [[`resolvers ${whole}`, whole]];
  });
}

/** The tokens of one setting: up to the comma, or the parenthesis, that ends it in a list of settings. */
function settingFrom(tokens: readonly Token[], from: number): readonly Token[] {
  let open = 0;
  for (let at = from; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (isSign(token, '(') || isSign(token, '[')) open += 1;
    if (isSign(token, ')') || isSign(token, ']')) open -= 1;
    if (open < 0 || (open === 0 && isSign(token, ','))) return tokens.slice(from, at);
  }
  return tokens.slice(from);
}
