import type { Template } from './template';

export const bugfix: Template = {
  id: 'bugfix',
  summary: 'one wrong behaviour, with the test that would have caught it',
  budget: { files: 6, lines: 200, minutes: 30 },
  allow: [],
  body: `## Goal
<!-- What happens, what should happen instead, and how to see it. -->

## Non-goals
- rewriting code around the fault

## Acceptance criteria
- [ ] a new test fails without the fix and passes with it (check: tests)
- [ ] the cause is mended, not the symptom (review)

## Context
<!-- Steps, logs, the suspected place. -->
`,
};
