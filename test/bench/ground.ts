/** What the bench runs on: a repository of any size, a state directory, and raw git beside ours. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseBrief } from '../../src/core/brief/parse';
import type { RepositoryFacts } from '../../src/core/ports/repository';
import type { WorkspacePort } from '../../src/core/ports/workspace';
import { identifyRepository } from '../../src/node/git/repository';
import { createWorkspaces } from '../../src/node/git/workspace';

export interface Ground {
  /** Everything of the bench lies below it. */
  readonly folder: string;
  readonly repository: RepositoryFacts;
  readonly paths: readonly string[];
  readonly state: string;
  readonly workspaces: WorkspacePort;
  /** A new name for a folder, never used before: nothing is deleted within a round. */
  fresh(name: string): string;
  remove(): void;
}

const IDENTITY = ['-c', 'user.name=Bench', '-c', 'user.email=bench@example.com'];

export function git(folder: string, ...args: string[]): string {
  return execFileSync('git', ['-C', folder, ...IDENTITY, ...args], { encoding: 'utf8', maxBuffer: 1 << 30 });
}

/** Runs a shell script as a user would by hand. */
export function shell(folder: string, script: string): void {
  const run = spawnSync('/bin/sh', ['-ec', script], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  if (run.status !== 0) throw new Error(`a command by hand failed: ${script}`);
}

/** @param source a repository to clone, or null for a generated one of `files` files */
export async function layGround(parent: string, source: string | null, files: number): Promise<Ground> {
  const folder = realpathSync(mkdtempSync(join(parent, 'countersign-bench-')));
  const clone = join(folder, 'repository');
  if (source === null) generate(clone, files);
  else execFileSync('git', ['clone', '--quiet', '--no-hardlinks', source, clone]);
  const state = join(folder, 'state');
  mkdirSync(state, { mode: 0o700 });
  let counter = 0;
  const listed = git(clone, 'ls-files', '-z').split('\0');
  return {
    folder,
    repository: await identifyRepository(clone),
    paths: listed.filter((path) => /\.(txt|js|ts|c|h|md|py|go|rs)$/.test(path)),
    state,
    workspaces: createWorkspaces(state, 'shared'),
    fresh: (name) => {
      counter += 1;
      return join(folder, `${name}-${counter}`);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** One commit of small text files, a hundred to a folder, by fast-import. */
function generate(folder: string, files: number): void {
  execFileSync('git', ['init', '--quiet', '-b', 'main', folder]);
  const stream: string[] = [
    'commit refs/heads/main',
    'committer Bench <bench@example.com> 1700000000 +0000',
    'data 4',
    'base',
  ];
  for (let index = 0; index < files; index += 1) {
    const lines = Array.from({ length: 30 }, (_, line) => `const value${line} = ${index * 31 + line}; // line ${line}`);
    const text = `${lines.join('\n')}\n`;
    stream.push(`M 100644 inline src/f${Math.floor(index / 100)}/file${index}.js`, `data ${text.length}`, text);
  }
  execFileSync('git', ['-C', folder, 'fast-import', '--quiet'], {
    input: `${stream.join('\n')}\n`,
    maxBuffer: 1 << 30,
  });
  execFileSync('git', ['-C', folder, 'reset', '--quiet', '--hard', 'main']);
}

let edits = 0;

/** Changes the first `count` files below a folder, as an agent would, to what no repository holds yet. */
export function edit({ paths }: Ground, folder: string, count: number): void {
  edits += 1;
  for (const path of paths.slice(0, count)) writeFileSync(join(folder, path), `edit ${edits}\n${path}\n`);
}

export const BRIEF = parseBrief(
  `---
countersign: 1
title: Bench
agent: command
command: "true"
scope: { change: ["src/**", "**/*.md", "**/*.c", "**/*.h", "**/*.js", "**/*.ts"] }
checks: []
unchecked: nothing is checked in a bench
reviewer: Bench <bench@example.com>
---
## Goal
Measure what the way costs.
## Acceptance criteria
- [ ] it is measured (review)
`,
  'bench.md',
);
