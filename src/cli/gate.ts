/** `gate`: for continuous integration, whether every commit of a task in a range was signed off for exactly its tree. */
import { NOTES_REF } from '../core/signoff/receipts';
import { visible } from '../core/visible';
import { defineCommand } from './command';

const RECEIPTS = {
  verified: '  receipts as signed off',
  missing: '  receipts not here',
  none: '',
} as const;

export const gate = defineCommand({
  name: 'gate',
  group: 'judge',
  summary: 'refuses a range of commits in which work of a task is not signed off',
  about:
    'For continuous integration. Reads the commits that --head has and --base has not. A commit that names a task must\n' +
    'carry the trailers of a sign-off whose tree is exactly its own, with every check passed or overridden; snapshots of\n' +
    'a task are accepted only where such a commit merges them. Other commits pass, unless --require-all is given.\n' +
    'Receipts of the checks are read from refs/notes/countersign where they are here: others than those that were signed\n' +
    'off refuse the commit; that there are none is told.\n' +
    'Needs the whole range: in a shallow clone, fetch it first.',
  examples: [
    { run: 'countersign gate --base origin/main --head HEAD', does: 'exits 1 when a commit is not signed off' },
    {
      run: 'countersign gate --base origin/main --head HEAD --require-all',
      does: 'for a branch to which nothing but signed-off tasks may go',
    },
  ],
  positionals: {},
  options: {
    base: { kind: 'text', value: 'REV', help: 'where the range begins; not part of it', required: true },
    head: { kind: 'text', value: 'REV', help: 'where the range ends', required: true },
    'require-all': { kind: 'flag', help: 'every commit must be signed off, merges excepted' },
  },
  async run({ base, head, 'require-all': requireAll }, { repo, output }) {
    const [{ judgeGate }, { commitsOfRange }] = await Promise.all([
      import('../core/signoff/gate'),
      import('../node/commitsOfRange'),
    ]);
    const commits = await commitsOfRange(repo, base, head);
    const verdict = judgeGate(commits, { requireAll });
    output.document(verdict);
    for (const { commit, task, by, receipts } of verdict.signed) {
      const who = `${visible(task)}  by ${visible(by.name)} <${visible(by.email)}>`;
      output.text(`signed  ${commit.slice(0, 12)}  ${who}${RECEIPTS[receipts]}`);
    }
    if (verdict.signed.some(({ receipts }) => receipts === 'missing')) {
      output.note(`Receipts are in ${NOTES_REF}: fetch them with \`git fetch origin ${NOTES_REF}:${NOTES_REF}\``);
    }
    for (const { commit, problem } of verdict.problems)
      output.text(`REFUSED ${commit.slice(0, 12)}  ${visible(problem)}`);
    if (verdict.ok) {
      output.text(`${commits.length} commits, ${verdict.signed.length} of them signed-off tasks: nothing in the way`);
      return 0;
    }
    output.note(
      `countersign: GATE_FAILED: ${verdict.problems.length} of ${commits.length} commits are refused\n` +
        'fix: sign the named commits off, or remove them from the range',
    );
    return 1;
  },
});
