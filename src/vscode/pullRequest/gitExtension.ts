/**
 * VS Code's own git extension, which knows how to sign in to a remote. Only what is needed of its API, version 1:
 * https://github.com/microsoft/vscode/blob/main/extensions/git/src/api/git.d.ts
 */
import * as vscode from 'vscode';
import { fail } from '../../core/errors';
import { visible } from '../../core/visible';

export interface GitRemote {
  readonly name: string;
  readonly fetchUrl?: string;
  readonly pushUrl?: string;
  readonly isReadOnly: boolean;
}

export interface GitRepository {
  readonly state: { readonly remotes: readonly GitRemote[] };
  push(remoteName?: string, branchName?: string, setUpstream?: boolean): Promise<void>;
}

interface GitApi {
  getRepository(uri: vscode.Uri): GitRepository | null;
  openRepository(root: vscode.Uri): Promise<GitRepository | null>;
}

interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): GitApi;
}

const BY_HAND = 'push the branch with git and open the pull request by hand';

/**
 * The repository as the git extension knows it.
 *
 * @throws GIT_FAILED when the extension is not there, is switched off, or does not take the folder
 */
export async function gitRepositoryAt(root: string): Promise<GitRepository> {
  const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
  const git = extension?.isActive ? extension.exports : await extension?.activate();
  if (git === undefined || !git.enabled) {
    return fail('GIT_FAILED', "the editor's git extension is not available", {
      fix: `enable it (setting git.enabled), or ${BY_HAND}`,
    });
  }
  const api = git.getAPI(1);
  const uri = vscode.Uri.file(root);
  const repository = api.getRepository(uri) ?? (await api.openRepository(uri));
  return (
    repository ?? fail('GIT_FAILED', `the editor's git extension does not open ${visible(root)}`, { fix: BY_HAND })
  );
}

/**
 * Pushes one commit as one branch, and nothing else; never by force.
 *
 * @param ref full name of the branch, here and there
 * @throws GIT_FAILED with git's own words
 */
export async function pushBranch(
  repository: GitRepository,
  remote: string,
  { commit, ref }: { readonly commit: string; readonly ref: string },
): Promise<void> {
  try {
    // The commit by its name: what was signed off goes, wherever the branch points by now. Without an upstream, the
    // user's configuration stays as it is.
    await repository.push(remote, `${commit}:${ref}`, false);
  } catch (thrown) {
    const { stderr, message } = thrown as { readonly stderr?: unknown; readonly message?: unknown };
    const words = [stderr, message].find((text) => typeof text === 'string' && text.trim() !== '');
    fail(
      'GIT_FAILED',
      `the push to ${visible(remote)} failed: ${visible(String(words ?? thrown).trim()).slice(0, 1_000)}`,
      {
        fix: 'the branch is made and stays; mend what git names, and create the pull request again',
        cause: thrown,
      },
    );
  }
}
