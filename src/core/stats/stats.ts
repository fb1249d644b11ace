/** The figures of many tasks put together, in time that grows with their number. Pure. */
import type { Covers } from '../events';
import type { TurnFigures } from '../review/turns';
import type { TaskFigures } from './figures';
import { spreadOf } from './spread';
import type { CostFigures, Group, RuleFigures, Stats } from './statsSchema';

/** Meanings of one agent that are named. */
const MEANINGS_NAMED = 5;

/** @param asked what the tasks were chosen by, for the record: they are chosen already */
export function statsOf(tasks: Iterable<TaskFigures>, asked: Pick<Stats, 'since' | 'agent'>): Stats {
  const states: Stats['states'] = {};
  const total = new GroupSum();
  const agents = new Map<string, GroupSum>();
  const rules = new Map<string, RuleSum>();
  const costs = new Map<string, CostSum>();
  const unknown = { tokens: 0, usd: 0, rules: 0 };
  for (const task of tasks) {
    states[task.state] = (states[task.state] ?? 0) + 1;
    total.add(task);
    entry(agents, task.agent, () => new GroupSum()).add(task);
    for (const [rule, count] of task.drift.rules) entry(rules, rule, () => new RuleSum(rule)).add(task.agent, count);
    for (const turn of task.turns) {
      entry(costs, JSON.stringify([turn.agent, turn.role]), () => new CostSum(turn)).add(task.id, turn);
      if (turn.spent.tokens === null) unknown.tokens += 1;
      if (turn.spent.usd === null) unknown.usd += 1;
    }
    unknown.rules += task.drift.untold;
  }
  return {
    ...asked,
    states,
    total: total.figures(),
    agents: [...agents]
      .map(([agent, group]) => ({ agent, ...group.figures() }))
      .sort((one, other) => other.tasks - one.tasks || order(one.agent, other.agent)),
    rules: [...rules.values()]
      .map((rule) => rule.figures())
      .sort((one, other) => other.findings - one.findings || order(one.rule, other.rule)),
    cost: [...costs.values()]
      .map((cost) => cost.figures())
      .sort((one, other) => order(one.agent, other.agent) || order(one.role, other.role)),
    unknown,
  };
}

function entry<T>(map: Map<string, T>, key: string, make: () => T): T {
  const found = map.get(key) ?? make();
  map.set(key, found);
  return found;
}

const order = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

class GroupSum {
  readonly #toReady: number[] = [];
  readonly #toSignoff: number[] = [];
  readonly #sum = {
    tasks: 0,
    signed: 0,
    rejected: 0,
    firstPass: 0,
    corrections: 0,
    corrected: 0,
    reverted: 0,
    byHand: 0,
  };
  readonly #signoffs = { overridden: 0, accepted: 0, amended: 0, overrides: 0, acceptances: 0, amendments: 0 };
  readonly #drift = { block: 0, warn: 0, tasks: 0 };

  add(task: TaskFigures): void {
    const sum = this.#sum;
    sum.tasks += 1;
    if (task.outcome === 'signed') sum.signed += 1;
    if (task.outcome === 'rejected') sum.rejected += 1;
    if (task.outcome === 'signed' && task.corrections === 0 && task.byHand === 0) sum.firstPass += 1;
    sum.corrections += task.corrections;
    if (task.corrections > 0) sum.corrected += 1;
    if (task.reverts > 0) sum.reverted += 1;
    if (task.byHand > 0) sum.byHand += 1;
    if (task.toReady !== null) this.#toReady.push(task.toReady);
    if (task.toSignoff !== null) this.#toSignoff.push(task.toSignoff);
    this.#answered(task);
    this.#drift.block += task.drift.block;
    this.#drift.warn += task.drift.warn;
    if (task.drift.block + task.drift.warn > 0) this.#drift.tasks += 1;
  }

  figures(): Group {
    const { signed, rejected, firstPass } = this.#sum;
    const decided = signed + rejected;
    return {
      ...this.#sum,
      yield: decided === 0 ? null : firstPass / decided,
      toReady: spreadOf(this.#toReady),
      toSignoff: spreadOf(this.#toSignoff),
      signoffs: this.#signoffs,
      drift: this.#drift,
    };
  }

  #answered({ overridden, accepted, amended }: TaskFigures): void {
    const signoffs = this.#signoffs;
    if (overridden > 0) signoffs.overridden += 1;
    if (accepted > 0) signoffs.accepted += 1;
    if (amended > 0) signoffs.amended += 1;
    signoffs.overrides += overridden;
    signoffs.acceptances += accepted;
    signoffs.amendments += amended;
  }
}

