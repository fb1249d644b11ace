/** `brief shape`: from a sentence and some places to briefs that a person edits and owns. */
import { resolve } from 'node:path';
import { fail, toCountersignError } from '../core/errors';
import type { Place, Plan } from '../core/plan/plan';
import { NO_PLANNER } from '../core/plan/planner';
import { type Context, defineCommand, type Exit } from './command';
import { withHost } from './host';
import { writePlan } from './planFiles';
import { planTable, questionLines } from './planText';
import { Progress } from './progress';
import { askLine, canAsk } from './question';
import { readStdin } from './stdin';
import { requirePerson } from './surroundings';
import { onSignal } from './waiting';

export const briefShape = defineCommand({
  name: 'brief shape',
  group: 'start',
  summary: 'shapes a brief from one sentence, with a planner that only reads',
  about:
    'Puts your sentence and the places that you point at before a planner that reads a clean checkout and can write nothing:\n' +
    'the agent of --planner, of your configuration (`planner:`), or one that is installed. What it proposes is held against\n' +
    'the repository: a pattern that names nothing or everything, or a command that the project does not know is not taken,\n' +
    'and told. It grants nothing and names nobody. It may ask at most three questions, once. A large wish becomes several\n' +
    'briefs with an order, whose scopes share no file. With `--planner none`, or where no agent is installed, the brief is a\n' +
    'guess from the repository, and says so. The briefs are yours: read and edit them. Exits 1 when questions are open, 3\n' +
    'when there is no plan. Ctrl-C stops it.',
  examples: [
    { run: 'countersign brief shape "retry on 429" --place src/http -o briefs/', does: 'asks, answers, writes' },
    { run: 'countersign brief shape "retry on 429" --answer 1="at most three times"', does: 'answers what was asked' },
    { run: 'countersign brief shape - --planner none < wish.txt', does: 'a guess, from a text on stdin' },
  ],
  positionals: {
    sentence: {
      value: 'SENTENCE',
      help: 'what you want, in your own words; `-` reads it from stdin',
      many: true,
      optional: true,
    },
  },
  options: {
    place: { kind: 'list', value: 'PATH[:LINE]', help: 'a file or folder that it is about' },
    planner: { kind: 'text', value: 'ID', help: 'who plans: an agent, or `none`' },
    command: { kind: 'text', value: 'CMD', help: 'a shell command that reads the question and prints the answer' },
    answer: { kind: 'list', value: 'N=TEXT', help: 'answers question N of the run before' },
    minutes: { kind: 'text', value: 'N', help: 'how long it may take (default: 10)' },
    reasons: { kind: 'flag', help: 'writes the reasons into the brief, as comments' },
    output: { kind: 'text', short: 'o', value: 'FILE|DIR', help: 'where to write (default: stdout)' },
  },
  async run({ sentence, place, planner, command, answer, minutes, reasons, output: target }, context) {
    const intent = await intentOf(sentence);
    const wish: Wish = { intent, places: place.map((one) => placeOf(one, context.cwd)), answers: answersOf(answer) };
    const asked: Asked = {
      ...(planner === undefined ? {} : { planner }),
      ...(command === undefined ? {} : { command }),
      ...(minutes === undefined ? {} : { minutes: minutesOf(minutes) }),
    };
    const plan =
      planner === NO_PLANNER && command === undefined ? await guess(wish, context) : await ask(wish, asked, context);
    return show(plan, { target, reasons }, context);
  },
});

interface Wish {
  readonly intent: string;
  readonly places: readonly Place[];
  readonly answers: readonly { readonly question: number | string; readonly answer: string }[];
}

interface Asked {
  readonly planner?: string;
  readonly command?: string;
  readonly minutes?: number;
}

const MOST_INTENT = 8_000;

async function intentOf(words: readonly string[]): Promise<string> {
  const given = words.join(' ').trim();
  const intent = (
    given === '-'
      ? await readStdin(MOST_INTENT * 4)
      : given === '' && canAsk()
        ? await askLine('What do you want? ')
        : given
  ).trim();
  if (intent === '') fail('USAGE', 'there is no sentence', { fix: 'say what you want: countersign brief shape "…"' });
  if (intent.length > MOST_INTENT) {
    fail('USAGE', `the wish is longer than ${MOST_INTENT} characters`, {
      fix: 'say it shorter, and point at files with --place',
    });
  }
  return intent;
}

/** `PATH` or `PATH:LINE`; a path is that of the current folder. */
function placeOf(text: string, cwd: string): Place {
  const match = /^(.+):(\d{1,9})$/s.exec(text);
  const line = match === null ? null : Number(match[2]);
  if (line === 0) fail('USAGE', `--place ${text}: lines count from 1`);
  return { path: resolve(cwd, match?.[1] ?? text), line };
}

