/** The lists of the form: non-goals and criteria, one line each. */
import type { ComponentChildren } from 'preact';
import { Box, type FormProps, fill, Group, IconButton, Problem, plain, TextField } from './fields';
import type { BriefForm, Item } from './messages';

export function NonGoals({ form, session, ...others }: FormProps) {
  const { words } = form;
  if (form.nonGoalsProse !== null) {
    return <TextField label={words.nonGoals} session={session} place="nonGoals" field={form.nonGoalsProse} lines />;
  }
  return (
    <Group place="nonGoals" label={words.nonGoals}>
      <ul class="rows">
        {form.nonGoals.map((item, index) => (
          <li key={item.key}>
            <Row
              {...others}
              form={form}
              session={session}
              item={item}
              name={fill(words.nonGoal, index + 1)}
              last={index === form.nonGoals.length - 1}
              list="nonGoals"
            />
          </li>
        ))}
      </ul>
      <AddButton {...others} form={form} session={session} list="nonGoals" label={words.addNonGoal} />
    </Group>
  );
}

export function Criteria({ form, session, ...others }: FormProps) {
  const { words, criteria } = form;
  const checks = form.checks.map(({ name }) => name.value).filter((name) => name !== '');
  return (
    <Group place="criteria" label={words.criteria} required>
      <Problem place="criteria" text={session.refusal('criteria') || listProblem(form, 'criteria')} />
      <ul class="rows">
        {criteria.map((item, index) => (
          <li key={item.key}>
            <Row
              {...others}
              form={form}
              session={session}
              item={item}
              name={fill(words.criterion, index + 1)}
              last={index === criteria.length - 1}
              list="criteria"
              proof={<Proof {...{ form, session, item, checks }} name={fill(words.criterion, index + 1)} />}
            />
          </li>
        ))}
      </ul>
      <AddButton {...others} form={form} session={session} list="criteria" label={words.addCriterion} />
    </Group>
  );
}

interface ProofProps extends Pick<FormProps, 'form' | 'session'> {
  readonly item: BriefForm['criteria'][number];
  readonly checks: readonly string[];
  readonly name: string;
}

function Proof({ form: { words }, session, item, checks, name }: ProofProps) {
  const place = `${item.key}.proof`;
  const missing = item.proof.startsWith('check:') && !checks.includes(item.proof.slice(6));
  return (
    <select
      class="grow"
      value={session.chosen(place, item.proof)}
      disabled={item.locked !== ''}
      title={item.locked || words.provenBy}
      aria-label={`${words.provenBy}: ${name}`}
      onChange={({ currentTarget }) =>
        session.choose(place, currentTarget.value, {
          kind: 'proof',
          key: item.key,
          was: session.was(item.key),
          proof: currentTarget.value,
        })
      }
    >
      <option value="">{words.unproven}</option>
      <option value="review">{words.byReview}</option>
      {checks.map((check) => (
        <option key={check} value={`check:${check}`}>
          {fill(words.byCheck, plain(check))}
        </option>
      ))}
      {missing && <option value={item.proof}>{fill(words.missingCheck, plain(item.proof.slice(6)))}</option>}
    </select>
  );
}

/** What readiness says of a list as a whole. */
export function listProblem({ readiness, locked }: FormProps['form'], key: string): string {
  return locked[key] || (readiness.findings.find((finding) => finding.key === key)?.text ?? '');
}

type RowProps = FormProps & {
  readonly item: Item;
  readonly name: string;
  readonly last: boolean;
  readonly list: 'nonGoals' | 'criteria';
  /** What stands before the buttons. */
  readonly proof?: ComponentChildren;
};

function Row({ form, session, say, item, name, last, list, proof }: RowProps) {
  const { words } = form;
  const index = Number(item.key.split('.')[1]);
  const move = (by: -1 | 1) => {
    if ((by < 0 && index === 0) || (by > 0 && last) || item.locked !== '') return;
    session.want(`${list}.${index + by}`);
    session.act({ kind: 'move', key: item.key, was: session.was(item.key), by });
    say(words.moved ?? '');
  };
  const onKey = (event: KeyboardEvent) => {
    const { key, altKey } = event;
    if (altKey && (key === 'ArrowUp' || key === 'ArrowDown')) {
      event.preventDefault();
      move(key === 'ArrowUp' ? -1 : 1);
    } else if (key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      add({ form, session }, list);
    }
  };
  return (
    <div class={proof === undefined ? 'row' : 'stack'}>
      <div class="grow">
        <Box session={session} place={item.key} field={item} name={`${name}. ${words.moveHint}`} lines onKey={onKey} />
      </div>
      <div class="buttons">
        {proof}
        {form[list].length > 1 && <Arrows {...{ words, item, name, index, last, move }} />}
        <IconButton
          icon="close"
          name={`${words.remove}: ${name}`}
          whyNot={item.locked}
          onClick={() => {
            session.want(`${list}.${Math.max(0, index - 1)}`);
            session.act({ kind: 'remove', key: item.key, was: session.was(item.key) });
            say(words.removed ?? '');
          }}
        />
      </div>
    </div>
  );
}

interface ArrowsProps extends Pick<RowProps, 'item' | 'name' | 'last'> {
  readonly words: Readonly<Record<string, string>>;
  readonly index: number;
  readonly move: (by: -1 | 1) => void;
}

function Arrows({ words, item, name, index, last, move }: ArrowsProps) {
  return (
    <>
      <IconButton
        icon="arrow-up"
        name={`${words.moveUp}: ${name}`}
        whyNot={item.locked || (index === 0 ? (words.atTop ?? '') : '')}
        onClick={() => move(-1)}
      />
      <IconButton
        icon="arrow-down"
        name={`${words.moveDown}: ${name}`}
        whyNot={item.locked || (last ? (words.atBottom ?? '') : '')}
        onClick={() => move(1)}
      />
    </>
  );
}

function add({ form, session }: Pick<FormProps, 'form' | 'session'>, list: 'nonGoals' | 'criteria') {
  session.want(`${list}.${form[list].length}`);
  session.act({ kind: 'add', list, text: '' });
}

function AddButton({
  form,
  session,
  list,
  label,
}: FormProps & { readonly list: 'nonGoals' | 'criteria'; readonly label: string | undefined }) {
  const whyNot = form.locked[list] ?? '';
  return (
    <button
      type="button"
      class="link"
      aria-disabled={whyNot !== ''}
      title={whyNot}
      onClick={() => whyNot === '' && add({ form, session }, list)}
    >
      <span class="codicon codicon-add" aria-hidden="true" /> {label}
    </button>
  );
}
