/** A brief's text, and what is known about it, as the form shows it. Pure. */
import { BOUNDARIES } from '../../core/brief/brief';
import { readProof } from '../../core/brief/criteria';
import type { ListItem } from '../../core/brief/itemEdit';
import { type PartialBrief, readPartialBrief } from '../../core/brief/partialBrief';
import { plural } from '../../core/review/words';
import { visible, visibleText } from '../../core/visible';
import type { PatternMatches } from '../../host/rpc/drafting';
import type { BriefForm, Field, Item, PatternChip } from '../../webview/brief/messages';
import { withoutCommandLine } from '../problem';
import type { Translate } from '../translate';
import { type AgentsKnown, agentChoice, reviewerChoice } from './agentChoice';
import { type CheckTrials, checksOf } from './checkRows';
import { type JudgedFinding, keyOfFinding } from './findingKeys';
import { dataAt, proofOf, valueAt } from './formEdits';
import { boundaryWords, formWords } from './formWords';
import { fewOverlaps, type Judgement, readinessOf } from './readinessWords';

/** Everything that the form shows of a draft, apart from its text. */
export interface FormFacts {
  readonly judgement: Judgement;
  /** The judgement is of an earlier text. */
  readonly isOld: boolean;
  readonly agents: AgentsKnown | null;
  readonly trials: CheckTrials;
  /** Why nothing of the brief can be run from here; empty when it can. */
  readonly cannotRun: string;
  /** What helps against that. */
  readonly remedy: BriefForm['handOff']['remedy'];
  readonly busy: boolean;
}

/** What the view adds: which draft, and what is around it. */
export type FormFrame = Pick<
  BriefForm,
  'language' | 'draft' | 'applied' | 'file' | 'saved' | 'canUndo' | 'trouble' | 'templates' | 'other'
>;

const SCALARS = ['title', 'command', 'setup', 'unchecked', 'reviewer'] as const;
const BUDGET = ['budget.files', 'budget.lines', 'budget.minutes', 'budget.tokens', 'budget.usd'] as const;
const REVIEW = ['review.command', 'review.minutes', 'review.required'] as const;

export function formOf(text: string, frame: FormFrame, facts: FormFacts, t: Translate): BriefForm {
  const brief = readPartialBrief(text, frame.file);
  const findings = fewOverlaps(facts.judgement.findings, t).map((finding) => ({
    ...finding,
    message: withoutCommandLine(finding.message),
    key: keyOfFinding(finding, brief),
  }));
  const show = new FieldReader(brief, findings, t);
  const readiness = readinessOf(facts.judgement, findings, t);
  return {
    ...frame,
    file: visible(frame.file),
    unreadable: unreadableOf(brief),
    fields: show.fields(),
    nonGoalsProse: show.nonGoalsProse(),
    nonGoals: show.items('nonGoals', brief.body?.nonGoals.items ?? []),
    criteria: (brief.body?.criteria.items ?? []).map((item, index) => ({
      ...show.item(`criteria.${index}`, readProof(item.text).text, item),
      proof: proofOf(item.text),
    })),
    locked: show.lockedLists(),
    change: show.patterns('change', facts.judgement.patterns),
    avoid: show.patterns('avoid', facts.judgement.patterns),
    checks: checksOf(brief, show, facts, t),
    boundaries: boundariesOf(brief, t),
    agent: agentChoice(brief, show, facts.agents, t),
    reviewing: reviewerChoice(brief, show, facts.agents, t),
    readiness,
    handOff: handOffOf(facts, readiness, t),
    words: formWords(t),
  };
}

function handOffOf(
  { busy, cannotRun, remedy, isOld }: FormFacts,
  { ready, findings }: BriefForm['readiness'],
  t: Translate,
): BriefForm['handOff'] {
  const hindrance = busy ? t('It is being handed off.') : cannotRun;
  if (hindrance !== '' || ready) return { whyNot: hindrance, verdict: 'none', busy, remedy };
  const first = findings.find(({ mark }) => mark.tone === 'bad');
  const whyNot = first === undefined ? '' : t('Not ready: {0}', first.text);
  return { whyNot, verdict: isOld ? 'old' : 'current', busy, remedy };
}

function unreadableOf({ error, frontProblem }: PartialBrief): BriefForm['unreadable'] {
  if (error !== null) {
    const line = /:(\d+): /.exec(error.message)?.[1];
    return {
      text: visible(`${error.message}. ${withoutCommandLine(error.fix)}`),
      line: line === undefined ? null : Number(line),
    };
  }
  if (frontProblem === null) return null;
  const { message, fix, line } = frontProblem;
  return { text: visible(fix === undefined ? message : `${message}; ${fix}`), line };
}

/** Reads the parts of a brief as fields: their text, what readiness says of them, and why they cannot be changed here. */
export class FieldReader {
  readonly #brief: PartialBrief;
  readonly #findings: readonly (JudgedFinding & { readonly key: string })[];
  readonly #t: Translate;

  constructor(brief: PartialBrief, findings: readonly (JudgedFinding & { readonly key: string })[], t: Translate) {
    this.#brief = brief;
    this.#findings = findings;
    this.#t = t;
  }

