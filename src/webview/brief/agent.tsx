/** Who works and who signs off. */
import { AgentSelect } from './agentSelect';
import { Budget } from './budget';
import { Box, type FormProps, Group, IconButton, Problem, plain, TextField } from './fields';
import { listProblem } from './items';
import { SecondOpinion } from './secondOpinion';

export function Agent({ form, session }: FormProps) {
  const { words, agent, fields } = form;
  const chosen = session.chosen('agent', agent.chosen);
  // By what is chosen here, not by what is in the file: whoever chooses and presses Tab at once is to get there.
  const hasCommand = chosen === 'command' || fields.command?.value !== '';
  return (
    <div class="field">
      <AgentSelect words={words} session={session} place="agent" label={words.agent} choice={agent} />
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
      <Budget form={form} session={session} {...others} />
      <SecondOpinion form={form} session={session} {...others} />
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
