/** Who works and who signs off. */
import { Box, type FormProps, Group, IconButton, idOf, Problem, plain, TextField } from './fields';
import { listProblem } from './items';

export function Agent({ form, session }: FormProps) {
  const { words, agent, fields } = form;
  const chosen = session.chosen('agent', agent.chosen);
  const installed = agent.options.filter((option) => option.installed);
  const others = agent.options.filter((option) => !option.installed);
  // By what is chosen here, not by what is in the file: whoever chooses and presses Tab at once is to get there.
  const hasCommand = chosen === 'command' || fields.command?.value !== '';
  const problem = session.refusal('agent') || agent.problem || agent.locked;
  const about = [agent.hint === '' ? '' : 'f-agent-hint', problem === '' ? '' : 'f-agent-problem'];
  return (
    <div class="field">
      <label for={idOf('agent')}>{words.agent}</label>
      <select
        id={idOf('agent')}
        value={chosen}
        disabled={agent.locked !== ''}
        title={agent.locked}
        aria-describedby={about.join(' ').trim() || undefined}
        onChange={({ currentTarget }) =>
          session.choose('agent', currentTarget.value, {
            kind: 'set',
            key: 'agent',
            was: chosen,
            text: currentTarget.value,
          })
        }
      >
        <optgroup label={words.installed ?? ''}>
          {installed.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </optgroup>
        {others.length > 0 && (
          <optgroup label={words.notInstalled ?? ''}>
            {others.map(({ id, label }) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </optgroup>
        )}
      </select>
      <Problem place="agent" text={problem} />
      {agent.hint !== '' && (
        <p class="note" id="f-agent-hint">
          {agent.hint}
        </p>
      )}
      {hasCommand && (
        <Group place="command-group" label={words.command}>
          <div class="row">
            <div class="grow">
              <Box session={session} place="command" field={fields.command!} name={words.command} mono />
            </div>
            {chosen !== 'command' && (
              <IconButton
                icon="close"
                name={words.removeCommand}
                whyNot={fields.command?.locked ?? ''}
                onClick={() => session.act({ kind: 'remove', key: 'command', was: session.was('command') })}
              />
            )}
          </div>
        </Group>
      )}
    </div>
  );
}

export function More({ form, session, ...others }: FormProps) {
  const { words, fields } = form;
  return (
    <>
      <TextField label={words.title} session={session} place="title" field={fields.title!} hint={words.titleHint} />
      <TextField
        label={words.setup}
        session={session}
        place="setup"
        field={fields.setup!}
        hint={words.setupHint}
        mono
      />
      <Group place="budget" label={words.budget}>
        <div class="three">
          <TextField
            label={words.files}
            session={session}
            place="budget.files"
            field={fields['budget.files']!}
            numeric
          />
          <TextField
            label={words.lines}
            session={session}
            place="budget.lines"
            field={fields['budget.lines']!}
            numeric
          />
          <TextField
            label={words.minutes}
            session={session}
            place="budget.minutes"
            field={fields['budget.minutes']!}
            numeric
          />
        </div>
      </Group>
      <Boundaries form={form} session={session} {...others} />
    </>
  );
}

function Boundaries({ form, session }: FormProps) {
  const { words, boundaries } = form;
  const locked = form.locked.approval ?? '';
  return (
    <Group place="approval" label={words.approval}>
      <Problem place="approval" text={session.refusal('approval') || listProblem(form, 'approval')} />
      {boundaries.map(({ name, about, allowed }) => (
        <label key={name} class="tick">
          <input
            type="checkbox"
            checked={session.chosen(`approval.${name}`, allowed)}
            disabled={locked !== ''}
            onChange={({ currentTarget: { checked: on } }) =>
              session.choose(`approval.${name}`, on, { kind: 'allow', boundary: name, on })
            }
          />
          <span>
            <b>{plain(name)}</b> <span class="note">{about}</span>
          </span>
        </label>
      ))}
    </Group>
  );
}
