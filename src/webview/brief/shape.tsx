/** Shaping a brief: a sentence, places and a planner; its questions; and its proposal, taken line by line or written as files. */
import { useEffect, useState } from 'preact/hooks';
import { Elapsed } from './elapsed';
import { fill, IconButton } from './fields';
import type { Intent } from './messages';
import type { ShapeBrief, ShapeIntent, ShapeLine, ShapePage } from './shapeMessages';

interface Props {
  readonly shape: ShapePage;
  readonly send: (intent: Intent) => void;
}

export function Shape({ shape, send }: Props) {
  const { words, isOpen } = shape;
  const want = (intent: ShapeIntent) => send({ type: 'shape', shape: intent });
  return (
    <section class="shape" aria-label={words.ask} onKeyDown={keepHandOff}>
      <button
        type="button"
        class="link"
        id="f-shape"
        title={words.shapeHint}
        aria-expanded={isOpen}
        onClick={() => want({ do: isOpen ? 'close' : 'open' })}
      >
        <span class="codicon codicon-sparkle" aria-hidden="true" /> {words.shape}
      </button>
      {isOpen && <Asking shape={shape} want={want} />}
      {isOpen && shape.running === null && shape.proposal !== null && (
        <Proposal key={shape.proposal.number} proposal={shape.proposal} words={words} want={want} />
      )}
    </section>
  );
}

/** The keys that hand a brief off do not while somebody shapes it. */
function keepHandOff(event: KeyboardEvent): void {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.stopPropagation();
}

interface PartProps {
  readonly shape: ShapePage;
  readonly want: (intent: ShapeIntent) => void;
}

function Asking({ shape, want }: PartProps) {
  const { words, questions, running, round } = shape;
  const [sentence, setSentence] = useState(shape.sentence);
  const [planner, setPlanner] = useState<string | null>(null);
  const [answers, setAnswers] = useState<readonly string[]>([]);
  // What was answered belongs to the questions of its round.
  useEffect(() => setAnswers([]), [round]);
  useEffect(() => setSentence(shape.sentence), [shape.sentence]);
  const chosen = planner ?? shape.planner;
  const isEmpty = sentence.trim() === '';
  const ask = (given: readonly string[]) => {
    if (!isEmpty && running === null) want({ do: 'ask', sentence, planner: chosen, answers: [...given] });
  };
  return (
    <>
      <div class="field">
        <label for="shape-sentence">{words.sentence}</label>
        <textarea
          id="shape-sentence"
          rows={2}
          maxLength={8_000}
          placeholder={words.sentenceHint}
          value={sentence}
          onInput={({ currentTarget }) => setSentence(currentTarget.value)}
          onBlur={() => want({ do: 'keep', sentence })}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.isComposing) ask([]);
          }}
        />
      </div>
      <Places shape={shape} want={want} />
      <div class="field">
        <label for="shape-planner">{words.planner}</label>
        <select
          id="shape-planner"
          value={chosen}
          aria-describedby="shape-planner-hint"
          onChange={({ currentTarget }) => {
            setPlanner(currentTarget.value);
            want({ do: 'choose', planner: currentTarget.value });
          }}
        >
          {shape.planners.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </select>
        {chosen === shape.planner && (
          <p class="note" id="shape-planner-hint">
            {shape.hint}
          </p>
        )}
      </div>
      {running === null && questions.length > 0 && (
        <Questions
          {...{ shape, answers, setAnswers }}
          submit={() => ask(questions.map((_, index) => answers[index] ?? ''))}
        />
      )}
      {running === null ? (
        <button type="button" aria-disabled={isEmpty} title={isEmpty ? words.noSentence : ''} onClick={() => ask([])}>
          {shape.proposal === null && questions.length === 0 ? words.ask : words.askAgain}
        </button>
      ) : (
        <div class="row">
          <button type="button" onClick={() => want({ do: 'stop' })}>
            <span class="codicon codicon-debug-stop" aria-hidden="true" /> {words.stop}
          </button>
          <span class="note">
            <span class="codicon codicon-loading spin" aria-hidden="true" />{' '}
            <Elapsed since={running.since} words={words.running} /> {running.words}
          </span>
        </div>
      )}
      {shape.trouble !== '' && <p class="trouble prose">{shape.trouble}</p>}
    </>
  );
}

function Places({ shape: { words, places }, want }: PartProps) {
  return (
    <fieldset class="field">
      <legend>{words.places}</legend>
      <ul class="rows">
        {places.map((place, index) => (
          <li key={place} class="row">
            <span class="grow mono">{place}</span>
            <IconButton
              icon="close"
              name={`${words.remove}: ${place}`}
              onClick={() => want({ do: 'remove-place', index })}
            />
          </li>
        ))}
      </ul>
      <p class="quick">
        <button type="button" class="link" onClick={() => want({ do: 'add-place', source: 'editor' })}>
          <span class="codicon codicon-file-add" aria-hidden="true" /> {words.fromEditor}
        </button>
        <button type="button" class="link" onClick={() => want({ do: 'add-place', source: 'files' })}>
          <span class="codicon codicon-folder-opened" aria-hidden="true" /> {words.fromFiles}
        </button>
      </p>
    </fieldset>
  );
}

