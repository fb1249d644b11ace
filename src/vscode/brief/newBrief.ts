/** What a new brief is drafted from: the facts of its repository where the host may be asked, and a template. */
import { draftBrief, TEMPLATES } from '../../core/brief/draft';
import { escapePattern } from '../../core/brief/pattern';
import { fail } from '../../core/errors';
import { visible } from '../../core/visible';
import type { RepositoryDraftFacts } from '../../host/rpc/drafting';
import type { Choice } from '../../webview/brief/messages';
import { beginWith, type StartingPoint } from './startingPoint';

export type DraftTemplate = RepositoryDraftFacts['templates'][number];

/** What a draft begins with where nobody can be asked: a person fills in more. */
const UNKNOWN = {
  root: null,
  branch: null,
  testCommand: null,
  lintCommand: null,
  setup: null,
  languages: [],
  sourceFolders: [],
  testFolders: [],
  user: null,
};
const NO_FACTS: RepositoryDraftFacts = {
  ...UNKNOWN,
  templates: TEMPLATES.map(({ id: name, summary: title }) => ({
    ...{ name, title, origin: 'built-in' },
    draft: draftBrief(UNKNOWN, name),
  })),
};

/** The templates that a repository offers: its own and the built-in ones. */
export function templatesOf(facts: RepositoryDraftFacts | null): readonly DraftTemplate[] {
  return (facts ?? NO_FACTS).templates;
}

export function templateChoice({ name, title, origin }: DraftTemplate): Choice {
  // A team's template is called by its name; what the built-in ones are for is told by their title.
  return origin === 'repository'
    ? { label: visible(name), details: visible(title) === visible(name) ? '' : visible(title) }
    : { label: visible(name), details: visible(title) };
}

/**
 * The text of a new brief.
 *
 * @param facts null where nobody could be asked
 * @param name of a template; null = the first built-in one
 * @throws USAGE for a name that is not offered
 */
export function composeBrief(
  facts: RepositoryDraftFacts | null,
  name: string | null,
  start: StartingPoint | null,
): string {
  const known = facts ?? NO_FACTS;
  const wanted = name ?? TEMPLATES[0]?.id;
  const template = known.templates.find((offered) => offered.name === wanted);
  if (template === undefined) fail('USAGE', `there is no template \`${wanted}\``, { fix: 'choose another' });
  const { draft } = template;
  if (start === null) return draft;
  return beginWith(
    draft,
    start,
    known.testFolders.map((folder) => `${escapePattern(folder)}/**`),
  );
}
