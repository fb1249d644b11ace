/** What a new brief is drafted from: the project, its team's policy and templates, and who the user is. */
import { briefFromTemplate, type DraftFacts, draftBrief, reviewerOf, TEMPLATES } from '../../core/brief/draft';
import type { Policy } from '../../core/brief/policy';
import { TEMPLATES_FOLDER } from '../../core/brief/policyFile';
import { CountersignError, toCountersignError } from '../../core/errors';
import type { RepositoryFacts } from '../../core/ports/repository';
import type { CommitFacts } from '../../node/briefs/commitFacts';
import { surveyProject } from '../../node/briefs/surroundings';
import { listTemplates, type TeamTemplate } from '../../node/briefs/templates';
import type { RepositoryDraftFacts } from '../rpc/drafting';
import type { InspectionDesk } from './inspecting';

/** Where there is no repository, or none that could be worked on, `root` is null and the rest is what is always there. */
export async function factsAround(
  { context, commits }: Pick<InspectionDesk, 'context' | 'commits'>,
  folder: string,
): Promise<RepositoryDraftFacts> {
  const repository = await repositoryAround(context.ports.repositories.identify(folder));
  if (repository === null) {
    const facts = await surveyProject(null);
    return { root: null, branch: null, ...shownOf(facts), templates: builtIn(facts) };
  }
  const commit = await commits.of(repository);
  const [facts, own] = await Promise.all([
    surveyProject({ ...repository, paths: commit.paths, policy: policyOf(commit) }),
    listTemplates(repository.root),
  ]);
  return {
    root: repository.root,
    branch: repository.branch?.replace(/^refs\/heads\//, '') ?? null,
    ...shownOf(facts),
    templates: [...builtIn(facts), ...own.flatMap((template) => ofTeam(template, facts))],
  };
}

async function repositoryAround(identified: Promise<RepositoryFacts>): Promise<RepositoryFacts | null> {
  try {
    return await identified;
  } catch (thrown) {
    const error = toCountersignError(thrown);
    if (/REPOSITORY/.test(error.code)) return null;
    throw error;
  }
}

/** One that cannot be read is for `brief/inspect` to tell. */
function policyOf(commit: CommitFacts): Policy | null {
  try {
    return commit.policy();
  } catch (thrown) {
    if (thrown instanceof CountersignError) return null;
    throw thrown;
  }
}

function shownOf({ testCommand, lintCommand, setup, languages, sourceFolders, testFolders, user }: DraftFacts) {
  return {
    testCommand,
    lintCommand,
    setup,
    languages: [...languages],
    sourceFolders: [...sourceFolders],
    testFolders: [...testFolders],
    user,
  };
}

function builtIn(facts: DraftFacts): RepositoryDraftFacts['templates'] {
  return TEMPLATES.map(({ id, summary }) => ({
    name: id,
    title: summary,
    origin: 'built-in',
    draft: draftBrief(facts, id),
  }));
}

/** None where no brief can be made of it. */
function ofTeam({ name, title, text }: TeamTemplate, facts: DraftFacts): RepositoryDraftFacts['templates'] {
  try {
    const draft = briefFromTemplate(text, `${TEMPLATES_FOLDER}/${name}.md`, reviewerOf(facts));
    return [{ name, title, origin: 'repository', draft }];
  } catch {
    return [];
  }
}
