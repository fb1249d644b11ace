import type { Template } from './template';

export const codemod: Template = {
  id: 'codemod',
  summary: 'a mechanical change made by a command: no model, no key',
  command: 'npx prettier --write src',
  budget: { files: 200, lines: 5000, minutes: 15 },
  allow: [],
  body: `## Goal
<!-- What the command changes everywhere, and why now. -->

## Non-goals
- changes of behaviour

## Acceptance criteria
- [ ] behaviour is the same as before (check: tests)
- [ ] the diff holds only what the command does (review)

## Context
`,
};
