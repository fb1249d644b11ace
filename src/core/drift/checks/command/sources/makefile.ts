/** Makefiles and justfiles: what each target or recipe runs. */

import { plainShell } from '../../../../shell/commands';
import type { Entries, Entry } from '../reference';

/** Names of variables that one target's text pulls in, at most. */
const MOST_VARIABLES = 200;

interface Rule {
  readonly needs: string[];
  readonly recipe: string[];
  line: number;
}

/**
 * Targets of a makefile (GNU make manual, "Writing Rules"): the recipe, its prerequisites, and the values of the variables
 * that they use. The entry with the empty name is the first target.
 */
export function readMakefile(text: string): Entries {
  const rules = new Map<string, Rule>();
  const variables = new Map<string, string>();
  const includes: string[] = [];
  let open: Rule[] = [];
  let number = 0;
  for (const line of joined(text)) {
    number = line.number;
    if (line.text.startsWith('\t')) {
      for (const rule of open) rule.recipe.push(line.text.slice(1));
      continue;
    }
    const plain = line.text.replace(/(?:^|\s)#.*$/, '').trim();
    if (plain === '') continue;
    const assigned = /^(?:export\s+|override\s+)?([\w.-]+)\s*(?:::?:?|\?|\+|!)?=(.*)$/.exec(plain);
    const included = /^-?s?include\s+(.+)$/.exec(plain);
    const rule = /^([^:=]+?)\s*::?(?!=)([^;]*)(?:;(.*))?$/.exec(plain);
    if (assigned) {
      const name = assigned[1] ?? '';
      variables.set(
        name,
        [variables.get(name), (assigned[2] ?? '').trim()].filter((part) => part !== undefined).join('; '),
      );
      open = [];
    } else if (included) includes.push(...(included[1] ?? '').split(/\s+/));
    else if (rule) {
      const needs = (rule[2] ?? '')
        .replace('|', ' ')
        .split(/\s+/)
        .filter((word) => word !== '' && !word.includes('='));
      open = (rule[1] ?? '').split(/\s+/).map((name) => ruleOf(rules, name, number));
      for (const each of open) {
        each.needs.push(...needs);
        if (rule[3] !== undefined) each.recipe.push(rule[3].trim());
      }
    }
  }
  const entries = new Map([...rules].map(([name, rule]) => [name, makeEntry(rule, variables)]));
  const first = [...entries.keys()].find((name) => !name.startsWith('.') && !name.includes('%'));
  const start = variables.get('.DEFAULT_GOAL') ?? first;
  const goal = start === undefined ? undefined : entries.get(start);
  if (goal !== undefined) entries.set('', goal);
  return { entries, includes };
}

function ruleOf(rules: Map<string, Rule>, name: string, line: number): Rule {
  const rule = rules.get(name) ?? { needs: [], recipe: [], line };
  if (rule.recipe.length === 0) rule.line = line;
  rules.set(name, rule);
  return rule;
}

function makeEntry({ needs, recipe, line }: Rule, variables: ReadonlyMap<string, string>): Entry {
  const body = plainShell(recipe.join('\n'));
  const used = usedVariables(`${needs.join(' ')}\n${body}`, variables);
  const settings = [...used].sort().map((name) => `${name} = ${variables.get(name)}`);
  const text = [`: ${[...needs].sort().join(' ')}`.trimEnd(), body, ...settings].join('\n');
  // `@` hides a line, `-` ignores its failure, `+` runs it always: none is part of the command.
  const commands = recipe.map((command) => expand(command.trim().replace(/^[@+-]+\s*/, ''), variables));
  return {
    text,
    line,
    needs: needs.map((need) => expand(need, variables)).flatMap((need) => need.split(/\s+/)),
    commands,
  };
}

function usedVariables(text: string, variables: ReadonlyMap<string, string>): ReadonlySet<string> {
  const used = new Set<string>();
  const open = [text];
  for (let next = open.pop(); next !== undefined && used.size < MOST_VARIABLES; next = open.pop()) {
    for (const [, name = ''] of next.matchAll(/\$[({]([\w.-]+)/g)) {
      const value = variables.get(name);
      if (value === undefined || used.has(name)) continue;
      used.add(name);
      open.push(value);
    }
  }
  return used;
}

/** One level of variables is filled in; `$(MAKE)` is make. */
function expand(text: string, variables: ReadonlyMap<string, string>): string {
  return text.replace(/\$[({]([\w.-]+)[)}]/g, (whole, name: string) =>
    name === 'MAKE' ? 'make' : (variables.get(name) ?? whole),
  );
}

/** Lines with those that a backslash joins to them; numbers are of the first. */
function joined(text: string): readonly { readonly text: string; readonly number: number }[] {
  const lines: { text: string; number: number }[] = [];
  let parts: string[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.endsWith('\\')) {
      parts.push(line.slice(0, -1));
      continue;
    }
    const number = index + 1 - parts.length;
    lines.push({ text: parts.length === 0 ? line : [...parts, line.trim()].join(' '), number });
    parts = [];
  }
  if (parts.length > 0) lines.push({ text: parts.join(' '), number: 1 });
  return lines;
}

/** Recipes of a justfile (just manual, "Recipes"): indented lines below `name params: dependencies`. */
export function readJustfile(text: string): Entries {
  const recipes = new Map<string, Rule>();
  const variables = new Map<string, string>();
  const aliases = new Map<string, string>();
  let current: Rule | null = null;
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    if (/^[ \t]/.test(raw)) {
      current?.recipe.push(raw.trim());
      continue;
    }
    const line = raw.replace(/(?:^|\s)#.*$/, '').trim();
    if (line === '') continue;
    const assigned = /^(?:export\s+|set\s+)?([\w-]+)\s*:=(.*)$/.exec(line);
    const alias = /^alias\s+([\w-]+)\s*:=\s*([\w-]+)/.exec(line);
    const recipe = /^@?([\w-]+)([^:]*):([^=].*)?$/.exec(line);
    if (alias) aliases.set(alias[1] ?? '', alias[2] ?? '');
    else if (assigned) variables.set(assigned[1] ?? '', (assigned[2] ?? '').trim());
    else if (recipe) {
      const needs = (recipe[3] ?? '').replace(/&&/g, ' ').match(/\(?[\w-]+/g) ?? [];
      current = { needs: needs.map((need) => need.replace('(', '')), recipe: [], line: index + 1 };
      recipes.set(recipe[1] ?? '', current);
    }
    if (!recipe) current = null;
  }
  const entries = new Map([...recipes].map(([name, rule]) => [name, justEntry(rule, variables)]));
  for (const [name, target] of aliases) {
    const entry = entries.get(target);
    if (entry !== undefined) entries.set(name, entry);
  }
  const first = [...recipes.keys()][0];
  const goal = first === undefined ? undefined : entries.get(first);
  if (goal !== undefined) entries.set('', goal);
  return { entries };
}

function justEntry({ needs, recipe, line }: Rule, variables: ReadonlyMap<string, string>): Entry {
  const body = plainShell(recipe.join('\n'));
  const used = [...new Set([...body.matchAll(/\{\{\s*([\w-]+)/g)].map(([, name = '']) => name))].sort();
  const settings = used.flatMap((name) => (variables.has(name) ? [`${name} := ${variables.get(name)}`] : []));
  const commands = recipe.map((command) => command.replace(/^[@-]+\s*/, ''));
  return { text: [`: ${needs.join(' ')}`.trimEnd(), body, ...settings].join('\n'), line, needs, commands };
}
