import { PLACEHOLDER_CRITERION, type Template } from './template';

export const feature: Template = {
  id: 'feature',
  summary: 'something new, with its tests',
  budget: { files: 15, lines: 500, minutes: 45 },
  allow: [],
  body: `## Goal
<!-- What should be true afterwards, and for whom? One thing, in one to three sentences. -->

## Non-goals
<!-- What is near and tempting, and not part of this? -->
- redesigning what exists

## Acceptance criteria
<!-- Each line is a claim that somebody can check: by a check of the brief, or by reading. -->
- [ ] ${PLACEHOLDER_CRITERION} (check: tests)
- [ ] new behaviour is covered by new tests (review)
- [ ] what worked before still works (check: tests)

## Context
<!-- Where to look first: files, examples to follow, decisions already taken. -->
`,
};
