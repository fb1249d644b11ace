/** What each place of a brief's front matter expects, in the words of the error that names it. */
import type { Expectations } from './yamlDocument';

const PATTERN = 'a pattern: text of 1 to 1024 characters';
const COMMAND = 'a shell command: text of 1 to 10000 characters';

export const CHECK_EXPECTATIONS: Expectations = {
  checks: 'a list of at most 50 checks: `{ name, run }`',
  'checks.*': 'a check: `{ name, run, timeout, report }`',
  'checks.*.name': 'a name of letters, digits, `.`, `_` and `-`, at most 64',
  'checks.*.run': COMMAND,
  'checks.*.timeout': 'whole seconds from 1 to 86400',
  'checks.*.report': 'the path of a result file below the repository, a pattern, or a list of at most 20',
};

export const BUDGET_EXPECTATIONS: Expectations = {
  budget: 'a map of `files`, `lines`, `minutes`, `tokens` and `usd`',
  'budget.files': 'a whole number of files, at least 1',
  'budget.lines': 'a whole number of lines, at least 1',
  'budget.minutes': 'minutes above 0, at most 10080 (a week)',
  'budget.tokens': 'a whole number of tokens, at least 1',
  'budget.usd': 'US dollars above 0, at most 1000000',
};

export const BRIEF_EXPECTATIONS: Expectations = {
  '': 'front matter of `key: value` lines',
  countersign: 'the format version, 1',
  title: 'one line of text, at most 200 characters',
  agent: 'the id of an agent: one line of text',
  command: COMMAND,
  setup: COMMAND,
  copy: 'a list of at most 100 patterns',
  'copy.*': PATTERN,
  scope: 'a map with `change` and `avoid`',
  'scope.change': 'a list of patterns, at least one',
  'scope.change.*': PATTERN,
  'scope.avoid': 'a list of patterns',
  'scope.avoid.*': PATTERN,
  keep: 'a map of `exports`, `files` and `symbols`',
  'keep.exports': 'a list of at most 100 patterns',
  'keep.exports.*': PATTERN,
  'keep.files': 'a list of patterns',
  'keep.files.*': PATTERN,
  'keep.symbols': 'a list of at most 100 places: `path#name`',
  'keep.symbols.*': 'a path and a name: `src/a.ts#connect`, `src/a.ts#Client.connect`',
  ...BUDGET_EXPECTATIONS,
  ...CHECK_EXPECTATIONS,
  unchecked: 'why there is no check: text of at most 1000 characters',
  approval: 'a map with `allow`',
  'approval.allow': 'a list of boundaries',
  'approval.allow.*': 'the name of a boundary',
  reviewer: 'a person: `Name <email>`',
  review: 'a map of `agent`, `command`, `required` and `minutes`',
  'review.agent': 'the id of an agent: one line of text',
  'review.command': COMMAND,
  'review.required': '`true` or `false`',
  'review.minutes': 'minutes above 0, at most 600',
};
