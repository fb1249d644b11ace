/**
 * A small project whose tests say a lot: a change of it breaks many of them, mends some, skips one and drops one; what
 * corrects that breaks something else. And two readers of it: one that finds what there is to find, and one that gives no
 * answer.
 */
import { makeRepository, type TestRepository } from '../fixtures/repository';

const PRICE = `/** A price with its tax, in cents. */
export function withTax(net, rate) {
  return Math.round((net * (100 + rate)) / 100);
}

/** What is left of a price after a discount, in cents. */
export function discounted(price, percent) {
  return price;
}
`;

/** The tax is forgotten where it is high. */
const CHANGED = `/** A price with its tax, in cents. */
export function withTax(net, rate) {
  if (rate > 19) return net;
  return Math.round((net * (100 + rate)) / 100);
}

/** What is left of a price after a discount, in cents. */
export function discounted(price, percent) {
  console.log('discount', percent);
  return Math.round((price * (100 - percent)) / 100);
}
`;

/** What the correction leaves behind: it had been clean. */
export const LEFT_BEHIND = '// TODO: and a discount of more than 100 percent?\n';
const CORRECTED = `${CHANGED.replace('  if (rate > 19) return net;\n', '')}${LEFT_BEHIND}`;

/** Names of tests that fail when the tax is forgotten: more than a page shows at once. */
export const BROKEN = Array.from({ length: 14 }, (_, index) => `adds ${20 + index} percent of tax`);

const TEST = `import assert from 'node:assert/strict';
import test from 'node:test';
import { discounted, withTax } from '../src/price.js';

for (let rate = 5; rate < 34; rate += 1) {
  test(\`adds \${rate} percent of tax\`, () => assert.equal(withTax(1000, rate), 1000 + 10 * rate));
}
test('takes a tenth off', () => assert.equal(discounted(1000, 10), 900));
test('takes all off', () => assert.equal(discounted(1000, 100), 0));
test('rounds half a cent up', () => assert.equal(withTax(50, 1), 51));
test('leaves a price of nothing alone', () => assert.equal(withTax(0, 7), 0));
`;

/** It names the criterion that it is for. */
export const NAMED = 'AC-1: takes a half off';
const WITH_NAMED = `${TEST}test('${NAMED}', () => assert.equal(discounted(1000, 50), 500));\n`;
const WEAKENED = WITH_NAMED.replace("test('rounds", "test.skip('rounds").replace(/test\('leaves.*\n/, '');

/** What does the work: at first it goes too far, and in a correction it takes the worst of it back. */
const AGENT = `import { writeFileSync } from 'node:fs';
const corrects = process.env.COUNTERSIGN_CORRECTION !== undefined;
writeFileSync('src/price.js', corrects ? ${JSON.stringify(CORRECTED)} : ${JSON.stringify(CHANGED)});
writeFileSync('test/price.test.js', corrects ? ${JSON.stringify(WITH_NAMED)} : ${JSON.stringify(WEAKENED)});
`;

/** Made of the question alone, as a model would have to; a line that is not there shows what becomes of such. */
const REVIEWER = `import { readFileSync } from 'node:fs';
const question = readFileSync(0, 'utf8');
const run = question.trimEnd().split('\\n').at(-1);
const file = 'src/price.js';
const line = (text) => readFileSync(file, 'utf8').split('\\n').findIndex((one) => one.includes(text)) + 1;
const finding = (severity, quote, message, suggestion, more = {}) =>
  ({ severity, file, line: line(quote) || null, quote, message, suggestion, criterion: null, clause: null, ...more });
const findings = [
  finding('major', '(price * (100 - percent))', 'A discount of more than 100 percent gives a negative price: nothing keeps it out', 'Throw a RangeError unless 0 <= percent <= 100, and test it', { criterion: 1 }),
  finding('minor', "console.log('discount', percent);", 'Every discount is written to the output of whoever calls it', 'Take the line out', { clause: 'the goal' }),
  finding('nit', 'export function discounted', 'The name says what it gives, not what it does', null),
  finding('major', 'a line that nobody wrote', 'It is not there', null),
];
const criteria = [
  { criterion: 1, proof: 'proven', because: 'two tests take a tenth and all of a price off', places: [{ file: 'test/price.test.js', line: 8 }] },
  { criterion: 2, proof: 'unproven', because: 'the test that rounds is skipped, so that nothing would tell', places: [] },
];
const unexplained = [
  { file: 'test/price.test.js', line: null, why: 'a test is skipped and another one is gone, which no criterion asks for' },
  { file, line: line("console.log") || null, why: 'the goal says nothing of output' },
].filter(({ line, file: of }) => of !== file || line !== null);
console.log(JSON.stringify({ run, findings, criteria, unexplained }));
`;

export const DISCOUNT = 'Give a discount that is one';

/**
 * A brief of the task.
 *
 * @param review the value of its key \`review\`; absent = nobody is asked
 */
export function pricingBrief({ title = DISCOUNT, review = '' }: { title?: string; review?: string } = {}): string {
  return `---
countersign: 1
title: ${title}
agent: command
command: node tools/agent.mjs
scope: { change: [src/**, test/**] }
checks:
  - { name: tests, run: node --test }
  - { name: finished, run: '! grep -rn TODO src' }
${review === '' ? '' : `review: ${review}\n`}reviewer: Reviewer <reviewer@example.com>
---
## Goal
A discount takes its part off the price.

## Acceptance criteria
- [ ] a discount is taken off the price (check: tests)
- [ ] cents are rounded as before (check: tests)
`;
}

/** The project in a repository of its own, of a person who is the task's reviewer too. */
export function makePricing(): TestRepository {
  const repository = makeRepository({
    name: 'pricing',
    files: {
      'package.json': `${JSON.stringify({ name: 'pricing', type: 'module', scripts: { test: 'node --test' } }, null, 2)}\n`,
      'src/price.js': PRICE,
      'test/price.test.js': TEST,
      'tools/agent.mjs': AGENT,
      'tools/reviewer.mjs': REVIEWER,
    },
  });
  repository.git('config', 'user.name', 'Reviewer');
  repository.git('config', 'user.email', 'reviewer@example.com');
  return repository;
}
