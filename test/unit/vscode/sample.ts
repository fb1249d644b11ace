/** What the editor's parts are fed with in tests. */
import type { TaskSummary } from '../../../src/core/task/summary';
import type { Translate } from '../../../src/vscode/translate';

/** English, the placeholders filled in as `vscode.l10n.t` does. */
export const plain: Translate = (message, ...values) =>
  message.replace(/\{(\d+)\}/g, (whole, index) => `${values[Number(index)] ?? whole}`);

export function sampleSummary(change: Partial<TaskSummary>): TaskSummary {
  return {
    id: '1m81m33yh19z',
    slug: 'retry-on-429',
    title: 'Retry on 429',
    state: 'ready',
    verdict: 'clean',
    agent: 'codex',
    branch: 'countersign/retry-on-429',
    repository: { id: 'r1', name: 'example', root: '/repositories/example' },
    reviewer: 'Reviewer <reviewer@example.com>',
    origin: 'human',
    turns: 1,
    asking: false,
    question: null,
    drifting: null,
    activity: null,
    reviewing: false,
    takenOver: false,
    archived: false,
    adopted: null,
    createdAt: '2026-01-02T03:04:00Z',
    updatedAt: '2026-01-02T03:30:00Z',
    ...change,
  };
}
