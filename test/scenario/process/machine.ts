/** What the scenarios of confined processes share: the means that this machine has, a folder, and who is still alive. */
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Confinement, probeConfinement } from '../../../src/node/process/confinement';
import { type ConfinedSpec, type Exit, type Running, startConfined } from '../../../src/node/process/run';

export const NONE: Confinement = { kind: 'none', why: 'a test' };

/** The confinement of this kind, or null where the machine has it not. */
export async function confinementOf(kind: Confinement['kind']): Promise<Confinement | null> {
  if (kind === 'none') return NONE;
  const strongest = await probeConfinement();
  if (kind === 'bwrap') return strongest.kind === 'bwrap' ? strongest : null;
  if (strongest.kind === 'none') return null;
  return { kind: 'pid-namespace', file: '/usr/bin/unshare' };
}

export interface Place {
  readonly folder: string;
  readonly home: string;
  readonly work: string;
  readonly token: string;
  remove(): Promise<void>;
}

export async function makePlace(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'cs-process-'));
  const work = join(folder, 'work');
  await mkdir(work);
  return {
    folder,
    home: join(folder, 'home'),
    work,
    token: `token-${randomUUID()}`,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

export function specOf(place: Place, shell: string, more: Partial<ConfinedSpec> = {}): ConfinedSpec {
  return {
    task: `task-${place.token}`,
    command: { shell },
    cwd: place.work,
    env: {},
    writable: [place.work],
    readable: [],
    hidden: [],
    home: place.home,
    network: false,
    stdin: 'ignore',
    limitMs: 30_000,
    ...more,
  };
}

export interface Finished extends Exit {
  readonly out: string;
  readonly err: string;
}

/** Runs to the end and collects what was written. */
export async function finish(running: Running): Promise<Finished> {
  const texts = [running.stdout, running.stderr].map(async (stream) => {
    let text = '';
    try {
      for await (const chunk of stream) text += chunk;
    } catch {
      // Destroyed while a survivor held it.
    }
    return text;
  });
  const exit = await running.exited;
  const [out, err] = await Promise.all(texts);
  return { ...exit, out: out!, err: err! };
}

export async function runIn(confinement: Confinement, spec: ConfinedSpec): Promise<Finished> {
  return finish(await startConfined(confinement, spec));
}

/** Processes of the whole machine whose command line holds `token`: seen from outside, whatever their environment. */
export async function alive(token: string): Promise<{ pid: number; command: string }[]> {
  const found: { pid: number; command: string }[] = [];
  for (const pid of (await readdir('/proc')).map(Number).filter(Number.isInteger)) {
    if (pid === process.pid) continue;
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (command.includes(token)) found.push({ pid, command: command.replaceAll('\0', ' ').trim() });
  }
  return found;
}

/** Waits until `condition` holds; fails when it does not within 20 seconds. */
export async function until(what: string, condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    if (await condition()) return;
    await sleep(50);
  }
  throw new Error(`waited in vain until ${what}`);
}

const LOOP = (kind: string) => `touch ready-${kind}; while :; do sleep 1; done`;

/** Six ways to get away from whoever started you. Each carries the token as an argument and says when it is up. */
export function daemons(token: string): Record<string, string> {
  const sh = (kind: string) => `sh -c '${LOOP(kind)}' ${token}-${kind}`;
  const quiet = '</dev/null >/dev/null 2>&1';
  return {
    setsid: `setsid ${sh('setsid')} ${quiet} &`,
    'double-fork': `(setsid sh -c '${sh('double-fork').replaceAll("'", `'\\''`)} & exit 0' ${quiet} &)`,
    'ignores-term': `sh -c 'trap "" TERM HUP INT; ${LOOP('ignores-term')}' ${token}-ignores-term ${quiet} &`,
    'keeps-stdout': `${sh('keeps-stdout')} &`,
    'env-i': `env -i PATH=/usr/bin:/bin setsid ${sh('env-i')} ${quiet} &`,
    nohup: `nohup ${sh('nohup')} ${quiet} &`,
  };
}

/** A script that starts all six and goes on once they are up. */
export function startDaemons(token: string): string {
  const kinds = Object.entries(daemons(token));
  const waits = kinds.map(([kind]) => `while [ ! -e ready-${kind} ]; do sleep 0.02; done`);
  return [...kinds.map(([, line]) => line), ...waits, 'echo up'].join('\n');
}
