/** The criteria matrix: each criterion with its state, its evidence to open, and a person's word; then what serves none. */
import { Badge } from '../shared/parts';
import { usePage } from './context';
import type { PageCriterion, PagePiece, PageUnexplained } from './criteriaModel';
import type { Evidence } from './model';
import { filled } from './pageState';
import { Button, Given, opening, Part, ReasonForm } from './parts';
import { withKey } from './ui';

export function CriteriaSection({ evidence: { criteria, unexplained } }: { readonly evidence: Evidence }) {
  const { words } = usePage();
  return (
    <Part name="criteria" title={`${words.criteria} (${criteria.length})`}>
      <ul class="plain matrix">
        {criteria.map((criterion, index) => (
          <CriterionItem key={`${index} ${criterion.text}`} criterion={criterion} index={index} />
        ))}
      </ul>
      {unexplained !== null && <Unexplained changes={unexplained} />}
    </Part>
  );
}

interface Item {
  readonly criterion: PageCriterion;
  /** Its place in the brief, by which intents name it. */
  readonly index: number;
}

function CriterionItem({ criterion, index }: Item) {
  const { mark, id, text, because, proposed, stale, accepted } = criterion;
  return (
    <li class="criterion" data-tone={mark.tone} data-index={index}>
      <div>
        <p>
          <strong>{id}</strong> <Badge mark={mark} />
        </p>
        <p class="prose">{text}</p>
      </div>
      <div>
        {because !== '' && <p class="note">{because}</p>}
        <Pieces criterion={criterion} index={index} />
        {proposed !== '' && <p class="note">{proposed}</p>}
        {accepted !== '' && stale === '' && <Given>{accepted}</Given>}
        {stale !== '' && (
          <>
            <p class="note">{accepted}</p>
            <p class="stale">{stale}</p>
          </>
        )}
        <Word criterion={criterion} index={index} />
      </div>
    </li>
  );
}

function Pieces({ criterion: { id, evidence, more }, index }: Item) {
  const { words, send } = usePage();
  if (evidence.length === 0) return null;
  return (
    <>
      <ul class="plain tight pieces" aria-label={filled(words.evidenceOf, id)}>
        {evidence.map((piece, at) => (
          <li key={`${at} ${piece.name}`}>
            <Button
              quiet
              onPress={() => {
                if (piece.check === null) send({ type: 'open-evidence', criterion: index, piece: at });
                else focusCheck(piece.check);
              }}
            >
              <PieceWords piece={piece} />
            </Button>{' '}
            {piece.detail !== '' && <span class="note">{piece.detail}</span>}
          </li>
        ))}
      </ul>
      {more !== '' && <p class="note">{more}</p>}
    </>
  );
}

function PieceWords({ piece: { mark, kind, name } }: { readonly piece: PagePiece }) {
  return (
    <>
      <span class="symbol" data-tone={mark.tone} aria-hidden="true">
        {mark.symbol}
      </span>{' '}
      {kind} <span class="named">{name}</span>: {mark.words}
    </>
  );
}

function focusCheck(index: number): void {
  const item = document.getElementById(`check-${index}`);
  item?.focus({ preventScroll: true });
  item?.scrollIntoView({ block: 'nearest' });
}

/** A person's word for a criterion: asked for, given, changed, taken back. */
function Word({ criterion: { id, accepts, withdraws, begin, why, accepted, stale }, index }: Item) {
  const { words, page, ui, arrange, send } = usePage();
  const field = `criterion:${index}`;
  const writing = accepts && ui.answering.includes(field);
  const set = (on: boolean) => arrange(({ answering }) => ({ answering: withKey(answering, field, on) }));
  const tree = page.head?.tree ?? '';
  if (!accepts && !withdraws) return null;
  const given = accepted !== '' && stale === '';
  const button = given ? words.change : words.accept;
  return (
    <div class="answers">
      {!writing && (
        <div class="row">
          {accepts && (
            <Button
              opens="criterion"
              label={`${button} ${id}`}
              why={why}
              onPress={() => {
                opening(field);
                set(true);
              }}
            >
              {button}
            </Button>
          )}
          {withdraws && (
            <Button
              label={`${words.takeBack}: ${id}`}
              why={why}
              onPress={() => send({ type: 'accept-criterion', criterion: index, tree, reason: '' })}
            >
              {words.takeBack}
            </Button>
          )}
          {why !== '' && <span class="note">{why}</span>}
        </div>
      )}
      {writing && (
        <ReasonForm
          form="criterion"
          field={field}
          label={filled(words.acceptCriterionWhy, id)}
          begin={begin}
          button={words.acceptCriterionNow}
          why={why}
          onKeep={(reason) => {
            send({ type: 'accept-criterion', criterion: index, tree, reason });
            set(false);
          }}
          onCancel={() => set(false)}
        />
      )}
    </div>
  );
}

function Unexplained({ changes: { lead, items, more } }: { readonly changes: PageUnexplained }) {
  const { words, send } = usePage();
  return (
    <div class="unexplained">
      <h3>{words.unexplainedChanges}</h3>
      <p class="note">{lead}</p>
      {items.length > 0 && (
        <ul class="plain tight pieces" aria-label={words.unexplainedChanges}>
          {items.map(({ place, detail }, index) => (
            <li key={`${index} ${place}`}>
              <Button quiet onPress={() => send({ type: 'open-unexplained', index })}>
                {filled(words.openPlace, place)}
              </Button>{' '}
              {detail !== '' && <span class="note">{detail}</span>}
            </li>
          ))}
        </ul>
      )}
      {more !== '' && <p class="note">{more}</p>}
    </div>
  );
}
