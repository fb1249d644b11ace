/** `doctor`: what this machine has, and what it lacks. */

import { visible } from '../core/visible';
import { defineCommand } from './command';
import type { Finding } from './diagnosis';
import type { Output, Style } from './output';

export const doctor = defineCommand({
  name: 'doctor',
  group: 'machine',
  summary: 'what this machine has, and what it lacks',
  about:
    'Looks at Node.js, git, the sandbox, the state directory, the configuration, the host, the agents and who git says\n' +
    'that you are. Each line is ok, warn or fail, with what to do. Changes nothing. Exits 1 when something fails.',
  examples: [{ run: 'countersign doctor', does: 'the first thing to run when something does not work' }],
  positionals: {},
  options: {},
  async run(_, context) {
    const { diagnose } = await import('./diagnosis');
    const findings = await diagnose(context);
    const { output } = context;
    output.document({ ok: findings.every(({ status }) => status !== 'fail'), findings });
    output.styled(findings.map((finding) => line(finding, output)).join('\n'));
    return findings.some(({ status }) => status === 'fail') ? 1 : 0;
  },
});

const STYLES = { ok: 'green', warn: 'yellow', fail: 'red' } as const satisfies Record<Finding['status'], Style>;

function line({ what, status, says, fix }: Finding, output: Output): string {
  const head = `${output.style(STYLES[status], status.padEnd(4))}  ${what.padEnd(10)} ${visible(says)}`;
  return fix === null ? head : `${head}\n      ${' '.repeat(10)} fix: ${visible(fix)}`;
}
