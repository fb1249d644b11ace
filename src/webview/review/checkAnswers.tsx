/** What a person can say to a check: the same wherever it stands on the page. */
import { usePage } from './context';
import type { PageCheck } from './model';
import { Override } from './override';
import { Button } from './parts';

/** @param where tells apart the places that show the same check */
export function CheckAnswers({ check, where }: { readonly check: PageCheck; readonly where: string }) {
  const { words, send } = usePage();
  const { index, name, logged, mark, asks } = check;
  const log = logged && (
    <Button onPress={() => send({ type: 'show-log', check: index })} label={`${words.showLog}: ${name}`}>
      {words.showLog}
    </Button>
  );
  const another = logged && mark.tone === 'bad' && (
    <Button quiet onPress={() => send({ type: 'brief-from-check', check: index })}>
      {words.briefFromCheck}
    </Button>
  );
  return (
    <Override
      id={`${index}`}
      name={name}
      where={where}
      asks={asks}
      why={words.overrideWhy}
      onReason={(reason) => send({ type: 'override', check: index, reason })}
      before={log}
      after={another}
    />
  );
}
