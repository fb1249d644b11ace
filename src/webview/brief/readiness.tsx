/** What the brief lacks, each with a way to its place; and the bar at the bottom, with the one thing to do next. */
import { Badge } from '../shared/parts';
import { type FormProps, fill, IconButton } from './fields';

export function Readiness({ form, send, goTo }: FormProps & { readonly goTo: (key: string) => void }) {
  const { words, readiness } = form;
  return (
    <section class="readiness" aria-label={words.readiness} id="f-readiness" tabIndex={-1}>
      <h2>{words.readiness}</h2>
      {readiness.about !== '' && <p class="note">{readiness.about}</p>}
      <ul class="rows">
        {readiness.findings.map(({ mark, text, key, line }, index) => (
          <li key={`${index} ${text}`} class="finding">
            <button
              type="button"
              class="link"
              onClick={() => {
                if (key !== '') goTo(key);
                send(key === '' ? { type: 'open-file', finding: index } : { type: 'reveal', finding: index });
              }}
            >
              <Badge mark={mark} />: {text}
            </button>
            {line !== null && (
              <button
                type="button"
                class="link line"
                aria-label={`${words.openFile}: ${fill(words.showInFile, line)}`}
                onClick={() => send({ type: 'open-file', finding: index })}
              >
                {fill(words.showInFile, line)}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

export function Bar({ form, session, send, say, goTo }: FormProps & { readonly goTo: (key: string) => void }) {
  const { words, readiness, handOff, saved, canUndo } = form;
  const isMac = navigator.platform.startsWith('Mac');
  return (
    <footer class="bar">
      {form.trouble !== null && (
        <p class="trouble">
          <span class="codicon codicon-error" aria-hidden="true" /> {form.trouble.text}. {form.trouble.fix}.
        </p>
      )}
      <p class="state">
        <button type="button" class="link" onClick={() => goTo('readiness')}>
          <span class={`codicon codicon-${readiness.ready ? 'pass' : 'warning'}`} aria-hidden="true" />{' '}
          {readiness.words}
        </button>
        <span class="note">{saved.words}</span>
      </p>
      <div class="tools">
        <button
          type="button"
          class="primary"
          aria-disabled={handOff.whyNot !== ''}
          aria-describedby={handOff.whyNot === '' ? undefined : 'why-not'}
          title={handOff.whyNot || words.handOff}
          onClick={() => tryHandOff({ form, session, say })}
        >
          <span class={`codicon codicon-${handOff.busy ? 'loading spin' : 'send'}`} aria-hidden="true" />{' '}
          {words.handOff}
          <kbd>{isMac ? '⌘Enter' : words.handOffKeys}</kbd>
        </button>
        <IconButton
          icon="save"
          name={words.save}
          whyNot={saved.dirty ? '' : (words.nothingToSave ?? '')}
          onClick={() => session.ask({ type: 'save' })}
        />
        <IconButton
          icon="discard"
          name={words.undo}
          whyNot={canUndo ? '' : (words.nothingToUndo ?? '')}
          onClick={() => session.ask({ type: 'undo' })}
        />
        <Templates form={form} session={session} />
        <IconButton
          icon="go-to-file"
          name={`${words.openFile} ${form.file}`}
          onClick={() => session.ask({ type: 'open-file' })}
        />
        <IconButton icon="close" name={words.close} onClick={() => session.ask({ type: 'close' })} />
      </div>
      {handOff.whyNot !== '' && (
        <p class={form.trouble === null ? 'note why' : 'aloud'} id="why-not">
          {handOff.whyNot} <Remedy remedy={handOff.remedy} words={words} send={send} />
        </p>
      )}
      {form.other !== '' && (
        <button type="button" class="link" onClick={() => send({ type: 'open-other' })}>
          {fill(words.editOther, form.other)}
        </button>
      )}
    </footer>
  );
}

interface RemedyProps extends Pick<FormProps, 'send'> {
  readonly remedy: FormProps['form']['handOff']['remedy'];
  readonly words: Readonly<Record<string, string>>;
}

function Remedy({ remedy, words, send }: RemedyProps) {
  if (remedy === 'none') return null;
  return (
    <button type="button" class="link" onClick={() => send({ type: remedy })}>
      {remedy === 'trust' ? words.trust : words.lookAgain}
    </button>
  );
}

function Templates({ form: { words, templates }, session }: Pick<FormProps, 'form' | 'session'>) {
  return (
    // The list of the platform, under an icon of ours.
    <span class="menu" title={words.template}>
      <span class="codicon codicon-notebook-template" aria-hidden="true" />
      <select
        aria-label={words.template}
        value=""
        onChange={({ currentTarget }) => {
          const index = Number(currentTarget.value);
          currentTarget.value = '';
          session.ask(index < 0 ? { type: 'save-template' } : { type: 'new', template: index });
        }}
      >
        <option value="" disabled hidden>
          {words.template}
        </option>
        <optgroup label={words.newFrom ?? ''}>
          {templates.map(({ label, details }, index) => (
            <option key={label} value={index} title={details}>
              {label}
            </option>
          ))}
        </optgroup>
        <option value={-1}>{words.saveTemplate}</option>
      </select>
    </span>
  );
}

/**
 * Hands off, or says why not: a key that does nothing would leave a person guessing. What readiness said of an earlier
 * text is no answer to this one: the host judges it, and says what it still lacks.
 */
export function tryHandOff({
  form: {
    handOff: { whyNot, verdict },
  },
  session,
  say,
}: Pick<FormProps, 'form' | 'session' | 'say'>): void {
  const isOverdue = verdict === 'old' || (verdict === 'current' && session.isAhead);
  if (whyNot === '' || isOverdue) session.ask({ type: 'hand-off' });
  else say(whyNot);
}
