/** Briefs for tests: one that is ready, and ways to spoil it. */

export interface BriefParts {
  /** Lines of the front matter after `countersign: 1`. */
  readonly front?: readonly string[];
  readonly body?: string;
}

export const READY_FRONT: readonly string[] = [
  'title: Say hello in French',
  'scope: { change: [src/**] }',
  'checks: [{ name: tests, run: node --test }]',
  'reviewer: Developer <dev@example.com>',
];

export const READY_BODY = `## Goal
Make the greeting say bonjour instead of hello.

## Acceptance criteria
- [ ] the greeting is French (check: tests)
`;

export function brief({ front = READY_FRONT, body = READY_BODY }: BriefParts = {}): string {
  return `---\ncountersign: 1\n${front.join('\n')}\n---\n${body}`;
}
