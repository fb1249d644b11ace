/** Where in the form a finding of readiness belongs: by its rule first, then by its line. Pure. */
import type { PartialBrief } from '../../core/brief/partialBrief';

/** A finding as the core and the host tell it. */
export interface JudgedFinding {
  readonly rule: string;
  readonly severity: 'block' | 'warn';
  readonly message: string;
  readonly line: number | null;
}

/** Rules that are about one field, whatever line they name. */
const FIELD_OF_RULE: Readonly<Record<string, string>> = {
  'readiness/no-goal': 'goal',
  'readiness/short-goal': 'goal',
  'readiness/several-goals': 'goal',
  'readiness/no-criteria': 'criteria',
  'readiness/no-scope': 'scope.change',
  'readiness/whole-repository': 'scope.change',
  'readiness/empty-scope': 'scope.change',
  'readiness/overlap': 'scope.change',
  'readiness/no-check': 'checks',
  'readiness/no-reviewer': 'reviewer',
  'readiness/reviewer-not-allowed': 'reviewer',
  'readiness/unknown-boundary': 'approval',
  'readiness/unknown-agent': 'agent',
  'readiness/agent-steering': 'agent',
};

/** Lists that the form shows item by item. */
const SHOWN =
  /^(?:scope\.(?:change|avoid)\.\d+|checks\.\d+\.(?:name|run|timeout|report)|budget\.(?:files|lines|minutes|tokens|usd)|review\.(?:agent|command|required|minutes))$/;
const FIELDS: ReadonlySet<string> = new Set(['title', 'agent', 'command', 'setup', 'unchecked', 'reviewer']);

/** The key of the field; empty where the form shows none, so that only the file can be looked at. */
export function keyOfFinding({ rule, message, line }: JudgedFinding, brief: PartialBrief): string {
  const byRule = FIELD_OF_RULE[rule];
  if (byRule !== undefined) return byRule;
  if (brief.body === null || brief.frontProblem !== null) return '';
  const criterion = brief.body.criteria.items.findIndex((item) => item.line === line);
  if (criterion >= 0) return `criteria.${criterion}`;
  const named = /^([A-Za-z]\w*(?:\.\w+)*): /.exec(message)?.[1];
  return fieldAt(named !== undefined && isPlaceOf(brief, named) ? named : pathAtLine(brief, line));
}

function isPlaceOf({ lines }: PartialBrief, path: string): boolean {
  return Object.hasOwn(lines, path) || /^(?:scope|checks|budget|approval|reviewer|review|command)\b/.test(path);
}

/** The deepest path that begins in a line: of several in one line (`{ name, run }`) the first. */
function pathAtLine({ lines }: PartialBrief, line: number | null): string {
  const here = Object.entries(lines).filter(([path, at]) => path !== '' && at === line);
  const deepest = Math.max(0, ...here.map(([path]) => path.split('.').length));
  return here.find(([path]) => path.split('.').length === deepest)?.[0] ?? '';
}

function fieldAt(path: string): string {
  if (SHOWN.test(path) || FIELDS.has(path)) return path;
  if (/^checks\.\d+$/.test(path)) return `${path}.name`;
  if (path === 'checks') return 'checks';
  if (path.startsWith('approval')) return 'approval';
  if (path.startsWith('budget')) return 'budget.files';
  if (path.startsWith('review.') || path === 'review') return 'review.agent';
  if (path === 'scope' || path.startsWith('scope.change')) return 'scope.change';
  if (path.startsWith('scope.avoid')) return 'scope.avoid';
  const sections: Readonly<Record<string, string>> = {
    '# Goal': 'goal',
    '# Acceptance criteria': 'criteria',
    '# Non-goals': 'nonGoals',
    '# Context': 'context',
  };
  return sections[path] ?? '';
}
