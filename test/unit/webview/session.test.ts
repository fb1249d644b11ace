import assert from 'node:assert/strict';
import { type BriefForm, type Intent, intentSchema } from '../../../src/webview/brief/messages';
import { tryHandOff } from '../../../src/webview/brief/readiness';
import { EditSession } from '../../../src/webview/brief/session';

/** Just enough of a text box. */
function boxOf(value: string) {
  return {
    value,
    selectionStart: 0,
    selectionEnd: 0,
    setSelectionRange: () => undefined,
  } as unknown as HTMLInputElement;
}

function formOf(goal: string, applied: number, draft = 'a', dirty = false): BriefForm {
  const field = { value: goal, problem: '', locked: '' };
  const none = { nonGoals: [], criteria: [], change: [], avoid: [], checks: [], nonGoalsProse: null };
  return {
    draft,
    applied,
    saved: { words: '', dirty },
    fields: { goal: field },
    agent: { chosen: '' },
    ...none,
    reviewing: { chosen: '' },
  } as unknown as BriefForm;
}

describe('what is typed and not in the file yet', () => {
  let sent: Intent[];
  let session: EditSession;
  const focused = { activeElement: null as unknown };
  const edits = () => sent.flatMap((intent) => (intent.type === 'edit' ? [intent.edit] : []));

  before(() => Object.assign(globalThis, { document: focused }));
  after(() => Reflect.deleteProperty(globalThis, 'document'));
  beforeEach(() => {
    sent = [];
    focused.activeElement = null;
    session = new EditSession(
      (intent) => sent.push(intent),
      () => undefined,
    );
    session.take(formOf('one', 0));
  });
  afterEach(() => session.flush());

  it('reaches the editor wherever the draft is', () => {
    const deep = `file:///work/${'%E4%BB%95%E6%A7%98/'.repeat(200)}.countersign/briefs/brief.md`;
    session.take(formOf('one', 0, deep));
    session.type('goal', 'two');
    session.flush();
    assert.equal(sent.length, 1);
    assert.equal(intentSchema.safeParse(sent[0]).success, true);
  });

  it('is not answered by what readiness said before it', () => {
    const said: string[] = [];
    const tried = (verdict: BriefForm['handOff']['verdict'], whyNot = 'no goal') => {
      const handOff = { whyNot, verdict, busy: false, remedy: 'none' } as const;
      tryHandOff({ form: { ...formOf('one', 0), handOff }, session, say: (text) => said.push(text) });
      return sent.splice(0).map(({ type }) => type);
    };
    assert.deepEqual(tried('current'), []);
    assert.deepEqual(tried('old'), ['hand-off'], 'the file is ahead of readiness');
    session.type('goal', 'two');
    assert.deepEqual(tried('none', 'not trusted'), []);
    assert.deepEqual(tried('current'), ['edit', 'hand-off'], 'the page is ahead of the file');
    session.take(formOf('two', 1));
    assert.deepEqual(tried('current'), []);
    assert.deepEqual(said, ['no goal', 'not trusted', 'no goal']);
  });

  it('goes out once, with what the page knew before', () => {
    session.type('goal', 'tw');
    session.type('goal', 'two');
    session.flush();
    session.type('goal', 'three');
    session.flush();
    assert.deepEqual(edits(), [
      { kind: 'set', key: 'goal', was: 'one', text: 'two' },
      { kind: 'set', key: 'goal', was: 'two', text: 'three' },
    ]);
  });

  it('is shown as chosen until the editor has answered, however fast it is chosen again', () => {
    const choose = (text: string) =>
      session.choose('agent', text, { kind: 'set', key: 'agent', was: session.chosen('agent', 'none'), text });
    choose('one');
    choose('two');
    assert.deepEqual(
      edits().map((edit) => 'was' in edit && edit.was),
      ['none', 'one'],
    );
    session.take(formOf('one', 1));
    assert.equal(session.chosen('agent', 'one'), 'two');
    session.take(formOf('one', 2));
    assert.equal(session.chosen('agent', 'refused'), 'refused');
  });

  it('is not overwritten by a form that is older than it', () => {
    const box = boxOf('two');
    session.type('goal', 'two');
    session.show('goal', box, 'one');
    assert.equal(box.value, 'two');
    session.flush();
    session.take(formOf('one', 0));
    session.show('goal', box, 'one');
    assert.equal(box.value, 'two');
    session.take(formOf('from the file', 1));
    session.show('goal', box, 'from the file');
    assert.equal(box.value, 'from the file');
  });

  it('keeps its blanks while somebody types on, and follows the file otherwise', () => {
    const box = boxOf('two ');
    focused.activeElement = box;
    session.show('goal', box, 'two');
    assert.equal(box.value, 'two ');
    session.show('goal', box, 'undone');
    assert.equal(box.value, 'undone');
  });

  it('waits for an input method to finish', () => {
    const box = boxOf('に');
    session.compose(box);
    session.type('goal', 'に');
    session.show('goal', box, 'other');
    assert.deepEqual([sent.length, box.value], [0, 'に']);
    session.compose(null);
    session.flush();
    assert.equal(edits().length, 1);
  });

  it('goes before everything else that is asked', () => {
    session.type('goal', 'two');
    session.act({ kind: 'allow', boundary: 'ci', on: true });
    session.type('goal', 'three');
    session.ask({ type: 'hand-off' });
    assert.deepEqual(
      sent.map((intent) => (intent.type === 'edit' ? intent.edit.kind : intent.type)),
      [...['set', 'allow', 'set'], 'hand-off'],
    );
  });

  it('is known as what the file will say, before it does', () => {
    session.type('goal', 'two');
    assert.equal(session.was('goal'), 'two');
    session.flush();
    assert.equal(session.was('goal'), 'two');
  });

  it('stays in its field when it was refused, until somebody types again', () => {
    const box = boxOf('# no');
    session.type('goal', '# no');
    session.flush();
    session.refuse(1, 'goal', 'it is a heading');
    session.take(formOf('one', 1));
    session.show('goal', box, 'one');
    assert.deepEqual([box.value, session.refusal('goal')], ['# no', 'it is a heading']);
    session.type('goal', 'no');
    assert.equal(session.refusal('goal'), '');
    session.flush();
    assert.deepEqual(edits().at(-1), { kind: 'set', key: 'goal', was: 'one', text: 'no' });
  });

  it('is nothing to a form of another brief', () => {
    session.type('goal', 'two');
    session.take(formOf('other', 0, 'b'));
    session.flush();
    assert.equal(sent.length, 0);
    assert.deepEqual(session.unsaved, {});
  });

  describe('is remembered', () => {
    const dirty = (goal: string, applied: number) => session.take(formOf(goal, applied, 'a', true));

    it('from the first key until the file is saved, with what the saved file says', () => {
      session.type('goal', 'two');
      assert.deepEqual(session.unsaved, { goal: { was: 'one', text: 'two' } });
      session.flush();
      dirty('two', 1);
      session.type('goal', 'three');
      session.flush();
      dirty('two', 1);
      assert.deepEqual(session.unsaved, { goal: { was: 'one', text: 'three' } });
      session.take(formOf('two', 1));
      assert.deepEqual(session.unsaved, { goal: { was: 'two', text: 'three' } });
      dirty('three', 2);
      session.take(formOf('three', 2));
      assert.deepEqual(session.unsaved, {});
    });

    it('no longer when somebody took it back before it was saved', () => {
      session.type('goal', 'two');
      session.flush();
      dirty('one', 2);
      assert.deepEqual(session.unsaved, {});
    });

    it('as long as it is refused, and comes back with the reason', () => {
      session.type('goal', '# no');
      session.flush();
      session.refuse(1, 'goal', 'it is a heading');
      session.take(formOf('one', 1));
      assert.deepEqual(session.unsaved, { goal: { was: 'one', text: '# no' } });
      const box = boxOf('');
      session.show('goal', box, 'one');
      assert.equal(box.value, '# no');
    });

    it('and typed again into the new page, where the file does not have it', () => {
      session.resume({ goal: { was: 'one', text: 'two' } });
      assert.deepEqual(edits(), [{ kind: 'set', key: 'goal', was: 'one', text: 'two' }]);
      const box = boxOf('');
      session.show('goal', box, 'one');
      assert.equal(box.value, 'two');
      assert.deepEqual(session.unsaved, { goal: { was: 'one', text: 'two' } });
    });

    it('and not typed again where the file has it', () => {
      session.take(formOf('two', 0));
      session.resume({ goal: { was: 'one', text: 'two ' } });
      assert.deepEqual([sent, session.unsaved], [[], {}]);
    });
  });
});
