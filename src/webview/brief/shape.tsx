/** Shaping a brief: a sentence, places and a planner, its questions, and what it proposes. */
import { useState } from 'preact/hooks';
import { Elapsed } from './elapsed';
import { IconButton } from './fields';
import type { Intent } from './messages';
import { Proposal } from './proposal';
import { useKeptFocus } from './shapeFocus';
import type { ShapeIntent, ShapePage } from './shapeMessages';

interface Props {
  readonly shape: ShapePage;
  readonly send: (intent: Intent) => void;
}

export function Shape({ shape, send }: Props) {
  const { words, isOpen } = shape;
  const want = (intent: ShapeIntent) => send({ type: 'shape', shape: intent });
  const section = useKeptFocus(shape);
  return (
    <section class="shape" ref={section} aria-label={words.ask} onKeyDown={keepHandOff}>
      <button
        type="button"
        class="link"
        id="f-shape"
        title={words.shapeHint}
        aria-expanded={isOpen}
        onClick={() => want({ do: isOpen ? 'close' : 'open' })}
      >
        <span class={`codicon codicon-${isOpen ? 'chevron-down' : 'sparkle'}`} aria-hidden="true" /> {words.shape}
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

interface Answered {
  readonly round: number;
  readonly answers: readonly string[];
}

/** What the editor keeps of the sentence is where it begins: afterwards a person types in it, and nobody else. */
function Asking({ shape, want }: PartProps) {
  const { words, questions, running, round } = shape;
  const [sentence, setSentence] = useState(shape.sentence);
  const [planner, setPlanner] = useState<string | null>(null);
  // What was answered belongs to the questions of its round.
  const [answered, setAnswered] = useState<Answered>({ round, answers: [] });
  const answers = answered.round === round ? answered.answers : [];
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
          {...{ shape, answers }}
          setAnswers={(next) => setAnswered({ round, answers: next })}
          submit={() => ask(questions.map((_, index) => answers[index] ?? ''))}
        />
      )}
      {shape.trouble !== '' && <p class="trouble prose">{shape.trouble}</p>}
      {running === null ? (
        <button
          type="button"
          id="shape-ask"
          aria-disabled={isEmpty}
          title={isEmpty ? words.noSentence : ''}
          onClick={() => ask([])}
        >
          {shape.proposal === null && questions.length === 0 ? words.ask : words.askAgain}
        </button>
      ) : (
        <div class="row">
          <button type="button" id="shape-stop" onClick={() => want({ do: 'stop' })}>
            <span class="codicon codicon-debug-stop" aria-hidden="true" /> {words.stop}
          </button>
          <span class="note">
            <span class="codicon codicon-loading spin" aria-hidden="true" />{' '}
            <Elapsed since={running.since} words={words.running} />
            {running.words !== '' && ` · ${running.words}`}
          </span>
        </div>
      )}
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
      <div class="quick">
        <button type="button" class="link" id="shape-add" onClick={() => want({ do: 'add-place', source: 'editor' })}>
          <span class="codicon codicon-file-add" aria-hidden="true" /> {words.fromEditor}
        </button>
        <button type="button" class="link" onClick={() => want({ do: 'add-place', source: 'files' })}>
          <span class="codicon codicon-folder-opened" aria-hidden="true" /> {words.fromFiles}
        </button>
      </div>
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
        <div class="field question" key={`${index} ${text}`}>
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
      <button type="button" class="primary" onClick={submit}>
        {words.answer}
      </button>
    </fieldset>
  );
}
