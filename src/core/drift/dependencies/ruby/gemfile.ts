/** Gemfile and gems.rb (Bundler docs, "gemfile(5)"): the calls with literal arguments. What is computed is a fault. */
import { Unreadable } from '../document';
import type { Manifest } from '../model';
import { asManifest, noParts, type Parts } from '../parts';
import { gemOf, isComputed, isUsualSource, textOf } from './gems';
import { type Call, callOf, textOf as rawOf, type Statement, statementsOf, type Value } from './statements';
import type { Token } from './tokens';

/** A block that is open: the groups and options that it gives to the gems inside. */
interface Block {
  readonly groups: readonly string[];
  readonly options: ReadonlyMap<string, Value>;
  /** The tokens of a `git_source`, to which those inside are added. */
  readonly gitSource?: Token[];
}

const PLAIN: Block = { groups: [], options: new Map() };
/** Blocks in blocks: no Gemfile comes near it. */
const MAX_DEPTH = 50;
/** Words that begin a block without `do`. */
const OPENERS = new Set(['if', 'unless', 'case', 'while', 'until', 'begin', 'def', 'class', 'module', 'for']);
/** Calls whose block gives an option to the gems inside. */
const OPTION_BLOCKS = new Set(['source', 'git', 'github', 'path', 'platform', 'platforms', 'install_if']);
/** Calls that bring in code or gems from elsewhere, out of sight. */
const UNSEEN = new Set(['eval_gemfile', 'eval', 'instance_eval', 'load', 'send', 'public_send', '__send__']);

/** Reads a Gemfile. Throws Unreadable when a string or bracket does not end. */
export function readGemfile(text: string): Manifest {
  const parts = noParts();
  const blocks: Block[] = [];
  for (const statement of statementsOf(text)) {
    const [first] = statement.tokens;
    const word = first?.kind === 'word' ? first.text : '';
    blocks.at(-1)?.gitSource?.push(...statement.tokens);
    if (word === 'end') {
      const { gitSource } = blocks.pop() ?? PLAIN;
      if (gitSource) addGitSource(gitSource, parts);
      continue;
    }
    const block = readStatement(statement, word, blocks, parts);
    if (block !== null) blocks.push(block);
    if (blocks.length > MAX_DEPTH) throw new Unreadable('it is nested too deeply');
  }
  if (blocks.length > 0) parts.faults.push('a block that does not end');
  return asManifest(parts);
}

/** Adds what a statement says; returns the block that it opens, or null. */
function readStatement(statement: Statement, word: string, blocks: readonly Block[], parts: Parts): Block | null {
  const { tokens, opens } = statement;
  const call = callOf(tokens.slice(1));
  const isHidden = tokens.some((token, index) => isCallOf(token, tokens[index - 1], index === 0 ? UNSEEN : HIDDEN));
  if (isHidden) parts.faults.push(quoted(tokens));
  if (word === 'gem') addGem(call, tokens, blocks, parts);
  else if (word === 'plugin') addPlugin(call, tokens, parts);
  else if (word === 'git_source' && opens) return { ...PLAIN, gitSource: [...tokens] };
  else if (word === 'git_source') addGitSource(tokens, parts);
  else if (word === 'source') addSource(call, opens, parts);
  if (opens && word === 'group') return { groups: call.values.map(textOf), options: new Map() };
  if (opens && OPTION_BLOCKS.has(word)) return optionBlock(word, call);
  return opens || OPENERS.has(word) || isAssignedBlock(tokens) ? PLAIN : null;
}

/** `gem` inside something else, as in a one-line block. */
const HIDDEN = new Set([...UNSEEN, 'gem']);

function isCallOf(token: Token, before: Token | undefined, words: ReadonlySet<string>): boolean {
  const isMember = before?.kind === 'sign' && (before.text === '.' || before.text === '&.');
  return token.kind === 'word' && words.has(token.text) && (!isMember || token.text !== 'gem');
}

function addGem(call: Call, tokens: readonly Token[], blocks: readonly Block[], { requirements, faults }: Parts): void {
  const own = [call.pairs.get('group'), call.pairs.get('groups')].flatMap((value) =>
    value === undefined ? [] : 'list' in value ? value.list.map(textOf) : [textOf(value)],
  );
  const groups = [...new Set([...blocks.flatMap((block) => block.groups), ...own])].sort();
  const inherited = new Map(blocks.flatMap((block) => [...block.options]));
  const gem = gemOf(call, groups.join(', ') || 'default', inherited);
  if (gem === null || gem.isComputed) faults.push(quoted(tokens));
  if (gem !== null) requirements.push(gem.requirement);
}

/** A plug-in of Bundler runs at every install (Bundler docs, "How to write a Bundler plugin"). */
function addPlugin(call: Call, tokens: readonly Token[], { requirements, hooks, faults }: Parts): void {
  const gem = gemOf(call, 'plugins');
  if (gem === null || gem.isComputed) faults.push(quoted(tokens));
  if (gem === null) return;
  requirements.push(gem.requirement);
  hooks.set(`plugin ${gem.requirement.name}`, gem.requirement.spec);
}

/** Every Gemfile of a certain age defines `github` as what it is. */
function addGitSource(tokens: readonly Token[], { registries }: Parts): void {
  const [name = '', ...texts] = tokens.flatMap((token) => (token.kind === 'literal' ? [token.raw] : []));
  const addresses = texts.filter((text) => text.includes(':'));
  const isUsual =
    addresses.length > 0 && addresses.every((text) => /^"https:\/\/github\.com\/#\{[^}]*\}\.git"$/.test(text));
  if (name !== ':github' || !isUsual) registries.set(`git_source ${name}`.slice(0, 80), rawOf(tokens).slice(0, 1000));
}

function addSource(call: Call, opens: boolean, { registries, faults }: Parts): void {
  const [value] = call.values;
  if (value === undefined) return;
  const address = textOf(value);
  if (isComputed(value)) faults.push(`source ${address}`.slice(0, 80));
  if (isUsualSource(address)) return;
  const setting = opens ? `source ${address} (of a block)` : 'source';
  const known = registries.get(setting);
  registries.set(setting, known === undefined || known === address ? address : `${known} ${address}`);
}

function optionBlock(word: string, call: Call): Block {
  const { values, pairs } = call;
  const [value] = values;
  const options = new Map([...pairs].filter(([key]) => key !== 'group'));
  if (value !== undefined) options.set(word, values.length === 1 ? value : { list: values });
  return { groups: [], options };
}

/** `x = if …` and its kind open a block, too. */
function isAssignedBlock(tokens: readonly Token[]): boolean {
  return tokens.some((token, index) => {
    const before = tokens[index - 1];
    return token.kind === 'word' && OPENERS.has(token.text) && before?.kind === 'sign' && /=$/.test(before.text);
  });
}

function quoted(tokens: readonly Token[]): string {
  return rawOf(tokens.slice(0, 12)).slice(0, 80);
}
