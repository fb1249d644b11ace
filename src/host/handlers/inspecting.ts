/** Judges a brief that somebody is writing, as its hand-off would, and says what its patterns match. */
import type { Brief } from '../../core/brief/brief';
import { matchesOf } from '../../core/brief/matches';
import type { Policy } from '../../core/brief/policy';
import { POLICY_FILE } from '../../core/brief/policyFile';
import { inspectBrief, type ReadinessFinding } from '../../core/brief/readiness';
import { remembered } from '../../core/brief/remembered';
import { scopeOf } from '../../core/brief/scopeOf';
import { CountersignError } from '../../core/errors';
import type { TaskContext } from '../../core/task/context';
import { chooseAgent } from '../../core/task/handOff';
import type { DefinedAgents } from '../../node/agents/definedAgents';
import type { CommitFacts, CommitReader } from '../../node/briefs/commitFacts';
import { machineFacts } from '../../node/briefs/machineFacts';
import type { Result } from '../rpc';

/** What drafts are judged and begun with. */
export interface InspectionDesk {
  readonly context: TaskContext;
  readonly commits: CommitReader;
  readonly agents: DefinedAgents;
  /** The agent of a brief that names none. */
  readonly defaultAgent: string | null;
}

interface Draft {
  readonly folder: string;
  readonly brief: { readonly text: string; readonly file: string | null };
  /** Chosen apart from the brief. */
  readonly agent: string | null;
}

type Inspection = Result<'brief/inspect'>;

/** Throws what `identify` of the repository throws; what is wrong with brief, policy or agent are findings. */
export async function inspectDraft(desk: InspectionDesk, { folder, brief, agent }: Draft): Promise<Inspection> {
  const { repositories } = desk.context.ports;
  const repository = await repositories.identify(folder);
  const [commit, liveTasks] = await Promise.all([
    desk.commits.of(repository),
    desk.context.liveScopes.of(repository.id),
  ]);
  const { policy, findings } = policyOf(commit);
  const inspected = inspectBrief(brief.text, brief.file ?? 'brief.md', {
    ...machineFacts(desk.agents.current),
    paths: commit.paths,
    liveTasks,
    policy,
    ...(agent === null ? {} : { agent }),
  });
  findings.push(...inspected.findings);
  const unable = inspected.brief === null ? null : await judgeAgent(desk, inspected.brief, agent);
  const all = unable === null ? findings : [...findings.filter(({ rule }) => rule !== unable.rule), unable];
  all.sort((one, other) => (one.line ?? Number.POSITIVE_INFINITY) - (other.line ?? Number.POSITIVE_INFINITY) || 0);
  return {
    ready: all.every(({ severity }) => severity !== 'block'),
    findings: all,
    patterns: await patternsOf(brief.text, commit.paths),
  };
}

/** A policy that does not parse refuses every hand-off, and none is in force meanwhile. */
function policyOf(commit: CommitFacts): { policy: Policy | null; findings: ReadinessFinding[] } {
  try {
    return { policy: commit.policy(), findings: [] };
  } catch (thrown) {
    if (!(thrown instanceof CountersignError)) throw thrown;
    const message = `${POLICY_FILE} cannot be read, so nothing can be handed off: ${thrown.message}`;
    return { policy: null, findings: [{ rule: 'readiness/policy', severity: 'block', message, line: null }] };
  }
}

/** Why the agent could not begin; null when it could. */
async function judgeAgent(desk: InspectionDesk, brief: Brief, asked: string | null): Promise<ReadinessFinding | null> {
  try {
    await desk.context.ports.agents.confinement(chooseAgent(brief, asked, desk.defaultAgent));
    return null;
  } catch (thrown) {
    if (!(thrown instanceof CountersignError)) throw thrown;
    const rule = thrown.code === 'AGENT_UNKNOWN' ? 'readiness/unknown-agent' : 'readiness/agent-unavailable';
    const message = `${thrown.message}; ${thrown.fix}`;
    return { rule, severity: 'block', message, line: brief.lines.agent ?? brief.lines[''] ?? null };
  }
}

async function patternsOf(text: string, paths: readonly string[]): Promise<Inspection['patterns']> {
  const scope = scopeOf(text);
  const question = JSON.stringify(['matches', scope]);
  const patterns = await remembered(paths, question, () => matchesOf(scope, paths, pause));
  return patterns.map((pattern) => ({ ...pattern, examples: [...pattern.examples] }));
}

function pause(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
