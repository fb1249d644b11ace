/** What the repository around a folder says about itself, for drafting and judging briefs. */
import { type Policy, parsePolicy } from '../../core/brief/policy';
import { POLICY_FILE } from '../../core/brief/policyFile';
import { detectProject, MANIFESTS, type ProjectFacts } from '../../core/brief/project';
import type { RepositoryFacts } from '../../core/ports/repository';
import { repositories } from '../git/repositories';

export interface SurroundingRepository extends RepositoryFacts {
  /** Every path of the commit that is checked out. */
  readonly paths: readonly string[];
  /** The policy of that commit, or null. */
  readonly policy: Policy | null;
}

/** Reads it. Throws the repository's errors and POLICY_INVALID. */
export async function readSurroundings(folder: string): Promise<SurroundingRepository> {
  const facts = await repositories.identify(folder);
  const [paths, text] = await Promise.all([
    repositories.pathsAt(facts, facts.head),
    repositories.textAt(facts, facts.head, POLICY_FILE),
  ]);
  return { ...facts, paths, policy: text === null ? null : parsePolicy(text, POLICY_FILE) };
}

/** What kind of project it is, and who the user is. */
export async function surveyProject(
  around: SurroundingRepository | null,
): Promise<ProjectFacts & { readonly user: string | null; readonly policy: Policy | null }> {
  if (around === null) return { ...detectProject([]), user: null, policy: null };
  const [identity, ...texts] = await Promise.all([
    repositories.identity(around),
    ...MANIFESTS.map((path) => repositories.textAt(around, around.head, path)),
  ]);
  const textOf = new Map(MANIFESTS.map((path, index) => [path, texts[index]]));
  const files = around.paths.map((path) => {
    const text = textOf.get(path);
    return text == null ? { path } : { path, text };
  });
  const user = identity === null ? null : `${identity.name} <${identity.email}>`;
  return { ...detectProject(files), user, policy: around.policy };
}
