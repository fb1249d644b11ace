/** The checks: what is run, and whether it passes today. */
import { useState } from 'preact/hooks';
import { Badge } from '../shared/parts';
import { Elapsed } from './elapsed';
import { type FormProps, fill, Group, IconButton, idOf, Problem, plain, TextField } from './fields';
import { listProblem } from './items';
import type { CheckShown } from './messages';

export function Checks(props: FormProps) {
  const { form, session } = props;
  const { words, checks, fields } = form;
  const locked = form.locked.checks ?? '';
  const add = () => {
    if (locked !== '') return;
    session.want(`checks.${checks.length}.run`);
    session.act({ kind: 'add', list: 'checks', text: '' });
  };
  return (
    <Group place="checks" label={words.checks} required>
      <Problem place="checks" text={session.refusal('checks') || listProblem(form, 'checks')} />
      {checks.map((check, index) => (
        <Check key={check.key} {...props} check={check} index={index} />
      ))}
      <button type="button" class="link" aria-disabled={locked !== ''} title={locked} onClick={add}>
        <span class="codicon codicon-add" aria-hidden="true" /> {words.addCheck}
      </button>
      {(checks.length === 0 || fields.unchecked?.value !== '') && (
        <TextField label={words.unchecked} session={session} place="unchecked" field={fields.unchecked!} />
      )}
    </Group>
  );
}

function Check({
  form,
  session,
  send,
  say,
  check,
  index,
}: FormProps & { readonly check: CheckShown; readonly index: number }) {
  const { words } = form;
  const [open, setOpen] = useState(false);
  const name = fill(words.check, plain(check.name.value) || index + 1);
  const hasFault = check.timeout.problem !== '' || check.report.problem !== '';
  return (
    <fieldset class="check" aria-label={name}>
      <div class="pair">
        <TextField label={words.checkName} session={session} place={`${check.key}.name`} field={check.name} mono />
        <TextField label={words.checkRun} session={session} place={`${check.key}.run`} field={check.run} mono />
      </div>
      <div class="row">
        <Try {...{ form, session, send, check, index, name }} />
        <span class="space" />
        <IconButton
          icon="settings"
          name={`${words.details}: ${name}`}
          aria-expanded={open || hasFault}
          onClick={() => setOpen(!open)}
        />
        <IconButton
          icon="close"
          name={`${words.remove}: ${name}`}
          whyNot={check.name.locked}
          onClick={() => {
            session.want('checks');
            session.act({ kind: 'remove', key: check.key, was: session.was(check.key) });
            say(words.removed ?? '');
          }}
        />
      </div>
      {(open || hasFault) && (
        <div class="pair">
          <TextField
            label={words.checkTimeout}
            session={session}
            place={`${check.key}.timeout`}
            field={check.timeout}
            hint="600"
            numeric
          />
          <TextField
            label={words.checkReport}
            session={session}
            place={`${check.key}.report`}
            field={check.report}
            hint="junit.xml"
            mono
          />
        </div>
      )}
      <TrialResult {...{ form, send, check, index }} />
    </fieldset>
  );
}

type TryProps = Pick<FormProps, 'form' | 'session' | 'send'> & {
  readonly check: CheckShown;
  readonly index: number;
  readonly name: string;
};

function Try({ form: { words }, session, send, check, index, name }: TryProps) {
  const { trial, whyNot } = check;
  if (trial.state === 'running') {
    return (
      <>
        <button type="button" aria-label={`${words.stop}: ${name}`} onClick={() => send({ type: 'try-stop', index })}>
          <span class="codicon codicon-debug-stop" aria-hidden="true" /> {words.stop}
        </button>
        <span class="note">
          <span class="codicon codicon-loading spin" aria-hidden="true" />{' '}
          <Elapsed since={trial.since} words={words.running} /> {trial.words}
        </span>
      </>
    );
  }
  const reason = `${idOf(check.key)}-why`;
  return (
    <>
      <button
        type="button"
        aria-label={`${words.try}: ${name}`}
        aria-disabled={whyNot !== ''}
        aria-describedby={whyNot === '' ? undefined : reason}
        title={whyNot || words.tryHint}
        onClick={() => whyNot === '' && session.ask({ type: 'try', index })}
      >
        <span class="codicon codicon-play" aria-hidden="true" /> {words.try}
      </button>
      {whyNot !== '' && (
        <span class="aloud" id={reason}>
          {whyNot}
        </span>
      )}
    </>
  );
}

function TrialResult({ form: { words }, send, check: { trial }, index }: Omit<TryProps, 'session' | 'name'>) {
  if (trial.state !== 'done') return null;
  return (
    <div class="trial">
      <p>
        <Badge mark={trial.mark} /> <span class="note">{trial.details}</span>
      </p>
      {trial.output !== '' && (
        <details>
          <summary>{words.output}</summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
          <pre tabIndex={0}>{trial.output}</pre>
          <button type="button" class="link" onClick={() => send({ type: 'try-output', index })}>
            {words.openOutput}
          </button>
        </details>
      )}
    </div>
  );
}