interface QuestionsProps {
  readonly shape: ShapePage;
  readonly answers: readonly string[];
  readonly setAnswers: (answers: readonly string[]) => void;
  readonly submit: () => void;
}

function Questions({ shape: { words, questions }, answers, setAnswers, submit }: QuestionsProps) {
  return (
    <fieldset class="field">
      <legend>{words.questions}</legend>
      {questions.map(({ text, why }, index) => (
        <div class="field" key={`${index} ${text}`}>
          <label for={`shape-question-${index}`}>{text}</label>
          <input
            type="text"
            id={`shape-question-${index}`}
            maxLength={2_000}
            placeholder={words.open}
            aria-describedby={why === '' ? undefined : `shape-question-${index}-why`}
            value={answers[index] ?? ''}
            onInput={({ currentTarget }) =>
              setAnswers(questions.map((_, at) => (at === index ? currentTarget.value : (answers[at] ?? ''))))
            }
          />
          {why !== '' && (
            <p class="note" id={`shape-question-${index}-why`}>
              {why}
            </p>
          )}
        </div>
      ))}
      <button type="button" onClick={submit}>
        {words.answer}
      </button>
    </fieldset>
  );
}

interface ProposalProps {
  readonly proposal: NonNullable<ShapePage['proposal']>;
  readonly words: Readonly<Record<string, string>>;
  readonly want: (intent: ShapeIntent) => void;
}

function Proposal({ proposal, words, want }: ProposalProps) {
  const { number, into, briefs, notes, dropped } = proposal;
  /** What a person ticked or unticked; the rest is as it came. */
  const [ticks, setTicks] = useState<ReadonlyMap<string, boolean>>(new Map());
  const isTaken = ({ id, take, isThere }: ShapeLine) => !isThere && (ticks.get(id) ?? take);
  const taken = briefs.flatMap(({ lines }) => lines.filter(isTaken).map(({ id }) => id));
  const none = into === 'lines' && taken.length === 0;
  const act = () => {
    if (into === 'files') want({ do: 'write', proposal: number });
    else if (!none) want({ do: 'take', proposal: number, lines: taken });
  };
  return (
    <section aria-label={words.proposal}>
      <p class="note">{proposal.head}</p>
      {notes.map((note) => (
        <p class="note" key={note}>
          {note}
        </p>
      ))}
      {briefs.map((brief, index) => (
        <Brief key={brief.file} {...{ brief, into, words }} name={fill(words.brief, index + 1)}>
          {(line) => (
            <Line
              line={line}
              into={into}
              isTaken={isTaken(line)}
              tick={(on) => setTicks(new Map([...ticks, [line.id, on]]))}
            />
          )}
        </Brief>
      ))}
      {dropped.length > 0 && (
        <details>
          <summary>{proposal.droppedWords}</summary>
          <ul>
            {dropped.map((one, index) => (
              <li key={`${index} ${one}`}>{one}</li>
            ))}
          </ul>
        </details>
      )}
      <button type="button" class="wide" aria-disabled={none} title={none ? words.noLines : ''} onClick={act}>
        {fill(proposal.button, taken.length)}
      </button>
    </section>
  );
}

interface BriefProps {
  readonly brief: ShapeBrief;
  readonly into: 'lines' | 'files';
  readonly name: string;
  readonly words: Readonly<Record<string, string>>;
  readonly children: (line: ShapeLine) => preact.ComponentChild;
}

/** Lines under the name of what they would be. */
function Brief({ brief: { file, title, order, lines }, into, name, children }: BriefProps) {
  const kinds = [...new Set(lines.map(({ kind }) => kind))];
  return (
    <fieldset class="field planned" aria-label={into === 'files' ? `${name}: ${title}` : undefined}>
      {into === 'files' && (
        <p>
          <b>{file}</b> {order !== '' && <span class="note">{order}</span>}
        </p>
      )}
      {kinds.map((kind) => (
        <div key={kind} class="kind">
          <p class="note">{kind}</p>
          <ul class="rows">
            {lines
              .filter((line) => line.kind === kind)
              .map((line) => (
                <li key={line.id}>{children(line)}</li>
              ))}
          </ul>
        </div>
      ))}
    </fieldset>
  );
}

interface LineProps {
  readonly line: ShapeLine;
  readonly into: 'lines' | 'files';
  readonly isTaken: boolean;
  readonly tick: (on: boolean) => void;
}

function Line({ line: { kind, text, why, note, isThere }, into, isTaken, tick }: LineProps) {
  const about = [note, why].filter((part) => part !== '');
  const said = (
    <span>
      {text}
      {about.map((part) => (
        <span class="note why" key={part}>
          {part}
        </span>
      ))}
    </span>
  );
  if (into === 'files') return said;
  return (
    <label class="tick">
      <input
        type="checkbox"
        aria-label={`${kind}: ${text}. ${about.join('. ')}`}
        checked={isTaken}
        disabled={isThere}
        onChange={({ currentTarget }) => tick(currentTarget.checked)}
      />
      {said}
    </label>
  );
}
