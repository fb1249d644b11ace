/** The second opinion: what there is of it, how to ask for one, and how to go on without. */
import { Badge, Rows } from '../shared/parts';
import { usePage } from './context';
import { OVERRIDE_REVIEW } from './messages';
import type { Opinion } from './model';
import { filled } from './pageState';
import { Button, Given, opening, Part, ReasonForm } from './parts';
import { withKey } from './ui';

export function OpinionSection({ opinion }: { readonly opinion: Opinion }) {
  const { words } = usePage();
  const { mark, lead, notes, unexplained, unexplainedMore } = opinion;
  return (
    <Part name="opinion" title={words.opinion}>
      <p>
        <Badge mark={mark} /> {lead !== '' && <span>{lead}</span>}
      </p>
      {notes.map((note, index) => (
        <p key={`${index} ${note}`} class="note">
          {note}
        </p>
      ))}
      {unexplained.length > 0 && (
        <>
          <h3>{words.unexplained}</h3>
          <Rows rows={unexplained} />
          {unexplainedMore !== '' && <p class="note">{unexplainedMore}</p>}
        </>
      )}
      <OpinionAnswers opinion={opinion} where="opinion" />
    </Part>
  );
}

/** @param where tells apart the places that show it */
export function OpinionAnswers({ opinion, where }: { readonly opinion: Opinion; readonly where: string }) {
  const { words, draft, ui, arrange, send } = usePage();
  const key = `${where} ${OVERRIDE_REVIEW}`;
  const answer = draft.overridden.find(({ id }) => id === 'review');
  const writing = ui.answering.includes(key);
  const set = (on: boolean) => arrange(({ answering }) => ({ answering: withKey(answering, key, on) }));
  const override = answer === undefined ? words.override : words.change;
  return (
    <div class="answers">
      {answer !== undefined && <Given>{filled(words.overridden, answer.reason)}</Given>}
      {!writing && (
        <div class="row">
          {opinion.asks && (
            <Button why={opinion.why} onPress={() => send({ type: 'ask-review' })}>
              {opinion.askWords}
            </Button>
          )}
          {opinion.stops && <Button onPress={() => send({ type: 'stop' })}>{words.stopReview}</Button>}
          {opinion.overrides && (
            <Button
              opens="override"
              label={`${override} ${words.opinion}`}
              onPress={() => {
                opening(OVERRIDE_REVIEW);
                set(true);
              }}
            >
              {override}
            </Button>
          )}
          {answer !== undefined && (
            <Button
              label={`${words.takeBack}: ${words.opinion}`}
              onPress={() => send({ type: 'override-review', reason: '' })}
            >
              {words.takeBack}
            </Button>
          )}
        </div>
      )}
      {writing && (
        <ReasonForm
          form="override"
          field={OVERRIDE_REVIEW}
          label={words.overrideReviewWhy}
          begin={answer?.reason ?? ''}
          button={words.keep}
          onKeep={(reason) => {
            send({ type: 'override-review', reason });
            set(false);
          }}
          onCancel={() => set(false)}
        />
      )}
    </div>
  );
}
