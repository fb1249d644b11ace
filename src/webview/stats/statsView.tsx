/** Where delegation pays: what is counted, the numbers that matter most, and the tables behind them. */
import { useId } from 'preact/hooks';
import { Icon } from '../shared/icon';
import type { Choice, Figure, Period, StatsPage, StatsTable } from './messages';

interface Props {
  readonly page: StatsPage;
  readonly read: (choice: Choice) => void;
  readonly newBrief: () => void;
}

export function StatsView({ page, read, newBrief }: Props) {
  const { title, lead, figures, tables, unknown, empty, words } = page;
  return (
    <>
      <h1>{title}</h1>
      <Choices page={page} read={read} />
      <p class="lead" role="status">
        {lead}
      </p>
      {empty.length > 0 && (
        <section class="empty" aria-label={lead}>
          {empty.map((line) => (
            <p key={line}>{line}</p>
          ))}
          {page.offersBrief && (
            <button type="button" class="primary" onClick={newBrief}>
              <Icon name="add" /> {words.newBrief}
            </button>
          )}
        </section>
      )}
      {figures.length > 0 && <Figures figures={figures} label={words.atAGlance ?? ''} />}
      {tables.map((table) => (
        <Table key={table.title} table={table} />
      ))}
      {unknown.length > 0 && (
        <section aria-labelledby="unknown">
          <h2 id="unknown">{words.unknown}</h2>
          <ul>
            {unknown.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Choices({ page, read }: Omit<Props, 'newBrief'>) {
  const { choice, periods, agents, repositories, words } = page;
  const choose = (part: Partial<Choice>) => read({ ...choice, ...part });
  return (
    <fieldset class="choices" aria-label={words.counted}>
      <Choose
        label={words.period}
        options={periods}
        value={choice.period}
        onChoose={(period) => choose({ period: period as Period })}
      />
      <Choose label={words.agent} options={agents} value={choice.agent} onChoose={(agent) => choose({ agent })} />
      {repositories.length > 0 && (
        <Choose
          label={words.repository}
          options={repositories}
          value={`${choice.repository}`}
          onChoose={(at) => choose({ repository: Number(at), agent: '' })}
        />
      )}
      <label class="tick">
        <input
          type="checkbox"
          checked={choice.archived}
          onChange={({ currentTarget: { checked } }) => choose({ archived: checked })}
        />{' '}
        {words.archived}
      </label>
      <button type="button" class="quiet" onClick={() => read(choice)}>
        <Icon name="refresh" /> {words.refresh}
      </button>
    </fieldset>
  );
}

interface ChooseProps {
  readonly label: string | undefined;
  readonly options: StatsPage['periods'];
  readonly value: string;
  readonly onChoose: (value: string) => void;
}

function Choose({ label, options, value, onChoose }: ChooseProps) {
  return (
    <label>
      {label}{' '}
      <select value={value} onChange={({ currentTarget }) => onChoose(currentTarget.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.words}
          </option>
        ))}
      </select>
    </label>
  );
}

function Figures({ figures, label }: { readonly figures: readonly Figure[]; readonly label: string }) {
  return (
    <section aria-label={label}>
      <dl class="figures">
        {figures.map(({ label: named, value, detail }) => (
          <div key={named}>
            <dt>{named}</dt>
            <dd class="value">{value}</dd>
            <dd class="note">{detail}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Table({ table: { title, head, rows, notes } }: { readonly table: StatsTable }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what may scroll must be reachable by keyboard */}
      <section class="scrolled" tabIndex={0} aria-labelledby={id}>
        <table aria-labelledby={id}>
          <thead>
            <tr>
              {head.map(({ words, numeric }, index) => (
                <th key={`${index} ${words}`} scope="col" class={numeric ? 'number' : undefined}>
                  {words}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ cells: [name, ...cells], part }, row) => (
              <tr key={`${row} ${name}`}>
                <th scope="row">
                  {name}
                  {part !== null && <span class="bar" aria-hidden="true" style={{ width: `${part * 100}%` }} />}
                </th>
                {cells.map((cell, index) => (
                  <td key={`${index} ${cell}`} class={head[index + 1]?.numeric ? 'number' : undefined}>
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {notes.map((note) => (
        <p key={note} class="note">
          {note}
        </p>
      ))}
    </section>
  );
}
