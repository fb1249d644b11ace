/** Rows about the extension in a real window of VS Code: what it adds to the start, and whether it is quiet afterwards. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { findHost } from '../../../src/host/client';
import { openStateDirectory } from '../../../src/node/store/stateDirectory';
import { Editor } from '../../editor/editor';
import type { Window } from '../../editor/window';
import { type Ground, layGround } from '../ground';
import { median, type Row } from '../measure';
import { panelRows } from './editorPanel';
import { makeTasks } from './editorTasks';

const OURS = 'countersign.countersign';
const PROBE = 'countersign-test.probe';
const CHANGED = [10, 1_000, 5_000];
const LISTED = 20;
const IDLE_MS = 10_000;
/** Until what came before has come to rest. */
const SETTLE_MS = 3_000;
/** Starts of a window take so long that more of them tell little more. */
const STARTS = 3;
/** `/proc` counts in hundredths of a second on every Linux that Node runs on. */
const TICK_MS = 10;

/** All rows that need a window, of one editor. */
export async function editorWindow(ground: Ground, rounds: number): Promise<Row[]> {
  const own = await layGround(ground.folder, null, Math.max(...CHANGED) + 500);
  const editor = await Editor.start({ development: resolve('.') });
  try {
    const window = await editor.open(own.repository.root);
    const starts = await startRows(window, Math.min(rounds, STARTS));
    const { extensions: before } = await idleShares(window, null);
    const tasks = await makeTasks(editor, own.repository.root, CHANGED);
    await window.show('Countersign');
    const panels = await panelRows(window, tasks, rounds);
    await makeTasks(
      editor,
      own.repository.root,
      Array.from({ length: LISTED - tasks.length }, () => 1),
    );
    await window.tree('Tasks').filter({ hasText: 'Change 1 files' }).first().waitFor();
    return [...starts, ...panels, await idleRow(editor, window, before)];
  } finally {
    await editor.end();
    own.remove();
  }
}

/** What VS Code itself measured of the start of one extension, in milliseconds. */
interface Started {
  readonly load: number;
  readonly activate: number;
}

/** Loading and activation as VS Code tells them, beside those of the probe: that one does next to nothing. */
async function startRows(window: Window, rounds: number): Promise<Row[]> {
  const starts: { ours: Started; probe: Started }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    if (round > 0) await window.reload();
    const table = await startTable(window);
    starts.push({ ours: startOf(table, OURS), probe: startOf(table, PROBE) });
  }
  const of = (pick: (start: { ours: Started; probe: Started }) => number) => median(starts.map(pick));
  const [load, floor] = [of(({ ours }) => ours.load), of(({ probe }) => probe.load)];
  return [
    {
      what: 'extension: load in the extension host, over a small one',
      value: `${load - floor} ms`,
      budget: '',
      detail: `${load} ms to ${floor} ms, while the window starts`,
    },
    {
      what: 'extension: activation in the extension host',
      value: `${of(({ ours }) => ours.activate)} ms`,
      budget: '<= 50 ms',
      detail: `${starts.map(({ ours }) => ours.activate).join(', ')} ms while the window starts`,
    },
  ];
}

/** The text of `Developer: Startup Performance`, once it speaks of this extension. */
async function startTable(window: Window): Promise<string> {
  for (;;) {
    const text = await window.evaluate(async (api) => {
      await api.commands.executeCommand('perfview.show');
      await new Promise((later) => setTimeout(later, 500));
      const shown = api.workspace.textDocuments.find(({ uri }) => uri.scheme === 'perf')?.getText() ?? '';
      await api.commands.executeCommand('workbench.action.closeAllEditors');
      return shown;
    });
    if (text.includes(`| ${OURS} `)) return text;
  }
}

/** `| extension | eager | load | activate | finish | event | by |` */
function startOf(table: string, extension: string): Started {
  const line = table.split('\n').find((text) => text.startsWith(`| ${extension} `)) ?? '';
  const cells = line.split('|').map((cell) => cell.trim());
  return { load: Number(cells[3]), activate: Number(cells[4]) };
}

/** Processor time of the extension host and of Countersign's host, in parts of a core, while nothing happens. */
async function idleShares(window: Window, host: number | null): Promise<{ extensions: number; host: number }> {
  const extensions = await window.evaluate(() => process.pid);
  const pids = [extensions, ...(host === null ? [] : [host])];
  await wait(SETTLE_MS);
  const before = pids.map(processorMs);
  await wait(IDLE_MS);
  const [ours = 0, theirs = 0] = pids.map((pid, index) => (processorMs(pid) - (before[index] ?? 0)) / IDLE_MS);
  return { extensions: ours, host: theirs };
}

/** Milliseconds of processor time of a process so far. */
function processorMs(pid: number): number {
  // The name, in parentheses, may hold anything; the times are the 12th and 13th field after it.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

const percent = (share: number) => `${(share * 100).toFixed(1)}%`;

async function idleRow(editor: Editor, window: Window, before: number): Promise<Row> {
  const running = await findHost(await openStateDirectory(editor.places.env));
  const host = running?.host.pid ?? null;
  running?.close();
  const shares = await idleShares(window, host);
  return {
    what: `idle with ${LISTED} tasks listed: the extension host's share of a core`,
    value: percent(shares.extensions),
    budget: '~0',
    detail: `before there were tasks ${percent(before)}; Countersign's host ${percent(shares.host)}; for ${IDLE_MS / 1000} s`,
  };
}
