/** Real tasks for the rows about the editor, made in the host of its windows. */
import { resolve } from 'node:path';
import { connectHost } from '../../../src/host/client';
import { openStateDirectory } from '../../../src/node/store/stateDirectory';
import type { Editor } from '../../editor/editor';

const HOST = resolve('dist/host.js');

/** Six of ten files are in the scope; the rest is drift, as many findings as a reviewer can be asked to bear. */
const SCOPE = [0, 1, 2, 3, 4, 5].map((digit) => `"src/**/*${digit}.js"`).join(', ');

const brief = (files: number) => `---
countersign: 1
title: Change ${files} files
agent: command
command: "git ls-files src | head -n ${files} | while read -r file; do echo edit >> $file; done"
scope: { change: [${SCOPE}] }
checks: []
unchecked: nothing is checked in a bench
reviewer: Reviewer <reviewer@example.com>
---
## Goal
Change ${files} files.
## Acceptance criteria
- [ ] they are changed (review)
`;

/** A task that can be reviewed. */
export interface Reviewable {
  readonly id: string;
  readonly files: number;
}

/**
 * Hands off one task after the other, and waits until all have come back.
 *
 * @param repo the folder they are about
 * @param sizes how many files each of them changes
 * @throws when one of them comes back otherwise than to be reviewed
 */
export async function makeTasks(editor: Editor, repo: string, sizes: readonly number[]): Promise<Reviewable[]> {
  const { env } = editor.places;
  const program = { execPath: process.execPath, args: [HOST] };
  const host = await connectHost(await openStateDirectory(env), program, env);
  try {
    const waiting = new Map<string, () => void>();
    const failures: string[] = [];
    host.on('task/event', ({ id, state }) => {
      if (!['ready', 'failed', 'interrupted'].includes(state)) return;
      if (state !== 'ready') failures.push(`${id} is ${state}`);
      waiting.get(id)?.();
    });
    const made: Reviewable[] = [];
    for (const files of sizes) {
      const { id } = await host.request('task/run', {
        repo,
        brief: { text: brief(files), file: null },
        origin: 'human',
      });
      const done = new Promise<void>((come) => waiting.set(id, come));
      const { state } = await host.request('task/show', { id });
      if (state !== 'ready') await done;
      made.push({ id, files });
    }
    if (failures.length > 0) throw new Error(failures.join(', '));
    return made;
  } finally {
    host.close();
  }
}
