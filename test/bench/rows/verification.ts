/** Rows about verification: what it costs beyond the checks themselves, and the packet with all that it shows. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Brief } from '../../../src/core/brief/brief';
import { renderPacket } from '../../../src/core/review/markdown';
import { composePacket } from '../../../src/core/review/packet';
import { columnsOf } from '../../../src/core/task/columnsOf';
import { compareRuns } from '../../../src/core/verify/comparison';
import { createChecks } from '../../../src/node/checks/checks';
import { createCheckouts } from '../../../src/node/git/checkout';
import { sampleBrief, sampleCheck, sampleDrift, sampleTask, sampleVerification } from '../../unit/review/sample';
import { BRIEF, edit, type Ground, shell } from '../ground';
import { median, type Row, ratio, ratioRow, time } from '../measure';

const NEVER = new AbortController().signal;
let tasks = 0;

/** Both cost what clean checkouts cost: by hand, each column is a worktree in which the check runs. */
export async function verification(ground: Ground, rounds: number): Promise<Row[]> {
  const kept = await ratio(
    rounds,
    () => verify(ground, { testChanges: false, command: 'true' }),
    () => byHand(ground, 1),
  );
  // A command of its own for each round: nothing is kept of it yet.
  const all = await ratio(
    rounds,
    (round) => verify(ground, { testChanges: true, command: `: ${round}` }),
    () => byHand(ground, 3),
  );
  return [
    ratioRow('verification, base kept, no test changed / worktree add and the check', '', kept),
    ratioRow('verification, three columns / three times worktree add and the check', '', all),
  ];
}

async function byHand(ground: Ground, times: number): Promise<number> {
  const folders = Array.from({ length: times }, () => ground.fresh('check-by-hand'));
  return time(() => {
    for (const folder of folders) {
      shell(ground.repository.root, `git worktree add --quiet --detach ${folder}; cd ${folder}; /bin/sh -c true`);
    }
  });
}

async function verify(
  ground: Ground,
  { testChanges, command }: { readonly testChanges: boolean; readonly command: string },
): Promise<number> {
  const { workspaces, repository, state } = ground;
  tasks += 1;
  const task = `verified${tasks}`;
  const request = { task, slug: task, repository, base: repository.head, branch: `countersign/${task}`, copy: [] };
  const workspace = await workspaces.prepare(request, NEVER);
  const folder = workspace.worktree.path;
  edit(ground, folder, 3);
  if (testChanges) {
    // New beside what is there: a configuration that the base does not have goes, and that is a tree of its own.
    writeFileSync(join(folder, '.npmrc'), 'fund=false\n');
  }
  const { snapshot } = await workspaces.snapshot(
    { task, turn: 1, repository, workspace, parent: repository.head, message: 'bench\n' },
    NEVER,
  );
  const homes = join(state, 'homes');
  const checks = createChecks({
    checkouts: createCheckouts(state),
    sandbox: 'auto',
    network: [],
    places: { homes, cache: join(state, 'cache', 'setup'), homeOf: (id) => join(homes, id), state },
    clock: { now: () => '2026-01-01T00:00:00Z', monotonic: () => performance.now() },
  });
  const brief: Brief = {
    ...BRIEF,
    front: { ...BRIEF.front, checks: [{ name: 'it', run: command, timeout: 60 }] },
  };
  const evidence = join(ground.folder, `evidence-${task}`);
  mkdirSync(evidence);
  return time(async () => {
    const { changes, reader } = await workspaces.diff(workspace, snapshot.tree);
    const compare = await columnsOf({ brief, changes, reader }, null);
    await reader.close();
    const place = { task, slug: task, repository, workspace, snapshot, brief, folder: evidence };
    await checks.verify({ ...place, compare }, () => undefined, NEVER);
  });
}

const CHECKS = 20;
const TESTS = 2_000;

/** Twenty checks with columns in which thousands of tests differ. */
export async function packetOfColumns(rounds: number): Promise<Row> {
  const tests = Array.from({ length: TESTS }, (_, n) => ({
    name: `suite ${n % 50} test ${n}`,
    status: 'passed' as const,
  }));
  const comparison = compareRuns(
    { status: 'passed', tests, total: TESTS },
    { status: 'passed', tests: tests.slice(TESTS / 2), total: TESTS / 2 },
  );
  const log = { path: 'evidence/x.log', bytes: 1, sha256: '0'.repeat(64) };
  const run = { ...sampleCheck(), startedAt: '2026-01-01T00:00:00Z', log, results: null };
  const column = { kind: 'ran', run, cached: false } as const;
  const names = Array.from({ length: CHECKS }, (_, n) => `check${n}`);
  const checks = names.map((name) => ({
    ...sampleCheck({ name }),
    base: column,
    overlay: column,
    comparisons: {
      base: comparison,
      overlay: comparison,
      needed: { tests: comparison.vanished, red: comparison.vanished },
    },
  }));
  const brief = sampleBrief();
  const front = { ...brief.front, checks: names.map((name) => ({ name, run: 'true', timeout: 60 })) };
  const material = {
    ...{ task: sampleTask(), brief: { ...brief, front }, drift: sampleDrift(), agentWords: null, history: [] },
    verification: sampleVerification({ checks }),
  };
  const times: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const spent = await time(() => renderPacket(composePacket(material)));
    if (round > 0) times.push(spent);
  }
  const detail = `median of ${rounds} rounds, with receipts and Markdown`;
  return {
    what: `packet of ${CHECKS} checks with all columns`,
    value: `${median(times).toFixed(0)} ms`,
    budget: '',
    detail,
  };
}
