/** Composes the host process: adapters, controller and server. Decides nothing. */
import { existsSync } from 'node:fs';
import { freemem } from 'node:os';
import { dirname, join } from 'node:path';
import { boundaryOf } from './core/drift/boundaries';
import { toCountersignError } from './core/errors';
import type { Clock } from './core/ports/machine';
import { type ControllerPorts, TaskContext } from './core/task/context';
import { TaskController } from './core/task/controller';
import { defaultLimits } from './core/task/queue';
import type { Activity, TaskSummary } from './core/task/summary';
import { ACTIVE_STATES } from './core/task/task';
import { createHandlers } from './host/handlers';
import { draftingHandlers } from './host/handlers/drafting';
import { PlanDesk } from './host/handlers/shaping';
import { TrialDesk } from './host/handlers/trialDesk';
import { claimHost, HostServer } from './host/server';
import { leaveStartFailure } from './host/startFailure';
import { createAgents } from './node/agents/agents';
import { DefinedAgents } from './node/agents/definedAgents';
import { sweepLines } from './node/agents/tools/linePlace';
import { readTranscript } from './node/agents/transcriptFile';
import { Transcripts } from './node/agents/transcripts';
import { AskedQuestions } from './node/briefs/askedQuestions';
import { CommitReader } from './node/briefs/commitFacts';
import { createChecks } from './node/checks/checks';
import { sweepChecks } from './node/checks/sweep';
import { sweepTrials } from './node/checks/trials';
import { adoptions } from './node/git/adoptions';
import { createCheckouts } from './node/git/checkout';
import { createLandings } from './node/git/land';
import { repositories } from './node/git/repositories';
import { createTaskObjects } from './node/git/taskObjects';
import { createWorkspaces } from './node/git/workspace';
import { findConfinement } from './node/process/confinement';
import { closeInheritable } from './node/process/descriptors';
import { readConfig } from './node/store/config';
import { openStateDirectory, type StateDirectory } from './node/store/stateDirectory';
import { TaskStore } from './node/store/taskStore';

const clock: Clock = { now: () => new Date().toISOString(), monotonic: () => performance.now() };

async function main(): Promise<void> {
  closeInheritable(); // Before git is started for the first time.
  // The log lies on the disk that the tasks fill: that it cannot be written must not end what is at work.
  process.stderr.on('error', () => undefined);
  const directory = await openStateDirectory();
  try {
    await serve(directory);
  } catch (error) {
    await leaveStartFailure(directory.host, toCountersignError(error)).catch(() => undefined);
    throw error;
  }
}

async function serve(directory: StateDirectory): Promise<void> {
  const config = await readConfig();
  const claim = await claimHost(directory);
  // Another process is the host already: whoever started this one will find it.
  if (claim === null) return;
  const server = new HostServer(claim, config.idleMinutes);
  const store = await TaskStore.open(directory, clock.now);
  const transcripts = new Transcripts({
    folderOf: (task) => store.folder(task),
    onTrouble: (task, what) => log(`${task}: ${what}`),
  });
  const { mode, network } = config.sandbox;
  const places = { homes: join(directory.root, 'homes'), cache: join(directory.root, 'cache', 'setup') };
  for (const note of await sweepTrials(directory.root)) log(note);
  await sweepChecks(places);
  const agents = await DefinedAgents.open(join(directory.host, 'agents.json'), config.agents);
  await sweepLines(directory.root);
  // Beside this program, wherever it was installed.
  const toolProgram = join(dirname(process.argv[1] ?? ''), 'mcp.js');
  const homeOf = (task: string) => join(store.folder(task), 'home');
  // Only a sandbox can keep the user's objects read-only; without one the agent gets copies.
  const isolation = (await findConfinement(mode)).kind === 'bwrap' ? 'shared' : 'copied';
  const objects = createTaskObjects();
  const ports: ControllerPorts = {
    records: store,
    repositories,
    adoptions,
    workspaces: createWorkspaces(directory.root, isolation),
    agents: createAgents({
      custom: () => agents.current,
      sandbox: mode,
      network,
      homeOf,
      homes: places.homes,
      state: directory.root,
      boundaryOf,
      ...(existsSync(toolProgram) ? { toolProgram } : {}),
    }),
    checks: createChecks({
      checkouts: createCheckouts(directory.root),
      sandbox: mode,
      network,
      places: { ...places, homeOf, state: directory.root },
      clock,
    }),
    landings: createLandings(),
    objects,
    transcripts,
    clock,
  };
  const { agent: reviewer = null, automatic } = config.review;
  const context = new TaskContext(ports, server.audience, { agent: reviewer, automatic });
  const commits = new CommitReader(repositories);
  const trials = new TrialDesk({ checks: ports.checks, stateDir: directory.root, isolation }, repositories, commits);
  const defaultAgent = config.agent ?? null;
  const fallback = defaultLimits(freemem());
  const { tasks = fallback.tasks, perRepository = fallback.perRepository } = config.limits;
  const controller = new TaskController(context, {
    limits: { tasks, perRepository },
    defaultAgent,
  });
  await controller.recover();
  for (const note of store.notes) log(note);
  const drafting = { context, commits, agents, defaultAgent };
  const plans = new PlanDesk({
    ...{ context, commits, agents: ports.agents, clock, stateDir: directory.root, isolation },
    asked: new AskedQuestions(join(directory.root, 'questions.json')),
    ...{ planner: config.planner ?? null, worker: defaultAgent },
  });
  await server.listen({
    handlers: createHandlers(
      controller,
      context,
      {
        list: (repository) => store.list(repository).map((task) => withActivity(task, server.activityOf(task.id))),
        problems: () => store.problems(),
        resolve: (typed, repository) => store.resolve(typed, repository),
        transcript: (task, from, limit) => readTranscript(transcripts.fileOf(task), from, limit),
      },
      { ...draftingHandlers(drafting, trials), ...plans.handlers },
    ),
    active: () => controller.busy,
    tasks: () => store.size,
    unattended: (task) => controller.unattended(task),
    close: async () => {
      await trials.close();
      await plans.close();
      await controller.close();
      await transcripts.closeAll();
      await objects.close();
      await store.close();
    },
  });
  for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, () => void server.close());
  await server.ended;
}

/** Only a task at work, or one that is being reviewed, gives signs of life. */
function withActivity(task: TaskSummary, activity: Activity | null): TaskSummary {
  return activity !== null && (ACTIVE_STATES.has(task.state) || task.reviewing) ? { ...task, activity } : task;
}

function log(message: string): void {
  process.stderr.write(`${clock.now()} ${message}\n`);
}

main().then(
  // Idle sockets and timers of libraries must not keep a host alive that has ended.
  () => process.exit(0),
  (error: unknown) => {
    const { code, message, fix } = toCountersignError(error).toRecord();
    log(`${code}: ${message} (fix: ${fix})`);
    process.exit(3);
  },
);
