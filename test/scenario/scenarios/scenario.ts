/** One case of the scenario table: what an agent does in its folder, and what the drift report must say about it. */
import type { TreeReader } from '../../../src/core/drift/diff';
import type { DriftReport, DriftVerdict } from '../../../src/core/drift/report';
import type { Files, TestRepository } from '../../fixtures/repository';
import type { TaskWorkspace } from '../../fixtures/taskWorkspace';

export type Kind = 'attack' | 'drift' | 'benign';

interface Entry {
  /** A attack, D drift, B benign; numbers are never given twice. */
  readonly id: string;
  readonly title: string;
  readonly kind: Kind;
}

export interface Setting {
  /** Of the base; default `BASE`. */
  readonly files?: Files;
  /** Called on the repository before the task begins: what is the user's own. */
  readonly before?: (repository: TestRepository) => void;
  /** `copied`: without a sandbox, where an agent can reach the user's git directory. */
  readonly isolation?: 'shared' | 'copied';
}

export interface Terms {
  readonly change?: readonly string[];
  readonly allow?: readonly string[];
  readonly budget?: { readonly files?: number; readonly lines?: number };
}

export interface Judged {
  readonly task: TaskWorkspace;
  readonly report: DriftReport;
  readonly tree: string;
  readonly reader: TreeReader;
}

/** Judged on a real folder and real git, without a host. */
export interface DriftCase extends Entry {
  readonly setting?: Setting;
  readonly terms?: Terms;
  /** What the agent does. `marker`: a file that no program of the agent's may ever make. */
  readonly act: (task: TaskWorkspace, marker: string) => void;
  readonly verdict: DriftVerdict;
  /** `severity rule` of all findings that need an answer, each kind once. */
  readonly findings: readonly string[];
  /** What must hold besides. */
  readonly holds?: (judged: Judged) => void | Promise<void>;
}

/** A case whose test stands elsewhere: where, and under which title. */
export interface ElsewhereCase extends Entry {
  readonly file: string;
  readonly test: string;
}

export const BASE: Files = {
  'src/a.ts': 'export const a = 1;\n',
  'src/b.ts': 'export const b = 2;\nexport const c = 3;\n',
  'server/x.ts': 'export {};\n',
  'test/a.test.ts': "import '../src/a';\n",
  'package.json': `${JSON.stringify({ name: 'x', version: '1.0.0', scripts: { test: 'node --test' } }, null, 2)}\n`,
  '.gitignore': 'dist/\n',
};
