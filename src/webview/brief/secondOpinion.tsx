/** Who reads the result before the person who signs off does, and what hangs on it. */
import { AgentSelect } from './agentSelect';
import { type FormProps, Group, Problem, TextField } from './fields';

export function SecondOpinion({ form, session }: FormProps) {
  const { words, fields, reviewing } = form;
  const chosen = session.chosen('review.agent', reviewing.chosen);
  const required = fields['review.required']!;
  const problem = session.refusal('review.required') || required.problem || required.locked;
  return (
    <Group place="review" label={words.review}>
      <div class="field">
        <AgentSelect words={words} session={session} place="review.agent" label={words.reviewBy} choice={reviewing} />
      </div>
      {(chosen === 'command' || fields['review.command']?.value !== '') && (
        <TextField
          label={words.reviewCommand}
          session={session}
          place="review.command"
          field={fields['review.command']!}
          mono
        />
      )}
      <div class="three">
        <TextField
          label={words.reviewMinutes}
          session={session}
          place="review.minutes"
          field={fields['review.minutes']!}
          hint="15"
          numeric
        />
      </div>
      <label class="tick">
        <input
          type="checkbox"
          id="f-review-required"
          checked={session.chosen('review.required', required.value === 'true')}
          disabled={required.locked !== ''}
          aria-describedby={problem === '' ? undefined : 'f-review-required-problem'}
          onChange={({ currentTarget: { checked: on } }) =>
            session.choose('review.required', on, {
              kind: 'set',
              key: 'review.required',
              was: session.was('review.required'),
              text: on ? 'true' : '',
            })
          }
        />
        <span>{words.reviewRequired}</span>
      </label>
      <Problem place="review.required" text={problem} />
    </Group>
  );
}
