/** The review page's own words: the page cannot ask for the user's language itself. Pure. */
import type { PageWords } from '../../../webview/review/model';
import type { Translate } from '../../translate';

/** Placeholders that the page fills in itself are left as they are. */
export function pageWords(t: Translate): PageWords {
  return { ...sectionWords(t), ...findingWords(t), ...checkWords(t), ...decisionWords(t) };
}

function sectionWords(t: Translate) {
  return {
    loading: t('Reading the task…'),
    brief: t('Brief'),
    showBrief: t('Show the brief'),
    atAGlance: t('At a glance'),
    actions: t('Actions'),
    copyPacket: t('Copy as Markdown'),
    openPacket: t('Show packet'),
    openTranscript: t('Show transcript'),
    since: t('Since your last look'),
    sinceTurn: t('Compare with'),
    openSince: t('Open these changes'),
    findings: t('Findings'),
    files: t('Files'),
    checks: t('Checks'),
    opinion: t('Second opinion'),
    unexplained: t('Changes that serve no criterion, as the reviewer sees it'),
    stopReview: t('Stop the reviewer'),
    evidenceOf: t('Evidence of {0}'),
    unexplainedChanges: t('Changes that serve no criterion'),
    openPlace: t('Open {0}'),
    acceptCriterionWhy: t('Why {0} is met, in your words; this becomes part of the record, for the tree shown here'),
    acceptCriterionNow: t('Give my word for it'),
    criteria: t('Acceptance criteria'),
    afterwards: t('After the correction'),
    openFolder: t('Open the folder'),
    handIn: t('Check my changes'),
    giveUp: t('Give up…'),
    notNow: t('Not now: {0}'),
    dependencies: t('Dependency changes'),
    about: t('About this task'),
    toolCalls: t('What the agent ran'),
    timeline: t('Timeline'),
    agentWords: t("The agent's own summary"),
    unverified: t('Unverified: a claim of the agent, no evidence.'),
    goal: t('Goal'),
    nonGoals: t('Not in scope'),
    elapsed: t('{0} s'),
  };
}

function findingWords(t: Translate) {
  return {
    filter: t('Show'),
    all: t('all'),
    blocking: t('blocking'),
    warnings: t('warnings'),
    information: t('information'),
    unanswered: t('unanswered'),
    noneOfThese: t('None of these.'),
    findingKeys: t('j/k move · Enter details · o open the diff · x accept · c include in the correction'),
    fileKeys: t('j/k move · o open the diff · v viewed'),
    details: t('Details'),
    openDiff: t('Open diff'),
    openAll: t('Open all changes'),
    viewed: t('viewed'),
    viewedOf: t('viewed {0} of {1}'),
    include: t('Include in correction'),
    justify: t('Ask to justify'),
    accept: t('Accept…'),
    acceptMany: t('Accept all {0} places…'),
    acceptWhy: t('Why it is fine; this becomes part of the record'),
    acceptManyWhy: t('Why it is fine at all {0} places; this becomes part of the record'),
    change: t('Change the reason'),
    takeBack: t('Take the answer back'),
    widen: t('Widen the scope…'),
    widenWhy: t('Why it belongs to the task; the brief stays as handed off, and this is recorded as an amendment'),
    widenManyWhy: t(
      'Why all {0} places belong to the task; the brief stays as handed off, and this is recorded as an amendment',
    ),
    widened: t('Brief amended: {0}'),
    widenedMany: t('Brief amended for {1} places: {0}'),
    places: t('{0} places'),
    morePlaces: t('Show {0} more'),
    revertMany: t('Revert these {0} files…'),
    revertManyDoes: t(
      'Takes all of these files back to the base in a new snapshot, which is checked anew. The earlier snapshot stays in the repository.',
    ),
    revertManyNow: t('Revert the files'),
    revert: t('Revert this file…'),
    revertDoes: t(
      'Takes the file back to the base in a new snapshot, which is checked anew. The earlier snapshot stays in the repository.',
    ),
    revertNow: t('Revert the file'),
    accepted: t('Accepted: {0}'),
    acceptedMany: t('Accepted at {1} places: {0}'),
    keep: t('Keep the reason'),
    cancel: t('Cancel'),
    reasonNeeded: t('Write a reason first.'),
  };
}

function checkWords(t: Translate) {
  return {
    override: t('Override…'),
    overrideWhy: t('Why it may be signed off all the same; this becomes part of the record'),
    overrideReviewWhy: t('Why it may be signed off without a second opinion; this becomes part of the record'),
    overridden: t('Overridden: {0}'),
    showLog: t('Show log'),
    briefFromCheck: t('New brief from this failure'),
    output: t('Last lines of its output'),
    expected: t('expected'),
    actual: t('actual'),
    failures: t('Failed tests'),
    columns: t('Runs of {0}'),
    columnWhere: t('Where'),
    columnStatus: t('Status'),
    fewerNames: t('Show fewer'),
  };
}

function decisionWords(t: Translate) {
  return {
    asks: t('The agent asks'),
    refuse: t('Refuse'),
    correction: t('Correction'),
    correctionLead: t('This is what the agent gets. Edit it as you like; nothing else is sent.'),
    body: t('Text of the correction'),
    fixed: t('Always added: the scope is unchanged'),
    recompose: t('Compose it again'),
    outdated: t(
      'The ticks changed after you edited the text. Composing it again replaces your text; you can take it back.',
    ),
    earlier: t('Take my earlier text back'),
    oneMore: t('The budget of corrections is spent: send one more all the same'),
    oneMoreFirst: t('Say first that it may be one more.'),
    send: t('Send the correction'),
    composing: t('Composing…'),
    signoff: t('Sign-off'),
    delivery: t('Deliver as'),
    toBranch: t('To branch'),
    reject: t('Reject'),
    rejectWhy: t('Why it is turned down; this becomes part of the record'),
    rejectDoes: t('The folder of the agent goes, its snapshots stay. Restore brings the task back.'),
    rejectNow: t('Reject the work'),
  };
}
