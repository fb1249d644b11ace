import assert from 'node:assert/strict';
import { type ComponentChildren, isValidElement, toChildArray, type VNode } from 'preact';
import { Agent } from '../../../src/webview/brief/agent';
import { AgentSelect } from '../../../src/webview/brief/agentSelect';
import type { BriefForm, Intent } from '../../../src/webview/brief/messages';
import { SecondOpinion } from '../../../src/webview/brief/secondOpinion';
import { EditSession } from '../../../src/webview/brief/session';

type Props = Readonly<Record<string, unknown>>;

function formOf(chosen: string, applied: number): BriefForm {
  const field = { value: '', problem: '', locked: '' };
  const option = { label: '', installed: true };
  return {
    draft: 'a',
    applied,
    saved: { words: '', dirty: false },
    fields: { command: field, 'review.command': field, 'review.minutes': field, 'review.required': field },
    reviewing: { chosen: '', options: [], hint: '', locked: '', problem: '' },
    agent: {
      chosen,
      options: [
        { ...option, id: '' },
        { ...option, id: 'command' },
      ],
      ...{ hint: '', locked: '', problem: '' },
    },
    ...{ nonGoals: [], criteria: [], change: [], avoid: [], checks: [], nonGoalsProse: null, words: {} },
  } as unknown as BriefForm;
}

/** Every element that a component wrote, without what further components make of theirs. */
function elements(children: ComponentChildren): VNode<Props>[] {
  return toChildArray(children).flatMap((child) =>
    isValidElement(child) ? [child as VNode<Props>, ...elements(child.props.children)] : [],
  );
}

describe('the choice of who works', () => {
  const session = () => {
    const made = new EditSession(
      () => undefined,
      () => undefined,
    );
    made.take(formOf('', 0));
    return made;
  };
  const shown = (of: EditSession, form: BriefForm) => [
    ...elements(Agent({ form, session: of, send: () => undefined, say: () => undefined })),
    ...elements(AgentSelect({ words: {}, session: of, place: 'agent', label: '', choice: form.agent })),
  ];
  const places = (of: EditSession, form: BriefForm) =>
    shown(of, form).flatMap(({ props }) => (typeof props.place === 'string' ? [props.place] : []));
  const choose = (of: EditSession, text: string) =>
    of.choose('agent', text, { kind: 'set', key: 'agent', was: '', text });

  it('opens the box of the command at once, for whoever goes on before the editor has answered', () => {
    const own = session();
    assert.equal(places(own, formOf('', 0)).includes('command'), false);
    choose(own, 'command');
    assert.equal(places(own, formOf('', 0)).includes('command'), true);
    own.take(formOf('command', 1));
    assert.equal(places(own, formOf('command', 1)).includes('command'), true);
  });

  it('says beside itself why it was refused, and goes back to what the file has', () => {
    const own = session();
    choose(own, 'command');
    own.refuse(1, 'agent', 'the editor refused to change the file');
    own.take(formOf('', 1));
    const form = formOf('', 1);
    const about = shown(own, form).find(({ type }) => type === 'select')?.props;
    const problem = shown(own, form).find(({ props }) => props.place === 'agent' && 'text' in props)?.props;
    assert.equal(problem?.text, 'the editor refused to change the file');
    assert.deepEqual([about?.value, about?.['aria-describedby']], ['', 'f-agent-problem']);
    assert.equal(places(own, form).includes('command'), false);
  });
});

describe('the second opinion in the form', () => {
  it('opens the box of its command at once, and ticks before the editor has answered', () => {
    const sent: Intent[] = [];
    const own = new EditSession(
      (intent) => sent.push(intent),
      () => undefined,
    );
    const form = formOf('', 0);
    own.take(form);
    const shown = () => elements(SecondOpinion({ form, session: own, send: () => undefined, say: () => undefined }));
    const tick = () => shown().find(({ props }) => props.id === 'f-review-required')?.props;
    assert.equal(
      shown().some(({ props }) => props.place === 'review.command'),
      false,
    );
    own.choose('review.agent', 'command', { kind: 'set', key: 'review.agent', was: '', text: 'command' });
    assert.equal(
      shown().some(({ props }) => props.place === 'review.command'),
      true,
    );
    const onChange = tick()?.onChange;
    assert.ok(typeof onChange === 'function');
    onChange({ currentTarget: { checked: true } });
    assert.equal(tick()?.checked, true);
    const edits = sent.flatMap((intent) => (intent.type === 'edit' ? [intent.edit] : []));
    assert.deepEqual(edits.at(-1), { kind: 'set', key: 'review.required', was: '', text: 'true' });
  });
});
