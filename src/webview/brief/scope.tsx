/** The scope: each pattern with how many files it matches, and ways to add one without typing. */
import { useState } from 'preact/hooks';
import { Box, type FormProps, fill, Group, IconButton, idOf, Problem, plain } from './fields';
import { listProblem } from './items';
import type { PatternChip } from './messages';

export function Scope({ list, ...props }: FormProps & { readonly list: 'change' | 'avoid' }) {
  const { form, session, send } = props;
  const { words } = form;
  const key = `scope.${list}` as const;
  const locked = form.locked[key] ?? '';
  return (
    <Group place={key} label={words[list]} required={list === 'change'}>
      <Problem place={key} text={session.refusal(key) || listProblem(form, key)} />
      <ul class="chips">
        {form[list].map((chip, index) => (
          <Chip key={chip.key} {...props} chip={chip} name={fill(words.pattern, index + 1)} />
        ))}
      </ul>
      <NewPattern {...props} list={list} locked={locked} />
      <p class="quick">
        <button
          type="button"
          class="link"
          title={words.fromEditorHint}
          aria-disabled={locked !== ''}
          onClick={() => locked === '' && session.ask({ type: 'add-from', source: 'editor', list })}
        >
          <span class="codicon codicon-file-add" aria-hidden="true" /> {words.fromEditor}
        </button>
        <button
          type="button"
          class="link"
          title={words.fromFilesHint}
          aria-disabled={locked !== ''}
          onClick={() => locked === '' && send({ type: 'add-from', source: 'files', list })}
        >
          <span class="codicon codicon-folder-opened" aria-hidden="true" /> {words.fromFiles}
        </button>
      </p>
    </Group>
  );
}

function Chip({ form, session, say, chip, name }: FormProps & { readonly chip: PatternChip; readonly name: string }) {
  const [open, setOpen] = useState(false);
  const { words } = form;
  const examples = `${idOf(chip.key)}-examples`;
  return (
    <li class="chip" data-faulty={chip.problem !== ''}>
      <div class="row">
        <div class="grow">
          <Box session={session} place={chip.key} field={chip} name={name} mono />
        </div>
        {chip.examples.length === 0 ? (
          <span class="count">{chip.matches}</span>
        ) : (
          <button
            type="button"
            class="link count"
            aria-expanded={open}
            aria-controls={examples}
            title={chip.examples.join('\n')}
            onClick={() => setOpen(!open)}
          >
            {chip.matches}
          </button>
        )}
        <IconButton
          icon="close"
          name={`${words.remove}: ${plain(chip.value)}`}
          whyNot={chip.locked}
          onClick={() => {
            session.want(chip.key.replace(/\.\d+$/, '.new'));
            session.act({ kind: 'remove', key: chip.key, was: session.was(chip.key) });
            say(words.removed ?? '');
          }}
        />
      </div>
      {open && chip.examples.length > 0 && (
        <ul id={examples} class="examples" aria-label={words.matched}>
          {chip.examples.map((path) => (
            <li key={path}>{path}</li>
          ))}
        </ul>
      )}
    </li>
  );
}

function NewPattern({
  form,
  session,
  list,
  locked,
}: FormProps & { readonly list: 'change' | 'avoid'; readonly locked: string }) {
  const [text, setText] = useState('');
  const { words } = form;
  const add = () => {
    if (text.trim() === '') return;
    session.act({ kind: 'add', list: `scope.${list}`, text });
    setText('');
  };
  return (
    <div class="row">
      <input
        type="text"
        class="mono grow"
        id={idOf(`scope.${list}.new`)}
        aria-label={`${words[list]}: ${words.addPattern}`}
        placeholder={words.addPattern}
        value={text}
        readOnly={locked !== ''}
        title={locked}
        spellcheck={false}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.isComposing || event.ctrlKey || event.metaKey) return;
          event.preventDefault();
          add();
        }}
        onBlur={add}
      />
      <IconButton icon="add" name={`${words.add}: ${words[list]}`} whyNot={locked} onClick={add} />
    </div>
  );
}
