/** After a correction: what broke first, then what became of each thing that was sent, then what is left to do. */
import { Badge, Rows } from '../shared/parts';
import type { Afterwards, PageBroken, PageChoice, PageCorrected } from './afterwardsModel';
import { usePage } from './context';
import type { Deed } from './model';
import { filled } from './pageState';
import { Button, Part } from './parts';

interface Section {
  readonly afterwards: Afterwards;
  /** Begins what an action of the top stands for. */
  readonly onDeed: (deed: Deed) => void;
}

export function AfterwardsSection({ afterwards, onDeed }: Section) {
  const { words } = usePage();
  const { lead, broken, items, notes, earlier, choices, choicesLead, taken } = afterwards;
  return (
    <Part name="afterwards" title={words.afterwards}>
      {lead !== '' && (
        <>
          <p class="broken">
            <Badge mark={broken.mark} />
          </p>
          <ul class="plain corrected">
            {broken.items.map((item, index) => (
              <Broken key={`${index} ${item.what}`} item={item} index={index} />
            ))}
          </ul>
          {broken.more !== '' && <p class="note">{broken.more}</p>}
          <p>{lead}</p>
          <ul class="plain corrected">
            {items.map((item, index) => (
              <Corrected key={`${index} ${item.what}`} item={item} index={index} />
            ))}
          </ul>
        </>
      )}
      {notes.map((note) => (
        <p key={note} class="note">
          {note}
        </p>
      ))}
      <Rows rows={earlier} />
      {taken !== null && <Taken taken={taken} />}
      {choices.length > 0 && (
        <>
          <p>{choicesLead}</p>
          <Choices choices={choices} onDeed={onDeed} />
        </>
      )}
    </Part>
  );
}

function Broken({ item, index }: { readonly item: PageBroken; readonly index: number }) {
  const { what, message, mark, tests, more, opens } = item;
  return (
    <li class="corrected-item" data-tone={mark.tone}>
      <p>
        <Badge mark={mark} /> {what}
      </p>
      <p class="prose">{message}</p>
      {tests.length > 0 && (
        <ul class="plain tight">
          {tests.map((test, at) => (
            <li key={`${at} ${test}`}>
              <code>{test}</code>
            </li>
          ))}
          {more !== '' && <li class="note">{more}</li>}
        </ul>
      )}
      <Evidence of="broken" place={index} opens={opens} what={what} />
    </li>
  );
}

function Corrected({ item, index }: { readonly item: PageCorrected; readonly index: number }) {
  const { what, message, mark, because, says, opens } = item;
  return (
    <li class="corrected-item" data-tone={mark.tone}>
      <p>
        <Badge mark={mark} /> {what}
      </p>
      <p class="prose">{because}</p>
      {message !== '' && <p class="note">{message}</p>}
      {says !== '' && <p class="note">{says}</p>}
      <Evidence of="items" place={index} opens={opens} what={what} />
    </li>
  );
}

interface EvidenceProps {
  readonly of: 'broken' | 'items';
  readonly place: number;
  readonly opens: PageCorrected['opens'];
  readonly what: string;
}

function Evidence({ of, place, opens, what }: EvidenceProps) {
  const { words, send } = usePage();
  if (opens === '') return null;
  const label = opens === 'log' ? words.showLog : words.openDiff;
  return (
    <p class="row">
      <Button quiet label={`${label}: ${what}`} onPress={() => send({ type: 'open-corrected', of, place })}>
        {label}
      </Button>
    </p>
  );
}

function Taken({ taken: { lead, why } }: { readonly taken: NonNullable<Afterwards['taken']> }) {
  const { words, send } = usePage();
  return (
    <>
      <p>{lead}</p>
      <p class="row">
        <Button why={why} onPress={() => send({ type: 'take-over' })}>
          {words.openFolder}
        </Button>
        <Button why={why} primary onPress={() => send({ type: 'hand-in' })}>
          {words.handIn}
        </Button>
        <Button why={why} onPress={() => send({ type: 'give-up' })}>
          {words.giveUp}
        </Button>
      </p>
    </>
  );
}

function Choices({ choices, onDeed }: { readonly choices: readonly PageChoice[]; readonly onDeed: Section['onDeed'] }) {
  const { words, send } = usePage();
  const begin = ({ choice }: PageChoice) => {
    if (choice === 'take-over' || choice === 'split') send({ type: choice });
    else onDeed(choice);
  };
  return (
    <ul class="plain choices">
      {choices.map((one) => (
        <li key={one.choice}>
          <Button why={one.why} opens={one.choice} onPress={() => begin(one)}>
            {one.words}
          </Button>{' '}
          <span class="note">{one.why === '' ? one.does : filled(words.notNow, one.why)}</span>
        </li>
      ))}
    </ul>
  );
}