function answersOf(given: readonly string[]): Wish['answers'] {
  const answers = given.map((text) => {
    const match = /^([1-3])=(.*)$/s.exec(text);
    if (match === null)
      fail('USAGE', `--answer "${text.slice(0, 100)}" is not N=TEXT`, { fix: 'write --answer 1="your answer"' });
    return { question: Number(match[1]), answer: (match[2] ?? '').trim() };
  });
  const twice = answers.find(
    ({ question }, index) => answers.findIndex((other) => other.question === question) !== index,
  );
  if (twice !== undefined) fail('USAGE', `question ${twice.question} is answered twice`);
  return answers;
}

function minutesOf(text: string): number {
  const minutes = Number(text);
  if (minutes > 0 && minutes <= 600) return minutes;
  return fail('USAGE', `--minutes is a number up to 600; not "${text.slice(0, 50)}"`);
}

/** Without any model, and without the host. */
async function guess({ intent, places, answers }: Wish, { repo }: Context): Promise<Plan> {
  if (answers.length > 0) fail('USAGE', 'nobody asked anything: there is no planner', { fix: 'leave --answer out' });
  const [{ readSurroundings }, { readOffer, seePlaces }, { guessPlan }] = await Promise.all([
    import('../node/briefs/surroundings'),
    import('../node/briefs/offer'),
    import('../core/plan/guess'),
  ]);
  const around = await readSurroundings(repo);
  const [offer, seen] = await Promise.all([readOffer(around), seePlaces(places, around)]);
  const wish = { intent, places: seen.map(({ path, line }) => ({ path, line })), answers: [], final: true };
  return {
    ...{ schema: 1, ...guessPlan(wish, seen, offer), intent, base: around.head },
    planner: { kind: 'none', id: NO_PLANNER, name: 'no model', version: null },
    ...{ seconds: 0, usage: null, confinement: null, refused: [] },
  };
}

/** Asks a planner; on a terminal its questions are put to the person, once, and then it must propose. */
async function ask(wish: Wish, asked: Asked, context: Context): Promise<Plan> {
  requirePerson(context.env, 'ask a planner');
  return withHost(context, async (host) => {
    using progress = new Progress(context.output, 'asking a planner');
    host.on('plan/progress', ({ message }) => progress.stage(message));
    const shape = async (round: Wish & { readonly final: boolean }): Promise<Plan> => {
      const plan = crypto.randomUUID();
      let interrupts = 0;
      const release = onSignal('SIGINT', () => {
        interrupts += 1;
        if (interrupts > 1) process.exit(130);
        progress.stage('stopping (Ctrl-C again: do not wait)');
        host.request('brief/shape-stop', { plan }).catch(() => undefined);
      });
      try {
        const places = wish.places.map((place) => ({ ...place }));
        const answers = round.answers.map((one) => ({ ...one }));
        return await host.request('brief/shape', { repo: context.repo, ...round, places, answers, ...asked, plan });
      } finally {
        release();
      }
    };
    const first = await shape({ ...wish, final: false });
    if (first.questions.length === 0 || context.output.json || !canAsk()) return first;
    progress.pause();
    const answers = await answersAtTerminal(first);
    const isSilent = answers.every(({ answer }) => answer === '');
    if (isSilent && first.briefs.length > 0) return { ...first, questions: [] };
    progress.resume();
    return shape({ ...wish, answers, final: true });
  });
}

async function answersAtTerminal({ questions }: Plan): Promise<Wish['answers']> {
  const answers: { question: string; answer: string }[] = [];
  for (const [index, { text, why }] of questions.entries()) {
    const reason = why === '' ? '' : ` (${why})`;
    answers.push({
      question: text,
      answer: await askLine(`${index + 1}. ${text}${reason}\n   Enter leaves it open: `),
    });
  }
  return answers;
}

async function show(
  plan: Plan,
  { target, reasons }: { readonly target: string | undefined; readonly reasons: boolean },
  { output, cwd }: Context,
): Promise<Exit> {
  const { withReasons } = await import('../core/plan/reasons');
  const briefs = reasons ? plan.briefs.map(withReasons) : plan.briefs;
  const shown = { ...plan, briefs };
  const files =
    target === undefined || briefs.length === 0 ? null : await writePlan(shown, target, cwd).catch(toCountersignError);
  output.document({ ...shown, files: Array.isArray(files) ? files : null });
  if (!output.json) {
    output.note(planTable(plan));
    if (plan.questions.length > 0) output.note(questionLines(plan));
  }
  // What was paid for is shown, also where it could not be written.
  if (!Array.isArray(files)) {
    for (const { file, text } of briefs) output.raw(briefs.length === 1 ? text : `===== ${file} =====\n${text}\n`);
    if (files !== null) throw files;
  } else {
    output.text(files.map((file) => `wrote ${file}`).join('\n'));
    output.note(
      `the ${files.length === 1 ? 'brief is' : 'briefs are'} yours: read, edit, then \`countersign brief check ${files[0]}\``,
    );
  }
  return plan.questions.length > 0 ? 1 : 0;
}
