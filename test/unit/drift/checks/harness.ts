/** The family `checks/*` on two trees in memory. */

import { compileScope } from '../../../../src/core/brief/scope';
import { compileBoundaries } from '../../../../src/core/drift/boundaries';
import { judgeChecks } from '../../../../src/core/drift/checks/checks';
import { NO_OBSERVATIONS } from '../../../../src/core/drift/diff';
import { settle } from '../../../../src/core/drift/findings';
import { DEFAULT_LIMITS } from '../../../../src/core/drift/input';
import type { Finding } from '../../../../src/core/drift/report';
import { briefWith, MemoryTrees, type Tree } from '../memoryTree';

export interface CheckCase {
  readonly base: Tree;
  readonly head: Tree;
  /** Commands of the brief's checks. */
  readonly run?: readonly string[];
  readonly setup?: string;
  readonly renames?: Readonly<Record<string, string>>;
}

export async function findingsOf({ base, head, run = [], setup, renames }: CheckCase): Promise<readonly Finding[]> {
  const reader = new MemoryTrees(base, head, renames);
  const plain = briefWith();
  const checks = run.map((command, index) => ({ name: `check${index + 1}`, run: command, timeout: 600 }));
  const front = { ...plain.front, checks, ...(setup === undefined ? {} : { setup }) };
  const brief = { ...plain, front };
  const { findings } = await judgeChecks({
    ...{ brief, changes: reader.changes, reader, observations: NO_OBSERVATIONS, limits: DEFAULT_LIMITS },
    scope: compileScope(front.scope),
    boundaries: compileBoundaries([]),
  });
  return settle(findings, new Set());
}

/** `severity rule path: evidence`, one a finding. */
export async function told(given: CheckCase): Promise<readonly string[]> {
  return (await findingsOf(given)).map(
    ({ severity, rule, path, evidence }) => `${severity} ${rule} ${path}: ${evidence}`,
  );
}

/** The same without the evidence. */
export async function kinds(given: CheckCase): Promise<readonly string[]> {
  return (await findingsOf(given)).map(({ severity, rule, path }) => `${severity} ${rule} ${path}`);
}

/** One file's two sides. */
export const change = (path: string, before: string, after: string): CheckCase => ({
  base: { [path]: before },
  head: { [path]: after },
});

export const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
