/** Arbitrary updates of an agent, hostile text included. */
import fc from 'fast-check';
import type { AgentUpdate } from '../../../src/core/ports/transcript';

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc
    .array(fc.constantFrom('\u001b[31m', '\u001b]0;', '\u0007', '\n', '\r', '\u202e', 'word', '\u009b2J'), {
      maxLength: 8,
    })
    .map((parts) => parts.join('')),
);

export const anyUpdate: fc.Arbitrary<AgentUpdate> = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), role: fc.constantFrom('agent', 'thought', 'user'), text }),
  fc.record({ kind: fc.constant('output' as const), stream: fc.constantFrom('stdout', 'stderr'), text }),
  fc.record({
    kind: fc.constant('tool' as const),
    call: fc.constantFrom('a', 'b', 'c'),
    title: text,
    status: fc.constantFrom('pending', 'in_progress', 'completed', 'failed', 'odd'),
    paths: fc.array(text, { maxLength: 3 }),
  }),
  fc.record({
    kind: fc.constant('plan' as const),
    entries: fc.array(fc.record({ text, status: fc.constantFrom('pending', 'completed') }), { maxLength: 3 }),
  }),
  fc.record({ kind: fc.constant('note' as const), text }),
);
