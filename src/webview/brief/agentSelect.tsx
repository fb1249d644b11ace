/** A list of agents to choose from, those that can start first, with what there is to know of the chosen one. */
import { type FormProps, idOf, Problem } from './fields';
import type { BriefForm } from './messages';

interface Props extends Pick<FormProps, 'session'> {
  readonly words: BriefForm['words'];
  readonly place: string;
  readonly label: string | undefined;
  readonly choice: BriefForm['agent'];
}

export function AgentSelect({ words, session, place, label, choice }: Props) {
  const chosen = session.chosen(place, choice.chosen);
  const installed = choice.options.filter((option) => option.installed);
  const others = choice.options.filter((option) => !option.installed);
  const problem = session.refusal(place) || choice.problem || choice.locked;
  const hintId = `${idOf(place)}-hint`;
  const about = [choice.hint === '' ? '' : hintId, problem === '' ? '' : `${idOf(place)}-problem`];
  return (
    <>
      <label for={idOf(place)}>{label}</label>
      <select
        id={idOf(place)}
        value={chosen}
        disabled={choice.locked !== ''}
        title={choice.locked}
        aria-describedby={about.join(' ').trim() || undefined}
        onChange={({ currentTarget: { value } }) =>
          session.choose(place, value, { kind: 'set', key: place, was: chosen, text: value })
        }
      >
        <optgroup label={words.installed ?? ''}>
          {installed.map(({ id, label: named }) => (
            <option key={id} value={id}>
              {named}
            </option>
          ))}
        </optgroup>
        {others.length > 0 && (
          <optgroup label={words.notInstalled ?? ''}>
            {others.map(({ id, label: named }) => (
              <option key={id} value={id}>
                {named}
              </option>
            ))}
          </optgroup>
        )}
      </select>
      <Problem place={place} text={problem} />
      {choice.hint !== '' && (
        <p class="note" id={hintId}>
          {choice.hint}
        </p>
      )}
    </>
  );
}
