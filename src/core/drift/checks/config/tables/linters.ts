/** Linters and the type checker of JavaScript and TypeScript; each from its own configuration reference. */
import { Code, isList, isTable, type Table, textsOf, type Value, written } from '../../value';
import type { Fact, Facts } from '../facts';
import type { Aligned, Tool, Written } from '../table';

/** ESLint docs, "Configuration Files" (flat and rc) and "Rules"; xo reads the same shapes. */
export const ESLINT: Tool = {
  name: 'ESLint',
  levels: true,
  cascades: true,
  directions: {
    ceiling: `
      **.complexity.options **.max-depth.options **.max-lines.options **.max-lines-per-function.options
      **.max-nested-callbacks.options **.max-params.options **.max-statements.options
      **.max-classes-per-file.options **.sonarjs/cognitive-complexity.options
    `,
    strict: '**.reportUnusedDisableDirectives **.linterOptions.reportUnusedDisableDirectives',
    level: '**.rules.*',
    exclusions: '**.ignorePatterns **.ignores **.excludedFiles',
    inclusions: '**.files',
    enables: '**.extends **.plugins',
    neutral: `
      root **.env.* **.parser **.parserOptions.** **.languageOptions.** **.settings.** **.globals.** **.name
      **.$schema **.languageOptions.parserOptions.** noInlineConfig **.processor
    `,
  },
  effective: pairedRules,
  align: ofOneKind,
};

/**
 * The older kind of configuration and the flat one name files, plugins and presets in ways that cannot be compared: what
 * is left of both are the rules that they set themselves, each as strict as anywhere, and what they ignore everywhere.
 */
function ofOneKind(before: Written, after: Written): Aligned | null {
  const isFlat = ({ paths, values }: Written) =>
    values.some(isList) || paths.some((path) => /(?:^|\/)(?:eslint|xo)\.config\.\w+$/.test(path));
  if (isFlat(before) === isFlat(after)) return null;
  return { before: [essence(before.values)], after: [essence(after.values)] };
}

function essence(values: readonly Value[]): Table {
  const rules = new Map<string, Value>();
  const ignored = new Set<string>();
  const presets = new Set<string>();
  const take = (value: Value): void => {
    if (isList(value)) for (const item of value) take(item);
    else if (value instanceof Code) presets.add(value.text);
    else if (isTable(value)) takeTable(value);
  };
  const takeTable = (table: Table): void => {
    const own = table.get('rules');
    for (const [name, rule] of isTable(own) ? own : [])
      if (strengthOf(rule) >= strengthOf(rules.get(name) ?? 'off')) rules.set(name, rule);
    for (const pattern of textsOf(table.get('ignorePatterns'))) ignored.add(pattern);
    // Beside other settings, `ignores` says where those hold.
    if ([...table.keys()].every((key) => key === 'ignores' || key === 'name'))
      for (const pattern of textsOf(table.get('ignores'))) ignored.add(pattern);
    const extended = table.get('extends');
    if (extended !== undefined) for (const item of isList(extended) ? extended : [extended]) presets.add(written(item));
    take(table.get('overrides') ?? []);
  };
  for (const value of values) take(value);
  return new Map<string, Value>([
    ['rules', rules],
    ['ignorePatterns', [...ignored]],
    ['presets', [...presets]],
  ]);
}

function strengthOf(rule: Value): number {
  const level = isList(rule) ? rule[0] : rule;
  return level === 'error' || level === '2' ? 2 : level === 'warn' || level === '1' ? 1 : 0;
}

/** `no-shadow: off` beside `x/no-shadow: error` exchanges a rule for its better one: it counts as what replaces it. */
function pairedRules(facts: Facts): Facts {
  const isOff = (value: Fact['value']) => value === 'off' || value === '0';
  const replaced = new Map<string, Fact['value']>();
  for (const { path, value } of facts.values()) {
    const name = path.at(-1) ?? '';
    if (path.at(-2) === 'rules' && name.includes('/') && !isOff(value)) {
      replaced.set(name.slice(name.lastIndexOf('/') + 1), value);
    }
  }
  return new Map(
    [...facts].map(([key, fact]) => {
      const better = fact.path.at(-2) === 'rules' ? replaced.get(fact.path.at(-1) ?? '') : undefined;
      return [key, better !== undefined && isOff(fact.value) ? { ...fact, value: better } : fact];
    }),
  );
}