class RuleSum {
  readonly #rule: string;
  #findings = 0;
  #tasks = 0;
  readonly #agents = new Map<string, { findings: number; tasks: number }>();

  constructor(rule: string) {
    this.#rule = rule;
  }

  /** The findings of one task. */
  add(agent: string, findings: number): void {
    this.#findings += findings;
    this.#tasks += 1;
    const own = entry(this.#agents, agent, () => ({ findings: 0, tasks: 0 }));
    own.findings += findings;
    own.tasks += 1;
  }

  figures(): RuleFigures {
    const agents = [...this.#agents].map(([agent, own]) => ({ agent, ...own }));
    agents.sort((one, other) => other.findings - one.findings || order(one.agent, other.agent));
    return { rule: this.#rule, findings: this.#findings, tasks: this.#tasks, agents };
  }
}

/** What one agent used in one role. Turns come task by task. */
class CostSum {
  readonly #of: Pick<TurnFigures, 'agent' | 'role'>;
  #task: string | null = null;
  #tasks = 0;
  #turns = 0;
  #seconds = 0;
  #atLeast = false;
  readonly #tokens = new Amounts();
  readonly #usd = new Amounts();
  readonly #covers = new Set<Covers>();
  readonly #meanings = new Set<string>();

  constructor({ agent, role }: TurnFigures) {
    this.#of = { agent, role };
  }

  add(task: string, { seconds, spent, usage }: TurnFigures): void {
    if (task !== this.#task) this.#tasks += 1;
    this.#task = task;
    this.#turns += 1;
    this.#seconds += seconds ?? 0;
    this.#tokens.add(task, spent.tokens);
    this.#usd.add(task, spent.usd);
    if (spent.atLeast) this.#atLeast = true;
    if (usage === null) return;
    this.#covers.add(usage.covers ?? 'unknown');
    if (usage.meaning !== '' && this.#meanings.size < MEANINGS_NAMED) this.#meanings.add(usage.meaning);
  }

  figures(): CostFigures {
    return {
      ...this.#of,
      tasks: this.#tasks,
      turns: this.#turns,
      seconds: this.#seconds,
      counted: this.#tokens.turns.length,
      priced: this.#usd.turns.length,
      tokens: this.#tokens.total,
      usd: this.#usd.total,
      atLeast: this.#atLeast,
      tokensPerTurn: spreadOf(this.#tokens.turns),
      tokensPerTask: spreadOf([...this.#tokens.tasks.values()]),
      usdPerTurn: spreadOf(this.#usd.turns),
      usdPerTask: spreadOf([...this.#usd.tasks.values()]),
      covers: [...this.#covers].sort(order),
      meanings: [...this.#meanings].sort(order),
    };
  }
}

/** Known amounts by turn and by task. */
class Amounts {
  readonly turns: number[] = [];
  readonly tasks = new Map<string, number>();

  get total(): number | null {
    return this.turns.length === 0 ? null : this.turns.reduce((sum, amount) => sum + amount, 0);
  }

  add(task: string, amount: number | null): void {
    if (amount === null) return;
    this.turns.push(amount);
    this.tasks.set(task, (this.tasks.get(task) ?? 0) + amount);
  }
}
