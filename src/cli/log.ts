/** `log`: the transcript of a task's agent. */
import type { TranscriptLine } from '../core/agent/transcript';
import { TASK_ID } from './arguments';
import { defineCommand } from './command';
import { withHost } from './host';
import type { Output } from './output';
import { readTranscript, watchTranscript } from './watching';

export const log = defineCommand({
  name: 'log',
  group: 'delegate',
  summary: 'what the agent said and did, in its own words',
  about:
    "Prints the transcript of a task: the agent's account, which is no evidence. With --follow it goes on until the task\n" +
    'rests. With --json each line is one JSON document.',
  examples: [
    { run: 'countersign log ID', does: 'everything so far' },
    { run: 'countersign log ID --follow', does: 'as it happens' },
  ],
  positionals: { id: TASK_ID },
  options: { follow: { kind: 'flag', short: 'f', help: 'go on until the task rests' } },
  async run({ id, follow }, context) {
    const print = await printer(context.output);
    const task = { id, repo: context.repo };
    await withHost(context, async (host) => {
      if (follow) await watchTranscript(host, task, print, context.output.closed);
      else await readTranscript(host, task, 1, print);
    });
    return 0;
  },
});

/** Prints each batch as it comes: JSON line by line, text with what belongs together folded. */
async function printer(output: Output): Promise<(lines: readonly TranscriptLine[]) => void> {
  if (output.json) {
    return (lines) => {
      for (const line of lines) output.record(line);
    };
  }
  const { renderTranscript } = await import('../core/agent/renderTranscript');
  return (lines) => output.raw(renderTranscript(lines));
}
