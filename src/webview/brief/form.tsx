/** The form from top to bottom: what, how far, when it is done, by what it is proven, by whom. */
import { Agent, More } from './agent';
import { Checks } from './checks';
import { type FormProps, fill, TextField } from './fields';
import { Criteria, NonGoals } from './items';
import { Bar, Readiness } from './readiness';
import { Scope } from './scope';
import { Shape } from './shape';
import type { ShapePage } from './shapeMessages';

interface Props extends FormProps {
  readonly goTo: (key: string) => void;
  readonly isMoreOpen: boolean;
  readonly openMore: (open: boolean) => void;
  /** Null before the editor has said what there is to shape with. */
  readonly shape: ShapePage | null;
}

export function Form({ goTo, isMoreOpen, openMore, shape, ...props }: Props) {
  const { form, session, send } = props;
  const { words, fields } = form;
  return (
    <main aria-label={words.form}>
      <h1 class="aloud">{words.form}</h1>
      {form.unreadable !== null && (
        <div class="problem">
          <p>
            {form.unreadable.line !== null && `${fill(words.showInFile, form.unreadable.line)}: `}
            {form.unreadable.text}
          </p>
          <button type="button" onClick={() => send({ type: 'open-problem' })}>
            {words.openFile}
          </button>
        </div>
      )}
      <TextField
        label={words.goal}
        session={session}
        place="goal"
        field={fields.goal!}
        hint={words.goalHint}
        lines
        required
      />
      {shape !== null && <Shape shape={shape} send={send} />}
      <NonGoals {...props} />
      <Scope {...props} list="change" />
      <Scope {...props} list="avoid" />
      <Criteria {...props} />
      <Checks {...props} />
      <Agent {...props} />
      <TextField
        label={words.reviewer}
        session={session}
        place="reviewer"
        field={fields.reviewer!}
        hint={words.reviewerHint}
        required
      />
      <TextField
        label={words.context}
        session={session}
        place="context"
        field={fields.context!}
        hint={words.contextHint}
        lines
      />
      <details class="more" open={isMoreOpen} onToggle={({ currentTarget }) => openMore(currentTarget.open)}>
        <summary>{words.more}</summary>
        <More {...props} />
      </details>
      <Readiness {...props} goTo={goTo} />
      <Bar {...props} goTo={goTo} />
    </main>
  );
}
