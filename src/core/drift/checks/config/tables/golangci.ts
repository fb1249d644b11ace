/**
 * golangci-lint (its docs, "Configuration File" of versions 1 and 2, and "Migration guide"). Version 2 says the same with
 * other keys: where the two sides are of different versions, the older one is read as the newer one.
 */
import { isList, isTable, type Table, textsOf, type Value, valueAt } from '../../value';
import type { Fact, Facts } from '../facts';
import type { Aligned, Tool, Written } from '../table';

export const GOLANGCI: Tool = {
  name: 'golangci-lint',
  onByDefault: true,
  directions: {
    ceiling: `
      **.min-complexity **.max-complexity **.min-confidence **.gocyclo.* **.gocognit.* **.cyclop.max-complexity
      **.funlen.lines **.funlen.statements **.nestif.*
    `,
    strict: `
      linters.enable-all run.tests run.issues-exit-code **.check-type-assertions **.check-blank **.check-shadowing
      **.warn-unused linters.exclusions.warn-unused issues.whole-files run.modules-download-mode
    `,
    lax: `
      issues.new issues.exclude-use-default run.skip-dirs-use-default issues.exclude-dirs-use-default linters.fast
      issues.exclude-case-sensitive
    `,
    level: 'linters.default',
    exclusions: `
      linters.disable issues.exclude issues.exclude-rules.** issues.exclude-dirs issues.exclude-files
      run.skip-dirs run.skip-files linters.exclusions.rules.** linters.exclusions.paths linters.exclusions.presets
      linters.exclusions.generated issues.exclude-generated **.exclude-functions **.ignore **.excludes
      formatters.exclusions.paths
    `,
    enables: `
      linters.enable linters.presets issues.include **.enable **.enabled-checks **.enabled-tags **.checks
      formatters.enable
    `,
    inclusions: '**.includes linters.exclusions.paths-except',
    filter: 'issues.new-from-rev issues.new-from-patch issues.new-from-merge-base',
    neutral: `
      version output.** formatters.settings.** formatters.exclusions.generated run.timeout run.concurrency run.go
      run.build-tags run.allow-parallel-runners run.relative-path-mode run.deadline issues.fix
      issues.max-issues-per-linter issues.max-same-issues issues.uniq-by-line service.** **.gofmt.**
      **.goimports.** **.gci.** **.lll.** severity.** linters.disable-all
    `,
  },
  effective: withStandardLinters,
  align: ofOneVersion,
};

/** Linters that run unless something is said of all of them; the last two are parts of others in version 2. */
const STANDARD = ['errcheck', 'govet', 'ineffassign', 'staticcheck', 'unused', 'gosimple', 'typecheck'];

/**
 * Which linters run is said by a list and by what is said of all of them: to list what runs anyway changes nothing. `*`
 * stands for every linter, which the setting for all of them tells of.
 */
function withStandardLinters(facts: Facts): Facts {
  const at = (...path: string[]) => facts.get(JSON.stringify(path));
  const isOn = (name: string) => at('linters', name)?.value === 'true';
  const said =
    at('linters', 'default')?.value ?? (isOn('enable-all') ? 'all' : isOn('disable-all') ? 'none' : 'standard');
  const listed = at('linters', 'enable')?.value ?? [];
  const own = typeof listed === 'string' ? [listed] : listed;
  const running = said === 'all' ? ['*'] : said === 'standard' ? [...new Set([...own, ...STANDARD])] : own;
  const level = said === 'all' ? 'error' : said === 'standard' || said === 'none' ? 'warn' : String(said);
  return new Map([
    ...facts,
    ...leftOut(facts),
    factOf(['linters', 'enable'], running),
    factOf(['linters', 'default'], level),
  ]);
}

/** Where a linter is told what to look for, everything else is left out. */
function leftOut(facts: Facts): readonly [string, Fact][] {
  return [...facts.values()].flatMap(({ path, value }): [string, Fact][] => {
    if (path.at(-1) !== 'includes' || value.length === 0) return [];
    const other = [...path.slice(0, -1), 'excludes'];
    const own = facts.get(JSON.stringify(other))?.value ?? [];
    return [factOf(other, [...(typeof own === 'string' ? [own] : own), 'what is not included'])];
  });
}

function factOf(path: readonly string[], value: Fact['value']): [string, Fact] {
  return [JSON.stringify(path), { path, value, isCode: false }];
}

function ofOneVersion(before: Written, after: Written): Aligned | null {
  const isNew = ({ values }: Written) => values.some((value) => /^2/.test(textsOf(valueAt(value, 'version'))[0] ?? ''));
  if (isNew(before) === isNew(after)) return null;
  const rewritten = ({ values }: Written) => values.map((value) => (isTable(value) ? upgraded(value) : value));
  return isNew(after)
    ? { before: rewritten(before), after: after.values }
    : { before: before.values, after: rewritten(after) };
}

