/** The page from top to bottom: verdict, decisions, evidence, and the agent's own words last. */
import { useEffect } from 'preact/hooks';
import { AfterwardsSection } from './afterwards';
import { usePage } from './context';
import { CriteriaSection } from './criteria';
import { CorrectionForm, RejectForm, SignoffForm } from './forms';
import { Files, Findings } from './lists';
import { type Deed, type Head, nameOf } from './model';
import { OpinionSection } from './opinion';
import { focusPart, opening } from './parts';
import { ChecksSection, DecideSection, Rest, SinceSection } from './sections';
import { Top } from './top';
import { withKey } from './ui';

export function ReviewView({ head }: { readonly head: Head }) {
  const { page, ui } = usePage();
  const begin = useDeeds();
  usePrimaryKey(head, begin);
  const { evidence, since, afterwards } = page;
  return (
    <main>
      <Top head={head} onDeed={begin} />
      <Forms head={head} />
      {afterwards !== null && <AfterwardsSection afterwards={afterwards} onDeed={begin} />}
      <DecideSection />
      {since !== null && <SinceSection since={since} />}
      {/* Before there is a snapshot there is nothing to list, and the section above says so. */}
      {head.tree !== '' && <Findings />}
      {evidence?.opinion != null && <OpinionSection opinion={evidence.opinion} />}
      {head.tree !== '' && <Files />}
      {evidence !== null && (
        <>
          <ChecksSection evidence={evidence} />
          <CriteriaSection evidence={evidence} />
          <Rest evidence={evidence} />
        </>
      )}
      {/* The form says it already. */}
      {head.foot !== '' && !ui.forms.includes('signoff') && <footer class="foot">{head.foot}</footer>}
    </main>
  );
}

/** The forms that are open, where the state of the task still allows them. */
function Forms({ head }: { readonly head: Head }) {
  const { page, ui } = usePage();
  const { correction, signoff } = page;
  const reject = [head.primary, ...head.others].find((action) => action?.deed === 'reject');
  return (
    <>
      {ui.forms.includes('correction') && correction !== null && <CorrectionForm correction={correction} />}
      {ui.forms.includes('signoff') && signoff !== null && <SignoffForm signoff={signoff} tree={head.tree} />}
      {ui.forms.includes('reject') && reject != null && <RejectForm why={reject.why} />}
    </>
  );
}

/** Begins what an action of the top stands for: a form opens, or the editor is asked at once. */
function useDeeds(): (deed: Deed) => void {
  const { arrange, send } = usePage();
  const open = (form: 'correction' | 'signoff' | 'reject') => {
    if (form === 'reject') opening('reject');
    arrange(({ forms }) => ({ forms: withKey(forms, form, true) }));
    requestAnimationFrame(() => requestAnimationFrame(() => form !== 'reject' && focusPart(form)));
  };
  return (deed) => {
    switch (deed) {
      case 'correct':
        return open('correction');
      case 'sign-off':
        return open('signoff');
      case 'reject':
        return open('reject');
      case 'restore':
        return send({ type: 'restore' });
      case 'resume':
        return send({ type: 'resume', asItStands: false });
      case 'as-it-stands':
        return send({ type: 'resume', asItStands: true });
      case 'stop':
        return send({ type: 'stop' });
    }
  };
}

/** Ctrl+Enter or Cmd+Enter is the one action that the state asks for. Forms take it for themselves before. */
function usePrimaryKey({ primary }: Head, begin: (deed: Deed) => void): void {
  const { say } = usePage();
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.isComposing || event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      if (primary === null) return;
      event.preventDefault();
      // What is seen beside the button.
      if (primary.why !== '') say(`${nameOf(primary)}: ${primary.why}`);
      else begin(primary.deed);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  });
}
