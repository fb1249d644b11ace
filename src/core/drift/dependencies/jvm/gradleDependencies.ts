/** What one statement of a Gradle script asks for. */
import type { Token } from '../lexer';
import type { Requirement } from '../model';
import { dottedName, flat, isSign, type Statement } from '../statements';
import type { Variables } from './gradleVariables';

/** Words at the beginning of a statement in `dependencies` that name no configuration. */
const NO_CONFIGURATION = new Set([
  ...[
    'def',
    'val',
    'var',
    'if',
    'else',
    'for',
    'while',
    'return',
    'try',
    'catch',
    'switch',
    'when',
    'println',
    'print',
  ],
  ...['constraints', 'components', 'modules', 'attributesSchema', 'artifactTypes', 'registerTransform', 'exclude'],
  ...[
    'because',
    'version',
    'import',
    'apply',
    'logger',
    'ext',
    'extra',
    'project',
    'this',
    'it',
    'transitive',
    'changing',
  ],
]);
/** Calls around a notation that do not change what is meant (Gradle User Manual, "Sharing dependency versions"). */
const WRAPPERS = /^(?:dependencies\.)?(?:platform|enforcedPlatform|testFixtures|create|variantOf|module|npm|cppdep)$/;
/** What Gradle itself brings along, and projects of the same build. */
const LOCAL = /^(?:gradleApi|gradleTestKit|localGroovy|gradleKotlinDsl|project|projects\..*)$/;
/** Longer statements are lists made by hand or by a program: of them only plain notations are read. */
const LONGEST = 2000;
const FILES = /(?:^|\.)(?:files|fileTree)$/;
/** A text that names a package: its group has a dot, or is the first word of a dependency. */
const COORDINATES = /^[A-Za-z][\w-]*(?:\.[\w-]+)+:[\w.-]+:[^\s:/][^\s/]*$/;
/** Versions that are no dependency's: of the platform, the language, the project itself. */
const OTHER_VERSIONS =
  /sdk|jdk|java|jvm|target|toolchain|ndk|buildtools|version_?(?:code|name)|(?:^|\.)(?:app|project|plugin|mod|lib|library|release|artifact|group|publish|my|the)?_?version$/i;

/** A statement inside `dependencies`: `around` names the blocks outside it. */
export function dependencyOf(
  { tokens }: Statement,
  around: string,
  variables: Variables,
  everywhere: boolean,
): readonly Requirement[] {
  const [first] = tokens;
  const call = first?.kind === 'text' ? { name: first.text, next: 1 } : dottedName(tokens, 0);
  let { name: configuration, next } = call;
  if (configuration === 'add' && isSign(tokens[1], '(') && tokens[2]?.kind === 'text' && isSign(tokens[3], ',')) {
    configuration = tokens[2].text;
    next = 4;
  }
  const group = [around, configuration].filter((part) => part !== '').join('.');
  const isName = /^[\w-]+$/.test(configuration) && !NO_CONFIGURATION.has(configuration);
  const isCall = isName && tokens.length > next && tokens.length < LONGEST;
  const rest = tokens[next];
  const isOther = rest?.kind === 'sign' && !['(', '['].includes(rest.text);
  if (!isCall || isOther) return coordinates(tokens, around || 'dependencies', variables, everywhere);
  const inside = tokens[1]?.text === '(' && next === 4 ? tokens.slice(4, -1) : unwrapped(tokens.slice(next));
  const parts = split(inside);
  // `group: "…", name: "…"` is one notation in several arguments.
  const args = isNamed(parts[0]) ? [inside] : parts;
  return args.flatMap((argument) => notation(argument, group, variables, everywhere));
}

/** A statement inside `plugins`: only a plugin with a version is fetched; one without is the build's own, or known already. */
export function pluginOf({ tokens }: Statement, around: string, variables: Variables): readonly Requirement[] {
  const { name, next } = dottedName(tokens, 0);
  const inside = tokens[next];
  const argument = isSign(inside, '(') ? tokens[next + 1] : inside;
  if (name === 'alias') {
    const reference = dottedName(tokens, next + 1).name;
    return reference === '' ? [] : [{ ...plain(around, reference, reference, reference), ecosystem: 'generic' }];
  }
  const at = tokens.findIndex(({ kind, text }) => kind === 'word' && text === 'version');
  if (argument?.kind !== 'text' || at === -1 || !['id', 'kotlin'].includes(name)) return [];
  const id = name === 'kotlin' ? `org.jetbrains.kotlin.${argument.text}` : variables.fill(argument.text);
  const version = expression(unwrapped(untilWord(tokens.slice(at + 1), 'apply')), variables);
  return [plain(around, id, `${id}:${id}.gradle.plugin`, version)];
}

