/** Going on without a check, or without a review: with a reason, which can be changed and taken back. */
import type { ComponentChildren } from 'preact';
import { usePage } from './context';
import { filled } from './pageState';
import { Button, Given, opening, ReasonForm } from './parts';
import { withKey } from './ui';

interface OverrideProps {
  /** What is overridden, as the draft has it: a check's place, or `review`. */
  readonly id: string;
  /** The same for people: the buttons name it. */
  readonly name: string;
  /** Tells apart the places that show it. */
  readonly where: string;
  /** Whether sign-off waits for it. */
  readonly asks: boolean;
  /** What the reason is for, over its box. */
  readonly why: string;
  /** Gets the reason; an empty one takes it back. */
  readonly onReason: (reason: string) => void;
  /** Buttons of the same row, before and after. */
  readonly before?: ComponentChildren;
  readonly after?: ComponentChildren;
}

export function Override({ id, name, where, asks, why, onReason, before, after }: OverrideProps) {
  const { words, draft, ui, arrange } = usePage();
  const field = `override:${id}`;
  const key = `${where} ${field}`;
  const answer = draft.overridden.find((own) => own.id === id);
  const writing = ui.answering.includes(key);
  const set = (on: boolean) => arrange(({ answering }) => ({ answering: withKey(answering, key, on) }));
  const word = answer === undefined ? words.override : words.change;
  const write = () => {
    opening(field);
    set(true);
  };
  return (
    <div class="answers">
      {answer !== undefined && <Given>{filled(words.overridden, answer.reason)}</Given>}
      {!writing && (
        <div class="row">
          {before}
          {asks && (
            <Button opens="override" onPress={write} label={`${word} ${name}`}>
              {word}
            </Button>
          )}
          {answer !== undefined && (
            <Button label={`${words.takeBack}: ${name}`} onPress={() => onReason('')}>
              {words.takeBack}
            </Button>
          )}
          {after}
        </div>
      )}
      {writing && (
        <ReasonForm
          form="override"
          field={field}
          label={why}
          begin={answer?.reason ?? ''}
          button={words.keep}
          onKeep={(reason) => {
            onReason(reason);
            set(false);
          }}
          onCancel={() => set(false)}
        />
      )}
    </div>
  );
}
