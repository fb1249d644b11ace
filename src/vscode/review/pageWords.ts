/** The review page's own words: the page cannot ask for the user's language itself. */
import type { Translate } from '../translate';

export function pageWords(t: Translate): Record<string, string> {
  return {
    goal: t('Goal'),
    nonGoals: t('Not in scope'),
    meter: t('Scope of the changes'),
    next: t('Next'),
    criteria: t('Acceptance criteria'),
    checks: t('Checks'),
    drift: t('Drift'),
    dependencies: t('Dependency changes'),
    about: t('About this task'),
    agentWords: t("The agent's own words"),
    unverified: t('Unverified: a claim of the agent, no evidence.'),
    output: t('Last lines of its output'),
    copy: t('Copy'),
    copyPacket: t('Copy as Markdown'),
    openPacket: t('Show packet'),
    openTranscript: t('Show transcript'),
    stop: t('Stop'),
  };
}