/** `apply from: "https://…"` runs a script of somebody else's. */
export function scriptOf({ tokens }: Statement, variables: Variables): readonly Requirement[] {
  if (tokens[0]?.text !== 'apply') return [];
  const at = tokens.findIndex(({ kind, text }) => kind === 'word' && text === 'from');
  const url = tokens.slice(at + 1).find(({ kind }) => kind === 'text');
  if (at === -1 || url === undefined) return [];
  const place = variables.fill(url.text);
  if (!/^[a-z][\w+.-]*:\/\//i.test(place)) return [];
  return [{ ...plain('apply', place, place, place), source: 'a URL', ecosystem: 'generic' }];
}

/** Texts that name a package, wherever they stand: lists of libraries, forced versions, tools of plugins. */
export function coordinatesIn({ tokens }: Statement, around: string, variables: Variables): readonly Requirement[] {
  if (tokens[0]?.text === 'library') {
    // A catalog made by a script: `library("alias", "group", "name").version("…")`.
    const [alias, group, name, version = ''] = tokens.flatMap(({ kind, text }) =>
      kind === 'text' ? variables.fill(text) : [],
    );
    if (alias && group && name) return [plain(around, `${group}:${name}`, `${group}:${name}`, version)];
  }
  return coordinates(tokens, around || 'notations', variables, false).filter((each) => each.spec !== '');
}

/** Versions that other scripts use: `ext.kotlinVersion = '…'` and the like, where this file does not use them itself. */
export function sharedVersions(statements: readonly Statement[], variables: Variables): readonly Requirement[] {
  const seen = new Set<string>();
  const used = new Set<string>();
  for (const { kind, text } of statements.flatMap(({ tokens }) => tokens)) {
    if (kind === 'text' && text.includes('$'))
      for (const [word] of text.matchAll(/[A-Za-z_]\w{0,199}/g)) used.add(word);
    if (kind === 'word') (seen.has(text) ? used : seen).add(text);
  }
  return [...variables.shared]
    .filter(([name]) => /version/i.test(name) && !OTHER_VERSIONS.test(name))
    .filter(([name]) => !used.has(name.slice(name.lastIndexOf('.') + 1)))
    .map(([name, value]) => ({ ...plain('ext', name, name, value), everywhere: true, ecosystem: 'generic' }));
}

function coordinates(
  tokens: readonly Token[],
  group: string,
  variables: Variables,
  everywhere: boolean,
): Requirement[] {
  return tokens.flatMap((token) => {
    const text = token.kind === 'text' && token.text.includes(':') ? variables.fill(token.text) : '';
    return COORDINATES.test(text) ? [fromText(text, group, everywhere)] : [];
  });
}

/** One argument of a configuration. */
function notation(
  written: readonly Token[],
  group: string,
  variables: Variables,
  everywhere: boolean,
): readonly Requirement[] {
  const tokens = unnamed(written);
  const { name, next } = dottedName(tokens, 0);
  const isCall = isSign(tokens[next], '(');
  if (tokens.length === 0 || LOCAL.test(name)) return [];
  if (isCall && WRAPPERS.test(name)) return notation(unwrapped(tokens.slice(next)), group, variables, everywhere);
  if (isCall && name === 'kotlin') {
    const [module = '', version = ''] = tokens.flatMap(({ kind, text }) => (kind === 'text' ? text : []));
    return [fromText(`org.jetbrains.kotlin:kotlin-${module}:${version}`, group, everywhere)];
  }
  const map = fromMap(tokens, group, variables, everywhere);
  if (map !== null) return [map];
  const value = expression(tokens, variables);
  if (FILES.test(name)) {
    const source = tokens.some(({ kind }) => kind === 'text') ? 'a path' : null;
    return [{ ...plain(group, value, value, value), source, everywhere, ecosystem: 'generic' }];
  }
  if (/^[^\s:"()[\]{}]+:[^\s:"()[\]]+(?::[^\s"]*)?$/.test(value)) return [fromText(value, group, everywhere)];
  return [{ ...plain(group, value, value, value), everywhere, ecosystem: 'generic' }];
}

/** `group: "…", name: "…", version: "…"`, in either language. */
function fromMap(
  tokens: readonly Token[],
  section: string,
  variables: Variables,
  everywhere: boolean,
): Requirement | null {
  const parts = new Map<string, string>();
  for (const part of split(tokens[0] && isSign(tokens[0], '[') ? tokens.slice(1, -1) : tokens)) {
    const [key, sign] = part;
    if (key?.kind === 'word' && (isSign(sign, ':') || isSign(sign, '='))) {
      parts.set(key.text, expression(part.slice(2), variables));
    }
  }
  const name = parts.get('name');
  if (name === undefined) return null;
  const coordinate = `${parts.get('group') ?? ''}:${name}`;
  return { ...plain(section, coordinate, coordinate, parts.get('version') ?? ''), everywhere };
}

/** `group:name:version`, perhaps with a classifier or `@aar` behind it. */
function fromText(text: string, group: string, everywhere: boolean): Requirement {
  const [section = '', artifact = '', version = '', ...rest] = text.split(':');
  const name = [`${section}:${artifact}`, ...rest].join(':');
  return { ...plain(group, name, `${section}:${artifact}`, version), everywhere };
}

function plain(group: string, name: string, target: string, spec: string): Requirement {
  return { group, name, package: target, spec, source: null, everywhere: false };
}

/** The value of an expression where literals and variables give it; else the expression itself. */
function expression(tokens: readonly Token[], variables: Variables): string {
  const parts = split(tokens, '+').map((part) => {
    const [only] = part;
    if (part.length === 1 && only?.kind === 'text') return variables.fill(only.text);
    const { name, next } = dottedName(part, 0);
    return (next === part.length ? variables.lookUp(name) : variables.lookUp(flat(part))) ?? null;
  });
  const [first] = parts;
  if (parts.every((part) => part !== null)) return parts.join('');
  // What a literal begins tells the package, even where its version is computed.
  if (first?.includes(':')) return `${first}${flat(split(tokens, '+').slice(1).flat()).replaceAll('"', "'")}`;
  return flat(tokens);
}

/** Without the parentheses around everything, or the comma at the end. */
function unwrapped(tokens: readonly Token[]): readonly Token[] {
  if (!isSign(tokens[0], '(')) return tokens;
  let open = 0;
  for (const [index, token] of tokens.entries()) {
    if (isSign(token, '(')) open += 1;
    if (isSign(token, ')')) open -= 1;
    if (open === 0) return tokens.slice(1, index);
  }
  return tokens.slice(1);
}

function isNamed(part: readonly Token[] | undefined): boolean {
  const [key, sign] = part ?? [];
  return (
    key?.kind === 'word' && ['group', 'name', 'version'].includes(key.text) && (isSign(sign, ':') || isSign(sign, '='))
  );
}

/** Kotlin may name its arguments: `dependencyNotation = "…"`. */
function unnamed(tokens: readonly Token[]): readonly Token[] {
  return tokens[0]?.text === 'dependencyNotation' && isSign(tokens[1], '=') ? tokens.slice(2) : tokens;
}

function untilWord(tokens: readonly Token[], word: string): readonly Token[] {
  const at = tokens.findIndex(({ kind, text }) => kind === 'word' && text === word);
  return at === -1 ? tokens : tokens.slice(0, at);
}

/** Parts between commas outside all brackets; arguments of a map are one part, because the first says `group`. */
function split(tokens: readonly Token[], separator = ','): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]];
  let open = 0;
  for (const token of tokens) {
    if (isSign(token, '(') || isSign(token, '[')) open += 1;
    if (isSign(token, ')') || isSign(token, ']')) open -= 1;
    if (open === 0 && isSign(token, separator)) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts.filter((part) => part.length > 0);
}
