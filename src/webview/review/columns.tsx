/** Where a check ran and how that ended, as a table; and which tests differ, by name. */
import { useId, useState } from 'preact/hooks';
import { Badge } from '../shared/parts';
import { usePage } from './context';
import type { PageCheck } from './model';
import { filled } from './pageState';
import { Button } from './parts';

/** Names that are shown before somebody asks for the rest. */
const NAMES_AT_ONCE = 10;

export function Columns({ check: { name, columns, differences, runs } }: { readonly check: PageCheck }) {
  const { words } = usePage();
  return (
    <>
      {columns.length > 0 && (
        <table class="columns" aria-label={filled(words.columns, name)}>
          <thead>
            <tr>
              <th scope="col">{words.columnWhere}</th>
              <th scope="col">{words.columnStatus}</th>
              <th scope="col">{words.details}</th>
            </tr>
          </thead>
          <tbody>
            {columns.map(({ label, mark, detail }, index) => (
              <tr key={`${index} ${label}`}>
                <th scope="row">{label}</th>
                <td>
                  <Badge mark={mark} />
                </td>
                <td class="note">{detail}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {runs.map((run, index) => (
        <p key={`${index} ${run}`} class="note">
          {run}
        </p>
      ))}
      {differences.map((difference) => (
        <Names key={difference.title} check={name} difference={difference} />
      ))}
    </>
  );
}

interface NamesProps {
  readonly check: string;
  readonly difference: PageCheck['differences'][number];
}

/** The button stays where it is when it has done its work: the focus has a place. */
function Names({ check, difference: { title, tone, names, more } }: NamesProps) {
  const { words } = usePage();
  const [all, setAll] = useState(false);
  const id = useId();
  const rest = names.length - NAMES_AT_ONCE;
  const button = all ? words.fewerNames : filled(words.morePlaces, rest);
  return (
    <div class="difference" data-tone={tone}>
      <h3 id={id}>{title}</h3>
      <ul class="tight" aria-label={`${title}: ${check}`}>
        {names.slice(0, all ? undefined : NAMES_AT_ONCE).map((name, index) => (
          <li key={`${index} ${name}`}>{name}</li>
        ))}
      </ul>
      {rest > 0 && (
        <Button quiet label={`${button}: ${title}, ${check}`} onPress={() => setAll(!all)}>
          {button}
        </Button>
      )}
      {more !== '' && <p class="note">{more}</p>}
    </div>
  );
}
