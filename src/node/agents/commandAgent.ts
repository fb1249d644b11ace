/**
 * The built-in agent: the brief's `command`, run by the shell in the worktree. In a correction it runs again and finds
 * what to correct in its environment: `COUNTERSIGN_TURN` and `COUNTERSIGN_CORRECTION`.
 */
import type { Readable } from 'node:stream';
import { fail } from '../../core/errors';
import type { TurnOutcome } from '../../core/ports/agents';
import type { ConfinedSpec, Running } from '../process/run';
import { QuietTimer, TurnDeadline } from './timers';
import type { Surroundings, Turn } from './turn';
import { UpdateBuffer } from './updateBuffer';

/** Characters of a correction that go into the environment; the system allows 128 KiB for one variable. */
const MAX_CORRECTION = 32_768;

/**
 * Runs the command to its end. A non-zero exit is no error here: the outcome says `exit` with the code, and the caller
 * decides. `cancelled` and `timeout` when it was stopped. Throws BRIEF_INVALID without a command, COMMAND_FAILED when
 * the shell could not be started.
 */
export async function runCommandTurn(
  { request, events, signal }: Turn,
  { confinement, start, limits, home, state, network }: Surroundings,
): Promise<TurnOutcome> {
  const spec = commandSpec(request, { home, state, network });
  const updates = new UpdateBuffer((update) => events.update(update));
  const quiet = new QuietTimer(limits.quiet, () => events.wrote());
  const deadline = new TurnDeadline(request.limit, signal);
  try {
    await events.session(null, { name: 'command', version: null });
    if (deadline.reason !== null) return { stop: deadline.reason, exit: null, usage: null, survivors: [] };
    updates.push({ kind: 'note', text: `$ ${request.brief.front.command}` });
    const running = await start(confinement, spec);
    const drained = Promise.all(
      (['stdout', 'stderr'] as const).map((stream) =>
        read(running[stream], (text) => {
          quiet.touch();
          updates.push({ kind: 'output', stream, text });
        }),
      ),
    );
    const outcome = await finish(running, deadline, limits.grace);
    await drained;
    events.wrote();
    return outcome;
  } finally {
    deadline.dispose();
    quiet.dispose();
    updates.flush();
  }
}

function commandSpec(
  { brief, task, turn, kind, prompt, worktree, readable, hidden }: Turn['request'],
  { home, state, network }: Pick<Surroundings, 'home' | 'state' | 'network'>,
): ConfinedSpec {
  const shell = brief.front.command;
  if (shell === undefined) {
    return fail('BRIEF_INVALID', 'the agent is `command` and the brief has no `command:`', {
      fix: 'add `command: …` to the front matter, or name another agent',
    });
  }
  return {
    task,
    command: { shell },
    cwd: worktree,
    env: {
      COUNTERSIGN_TURN: String(turn),
      ...(kind === 'correction'
        ? { COUNTERSIGN_CORRECTION: prompt.replaceAll('\0', '').slice(0, MAX_CORRECTION) }
        : {}),
    },
    writable: [worktree],
    readable,
    hidden: [state, ...hidden],
    home,
    network,
    stdin: 'ignore',
  };
}

/** Waits until it has ended, by itself or because its time is over. */
export async function finish(running: Running, deadline: TurnDeadline, graceMs: number): Promise<TurnOutcome> {
  const first = await Promise.race([running.exited, deadline.reached]);
  if (typeof first === 'string') {
    return { stop: first, exit: null, usage: null, survivors: await running.stop(graceMs) };
  }
  return { stop: 'exit', exit: first.code, usage: null, survivors: first.survivors };
}

/** Reads a stream as text to its end, whatever end it is: closed by us, by the program or by an error. */
async function read(stream: Readable, onText: (text: string) => void): Promise<void> {
  stream.setEncoding('utf8');
  stream.on('data', onText);
  await new Promise<void>((resolve) => {
    stream.once('close', resolve).once('error', () => resolve());
  });
}
