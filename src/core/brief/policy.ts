/**
 * The team's policy, `.countersign/policy.yaml`: defaults for new briefs, and what every brief must keep to. It tightens
 * briefs and never loosens them, and it has no key that names a program to run as an agent.
 */
import * as z from 'zod';
import { fail } from '../errors';
import { BOUNDARIES, budgetSchema, checkSchema, commandLine, patternSchema } from './brief';
import { BUDGET_EXPECTATIONS, CHECK_EXPECTATIONS } from './expectations';
import { patternProblems } from './frontMatter';
import { nearestWord } from './nearest';
import { parsePerson } from './person';
import { readSource, type SourceKind } from './source';
import {
  checkSchema as checkAgainst,
  describeProblems,
  type Expectations,
  lineOfPath,
  type Problem,
  readYaml,
} from './yamlDocument';

const patterns = z.array(patternSchema).max(1000).default([]);

export const policySchema = z.strictObject({
  countersign: z.literal(1).default(1),
  scope: z.strictObject({ change: patterns, avoid: patterns }).default({ change: [], avoid: [] }),
  boundaries: z
    .array(
      z
        .strictObject({
          name: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/),
          paths: z.array(patternSchema).max(1000).default([]),
          contains: z.array(z.string().min(3).max(200)).max(100).default([]),
        })
        .refine(({ paths, contains }) => paths.length + contains.length > 0),
    )
    .max(100)
    .default([]),
  reviewers: z
    .array(z.string().refine((text) => parsePerson(text) !== null))
    .max(200)
    .default([]),
  budget: budgetSchema,
  checks: z.array(checkSchema).max(50).default([]),
  setup: commandLine.optional(),
  /** It can want a review of every result, and names nobody who makes it. */
  review: z.strictObject({ required: z.boolean().default(false) }).default({ required: false }),
  limits: z
    .strictObject({
      oversizeBytes: z
        .number()
        .int()
        .min(1)
        .max(2 ** 40)
        .optional(),
      deletedFiles: z.number().int().min(1).max(1_000_000).optional(),
    })
    .default({}),
});

export type Policy = z.output<typeof policySchema>;

/** The policy of a repository that has none. */
export const EMPTY_POLICY: Policy = policySchema.parse({});

const PATTERN = 'a pattern: text of 1 to 1024 characters';
export const POLICY_EXPECTATIONS: Expectations = {
  '': '`key: value` lines',
  countersign: 'the format version, 1',
  scope: 'a map with `change` and `avoid`',
  'scope.change': 'a list of patterns',
  'scope.change.*': PATTERN,
  'scope.avoid': 'a list of patterns',
  'scope.avoid.*': PATTERN,
  boundaries: 'a list of boundaries: `{ name, paths, contains }`',
  'boundaries.*': 'a boundary: `{ name, paths, contains }`, with at least one path or word',
  'boundaries.*.name': 'a name of small letters, digits and `-`, at most 64',
  'boundaries.*.paths': 'a list of patterns',
  'boundaries.*.paths.*': PATTERN,
  'boundaries.*.contains': 'a list of words: a line that holds one belongs to the boundary',
  'boundaries.*.contains.*': 'a text of 3 to 200 characters',
  reviewers: 'a list of people',
  'reviewers.*': 'a person: `Name <email>`',
  ...BUDGET_EXPECTATIONS,
  ...CHECK_EXPECTATIONS,
  setup: 'a shell command: text of 1 to 10000 characters',
  review: 'a map with `required`',
  'review.required': '`true` or `false`',
  limits: 'a map of `oversizeBytes` and `deletedFiles`',
  'limits.oversizeBytes': 'a whole number of bytes, at least 1',
  'limits.deletedFiles': 'a whole number of files, at least 1',
};

const POLICY_SOURCE: SourceKind = {
  noun: 'policy',
  maxBytes: 256 * 1024,
  empty: null,
  tooLarge: 'POLICY_INVALID',
  encoding: 'POLICY_INVALID',
};

/** Parses a policy. `file` names it in messages. Throws POLICY_INVALID with every problem found, one a line. */
export function parsePolicy(source: string | Uint8Array, file: string): Policy {
  const reading = readYaml(readSource(source, file, POLICY_SOURCE), 1);
  if (reading.problems.length === 0 && reading.data === null) return EMPTY_POLICY;
  const { value, problems } =
    reading.problems.length > 0
      ? { value: null, problems: reading.problems }
      : checkAgainst(policySchema, reading, POLICY_EXPECTATIONS);
  const all = [...problems, ...(value === null ? [] : meaningProblems(value, reading.lines))];
  if (value !== null && all.length === 0) return value;
  const ordered = all.sort((a, b) => a.line - b.line);
  const { fix } = ordered[0]!;
  return fail('POLICY_INVALID', describeProblems(file, ordered), fix === undefined ? {} : { fix });
}

function meaningProblems(policy: Policy, lines: Readonly<Record<string, number>>): Problem[] {
  const problems = [
    ...patternProblems('scope.change', policy.scope.change, lines),
    ...patternProblems('scope.avoid', policy.scope.avoid, lines),
    ...policy.boundaries.flatMap(({ paths }, index) => patternProblems(`boundaries.${index}.paths`, paths, lines)),
  ];
  for (const key of ['checks', 'boundaries'] as const) {
    const names = policy[key].map(({ name }) => name);
    for (const [index, name] of names.entries()) {
      if (names.indexOf(name) === index) continue;
      const path = `${key}.${index}.name`;
      const message = `${path}: found a second \`${name}\`, expected a name of its own`;
      problems.push({ line: lineOfPath(lines, path), path, message });
    }
  }
  return problems;
}

/** Every boundary that a brief may allow: the built-in ones and the policy's. */
export function boundaryNames(policy: Policy): readonly string[] {
  return [...new Set([...BOUNDARIES, ...policy.boundaries.map(({ name }) => name)])];
}

/** The boundary that a mistyped name is closest to, or null. */
export function nearestBoundary(name: string, policy: Policy): string | null {
  return nearestWord(name, boundaryNames(policy));
}
