/** The scenario table: attacks and drift that must be caught, and benign work that must not be. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseBrief } from '../../../src/core/brief/parse';
import { computeDrift } from '../../../src/core/drift/drift';
import { makeTaskWorkspace, type TaskWorkspace } from '../../fixtures/taskWorkspace';
import { list } from '../loop/traces';
import { CHECKS } from './cases/checks';
import { DEPENDENCIES } from './cases/dependencies';
import { ELSEWHERE } from './cases/elsewhere';
import { GIT_STATE } from './cases/gitState';
import { HIDDEN } from './cases/hidden';
import { SCOPE } from './cases/scope';
import { TESTS } from './cases/tests';
import { WORDS } from './cases/words';
import { BASE, type DriftCase, type Terms } from './scenario';

const JUDGED: readonly DriftCase[] = [
  ...[...GIT_STATE, ...HIDDEN, ...SCOPE],
  ...[...DEPENDENCIES, ...TESTS, ...CHECKS, ...WORDS],
];
const ALL = [...JUDGED, ...ELSEWHERE].toSorted((a, b) => (a.id < b.id ? -1 : 1));

function briefOf({ change = ['src/**'], allow = [], budget = {} }: Terms = {}): string {
  return `---
countersign: 1
scope: { change: ${JSON.stringify(change)} }
approval: { allow: ${JSON.stringify(allow)} }
budget: ${JSON.stringify(budget)}
checks: [{ name: tests, run: "true" }]
reviewer: Reviewer <reviewer@example.com>
---
## Goal
Change the source as told.
## Acceptance criteria
- [ ] it holds (review)
`;
}

async function judge(scenario: DriftCase, task: TaskWorkspace, markers: string): Promise<void> {
  scenario.act(task, join(markers, 'program'));
  const { snapshot, observations } = await task.snapshot();
  const { tree } = snapshot;
  const { changes, reader } = await task.workspaces.diff(task.workspace, tree);
  try {
    const brief = parseBrief(briefOf(scenario.terms), 'brief.md');
    const report = await computeDrift({
      ...{ brief, base: task.facts.head, head: snapshot.commit, tree, changes, reader, observations },
      policy: null,
    });
    const found = report.findings.filter(({ severity }) => severity !== 'info');
    const kinds = [...new Set(found.map(({ rule, severity }) => `${severity} ${rule}`))].sort();
    assert.deepEqual(kinds, [...scenario.findings], JSON.stringify(found, null, 1));
    assert.equal(report.verdict, scenario.verdict);
    await scenario.holds?.({ task, report, tree, reader });
  } finally {
    await reader.close();
  }
  task.repository.git('status');
  assert.deepEqual(list(markers), [], 'a program of the agent’s ran');
}

describe('scenarios', () => {
  for (const scenario of JUDGED) {
    it(`${scenario.id} ${scenario.title}: ${scenario.findings.join(', ') || scenario.verdict}`, async () => {
      const { files = BASE, before, isolation = 'shared' } = scenario.setting ?? {};
      const task = await makeTaskWorkspace({ files, isolation, ...(before === undefined ? {} : { before }) });
      try {
        const markers = join(task.repository.outside, 'markers');
        mkdirSync(markers);
        await judge(scenario, task, markers);
        await task.workspaces.remove('t1', task.workspace);
        assert.equal(existsSync(task.folder), false);
        assert.deepEqual(list(markers), []);
      } finally {
        await task.remove();
      }
    });
  }

  for (const { id, title, file, test } of ELSEWHERE) {
    it(`${id} ${title}: has its test in ${file}`, () => assert.ok(readFileSync(file, 'utf8').includes(test)));
  }

  it('each has one place', () => {
    const ids = ALL.map(({ id }) => id);
    assert.deepEqual(ids, [...new Set(ids)]);
    for (const { id, kind } of ALL) assert.equal(id[0], { attack: 'A', drift: 'D', benign: 'B' }[kind]);
  });

  after(() =>
    console.log(`    ${ALL.length} scenarios\n${ALL.map(({ id, title }) => `    ${id}  ${title}`).join('\n')}`),
  );
});
