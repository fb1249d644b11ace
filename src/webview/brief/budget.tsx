/** How much there may be of it: of the change as a whole, and of each turn of the agent. */
import { type FormProps, Group, TextField } from './fields';

export function Budget({ form, session }: FormProps) {
  const { words, fields } = form;
  const box = (part: 'files' | 'lines' | 'minutes' | 'tokens' | 'usd') => (
    <TextField
      label={words[part]}
      session={session}
      place={`budget.${part}`}
      field={fields[`budget.${part}`]!}
      numeric
    />
  );
  return (
    <Group place="budget" label={words.budget}>
      <p class="note">{words.budgetOfChange}</p>
      <div class="three">
        {box('files')}
        {box('lines')}
      </div>
      <p class="note">{words.budgetOfTurn}</p>
      <div class="three">
        {box('minutes')}
        {box('tokens')}
        {box('usd')}
      </div>
    </Group>
  );
}
