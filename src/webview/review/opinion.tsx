/** The second opinion: what there is of it, how to ask for one, and how to go on without. */
import { Badge } from '../shared/parts';
import { usePage } from './context';
import type { Opinion, PageFinding } from './model';
import { Override } from './override';
import { Button, Part } from './parts';

export function OpinionSection({ opinion }: { readonly opinion: Opinion }) {
  const { words } = usePage();
  const { mark, lead, notes, unexplained, unexplainedMore } = opinion;
  return (
    <Part name="opinion" title={words.opinion}>
      <p>
        <Badge mark={mark} />
      </p>
      {lead !== '' && <p>{lead}</p>}
      {notes.map((note, index) => (
        <p key={`${index} ${note}`} class="note">
          {note}
        </p>
      ))}
      {unexplained.length > 0 && (
        <>
          <h3>{words.unexplained}</h3>
          <ul class="unserved">
            {unexplained.map(({ label, value }, index) => (
              <li key={`${index} ${label}`}>
                <code>{label}</code> <span>{value}</span>
              </li>
            ))}
          </ul>
          {unexplainedMore !== '' && <p class="note">{unexplainedMore}</p>}
        </>
      )}
      <OpinionAnswers opinion={opinion} where="opinion" />
    </Part>
  );
}

/** What a reviewer adds to a finding: what to do about it, and that it is somebody's opinion. */
export function OpinionSaid({ finding: { suggestion, about } }: { readonly finding: PageFinding }) {
  return (
    <>
      {suggestion !== '' && <p class="message">{suggestion}</p>}
      <p class="note why">{about}</p>
    </>
  );
}

/** @param where tells apart the places that show it */
export function OpinionAnswers({ opinion, where }: { readonly opinion: Opinion; readonly where: string }) {
  const { words, send } = usePage();
  const { asks, why, askWords, stops, overrides } = opinion;
  const asking = (
    <>
      {asks && (
        <Button why={why} onPress={() => send({ type: 'ask-review' })}>
          {askWords}
        </Button>
      )}
      {stops && <Button onPress={() => send({ type: 'stop' })}>{words.stopReview}</Button>}
    </>
  );
  return (
    <Override
      id="review"
      name={words.opinion}
      where={where}
      asks={overrides}
      why={words.overrideReviewWhy}
      onReason={(reason) => send({ type: 'override-review', reason })}
      before={asking}
    />
  );
}