/** Linters of version 1 that are formatters in version 2. */
const FORMATTERS = new Set(['gci', 'gofmt', 'gofumpt', 'goimports']);
/** Linters that became part of another one. */
const MERGED: Readonly<Record<string, string>> = { gosimple: 'staticcheck', stylecheck: 'staticcheck' };
/** What version 1 leaves out unless it is told not to, as version 2 calls it, and the numbers by which it comes back. */
const PRESETS: readonly (readonly [string, readonly string[]])[] = [
  ['comments', ['EXC0002', 'EXC0011', 'EXC0012', 'EXC0013', 'EXC0014', 'EXC0015']],
  ['common-false-positives', ['EXC0006', 'EXC0008', 'EXC0009', 'EXC0010']],
  ['legacy', ['EXC0003', 'EXC0004', 'EXC0005', 'EXC0007']],
  ['std-error-handling', ['EXC0001']],
];
const DEFAULT_PATHS = ['third_party$', 'builtin$', 'examples$'];

/** A configuration of version 1 as version 2 writes it. */
function upgraded(old: Table): Table {
  const names = namesOf(old);
  const { rules, formatterPaths } = rulesOf(old);
  const paths = pathsOf(old);
  const settings = isTable(old.get('linters-settings')) ? (old.get('linters-settings') as Table) : new Map();
  const of = (isWanted: (name: string) => boolean): Table => new Map([...settings].filter(([name]) => isWanted(name)));
  const exclusions = new Map<string, Value>([
    ['generated', valueAt(old, 'issues', 'exclude-generated') ?? 'lax'],
    ['presets', presetsOf(old)],
    ['paths', paths],
    ['rules', rules],
  ]);
  return new Map<string, Value>([
    ...[...old].filter(([key]) => !['linters', 'linters-settings', 'issues'].includes(key)),
    [
      'linters',
      new Map<string, Value>([
        ['default', names.said],
        ['enable', renamed(names.enabled)],
        ['disable', renamed(names.disabled)],
        ['settings', of((name) => !FORMATTERS.has(name))],
        ['exclusions', exclusions],
      ]),
    ],
    [
      'formatters',
      new Map<string, Value>([
        ['enable', names.formatters],
        ['settings', of((name) => FORMATTERS.has(name))],
        ['exclusions', new Map([['paths', [...paths, ...formatterPaths]]])],
      ]),
    ],
    ['issues', issuesOf(old)],
  ]);
}

function namesOf(old: Table) {
  const isOn = (name: string) => valueAt(old, 'linters', name) === 'true';
  const enabled = textsOf(valueAt(old, 'linters', 'enable'));
  const disabled = textsOf(valueAt(old, 'linters', 'disable'));
  const formatters = isOn('enable-all') ? [...FORMATTERS] : enabled.filter((name) => FORMATTERS.has(name));
  return {
    said: isOn('enable-all') ? 'all' : isOn('disable-all') ? 'none' : 'standard',
    enabled: enabled.filter((name) => !FORMATTERS.has(name)),
    disabled: disabled.filter((name) => !FORMATTERS.has(name)),
    formatters: formatters.filter((name) => !disabled.includes(name)),
  };
}

function renamed(names: readonly string[]): readonly string[] {
  return [...new Set(names.map((name) => (Object.hasOwn(MERGED, name) ? (MERGED[name] ?? name) : name)))];
}

/** Rules by which issues are left out; those of formatters alone are paths of theirs. */
function rulesOf(old: Table): { readonly rules: readonly Value[]; readonly formatterPaths: readonly string[] } {
  const given = valueAt(old, 'issues', 'exclude-rules');
  const rules: Value[] = [];
  const formatterPaths: string[] = [];
  for (const rule of isList(given) ? given : []) {
    const linters = textsOf(valueAt(rule, 'linters'));
    if (!isTable(rule) || linters.length === 0) rules.push(rule);
    else if (linters.every((name) => FORMATTERS.has(name))) formatterPaths.push(...textsOf(rule.get('path')));
    else rules.push(new Map([...rule, ['linters', renamed(linters.filter((name) => !FORMATTERS.has(name)))]]));
  }
  const texts = textsOf(valueAt(old, 'issues', 'exclude'));
  rules.push(
    ...texts.map(
      (text): Table =>
        new Map([
          ['path', '(.+)\\.go$'],
          ['text', text],
        ]),
    ),
  );
  return { rules, formatterPaths };
}

function pathsOf(old: Table): readonly string[] {
  const usesDefault = ![
    valueAt(old, 'issues', 'exclude-dirs-use-default'),
    valueAt(old, 'run', 'skip-dirs-use-default'),
  ].includes('false');
  return [
    ...(usesDefault ? DEFAULT_PATHS : []),
    ...['exclude-dirs', 'exclude-files'].flatMap((key) => textsOf(valueAt(old, 'issues', key))),
    ...['skip-dirs', 'skip-files'].flatMap((key) => textsOf(valueAt(old, 'run', key))),
  ];
}

function presetsOf(old: Table): readonly string[] {
  if (valueAt(old, 'issues', 'exclude-use-default') === 'false') return [];
  const back = new Set(textsOf(valueAt(old, 'issues', 'include')));
  return PRESETS.filter(([, numbers]) => !numbers.some((number) => back.has(number))).map(([name]) => name);
}

/** What stays where it was. */
function issuesOf(old: Table): Table {
  const issues = old.get('issues');
  const kept = isTable(issues) ? [...issues] : [];
  return new Map(kept.filter(([key]) => !/^(?:exclude|include)/.test(key)));
}