  fields(): Record<string, Field> {
    const { body } = this.#brief;
    const prose = (key: 'goal' | 'context') => this.field(key, this.#proseLock(body?.[key].isLocked ?? false));
    const front = [...SCALARS, ...BUDGET, ...REVIEW].map((key) => [key, this.scalar(key)] as const);
    return { goal: prose('goal'), context: prose('context'), ...Object.fromEntries(front) };
  }

  /** A text or number of the front matter. */
  scalar(key: string): Field {
    return this.field(key, this.#frontLock() || this.#shapeLock(key));
  }

  field(key: string, locked: string): Field {
    const value = valueAt(this.#brief, key);
    return { value, problem: this.problem(key) || this.#hidden(value), locked };
  }

  /** A box shows its text as it is, so that it can be edited: what hides or reorders in it is told beside it. */
  #hidden(value: string): string {
    const shown = visibleText(value);
    const spelled = shown === value ? null : /\\u\{[0-9a-f]+\}/.exec(shown);
    return spelled === null ? '' : this.#t('It holds a character that hides or reorders text: {0}', spelled[0]);
  }

  /** What readiness says of a place; the first of several. */
  problem(key: string): string {
    const first = this.#findings.find((finding) => finding.key === key);
    return first === undefined ? '' : visible(first.message);
  }

  nonGoalsProse(): Field | null {
    const list = this.#brief.body?.nonGoals;
    return list === undefined || list.prose === '' ? null : this.field('nonGoals', this.#proseLock(list.isLocked));
  }

  items(list: 'nonGoals' | 'criteria', items: readonly ListItem[]): Item[] {
    return items.map((item, index) => this.item(`${list}.${index}`, item.text, item));
  }

  item(key: string, value: string, { isLocked, line }: ListItem): Item {
    const locked = isLocked ? this.#t('It holds a comment (line {0}): change it in the file.', line) : '';
    return { key, value, problem: this.problem(key) || this.#hidden(value), locked };
  }

  patterns(kind: 'change' | 'avoid', matches: readonly PatternMatches[] | null): PatternChip[] {
    const list = dataAt(this.#brief.front, `scope.${kind}`);
    if (!Array.isArray(list)) return [];
    return list.map((value: unknown, index): PatternChip => {
      const key = `scope.${kind}.${index}`;
      const found = matches?.find((match) => match.kind === kind && match.pattern === value);
      return {
        key,
        ...this.scalar(key),
        problem: found?.problem == null ? this.scalar(key).problem : visible(found.problem),
        matches: found === undefined || found.problem !== null ? '' : this.#countOf(found.files),
        examples: (found?.examples ?? []).map(visible),
      };
    });
  }

  /** Why whole lists cannot be changed here, by their key. */
  lockedLists(): Record<string, string> {
    const front = this.#frontLock();
    const lists = ['scope.change', 'scope.avoid', 'checks', 'approval'].map((key) => {
      const path = key === 'approval' ? 'approval.allow' : key;
      return [key, front || this.#listLock(path)] as const;
    });
    const body = this.#brief.body === null ? this.#whole() : '';
    return { ...Object.fromEntries(lists), nonGoals: body, criteria: body };
  }

  #countOf(files: number): string {
    return files === 0 ? this.#t('matches no file') : plural(files, 'file');
  }

  #whole(): string {
    return this.#t('The file cannot be read as a brief.');
  }

  #frontLock(): string {
    const { front, frontProblem } = this.#brief;
    if (front !== null) return '';
    if (frontProblem === null) return this.#whole();
    return this.#t('The front matter cannot be read (line {0}): mend it in the file.', frontProblem.line);
  }

  #proseLock(isLocked: boolean): string {
    if (this.#brief.body === null) return this.#whole();
    return isLocked ? this.#t('There is a comment in the middle of it: change it in the file.') : '';
  }

  /** Something of another shape at a place is shown in the file only. */
  #shapeLock(key: string): string {
    const parts = key.split('.');
    for (let depth = 1; depth <= parts.length; depth++) {
      const there = dataAt(this.#brief.front, parts.slice(0, depth).join('.')) ?? null;
      if (there === null || (typeof there === 'object') === depth < parts.length) continue;
      return this.#t('The file has something else here: mend it there.');
    }
    return '';
  }

  #listLock(path: string): string {
    const there = dataAt(this.#brief.front, path) ?? null;
    const above = dataAt(this.#brief.front, path.split('.')[0]!) ?? null;
    if ((there === null || Array.isArray(there)) && (above === null || typeof above === 'object')) return '';
    return this.#t('The file has something else here: mend it there.');
  }
}

function boundariesOf({ front }: PartialBrief, t: Translate): BriefForm['boundaries'] {
  const list = dataAt(front, 'approval.allow');
  const granted = Array.isArray(list) ? list.filter((name): name is string => typeof name === 'string') : [];
  const about = boundaryWords(t);
  const others = granted.filter((name) => !(BOUNDARIES as readonly string[]).includes(name));
  return [...BOUNDARIES, ...new Set(others)].map((name) => ({
    name,
    about: about[name] ?? t('named in the brief'),
    allowed: granted.includes(name),
  }));
}
