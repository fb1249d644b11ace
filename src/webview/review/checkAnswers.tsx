/** What a person can say to a check: the same wherever it stands on the page. */
import { usePage } from './context';
import type { PageCheck } from './model';
import { filled } from './pageState';
import { Button, Given, opening, ReasonForm } from './parts';
import { withKey } from './ui';

/** @param where tells apart the places that show the same check */
export function CheckAnswers({ check, where }: { readonly check: PageCheck; readonly where: string }) {
  const { words, draft, ui, arrange, send } = usePage();
  const field = `override:${check.index}`;
  const key = `${where} ${field}`;
  const answer = draft.overridden.find(({ id }) => id === `${check.index}`);
  const writing = ui.answering.includes(key);
  const set = (on: boolean) => arrange(({ answering }) => ({ answering: withKey(answering, key, on) }));
  const write = () => {
    opening(field);
    set(true);
  };
  const failed = check.mark.tone !== 'good' && check.logged;
  return (
    <div class="answers">
      {answer !== undefined && <Given>{filled(words.overridden, answer.reason)}</Given>}
      {!writing && (
        <div class="row">
          {check.logged && (
            <Button
              onPress={() => send({ type: 'show-log', check: check.index })}
              label={`${words.showLog}: ${check.name}`}
            >
              {words.showLog}
            </Button>
          )}
          {check.asks && (
            <Button
              opens="override"
              onPress={write}
              label={`${answer === undefined ? words.override : words.change} ${check.name}`}
            >
              {answer === undefined ? words.override : words.change}
            </Button>
          )}
          {answer !== undefined && (
            <Button onPress={() => send({ type: 'override', check: check.index, reason: '' })}>{words.takeBack}</Button>
          )}
          {failed && (
            <Button quiet onPress={() => send({ type: 'brief-from-check', check: check.index })}>
              {words.briefFromCheck}
            </Button>
          )}
        </div>
      )}
      {writing && (
        <ReasonForm
          form="override"
          field={field}
          label={words.overrideWhy}
          begin={answer?.reason ?? ''}
          button={words.keep}
          onKeep={(reason) => {
            send({ type: 'override', check: check.index, reason });
            set(false);
          }}
          onCancel={() => set(false)}
        />
      )}
    </div>
  );
}
