/** A brief that is complete and ready, for tests to take apart. */
export const SAMPLE = `---
countersign: 1
title: Retry idempotent requests on 429
setup: npm ci
scope:
  change: [src/http/**, test/http/**]
  avoid: [src/auth/**]
budget: { files: 12, lines: 400, minutes: 30 }
checks:
  - { name: tests, run: npm test, timeout: 600, report: junit.xml }
approval: { allow: [] }
reviewer: Reviewer <reviewer@example.com>
---
## Goal
Retry idempotent requests when the server answers 429.

## Non-goals
- changing the public interface

## Acceptance criteria
- [ ] at most 3 retries, with backoff (check: tests)
- [ ] a POST is never retried (review)

## Context
The client lives in src/http.
`;

/** The sample with one text replaced; fails when the text is not there, so that no test changes nothing. */
export function sampleWith(from: string, to: string): string {
  if (!SAMPLE.includes(from)) throw new Error(`the sample holds no ${JSON.stringify(from)}`);
  return SAMPLE.replace(from, () => to);
}