/** Biome docs, "Configuration". */
export const BIOME: Tool = {
  name: 'Biome',
  levels: true,
  cascades: true,
  inherits: '*',
  directions: {
    ceiling: '**.options.maxAllowedComplexity **.options.max **.options.maxLines',
    strict: '**.linter.enabled **.recommended **.rules.all **.rules.*.all',
    level: '**.linter.rules.*.*',
    exclusions: 'files.ignore linter.ignore **.ignore',
    inclusions: 'files.include files.includes linter.include linter.includes',
    enables: 'extends plugins **.domains.*',
    neutral: `
      $schema formatter.** javascript.** json.** css.** graphql.** html.** organizeImports.** assist.** vcs.**
      files.maxSize files.ignoreUnknown files.experimentalScannerIgnores **.fix **.formatter.* root **.includes
    `,
  },
};

/** What `strict` switches on (TSConfig reference, "strict"). */
const STRICT_FAMILY = [
  ...['noImplicitAny', 'noImplicitThis', 'strictNullChecks', 'strictFunctionTypes', 'strictBindCallApply'],
  ...['strictPropertyInitialization', 'alwaysStrict', 'useUnknownInCatchVariables', 'strictBuiltinIteratorReturn'],
];

const options = (names: string): string => names.trim().replace(/\S+/g, 'compilerOptions.$&');

/** TSConfig reference. */
export const TYPESCRIPT: Tool = {
  name: 'TypeScript',
  directions: {
    strict: options(`
      strict ${STRICT_FAMILY.join(' ')} noUnusedLocals noUnusedParameters noImplicitReturns noFallthroughCasesInSwitch
      noUncheckedIndexedAccess noImplicitOverride noPropertyAccessFromIndexSignature exactOptionalPropertyTypes
      noUncheckedSideEffectImports checkJs noEmitOnError forceConsistentCasingInFileNames isolatedDeclarations
      erasableSyntaxOnly
    `),
    lax: options(`
      skipLibCheck skipDefaultLibCheck noStrictGenericChecks suppressImplicitAnyIndexErrors noCheck keyofStringsOnly
      suppressExcessPropertyErrors allowUnreachableCode allowUnusedLabels
    `),
    exclusions: 'exclude',
    inclusions: 'include files',
    enables: 'references.*.path',
    mappings: options('paths.* types typeRoots'),
    neutral: `
      $schema display _version compileOnSave ts-node.** typeAcquisition.** watchOptions.** references.**
      angularCompilerOptions.** vueCompilerOptions.** compilerOptions.plugins.**
      ${options(`
        target module lib outDir outFile rootDir rootDirs baseUrl declaration declarationMap declarationDir sourceMap
        inlineSourceMap inlineSources sourceRoot mapRoot jsx jsxFactory jsxFragmentFactory jsxImportSource
        esModuleInterop allowSyntheticDefaultImports moduleResolution moduleDetection resolveJsonModule noEmit
        emitDeclarationOnly removeComments importHelpers downlevelIteration incremental composite tsBuildInfoFile
        isolatedModules verbatimModuleSyntax allowImportingTsExtensions customConditions plugins
        experimentalDecorators emitDecoratorMetadata useDefineForClassFields preserveConstEnums newLine pretty
        stripInternal preserveSymlinks preserveWatchOutput allowArbitraryExtensions rewriteRelativeImportExtensions
        ignoreDeprecations resolvePackageJsonExports resolvePackageJsonImports noErrorTruncation disableSizeLimit
        listFiles traceResolution moduleSuffixes assumeChangesOnlyAffectDirectDependencies libReplacement
        stableTypeOrdering emitBOM charset
      `)}
    `,
  },
  effective: withStrictFamily,
};

/** A member of the family that is not set has the value of `strict`. */
function withStrictFamily(facts: Facts): Facts {
  const strict = facts.get(JSON.stringify(['compilerOptions', 'strict']));
  if (strict === undefined) return facts;
  const family = STRICT_FAMILY.map((name): [string, Fact] => {
    const path = ['compilerOptions', name];
    return [JSON.stringify(path), { ...strict, path }];
  });
  return new Map([...family, ...facts]);
}
